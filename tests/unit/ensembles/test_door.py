"""Nobody reads an observed row after the month asked for."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from xenotime.ensembles.door import FIT_UNTIL, LAST_USED, TABLES, keys_until, observed_until
from xenotime.facts.load import load_facts


class Poisoned:
    """A later row: whoever looks at more than its period dies."""

    period = "2016-01"

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"{name} of a row after 2015 was read")


class Rows:
    def __init__(self, *rows: Any) -> None:
        self._rows = rows

    def rows(self, table: str) -> tuple[Any, ...]:
        return self._rows if table == "observed_prices" else ()


def test_later_rows_are_left_behind_unread() -> None:
    kept = SimpleNamespace(period="2015-12")
    straddling = SimpleNamespace(period="2015-10..2016-01")
    seen = observed_until(FIT_UNTIL, Rows(kept, Poisoned(), straddling))
    assert seen.observed_prices == (kept,)


def test_no_row_after_the_last_used_month_can_be_asked_for() -> None:
    with pytest.raises(ValueError, match="2025-12 are not used"):
        observed_until("2026-01", Rows())


def test_keys_show_what_a_later_row_is_about_and_not_what_happened() -> None:
    later = SimpleNamespace(
        period="2016-02", material="Dy_oxide", value=1.0, low=1.0, high=1.0, note="secret"
    )
    (row,) = keys_until(LAST_USED, Rows(later)).observed_prices
    assert row.material == "Dy_oxide"
    for name in ("value", "low", "high", "note"):
        with pytest.raises(PermissionError):
            getattr(row, name)


def test_the_shipped_record_to_2015_holds_no_later_period() -> None:
    seen = observed_until(FIT_UNTIL, load_facts())
    assert seen.count() > 200
    assert all(row.period[:4] <= "2015" for table in TABLES for row in seen.rows(table))


def test_the_fingerprint_tells_when_a_row_changes() -> None:
    one = observed_until(FIT_UNTIL, Rows(SimpleNamespace(period="2011", value=1.0)))
    other = observed_until(FIT_UNTIL, Rows(SimpleNamespace(period="2011", value=2.0)))
    assert one.fingerprint() != other.fingerprint()
