"""When a control is known, in force, enforced, suspended and over (M16)."""

from __future__ import annotations

from xenotime.months import month_number
from xenotime.world.tables import Control


def is_known(row: Control, seen_in: str) -> bool:
    """(M16) Foreseen from the month it is announced, or from the month it is in force."""
    announced = row.announced or row.in_force
    return not announced or not seen_in or month_number(announced) <= month_number(seen_in)


def is_suspended(row: Control, seen_in: str, month: str) -> bool:
    """Whether a suspension that is known in `seen_in` covers `month`; it resumes when it runs out."""
    if not row.suspended or not month:
        return False
    begun = month_number(row.suspended)
    if seen_in and begun > month_number(seen_in):
        return False  # nobody foresees it
    now = month_number(month)
    return begun <= now and (not row.resumes or now < month_number(row.resumes))


def binds(row: Control, seen_in: str, month: str) -> bool:
    """Whether goods are held back in `month` as foreseen in `seen_in`: enforced, not over, not suspended.

    Blank months mean a time when everything is announced, in force and enforced.
    """
    return is_known(row, seen_in) and _within(row, row.enforced or row.in_force, seen_in, month)


def is_open(row: Control, seen_in: str, month: str) -> bool:
    """Whether applications are taken and decided: from the day in force, enforced or not."""
    return is_known(row, seen_in) and _within(row, row.in_force, seen_in, month)


def _within(row: Control, begin: str, seen_in: str, month: str) -> bool:
    if not month:
        return True
    now = month_number(month)
    begun = not begin or month_number(begin) <= now
    return (
        begun and (not row.until or now <= month_number(row.until)) and not is_suspended(row, seen_in, month)
    )
