"""The calendar: months as text outside, as whole numbers inside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.months import month_number, month_of, month_range, month_text


@given(st.integers(0, 9999 * 12 + 11))
def test_text_and_number_are_inverses(number: int) -> None:
    assert month_number(month_text(number)) == number


def test_months_are_counted_from_year_nought() -> None:
    assert month_number("0000-01") == 0
    assert month_number("2025-04") == 2025 * 12 + 3
    assert month_number("2025-01") - month_number("2024-12") == 1


@pytest.mark.parametrize(
    "text", ["2025", "2025-13", "2025-00", "2025-4", "25-04", "2025-04-01", " 2025-04", "x", "2025-04\n"]
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a month YYYY-MM"):
        month_number(text)


def test_a_range_runs_over_the_end_of_a_year() -> None:
    assert month_range("2024-11", 3) == ("2024-11", "2024-12", "2025-01")
    assert month_range("2024-11", 0) == ()


@pytest.mark.parametrize(
    ("date", "month"), [("2025-04-04", "2025-04"), ("2025-04", "2025-04"), ("2025", "2025-01")]
)
def test_a_date_has_a_month(date: str, month: str) -> None:
    assert month_of(date) == month


@pytest.mark.parametrize("date", ["April", "2025-13-01", "", "2025-4-4"])
def test_what_is_no_date_is_refused(date: str) -> None:
    with pytest.raises(ValueError, match="not a month"):
        month_of(date)
