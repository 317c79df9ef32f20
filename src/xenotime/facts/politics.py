"""Tables of the dated record: controls, events, promises, levers, stoppages; and the assumed numbers.

Announced, in force, enforced and ended are separate dates, each as exactly as it is known, blank where it is
not.  Columns of hindsight are blank before the month in ``outcome_from`` when facts are loaded as of a month.
"""

from __future__ import annotations

from dataclasses import dataclass

from xenotime.facts.column import GRADES, Deed, Figure, Row, choice, column, name_of, number, when, words

INSTRUMENTS = (
    "export_quota",
    "export_tax",
    "licence",
    "general_licence",
    "licence_term",
    "ban",
    "supply_stop",
    "technology_ban",
    "extraterritorial",
    "end_user_ban",
    "entity_ban",
    "customs_practice",
    "export_control",
    "suspension",
    "abolition",
    "dispute_ruling",
    "regulation",
    "tariff",
    "procurement_ban",
    "negotiation",
    "targets",
    "plan",
)
KINDS_OF_EVENT = (
    "measure",
    "trigger",
    "statement",
    "threat",
    "talks",
    "deal",
    "agreement",
    "dispute",
    "delivery_data",
    "company",
    "commentary",
    "deadline",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlRecord(Deed):
    control: str = column("key")
    issuer: str = column("ISO3 of who issued it, EU or WTO")
    number: str = column("number or name of the act")
    instrument: str = choice("kind of measure", *INSTRUMENTS)
    announced: str = when("when it was announced")
    in_force: str = when("when it was to be in force; suspended earlier means it never was")
    enforced: str = when("first date at which a text or a series shows it was enforced", outcome=True)
    until: str = when("last date of force as set when it was announced")
    ended: str = when("last date of force where it ended otherwise", outcome=True)
    suspended: str = when("first date of a suspension", outcome=True)
    resumes: str = when(
        "date on which the suspension runs out; what follows is a belief, not a fact", outcome=True
    )
    materials: str = column("element symbols or classes of goods; all is every rare earth", many=True)
    targets: str = column("ISO3, EU or all: whom it is aimed at", many=True)
    processing_working_days: int | None = column(
        "statutory time for a decision; blank where none is stated",
        "integer",
        unit="working day",
        minimum=0,
        blank=True,
    )
    observed: str = words("what was seen of its working", outcome=True)
    outcome_from: str = column("month from which the columns of hindsight could be known", "month")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaList(Figure):
    control: str = name_of("controls_record", "measure it belongs to")
    first: str = column("first month it is for", "month")
    holder: str = words("whose share of it this is; blank is everybody's")
    part: str = choice("part of the list", "all", "light", "medium_heavy")
    goods: str = column("element symbols whose products it is for; all is every rare earth", many=True)
    months: int = column("months it is for", "integer", unit="month", minimum=1)
    announced: str = when("when the list came out")
    quota: float = number("most that may be exported over its months", "t product weight", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Deed):
    event: str = column("key: date and speaker")
    date: str = column("when", "date")
    venue: str = column("where")
    party: str = column("who spoke or acted")
    kind: str = choice("kind of act", *KINDS_OF_EVENT)
    claim: str = column("what was said or done")
    terms: str = words("concrete terms")
    confirmed: str = choice(
        "whether the other side confirmed it; none where nobody had to", "yes", "partly", "no", "none"
    )
    reply: str = words("what the other side said")
    delivered: str = words("what came of it", outcome=True)
    outcome_from: str = column("month from which the columns of hindsight could be known", "month")


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment(Deed):
    commitment: str = column("key")
    deal: str = column("deal it belongs to")
    date: str = column("when it was made", "date")
    promised_by: str = column("ISO3 or EU", many=True)
    to: str = column("ISO3, EU, both or all")
    what: str = column("what was promised")
    amount: float | None = number("amount; blank where the text states none", "see unit", blank=True)
    unit: str = column("unit of the amount")
    deadline: str = when("by when")
    mechanism: str = words("oversight")
    delivery: str = words("what was delivered", outcome=True)
    delivered_ratio: float | None = number(
        "delivered share; blank where it cannot be measured", "1", 0, blank=True, outcome=True
    )
    status: str = column(
        "state of the promise",
        outcome=True,
        blank=True,
        choices=("kept", "kept_late", "partly", "missed", "moot", "open", "unconfirmed"),
    )
    outcome_from: str = column("month from which the columns of hindsight could be known", "month")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever(Deed):
    lever: str = column("key")
    actor: str = column("who used it", many=True)
    kind: str = column("kind of lever")
    what: str = column("what was done")
    date: str = column("when", "date")
    amount: float | None = number("amount; blank where none is stated", "see unit", 0, blank=True)
    unit: str = column("unit of the amount")
    deadline: str = when("by when")
    status: str = words("how far it came")


@dataclass(frozen=True, slots=True, kw_only=True)
class Disruption(Deed):
    disruption: str = column("key: who and when")
    who: str = column("firm or group")
    region: str = column("ISO3 or EU")
    type: str = column("kind of stoppage, survey or count")
    start: str = column("from", "date")
    end: str = when("to")
    duration_days: float | None = number("duration; blank where not stated", "day", 0, blank=True)
    product: str = words("product")
    cause: str = words("cause as stated")
    magnitude: str = words("size as stated")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumed(Row):
    name: str = column("key")
    value: float = number("assumed value", "see unit")
    low: float = number("lower end of the range", "see unit")
    high: float = number("upper end of the range", "see unit")
    unit: str = column("unit")
    grade: str = column("grade", choices=GRADES)
    source: str = column("where it comes from", references="sources", also=("assumed", "measured"))
    refers_to: str = column("period the figure is about", "period")
    knowable_from: str = column("month in which this number could first be known", "month")
    note: str = words("reason")
