"""Facts looked through: words, tables, grades, and names of rows that last."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from xenotime.facts.browse import Asked, Line, anchor_of, found, graded, lines_of
from xenotime.facts.load import Facts, load_facts
from xenotime.facts.table import TABLES


@pytest.fixture(scope="module")
def lines() -> tuple[Line, ...]:
    return lines_of(load_facts())


def test_every_row_but_sources_and_gaps_is_there_under_a_name_of_its_own(lines: tuple[Line, ...]) -> None:
    facts = load_facts()
    browsed = [name for name in TABLES if name not in ("sources", "missing")]
    assert len(lines) == sum(len(facts.rows(name)) for name in browsed)
    assert len({line.anchor for line in lines}) == len(lines)
    assert all(set(line.anchor) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for line in lines)


def test_the_name_of_a_row_hangs_on_its_key_and_not_on_its_place(lines: tuple[Line, ...]) -> None:
    facts = load_facts()
    turned = dict(facts.tables) | {"prices": tuple(reversed(facts.rows("prices")))}
    again = lines_of(Facts(MappingProxyType(turned)))
    of = {line.entry.about: line.anchor for line in lines if line.table == "prices"}
    assert of == {line.entry.about: line.anchor for line in again if line.table == "prices"}
    assert anchor_of("uses", "Dy / a") != anchor_of("uses", "Dy / A")


def test_a_name_of_an_element_finds_rows_that_have_its_symbol_alone(lines: tuple[Line, ...]) -> None:
    rows = found(lines, Asked("dysprosium", table="assays"))
    assert rows
    assert {line.entry.about.rpartition(" / ")[2] for line in rows} == {"Dy"}
    short = found(lines, Asked("Dy", table="assays"))
    assert [line.anchor for line in short] == [line.anchor for line in rows]  # and no "study"


def test_all_words_must_stand_in_a_row_in_any_order(lines: tuple[Line, ...]) -> None:
    one, other = found(lines, Asked("europe dy_oxide")), found(lines, Asked("DY_OXIDE   Europe"))
    assert one == other
    assert {line.table for line in one} >= {"prices", "observed_prices"}
    assert found(lines, Asked("dy_oxide zzz")) == ()
    assert found(lines, Asked(".*")) == ()  # words are words and no patterns


def test_grade_source_and_memory_narrow_what_is_found(lines: tuple[Line, ...]) -> None:
    graded_b = found(lines, Asked(table="capacities", grade="B"))
    assert {line.entry.grade for line in graded_b} == {"B"}
    source = graded_b[0].entry.source
    assert {line.entry.source for line in found(lines, Asked(source=source))} == {source}
    recalled = found(lines, Asked(recalled=True))
    memory = {n for n, s in load_facts().sources().items() if s.retrieval == "recalled"}
    assert 0 < len(recalled) < len(lines)
    assert all(line.entry.source in memory or "re" in line.entry.note for line in recalled)


def test_grades_are_counted_by_table(lines: tuple[Line, ...]) -> None:
    counts = graded(lines)
    assert sum(counts["prices"].values()) == len(load_facts().rows("prices"))
    assert counts["regions"][""] == len(load_facts().rows("regions"))


def test_two_rows_of_one_key_still_have_two_names() -> None:
    facts = load_facts()
    first = facts.rows("growth")[0]
    twice = dict(facts.tables) | {"growth": (first, replace(first, cagr=first.cagr / 2))}
    made = [line.anchor for line in lines_of(Facts(MappingProxyType(twice))) if line.table == "growth"]
    assert made == [made[0], f"{made[0]}-also"]
