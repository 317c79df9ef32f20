"""The law of a control month by month: observed, never doubted; and what it is announced to become."""

from __future__ import annotations

from collections.abc import Iterable

from xenotime.facts.politics import ControlRecord
from xenotime.months import month_of

# Regime of the law that a kind of measure amounts to.
REGIME_OF = {
    "licence": "licensed",
    "export_quota": "licensed",
    "extraterritorial": "licensed",
    "ban": "closed",
    "supply_stop": "closed",
    "technology_ban": "closed",
    "entity_ban": "closed",
    "end_user_ban": "closed",
}


def law_in(row: ControlRecord | None, month: str) -> str:
    """Regime of the law at the end of `month` as its row, known by then, states it.

    Before it is in force, and after its end, the law is open; while suspended it is suspended, also where it
    was suspended before it came into force.
    """
    if row is None:
        return "open"
    if row.suspended and month_of(row.suspended) <= month and not _resumed(row, month):
        return "suspended"
    ends = [month_of(date) for date in (row.ended, row.until) if date]
    if ends and month > min(ends):
        return "open"
    begins = month_of(row.in_force or row.announced)
    return REGIME_OF.get(row.instrument, "licensed") if begins <= month else "open"


def _resumed(row: ControlRecord, month: str) -> bool:
    return bool(row.resumes) and month_of(row.resumes) <= month


def announced_change(row: ControlRecord | None, month: str, following: str) -> str:
    """Regime that `following` month is set to bring by an act announced by `month`; blank where none is."""
    if row is None or law_in(row, month) == law_in(row, following):
        return ""
    return law_in(row, following)


def control_row(rows: Iterable[ControlRecord], control: str) -> ControlRecord | None:
    """Row of a control in the record as known; None where it was not known yet."""
    return next((row for row in rows if row.control == control), None)
