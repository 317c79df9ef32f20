"""When figures were first known: rules in data, on shipped rows and against hand arithmetic."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from xenotime.facts.load import load_facts
from xenotime.facts.publication import Publication, last_month, read_publications
from xenotime.facts.table import TABLES
from xenotime.months import month_number


def rule(**cells: Any) -> Publication:
    blank = {
        "rule": "r",
        "table": "t",
        "where": "",
        "lag_months": 2.0,
        "revision": 0.1,
        "low": 1.0,
        "high": 3.0,
        "grade": "D",
        "source": "s",
        "refers_to": "2009",
        "knowable_from": "2010-02",
        "note": "",
    }
    return Publication(**(blank | cells))


@pytest.mark.parametrize(
    ("period", "month"),
    [
        ("2009", "2009-12"),
        ("2009-05", "2009-05"),
        ("2009-05-17", "2009-05"),
        ("2009-Q3", "2009-09"),
        ("2009-H1", "2009-06"),
        ("2009-11..2010-02", "2010-02"),
        ("", ""),
    ],
)
def test_the_last_month_of_a_period(period: str, month: str) -> None:
    assert last_month(period) == month


def test_a_rule_moves_a_date_forward_and_never_back() -> None:
    rules = read_publications([rule()])
    late = rules.first_known("t", SimpleNamespace(year=2009, knowable_from="2011-01"))
    assert (late.month, late.rule, late.revision, late.grade) == ("2010-02", "r", 0.1, "D")
    early = rules.first_known("t", SimpleNamespace(year=2009, knowable_from="2009-06"))
    assert (early.month, early.rule, early.revision) == ("2009-06", "", 0.0)


def test_a_rule_is_about_its_rows_only() -> None:
    rules = read_publications([rule(where="source=a;region=X")])
    row = {"year": 2009, "knowable_from": "2011-01"}
    assert rules.first_known("t", SimpleNamespace(source="a", region="X", **row)).month == "2010-02"
    assert rules.first_known("t", SimpleNamespace(source="a", region="Y", **row)).month == "2011-01"
    assert rules.first_known("other", SimpleNamespace(source="a", region="X", **row)).month == "2011-01"


def shipped(table: str, **where: object) -> tuple[str, str]:
    facts = load_facts()
    rules = read_publications(facts.rows("publication"))
    (row,) = facts.select(table, **where)
    return str(row.knowable_from), rules.first_known(table, row).month


def test_shipped_rows_are_dated_by_their_first_publication() -> None:
    assert shipped("mine_production", region="IND", feed="ind_sands", year=2009) == ("2011-01", "2010-02")
    assert shipped("mine_production", region="CHN", feed="bayan_obo", year=2009) == ("2010-12", "2010-02")
    assert shipped("mine_production", region="USA", feed="mountain_pass", year=2024) == ("2026-02", "2025-02")
    assert shipped("trade", material_class="oxide", origin="CHN", destination="JPN", year=2009) == (
        "2010-10",
        "2010-02",
    )
    assert shipped("prices", material="Ce_oxide", market="fob_china", period="2009") == ("2010-07", "2010-01")


def test_what_no_rule_is_about_keeps_the_date_of_its_document() -> None:
    assert shipped("mine_production", region="AUS", feed="mt_weld", year=2024) == ("2026-02", "2026-02")
    assert shipped("trade", material_class="magnet", origin="CHN", destination="DEU", year=2009) == (
        "2010-12",
        "2010-12",
    )
    assert shipped("quotas", region="CHN", kind="mining_ion", year=2024) == ("2024-08", "2024-08")


def test_every_shipped_rule_moves_some_row_and_none_before_its_period_ends() -> None:
    facts = load_facts()
    rules = read_publications(facts.rows("publication"))
    used = set()
    for name in TABLES:
        for row in facts.rows(name):
            first = rules.first_known(name, row)
            if first.rule:
                used.add(first.rule)
                period = getattr(row, "year", "") or getattr(row, "period", "")
                assert not period or month_number(first.month) >= month_number(last_month(str(period)))
    assert used == {row.rule for row in facts.rows("publication")}
