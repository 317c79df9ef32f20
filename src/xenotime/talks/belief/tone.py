"""Tone and cadence of a pair of parties: dated statements counted, weighted by kind and concreteness.

No word of a text enters; what counts is which way a statement or act goes and what it commits to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xenotime.facts.load import Facts
from xenotime.facts.politics import Event
from xenotime.facts.words import Reading
from xenotime.months import month_of, month_range, months_between
from xenotime.talks.belief.cadence import last_talks, next_talks, talks_of
from xenotime.talks.belief.numbers import BeliefNumbers
from xenotime.talks.ledger.days import last_day
from xenotime.talks.ledger.known import known_at
from xenotime.talks.ledger.reliability import Reliability, concreteness, reliabilities, said

MOST = 4  # things a concrete statement gives: amount, date, mechanism, goods
SIGN = {"eases": 1.0, "tightens": -1.0, "none": 0.0}


@dataclass(frozen=True, slots=True)
class Tone:
    """Tone from -1 (all tightens) to 1 (all eases), over the last months to `month`.

    count : statements and acts counted;  weight : the sum of their weights, of which each is at most one
    talks : rounds of talks in the window; `since` and `to` : months since the last and to the next known
    """

    pair: str
    month: str
    tone: float | None
    count: int
    weight: float
    talks: int
    since: int | None
    to: int | None


def concerns(row: Reading, pair: str) -> bool:
    """Whether a reading is about a pair: named, or what one of them does to everybody."""
    return row.pair == pair or any(row.pair == f"{party};all" for party in pair.split(";"))


def weight_of(row: Reading, record: Iterable[Reliability]) -> float:
    """(1 + concreteness) / 5 times how often acts of this kind had come true."""
    by = {item.name: item.mean for item in record if item.by == "act"}
    whole = next((item.mean for item in record if item.by == "all"), 0.5)
    return (1 + concreteness(row)) / (1 + MOST) * by.get(row.act, whole)


def tone_index(facts: Facts, pair: str, first: str, last: str, numbers: BeliefNumbers) -> tuple[Tone, ...]:
    """Tone and cadence of `pair` at the end of each month, from what was known then."""
    rows, window = [], int(numbers.tone_months)
    for month in month_range(first, max(months_between(first, last) + 1, 0)):
        known = known_at(facts, last_day(month))
        dates = {row.event: month_of(row.date) for row in known.rows(Event)}
        record = reliabilities(said(known), "statements", numbers.prior_claims)
        heard = [
            row
            for row in known.rows(Reading)
            if concerns(row, pair)
            and row.event in dates
            and 0 <= months_between(dates[row.event], month) < window
        ]
        weights = [(SIGN[row.direction], weight_of(row, record)) for row in heard if row.direction != "none"]
        total = sum(weight for _, weight in weights)
        talks = talks_of(known, pair)
        before, coming = last_talks(talks, month), next_talks(talks, month)
        rows.append(
            Tone(
                pair,
                month,
                sum(sign * weight for sign, weight in weights) / total if total else None,
                len(heard),
                total,
                sum(1 for day, _ in talks if 0 <= months_between(month_of(day), month) < window),
                months_between(month_of(before), month) if before else None,
                months_between(month, month_of(coming)) if coming else None,
            )
        )
    return tuple(rows)


def pairs(facts: Facts) -> tuple[str, ...]:
    """Pairs of parties with at least two readings, most first."""
    count: dict[str, int] = {}
    for row in facts.rows(Reading):
        count[row.pair] = count.get(row.pair, 0) + 1
    return tuple(sorted((pair for pair in count if count[pair] > 1), key=lambda pair: (-count[pair], pair)))
