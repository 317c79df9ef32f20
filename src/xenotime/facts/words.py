"""Tables of words and deeds: how promises are measured, what was delivered, how events read, spells of law.

Rows of hindsight are blank before the month in ``outcome_from``, as in the dated record.
"""

from __future__ import annotations

from dataclasses import dataclass

from xenotime.facts.column import Deed, Figure, Row, choice, column, name_of, number, when, words

TESTS = ("total", "amount", "count", "act", "allowance")
STAGES = ("statement", "commitment", "legal_act", "licence", "shipment", "arrival")
ACTS = (
    "legal_act",
    "joint_text",
    "unilateral_claim",
    "threat",
    "press_talk",
    "delivery_data",
    "talks",
)
DIRECTIONS = ("eases", "tightens", "none")
LAW = ("open", "licensed", "closed", "suspended")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered(Figure):
    series: str = column("what is counted, from where to where")
    start: str = column("first day or month counted", "date")
    end: str = column("last day or month counted", "date")
    unit: str = column("unit of the value")
    value: float = number("delivered from start to end; never a ratio to a promise", "see unit")


@dataclass(frozen=True, slots=True, kw_only=True)
class NormalFlow(Figure):
    series: str = column("series of the flow")
    control: str = column("control that came over it")
    law: str = choice("regime of the law then", *LAW)
    in_force: str = column("first whole month under it", "month")
    unit: str = column("unit of the level")
    level: float = number("flow a month before the control", "see unit", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Figure):
    commitment: str = name_of("commitments", "promise that is measured")
    measure: str = column("which statistic")
    test: str = choice(
        "total: a flow from start to end against the amount; amount: the same, which may come late; count: "
        "cases at a date; act: done when it is in the record; allowance: share used of a permission",
        *TESTS,
    )
    series: str = words("series that is held against it; blank for an act")
    act: str = words("table:row:column of the act's date; blank for a flow")
    target: float = number("amount that keeps the promise", "see unit", 0)
    unit: str = column("unit of the amount")
    start: str = when("first day or month that counts")
    end: str = column("last day or month that counts", "date")
    profile: str = column("how the amount is spread over its time: even, none, or a seasonal profile")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmeasured(Row):
    commitment: str = name_of("commitments", "promise whose fulfilment cannot be worked out")
    reason: str = column("why")
    where_looked: str = column("where it was looked for")
    knowable_from: str = column("month in which the reason could first be known", "month")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonalShare(Figure):
    profile: str = column("name of the profile")
    month: int = column("month of the year", "integer", unit="month", minimum=1, maximum=12)
    share: float = number("part of a year's flow that is usual to its end", "1", 0, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainLink(Row):
    commitment: str = name_of("commitments", "promise the chain is of")
    stage: str = choice("stage of the chain", *STAGES)
    table: str = choice("where the event stands", "events", "controls_record", "disruptions", "delivered")
    row: str = column("key of the row, or the series")
    note: str = words("remark")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Deed):
    event: str = name_of("events", "event that is read")
    pair: str = column("parties, sorted; all is everybody", many=True)
    speaker: str = column("side and office of who spoke or acted")
    act: str = choice("kind of act", *ACTS)
    direction: str = choice("what it would do to the measure it is about", *DIRECTIONS)
    lever: str = choice("kind of measure", "export_control", "tariffs", "purchases")
    controls: str = column("controls of the record it is about", many=True, blank=True)
    scope: str = words("whose goods it is about: ISO3, EU or all")
    states_amount: str = choice("whether it states an amount", "yes", "no")
    states_date: str = choice("whether it states a date", "yes", "no")
    states_mechanism: str = choice("whether it states how or under what oversight", "yes", "no")
    names_goods: str = choice("whether it names the goods", "yes", "no")
    claim: str = column("claim it makes; events of one claim are echoes of each other")
    window_months: int = column(
        "months in which the claim comes true or not", "integer", unit="month", minimum=1
    )
    announced: str = when("when talks were known to be held; blank if they came unannounced")
    came: float | None = number(
        "whether it came true: 1 yes, 0 no, between in part; blank where nothing is claimed",
        "1",
        0,
        1,
        blank=True,
        outcome=True,
    )
    outcome_from: str = column("month from which the columns of hindsight could be known", "month")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell(Deed):
    spell: str = column("key")
    control: str = column("control or kind of goods")
    issuer: str = column("ISO3")
    goods: str = column("goods")
    target: str = column("whom it is aimed at")
    regime: str = choice("regime of the law", *LAW)
    start: str = column("first month of the spell that is watched", "month")
    end: str = column("last month; blank while it lasts", "month", blank=True, outcome=True)
    next: str = column("regime that followed; blank while it lasts", choices=LAW, blank=True, outcome=True)
    outcome_from: str = column("month from which the columns of hindsight could be known", "month")
