"""Levers of a text as a package of a case, and those that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from unit.talks.reader.read_worlds import base_case, settings_file, two_sides
from unit.talks.reader.texts import ARTICLE, NAMED_LEVERS, reading
from xenotime.errors import InputProblems
from xenotime.facts.load import load_facts
from xenotime.facts.reading import LeverSetting
from xenotime.policy.case import Case, CaseFile
from xenotime.policy.levers import KINDS
from xenotime.policy.package import read_package
from xenotime.talks.reader.lexicon import load_lexicon
from xenotime.talks.reader.package import (
    NamedLever,
    assumed_rows,
    case_of,
    named_levers,
    package_text,
    read_settings,
    sides_of,
)


def found(folder: Path, text: str = ARTICLE) -> tuple[NamedLever, ...]:
    base, facts = base_case(folder), load_facts()
    read = reading(text)
    sides = sides_of(read, two_sides(), base, facts)
    return named_levers(read, sides, base, read_settings(settings_file(folder)), load_lexicon())


def test_every_lever_is_a_package_entry_or_named_with_its_reason(tmp_path: Path) -> None:
    levers = {item.lever: item for item in found(tmp_path)}
    assert set(NAMED_LEVERS) <= set(levers)
    assert levers["reserves"].entry == "read-reserve"
    assert levers["reserves"].members == ("USA",)
    assert levers["permitting"].why == "the chain has no projects"
    assert levers["labour_standards"].why == "no counterpart in the model is on record"
    assert all(bool(item.entry) != bool(item.why) for item in levers.values())


def test_the_case_holds_the_lever_at_its_assumed_settings(tmp_path: Path) -> None:
    base = base_case(tmp_path)
    text = package_text(base, found(tmp_path), reading(ARTICLE))
    case = case_of("read", text)
    (lever,) = case.data.lever
    assert (lever.kind, lever.region, lever.quantity, lever.control) == ("stockpile", "USA", 1.5, "ban")
    assert "quantity 1 to 2" in lever.assumed
    assert case.data.title.endswith("with the levers a text names")
    assert read_package(case, two_sides()).levers[0].price == 100.0
    assert {row["key"] for row in assumed_rows(found(tmp_path))} >= {"quantity", "price"}


def test_sides_are_whom_the_text_names_and_who_controls(tmp_path: Path) -> None:
    sides = sides_of(reading(ARTICLE), two_sides(), base_case(tmp_path), load_facts())
    assert (sides.by, sides.on) == (("CHN",), ("USA",))
    given = sides_of(reading("Reserves."), two_sides(), base_case(tmp_path), load_facts(), ("CHN",), ("USA",))
    assert given.on == ("USA",)


@pytest.mark.parametrize(
    ("text", "code"),
    [("Reserves may help China.", "no-other-side"), ("Japan likes reserves.", "no-other-side")],
)
def test_a_text_without_the_other_side_is_told(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(InputProblems) as caught:
        sides_of(reading(text), two_sides(), base_case(tmp_path), load_facts())
    assert caught.value.problems[0].code == code
    assert "--on" in caught.value.problems[0].remedy


def test_a_base_without_a_control_is_told() -> None:
    calm = CaseFile(title="Calm", question="?")
    with pytest.raises(InputProblems) as caught:
        sides_of(reading(ARTICLE), two_sides(), Case("calm", calm, ""), load_facts())
    assert caught.value.problems[0].code == "no-control"


def test_a_text_without_a_lever_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputProblems) as caught:
        package_text(base_case(tmp_path), found(tmp_path, "The USA and China met."), reading("Nothing."))
    assert caught.value.problems[0].code == "no-lever"


def test_faults_of_ones_own_settings_are_all_told(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text(
        "lever,entry,key,value,low,high,grade,source\nreserves,,kind,stockpile,,,E,mine\n", "utf-8"
    )
    with pytest.raises(InputProblems) as caught:
        read_settings(file)
    assert caught.value.problems[0].code == "missing-column"


def test_the_shipped_settings_are_levers_of_known_kinds_and_graded_as_assumed() -> None:
    rows = load_facts().rows(LeverSetting)
    kinds = {row.value for row in rows if row.key == "kind"}
    assert kinds <= set(KINDS)
    assert {row.grade for row in rows} == {"D"}
    assert {row.lever for row in rows} >= set(NAMED_LEVERS)
    numbers = [(row.low, row.value, row.high) for row in rows if row.low]
    assert numbers
    assert all(float(low) <= float(value) <= float(high) for low, value, high in numbers)
