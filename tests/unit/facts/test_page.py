"""The page on the facts."""

from __future__ import annotations

from pathlib import Path

from unit.facts.example import changed, write_example
from xenotime.facts.load import load_facts
from xenotime.facts.page import page_text


def test_the_page_counts_rows_by_grade(tmp_path: Path) -> None:
    page = page_text(load_facts(folder=write_example(tmp_path)))
    assert "| mine_production | mine output | production (t REO/yr) | 2 |  | 2 |  |  |" in page


def test_the_page_lists_what_is_recalled(tmp_path: Path) -> None:
    rows = changed("prices.csv", source="memory", grade="D")
    page = page_text(load_facts(folder=write_example(tmp_path, prices=rows)))
    assert "| prices | memory | 1 | D | Dy_oxide europe 2024 annual_average |" in page


def test_the_page_lists_what_is_missing(tmp_path: Path) -> None:
    page = page_text(load_facts(folder=write_example(tmp_path)))
    assert "| prices | dysprosium in AAA | library |  |" in page
