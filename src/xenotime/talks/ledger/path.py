"""How a promise is spread over its time: evenly, or as trade usually falls in a year."""

from __future__ import annotations

from datetime import date

from xenotime.facts.load import Facts
from xenotime.facts.words import Measure, SeasonalShare
from xenotime.talks.ledger.days import first_day, last_day

EVEN, NONE = "even", "none"


def due_share(facts: Facts, measure: Measure, day: int) -> float:
    """(M20) Share of a promise that is due at the end of `day`: w(t), 0 before it begins and 1 at its end.

    Even time is days passed over all days.  A seasonal profile is linear between its months and holds for
    promises of a calendar year; what is not known of it is taken as even.
    """
    start, end = first_day(measure.start), last_day(measure.end)
    if day < start:
        return 0.0
    if day >= end:
        return 1.0
    shares = {row.month: row.share for row in facts.rows(SeasonalShare) if row.profile == measure.profile}
    passed = (day - start + 1) / (end - start + 1)
    if not shares:
        return passed
    known = {0: 0.0, **shares, 12: 1.0}
    month = _months_into_year(day)
    before = max(number for number in known if number <= month)
    after = min(number for number in known if number > month)
    part = (month - before) / (after - before)
    return known[before] + part * (known[after] - known[before])


def _months_into_year(day: int) -> float:
    """Months of its year that are over at the end of a day, with a part of the month in course."""
    when = date.fromordinal(day)
    length = last_day(f"{when.year}-{when.month:02d}") - first_day(f"{when.year}-{when.month:02d}") + 1
    return when.month - 1 + min(when.day / length, 1 - 1e-9 if when.month == 12 else 1.0)
