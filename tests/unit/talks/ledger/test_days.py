"""Dates of different exactness as days."""

from __future__ import annotations

import pytest

from xenotime.errors import InputProblems
from xenotime.talks.ledger.days import day_text, first_day, last_day, read_at


def test_a_year_a_month_and_a_day_begin_and_end_where_they_should() -> None:
    assert day_text(first_day("2024")) == "2024-01-01"
    assert day_text(last_day("2024")) == "2024-12-31"
    assert day_text(last_day("2024-02")) == "2024-02-29"
    assert first_day("2024-02-29") == last_day("2024-02-29")


@pytest.mark.parametrize("text", ["soon", "2025-13", "2025-02-30", "25-01-01", "2025-1-1-1"])
def test_what_is_no_date_is_told(text: str) -> None:
    with pytest.raises(InputProblems) as caught:
        read_at(text)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file) == ("bad-date", "--at")
    assert text in problem.found
