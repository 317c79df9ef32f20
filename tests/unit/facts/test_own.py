"""Rows of one's own beside the shipped facts: what is added, and what does not fit."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from xenotime.errors import InputProblems, Problem
from xenotime.facts.load import knowable, load_facts
from xenotime.facts.own import find_facts, with_own

GALLIUM = Path(__file__).parents[3] / "examples" / "gallium-2023" / "facts"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GALLIUM, tmp_path / "own"))


def problems_of(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(InputProblems) as caught:
        with_own(folder)
    return caught.value.problems


def test_rows_are_added_after_those_that_ship(folder: Path) -> None:
    own, shipped = with_own(folder), load_facts()
    assert own.rows("elements")[:-1] == shipped.rows("elements")
    assert own.rows("elements")[-1].family == "gallium"
    assert len(own.rows("prices")) == len(shipped.rows("prices")) + 2
    for name, rows in shipped.tables.items():
        if name not in ("elements", "prices", "sources"):
            assert own.rows(name) == rows


def test_other_rows_are_another_digest_and_none_of_ones_own_has_none(folder: Path) -> None:
    first = with_own(folder).own
    assert first == with_own(GALLIUM).own
    path = folder / "prices.csv"
    path.write_text(path.read_text("utf-8").replace("257500", "257501"), "utf-8")
    assert with_own(folder).own not in ("", first)
    assert load_facts().own == ""
    assert knowable(with_own(folder), "2025-01").own == with_own(folder).own


def test_facts_are_those_given_or_a_folder_or_those_that_ship(folder: Path) -> None:
    own = with_own(folder)
    assert find_facts(own) is own
    assert find_facts(folder) == own == find_facts(str(folder))
    assert find_facts(None) is load_facts()


@pytest.mark.parametrize(
    ("made", "code", "found", "remedy"),
    [
        (lambda place: None, "no-folder", "nothing of that name", "give the folder"),
        (lambda place: place.write_text("x", "utf-8"), "no-folder", "a file", "give the folder"),
        (lambda place: place.mkdir(), "no-tables", "no CSV file", "leave --facts out"),
    ],
)
def test_a_folder_that_is_none(tmp_path: Path, made: object, code: str, found: str, remedy: str) -> None:
    place = tmp_path / "own"
    made(place)  # type: ignore[operator]
    (problem,) = problems_of(place)
    assert (problem.code, problem.file, problem.found) == (code, str(place), found)
    assert problem.expected
    assert remedy in problem.remedy


def test_a_file_of_another_name_is_told_with_the_nearest(folder: Path) -> None:
    (folder / "sources_supply.csv").rename(folder / "sources.csv")
    codes = [(problem.code, Path(problem.file).name) for problem in problems_of(folder)]
    assert ("unknown-table", "sources.csv") in codes
    assert ("unknown-name", "prices.csv") in codes  # whose source is now nowhere
    (problem, *_) = [one for one in problems_of(folder) if one.code == "unknown-table"]
    assert "sources_supply.csv" in problem.remedy


def test_series_used_for_scoring_are_no_facts_to_add_to(folder: Path) -> None:
    shutil.copy(folder / "prices.csv", folder / "observed_prices.csv")
    (problem,) = problems_of(folder)
    assert (problem.code, Path(problem.file).name) == ("unknown-table", "observed_prices.csv")


def test_a_row_about_what_ships_is_a_fault_at_its_line(folder: Path) -> None:
    path = folder / "elements.csv"
    path.write_text(path.read_text("utf-8").replace("Ga,gallium", "Dy,gallium"), "utf-8")
    (problem,) = problems_of(folder)
    assert (problem.code, problem.file, problem.row) == ("duplicate-key", str(path), 2)
    assert "'Dy'" in problem.found
    assert "elements.csv:10" in problem.expected


def test_all_faults_of_all_files_are_told_at_once(folder: Path) -> None:
    prices = folder / "prices.csv"
    text = prices.read_text("utf-8").replace("257500", "dear").replace("fastmarkets-2023-licences", "nobody")
    prices.write_text(text, "utf-8")
    elements = folder / "elements.csv"
    elements.write_text(elements.read_text("utf-8").replace("0.7439,0.7439", "1.7439,0.7439"), "utf-8")
    (folder / "notes.csv").write_text("a\n", "utf-8")
    found = {(problem.code, Path(problem.file).name, problem.row) for problem in problems_of(folder)}
    assert found == {
        ("above-maximum", "elements.csv", 2),
        ("bad-number", "prices.csv", 2),
        ("unknown-name", "prices.csv", 3),
        ("unknown-table", "notes.csv", None),
    }
