"""What a statement or act is worth as evidence: its likelihood ratio, and why (M18)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xenotime.facts.load import Facts
from xenotime.facts.politics import Event
from xenotime.facts.words import Reading
from xenotime.talks.belief.numbers import BeliefNumbers
from xenotime.talks.ledger.days import first_day
from xenotime.talks.ledger.reliability import Reliability, concreteness, degree

SURE = 1e-6  # odds are taken of shares no nearer to 0 and 1 than this
NOBODY_HAD_TO = "none"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim about a control: who, what kind of act, how concrete, confirmed or not.

    echo_of : event of the same claim counted not long before; blank where it counts itself
    """

    event: str
    day: int
    claim: str
    speaker: str
    act: str
    direction: str
    concreteness: int
    confirmed: str
    window: int
    echo_of: str = ""


def evidence_of(facts: Facts, control: str, scope: str, at: int, echo_days: float) -> tuple[Evidence, ...]:
    """Claims about a control and whose goods, said by day `at`, each with the claim it echoes (M18).

    Acts of the law are left out: the law is observed.  Of one claim repeated within `echo_days` of the last
    one that counted, only the first counts; on one day the event first by name counts, so the order of a day
    changes nothing.
    """
    events = {row.event: row for row in facts.rows(Event)}
    found: list[Evidence] = []
    counted: dict[str, Evidence] = {}
    rows = [row for row in facts.rows(Reading) if row.event in events and _is_about(row, control, scope)]
    for row in sorted(rows, key=lambda row: (events[row.event].date, row.event)):
        day = first_day(events[row.event].date)
        if day > at:
            continue
        before = counted.get(row.claim)
        echo = before.event if before is not None and day - before.day <= echo_days else ""
        item = Evidence(
            row.event,
            day,
            row.claim,
            row.speaker,
            row.act,
            row.direction,
            concreteness(row),
            events[row.event].confirmed,
            row.window_months,
            echo,
        )
        if not echo:
            counted[row.claim] = item
        found.append(item)
    return tuple(found)


def _is_about(row: Reading, control: str, scope: str) -> bool:
    return (
        control in row.controls.split(";")
        and row.scope in ("all", scope)
        and row.direction != "none"
        and row.act != "legal_act"
    )


def chance_true(item: Evidence, record: Iterable[Reliability]) -> tuple[float, tuple[Reliability, ...]]:
    """(M18) How likely such a claim is to come true: mean log odds of speaker, act, concreteness, reply.

    The factors are not independent, so their mean is taken and not their sum; a factor without a record, and
    a reply nobody had to give, are left out.  Returned with the records used.
    """
    by = {(row.by, row.name): row for row in record}
    names = [("speaker", item.speaker), ("act", item.act), ("concreteness", degree(item.concreteness))]
    if item.confirmed != NOBODY_HAD_TO:
        names.append(("confirmed", item.confirmed))
    used = tuple(by[name] for name in names if name in by)
    rows = used or (by["all", "all"],)
    mean = sum(math.log(odds(row.mean)) for row in rows) / len(rows)
    return 1 / (1 + math.exp(-mean)), rows


def odds(share: float) -> float:
    """Odds of a share, kept away from zero and infinity."""
    inside = min(max(share, SURE), 1 - SURE)
    return inside / (1 - inside)


def likelihood_ratio(chance: float, base: float, window: int, numbers: BeliefNumbers) -> float:
    """(M18) Odds of the move now it is claimed over its odds without the claim, for a month of `window`.

    A claim that holds for w months has the monthly chance 1 - (1 - chance)^(1/w).  No claim weighs more than
    ``greatest_ratio`` or less than its inverse.
    """
    monthly = 1 - (1 - chance) ** (1 / window)
    ratio = odds(monthly) / odds(base)
    return min(max(ratio, 1 / numbers.greatest_ratio), numbers.greatest_ratio)


def why(item: Evidence, chance: float, rows: Sequence[Reliability]) -> str:
    """The reason of a ratio in words."""
    parts = [f"{row.by} {row.name}: {row.mean:.2f} of {row.count:.3g}" for row in rows]
    return f"such claims came true {chance:.2f} of the time ({'; '.join(parts)})"
