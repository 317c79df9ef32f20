"""State of a promise on a day, from its fulfilment as known then; never from what the record says of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xenotime.facts.grading import worst
from xenotime.facts.load import Facts
from xenotime.facts.politics import Commitment
from xenotime.facts.words import Measure, Unmeasured
from xenotime.talks.ledger.days import last_day
from xenotime.talks.ledger.fulfilment import Fulfilment, fulfil

NO_MEASURE = "no row of commitment_measures says what to hold it against"
MOOT = "moot"
SETTLED_BY_ACTS = ("act",)
NO_DATA = "nothing of the series it is held against was known yet"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a promise stands.

    status : kept, kept_late, partly, missed; used and not_used of a permission; open while its time runs;
        moot where the record says so; not_computable, with the reason
    ratio, low, high : mean over the statistics, and the widest range of any of them
    sure : whether both ends of the range give the same status
    """

    commitment: str
    deal: str
    promised_by: str
    to: str
    what: str
    date: str
    deadline: str
    status: str
    reason: str
    ratio: float | None
    low: float | None
    high: float | None
    on_path: float | None
    sure: bool
    test: str
    stated: float | None
    grade: str
    parts: tuple[Fulfilment, ...]


def standings(facts: Facts, at: int) -> tuple[Standing, ...]:
    """Every promise known at `at`, by date and key; `facts` as known then."""
    measures: dict[str, list[Measure]] = {}
    for row in facts.rows(Measure):
        measures.setdefault(row.commitment, []).append(row)
    reasons = {row.commitment: row.reason for row in facts.rows(Unmeasured)}
    limits = {row.name: float(row.value) for row in facts.rows("belief_numbers")}
    found = [
        _standing(facts, row, measures.get(row.commitment, []), reasons.get(row.commitment, ""), limits, at)
        for row in facts.rows(Commitment)
    ]
    return tuple(sorted(found, key=lambda item: (item.date, item.commitment)))


def _standing(
    facts: Facts,
    row: Commitment,
    measures: Sequence[Measure],
    reason: str,
    limits: Mapping[str, float],
    at: int,
) -> Standing:
    parts = tuple(fulfil(facts, measure, at) for measure in measures)
    known = [part for part in parts if part.ratio is not None]
    test = measures[0].test if measures else ""
    status, sure = "not_computable", False
    if known:
        reason = ""
        status, sure = _judge(facts, measures, known, limits, at)
    elif measures:
        reason = NO_DATA
        status = "open" if not all(part.over for part in parts) else status
    elif row.status == MOOT:  # nothing to measure: what was promised no longer exists
        status = MOOT
    elif row.deadline and at < last_day(row.deadline):
        status = "open"
    return Standing(
        row.commitment,
        row.deal,
        row.promised_by,
        row.to,
        row.what,
        row.date,
        row.deadline,
        status,
        reason if known else reason or NO_MEASURE,
        _mean([part.ratio for part in known]),
        min((part.ratio_low for part in known if part.ratio_low is not None), default=None),
        max((part.ratio_high for part in known if part.ratio_high is not None), default=None),
        _mean([part.on_path for part in known]),
        sure,
        test,
        row.delivered_ratio,
        worst([row.grade, *(part.grade for part in known)]),
        parts,
    )


def _judge(
    facts: Facts,
    measures: Sequence[Measure],
    known: Sequence[Fulfilment],
    limits: Mapping[str, float],
    at: int,
) -> tuple[str, bool]:
    if not all(part.over for part in known) and not all(part.test == "act" for part in known):
        return "open", False
    middle = _mean([part.ratio for part in known]) or 0.0
    ends = [r for part in known for r in (part.ratio_low, part.ratio_high) if r is not None]
    if known[0].test == "allowance":
        used = "used" if middle >= limits["kept_from"] else "not_used"
        return used, len({value >= limits["kept_from"] for value in ends}) == 1
    status = verdict(middle, limits)
    sure = {verdict(value, limits) for value in ends} == {status}
    if status == "kept" and any(part.late for part in known):
        return "kept_late", sure
    if status != "kept" and all(part.test == "amount" for part in known):
        reached = [fulfil(facts, measure, at, by=at).ratio_low or 0.0 for measure in measures]
        if max(reached) >= limits["kept_from"]:
            return "kept_late", sure
    return status, sure


def verdict(ratio: float, limits: Mapping[str, float]) -> str:
    """Kept, partly or missed by the shares of ``belief_numbers``."""
    if ratio >= limits["kept_from"]:
        return "kept"
    return "missed" if ratio < limits["missed_below"] else "partly"


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
