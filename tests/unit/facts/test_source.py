"""Sources, and the one form all figures take."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from unit.facts.example import write_example
from xenotime.facts.load import load_facts
from xenotime.facts.source import Fact, Missing


def test_a_figure_carries_all_that_is_known_about_it(tmp_path: Path) -> None:
    facts = load_facts(folder=write_example(tmp_path))
    [fact] = facts.figures("prices")
    assert fact == Fact(
        table="prices", about="Dy_oxide / europe / 2024 / annual_average", value=300000, low=1, high=400000,
        unit="USD/t", basis="without value-added tax", refers_to="2024", knowable_from="2025-01", grade="B",
        source="s1", note="",
    )  # fmt: skip
    with pytest.raises(FrozenInstanceError):
        fact.value = 0.0  # type: ignore[misc]


def test_the_unit_of_a_series_stands_in_its_row(tmp_path: Path) -> None:
    facts = load_facts(folder=write_example(tmp_path))
    [fact] = facts.figures("observed_exports")
    assert (fact.unit, fact.about) == ("t", "Dy / AAA / WLD / 2024-05")


def test_a_key_python_keeps_for_itself_is_part_of_what_a_figure_is_about(tmp_path: Path) -> None:
    [fact] = load_facts(folder=write_example(tmp_path)).figures("growth")
    assert fact.about == "wind / 2024 / 2030 / slow"


def test_sources_named_by_two_parts_are_one(tmp_path: Path) -> None:
    facts = load_facts(folder=write_example(tmp_path))
    assert sorted(facts.sources()) == ["memory", "s1"]
    assert len(facts.rows("sources")) == 2
    assert facts.missing() == (
        Missing(topic="prices", what="dysprosium in AAA", where_looked="library", note=""),
    )
