"""The calendar: months as ``YYYY-MM`` text outside, as whole numbers inside."""

from __future__ import annotations

import re
from functools import lru_cache

_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


@lru_cache(maxsize=4096)
def month_number(month: str) -> int:
    """Months since year 0 of ``YYYY-MM``; raises ValueError for any other text."""
    match = _MONTH.fullmatch(month)
    if match is None:
        raise ValueError(f"{month!r} is not a month YYYY-MM")
    return int(match[1]) * 12 + int(match[2]) - 1


def month_text(number: int) -> str:
    """Inverse of :func:`month_number`."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def month_range(start: str, count: int) -> tuple[str, ...]:
    """`count` consecutive months from `start`."""
    first = month_number(start)
    return tuple(month_text(first + step) for step in range(count))


def month_of(date: str) -> str:
    """Month of an ISO date, month or year (a bare year is its January)."""
    if re.fullmatch(r"[0-9]{4}", date):
        return f"{date}-01"
    month = date[:7]
    month_number(month)
    return month


def months_between(first: str, last: str) -> int:
    """Months from `first` to `last`, both YYYY-MM."""
    return month_number(last) - month_number(first)
