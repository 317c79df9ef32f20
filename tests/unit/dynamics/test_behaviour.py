"""The few behavioural numbers come from their table, each with a range, a grade and a source."""

from __future__ import annotations

import csv
from dataclasses import fields, replace
from importlib import resources

import pytest

from xenotime.dynamics.behaviour import Behaviour, load_behaviour


def rows() -> list[dict[str, str]]:
    text = (resources.files("xenotime") / "data" / "behaviour.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_every_number_is_in_the_table_and_used() -> None:
    assert {row["name"] for row in rows()} == {item.name for item in fields(Behaviour)}
    shipped = load_behaviour()
    for row in rows():
        assert getattr(shipped, row["name"]) == float(row["value"])


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["name"])
def test_every_number_has_a_range_a_grade_and_a_reason(row: dict[str, str]) -> None:
    assert float(row["low"]) <= float(row["value"]) <= float(row["high"])
    assert row["grade"] in "ABCD"
    assert row["note"]
    assert row["unit"]


def test_the_monthly_factor_compounds_to_the_yearly_return() -> None:
    assert replace(load_behaviour(), discount_annual=0.21).discount ** 6 == pytest.approx(1 / 1.1)
