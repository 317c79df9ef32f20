"""Periods as months."""

from __future__ import annotations

from datetime import date

import pytest

from xenotime.ensembles.periods import days_apart, length_of, middle_day, months_of


@pytest.mark.parametrize(
    ("period", "months"),
    [
        ("2011", ("2011-01", "2011-12")),
        ("2011-Q2", ("2011-04", "2011-06")),
        ("2012-H2", ("2012-07", "2012-12")),
        ("2011-09", ("2011-09", "2011-09")),
        ("2011-09-30", ("2011-09", "2011-09")),
        ("2010-01..2010-11", ("2010-01", "2010-11")),
    ],
)
def test_first_and_last_month(period: str, months: tuple[str, str]) -> None:
    assert months_of(period) == months


def test_a_period_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="not a month"):
        months_of("soon")


def test_length_in_months() -> None:
    assert [length_of(p) for p in ("2011", "2011-Q1", "2011-H1", "2011-05")] == [12, 3, 6, 1]


def test_the_middle_of_a_quarter_is_its_middle_month() -> None:
    assert middle_day("2011-Q2") == date(2011, 5, 15)
    assert middle_day("2014-10", "2014-10-02") == date(2014, 10, 2)


def test_days_do_not_depend_on_order() -> None:
    assert (
        days_apart(date(2011, 1, 1), date(2011, 3, 2)) == days_apart(date(2011, 3, 2), date(2011, 1, 1)) == 60
    )
