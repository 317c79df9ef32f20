"""What rows must be to each other."""

from __future__ import annotations

from pathlib import Path

from unit.facts.example import changed, write_example
from xenotime.facts.load import find_problems


def codes(folder: Path) -> list[tuple[str, str]]:
    return [(problem.code, problem.column) for problem in find_problems(folder)]


def test_words_admitted_beside_a_table_are_known(tmp_path: Path) -> None:
    write_example(tmp_path, trade=changed("trade.csv", destination="WLD"))
    assert codes(tmp_path) == []


def test_each_name_of_a_list_is_looked_up(tmp_path: Path) -> None:
    write_example(tmp_path, facilities=changed("facilities.csv", feed="hill;recycled;dale"))
    [problem] = find_problems(tmp_path)
    assert (problem.code, problem.found) == ("unknown-name", "'dale'")


def test_a_reference_may_name_a_column_that_is_no_key(tmp_path: Path) -> None:
    write_example(tmp_path, feeds=changed("feeds.csv", assay_of="dale"))
    assert codes(tmp_path) == [("unknown-name", "assay_of")]


def test_names_are_not_looked_up_in_a_table_that_cannot_be_read(tmp_path: Path) -> None:
    (write_example(tmp_path) / "regions.csv").unlink()
    assert codes(tmp_path) == [("missing-table", "")]


def test_a_figure_at_the_end_of_its_range_is_inside(tmp_path: Path) -> None:
    write_example(tmp_path, prices=changed("prices.csv", low="300000", high="300000"))
    assert codes(tmp_path) == []


def test_dates_of_different_exactness_are_compared_as_far_as_both_go(tmp_path: Path) -> None:
    write_example(tmp_path, facilities=changed("facilities.csv", start="2010-06", end="2010"))
    assert codes(tmp_path) == []
    write_example(tmp_path, controls_record=changed("controls_record.csv", ended="2020-04-30"))
    assert codes(tmp_path) == [("dates-disorder", "ended")]
