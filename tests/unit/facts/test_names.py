"""Which rows a word means."""

from __future__ import annotations

from pathlib import Path

import pytest

from unit.facts.example import write_example
from xenotime.facts.load import Facts, load_facts
from xenotime.facts.names import find_subject, known_names, near_names


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    return load_facts(folder=write_example(tmp_path))


@pytest.mark.parametrize("query", ["Dy", "dy", "dysprosium", "Dysprosium ", "dy2o3"])
def test_an_element_goes_by_symbol_name_and_oxide(query: str, facts: Facts) -> None:
    subject = find_subject(query, facts)
    assert subject is not None
    assert subject.name == "dysprosium (Dy)"
    assert subject.is_named("Dy_oxide")
    assert subject.is_named("Sm;Dy;Lu")
    assert not subject.is_named("Nd_oxide")


def test_all_means_an_element_only_where_materials_are_named(facts: Facts) -> None:
    subject = find_subject("Dy", facts)
    assert subject is not None
    assert subject.is_named("all", "materials")
    assert not subject.is_named("all", "targets")


def test_running_text_is_read_by_whole_words(facts: Facts) -> None:
    subject = find_subject("Nd", facts)
    assert subject is not None
    assert subject.is_mentioned(["no Nd left"])
    assert subject.is_mentioned(["Neodymium first"])
    assert not subject.is_mentioned(["Andes, endless"])


def test_a_plant_a_place_and_a_feed_have_more_than_one_name(facts: Facts) -> None:
    for query, cell in (
        ("mine a", "mine_a"),
        ("digger", "mine_a"),
        ("aland", "AAA"),
        ("Red Hill", "concentrate_hill"),
    ):
        subject = find_subject(query, facts)
        assert subject is not None
        assert subject.is_named(cell)


def test_an_assay_stands_for_a_feed_only_among_assays(facts: Facts) -> None:
    subject = find_subject("mixed_carbonate_hill", facts)
    assert subject is not None
    assert subject.assays == {"hill"}
    assert subject.is_named("hill", "feed", "assays")


def test_unknown_words_have_near_ones(facts: Facts) -> None:
    assert find_subject("dysprosum", facts) is None
    assert near_names("dysprosum", facts) == ["dysprosium"]
    assert near_names("zzzzzz", facts) == []
    assert {"Dy_oxide", "mine_a", "AAA-1"} <= known_names(facts)
    assert "" not in known_names(facts)
