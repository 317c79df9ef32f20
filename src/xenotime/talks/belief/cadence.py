"""Talks and the pace of acts: how much likelier a change of regime is round a round of talks."""

from __future__ import annotations

from dataclasses import dataclass

from xenotime.facts.load import Facts
from xenotime.facts.politics import Event
from xenotime.facts.words import Reading
from xenotime.months import month_of, month_range, months_between
from xenotime.talks.belief.numbers import BeliefNumbers

PAIR = "CHN;USA"
TALKS = ("talks", "joint_text")


@dataclass(frozen=True, slots=True)
class Cadence:
    """Acts a month near talks and far from them, for one pair of parties.

    near, far : times the mean hazard, each shrunk to one by `prior` acts
    """

    pair: str
    near_acts: int
    near_months: int
    far_acts: int
    far_months: int
    near: float
    far: float


def talks_of(facts: Facts, pair: str) -> list[tuple[str, str]]:
    """Days of talks of a pair, with the month they were known to come from (their own if unsaid)."""
    dates = {row.event: row.date for row in facts.rows(Event)}
    return sorted(
        (dates[row.event], month_of(row.announced) if row.announced else month_of(dates[row.event]))
        for row in facts.rows(Reading)
        if row.act in TALKS and row.pair == pair and row.event in dates
    )


def is_near(talks: list[tuple[str, str]], month: str, reach: int) -> bool:
    """Whether talks were held in the `reach` months to `month`, or known to come in as many after."""
    for day, announced in talks:
        distance = months_between(month, month_of(day))
        if -reach <= distance <= 0 or (0 < distance <= reach and announced <= month):
            return True
    return False


def fit_cadence(facts: Facts, until: str, numbers: BeliefNumbers, pair: str = PAIR) -> Cadence:
    """Shift of hazards by talks, from acts of a pair between its first event on record and `until`.

    shift = (acts + prior) / (months + prior / mean rate) / mean rate, near talks and far from them.
    """
    dates = {row.event: row.date for row in facts.rows(Event)}
    acts = [
        month_of(dates[row.event])
        for row in facts.rows(Reading)
        if row.pair == pair and row.act == "legal_act" and row.direction != "none" and row.event in dates
    ]
    talks = talks_of(facts, pair)
    first = min([month_of(day) for day, _ in talks] + acts, default=until)
    months = month_range(first, months_between(first, until) + 1)
    near = [month for month in months if is_near(talks, month, int(numbers.talks_months))]
    near_acts = sum(1 for month in acts if month in near)
    far_acts = sum(1 for month in acts if month in months and month not in near)
    far_months = len(months) - len(near)
    mean = (near_acts + far_acts) / len(months)
    prior = numbers.prior_talks

    def shift(count: int, watched: int) -> float:
        return (count + prior) / (watched + prior / mean) / mean if mean else 1.0

    return Cadence(
        pair,
        near_acts,
        len(near),
        far_acts,
        far_months,
        shift(near_acts, len(near)),
        shift(far_acts, far_months),
    )


def next_talks(talks: list[tuple[str, str]], month: str) -> str:
    """Day of the next talks known of at the end of `month`; blank where none are."""
    return min((day for day, known in talks if month_of(day) > month and known <= month), default="")


def last_talks(talks: list[tuple[str, str]], month: str) -> str:
    """Day of the last talks held by the end of `month`; blank before the first."""
    return max((day for day, _ in talks if month_of(day) <= month), default="")
