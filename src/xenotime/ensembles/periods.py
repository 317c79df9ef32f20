"""Periods of observed rows as months, and days between two dates."""

from __future__ import annotations

import re
from datetime import date

from xenotime.months import month_number, month_text

_QUARTER = re.compile(r"([0-9]{4})-Q([1-4])")
_HALF = re.compile(r"([0-9]{4})-H([12])")
_YEAR = re.compile(r"[0-9]{4}")


def months_of(period: str) -> tuple[str, str]:
    """First and last month of a year, half, quarter, month, date, or two of them joined by ``..``."""
    if ".." in period:
        first, last = period.split("..")
        return months_of(first)[0], months_of(last)[1]
    if _YEAR.fullmatch(period):
        return f"{period}-01", f"{period}-12"
    for pattern, length in ((_QUARTER, 3), (_HALF, 6)):
        match = pattern.fullmatch(period)
        if match is not None:
            start = int(match[1]) * 12 + (int(match[2]) - 1) * length
            return month_text(start), month_text(start + length - 1)
    month = period[:7]
    month_number(month)
    return month, month


def length_of(period: str) -> int:
    """Months a period has."""
    first, last = months_of(period)
    return month_number(last) - month_number(first) + 1


def middle_day(period: str, day: str = "") -> date:
    """The day of a quote, else the middle of its period (the 15th of its middle month)."""
    if len(day) == 10:
        return date.fromisoformat(day)
    first, last = months_of(period)
    middle = (month_number(first) + month_number(last)) // 2
    return date(middle // 12, middle % 12 + 1, 15)


def days_apart(one: date, other: date) -> int:
    """Days between two dates."""
    return abs((one - other).days)
