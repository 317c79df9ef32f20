"""What could be known on a day: rows of later knowledge are left out, hindsight is blanked."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

from xenotime.facts.column import columns_of
from xenotime.facts.load import Facts
from xenotime.facts.table import TABLES
from xenotime.talks.ledger.days import first_day, last_day, month_at

LAST = last_day("9999-12")
USED = (
    "events",
    "event_readings",
    "commitments",
    "controls_record",
    "disruptions",
    "delivered_series",
    "normal_flows",
    "commitment_measures",
    "commitments_unmeasured",
    "seasonal_profiles",
    "regime_spells",
    "observed_exports",
    "observed_quota_use",
)


def known_at(facts: Facts, at: int) -> Facts:
    """Facts as known at the end of day `at`.

    A row with a day of its own is known from that day if it was known in that month; any other is known once
    its month ``knowable_from`` is over, because nobody says on which day of it a number came out.
    """
    dates = {row.event: row.date for row in facts.rows("events")}
    tables = dict(facts.tables)
    for name in USED:
        rows = [row for row in facts.rows(name) if _is_known(row, _date_of(row, dates), at)]
        tables[name] = tuple(_without_hindsight(row, name, _date_of(row, dates), at) for row in rows)
    return Facts(MappingProxyType(tables), month_at(at) if at < LAST else facts.as_of)


def _date_of(row: Any, dates: dict[str, str]) -> str:
    """Day of a row where it has one: its own, or that of the event it reads."""
    if hasattr(row, "event"):
        return str(getattr(row, "date", "") or dates.get(row.event, ""))
    return str(getattr(row, "date", "") or getattr(row, "announced", ""))


def _is_known(row: Any, date: str, at: int) -> bool:
    month = str(row.knowable_from)
    if len(date) == len("YYYY-MM-DD") and date[:7] == month:
        return first_day(date) <= at
    return last_day(month) <= at


def _without_hindsight(row: Any, table: str, date: str, at: int) -> Any:
    columns = columns_of(TABLES[table].record)
    hindsight = {
        name: None if info.kind in ("number", "integer") else ""
        for name, info in columns.items()
        if info.outcome
    }
    if not hindsight or last_day(row.outcome_from) <= at:
        return row
    return replace(row, **{name: blank for name, blank in hindsight.items() if not _seen(row, name, at)})


def _seen(row: Any, column: str, at: int) -> bool:
    """Whether hindsight that is itself a day of the record, as that of a suspension, has passed."""
    value = str(getattr(row, column) or "")
    month = row.outcome_from
    return column in ("suspended", "ended", "enforced") and value[:7] == month and last_day(value) <= at
