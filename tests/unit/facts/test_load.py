"""Facts as a whole: access to rows, and what could be known in a month."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from unit.facts.example import write_example
from xenotime.errors import InputProblems
from xenotime.facts.load import Facts, find_problems, knowable, load_facts
from xenotime.facts.supply import MineProduction


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    return load_facts(folder=write_example(tmp_path))


def test_the_shipped_facts_are_sound() -> None:
    assert [str(problem) for problem in find_problems()] == []


def test_the_shipped_facts_are_read_once() -> None:
    assert load_facts() is load_facts()


def test_rows_have_one_attribute_per_column(facts: Facts) -> None:
    first, second = facts.rows("mine_production")
    assert (first.region, first.year, second.year, second.production) == ("AAA", 2009, 2024, 100.0)
    assert facts.rows(MineProduction) == (first, second)
    with pytest.raises(FrozenInstanceError):
        first.production = 0.0


def test_rows_are_selected_by_column(facts: Facts) -> None:
    assert facts.select("mine_production", year=2024, region="AAA") == facts.rows("mine_production")[1:]
    assert facts.select("mine_production", year=1999) == ()


def test_an_unknown_table_or_column_is_told_with_the_nearest(facts: Facts) -> None:
    with pytest.raises(InputProblems, match="did you mean mine_production"):
        facts.rows("mine_prodction")
    with pytest.raises(InputProblems, match="did you mean year"):
        facts.select("mine_production", yaer=2024)


def test_only_what_was_knowable_is_left(facts: Facts) -> None:
    past = knowable(facts, "2010-01")
    assert [row.year for row in past.rows("mine_production")] == [2009]
    assert past.rows("prices") == ()
    assert past.rows("regions") == facts.rows("regions")
    assert past.as_of == "2010-01"
    assert [row.year for row in knowable(facts, "2009-12").rows("mine_production")] == []


def test_hindsight_is_blank_before_its_month(facts: Facts) -> None:
    [before] = knowable(facts, "2020-10").rows("controls_record")
    assert (before.in_force, before.suspended, before.resumes, before.observed) == ("2020-05", "", "", "")
    [after] = knowable(facts, "2020-11").rows("controls_record")
    assert (after.suspended, after.resumes, after.observed) == ("2020-11", "2021-11", "exports nil")


def test_a_month_that_is_none_is_refused() -> None:
    with pytest.raises(InputProblems, match="'2010'; expected a month YYYY-MM"):
        load_facts("2010")


def test_the_shipped_facts_of_2010_hold_nothing_published_later() -> None:
    past = load_facts("2010-12")
    assert past.rows("prices")
    assert all(row.knowable_from <= "2010-12" for row in past.rows("prices"))
    assert not [row for row in past.rows("controls_record") if row.control.endswith("2025")]
    assert len(past.rows("prices")) < len(load_facts().rows("prices"))
