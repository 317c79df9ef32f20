"""Dates of the record, which may be years, months or days, as whole days."""

from __future__ import annotations

import calendar
from datetime import date

from xenotime.errors import one_problem


def first_day(text: str) -> int:
    """Ordinal of the first day of ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; raises ValueError for others."""
    year, month, day = _parts(text)
    return date(year, month or 1, day or 1).toordinal()


def last_day(text: str) -> int:
    """Ordinal of the last day of ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; raises ValueError for others."""
    year, month, day = _parts(text)
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1]).toordinal()


def day_text(ordinal: int) -> str:
    """Inverse of both: ``YYYY-MM-DD``."""
    return date.fromordinal(ordinal).isoformat()


def month_at(ordinal: int) -> str:
    """Month of a day."""
    return day_text(ordinal)[:7]


def is_date(text: str) -> bool:
    """Whether a text is a year, month or day that is in the calendar."""
    try:
        last_day(text)
    except ValueError:
        return False
    return True


def read_at(text: str, place: str = "--at") -> int:
    """Last day of a date a user wrote; raises InputProblems for text that is none."""
    try:
        return last_day(text)
    except ValueError:
        raise one_problem(
            "bad-date", place, repr(text), "a date YYYY-MM-DD, month or year", "write it as 2025-11-30"
        ) from None


def _parts(text: str) -> tuple[int, int, int]:
    pieces = text.split("-")
    if not (1 <= len(pieces) <= 3 and len(pieces[0]) == 4 and all(p.isdigit() for p in pieces)):
        raise ValueError(f"{text!r} is not a date")
    numbers = [int(piece) for piece in pieces] + [0, 0]
    return numbers[0], numbers[1], numbers[2]
