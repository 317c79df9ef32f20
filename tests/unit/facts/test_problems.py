"""One spoiled folder for each problem code; each is read, and so is its message."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from unit.facts.example import changed, write_example, write_file
from xenotime.errors import InputProblems
from xenotime.facts.load import find_problems, load_facts
from xenotime.facts.problems import CODES, SHOWN, Collector, nearest, quoted
from xenotime.facts.sheet import GREATEST_FILE

Spoil = Callable[[Path], object]


def rows(file: str, number: int = 0, **cells: str) -> Spoil:
    """Write the example with some cells of one row of `file` replaced."""
    stem = file.removesuffix(".csv")
    return lambda folder: write_example(folder, **{stem: changed(file, number, **cells)})


def text(file: str, old: str, new: str) -> Spoil:
    """Write the example, then replace text in one file."""

    def spoil(folder: Path) -> None:
        path = write_example(folder) / file
        before = path.read_text(encoding="utf-8")
        assert old in before
        path.write_text(before.replace(old, new, 1), encoding="utf-8")

    return spoil


def raw(file: str, content: bytes) -> Spoil:
    """Write the example, then replace one file."""
    return lambda folder: (write_example(folder) / file).write_bytes(content)


def huge(folder: Path) -> None:
    """A file over the limit that takes no room on the disk."""
    with (write_example(folder) / "uses.csv").open("wb") as stream:
        stream.truncate(GREATEST_FILE + 1)


PRICES = "material,market,period,price,kind,low,high,grade,source,refers_to,knowable_from,note\n"

# Code: how to spoil the example; then file, line, column, a word of what was found, a word of the remedy.
PLACES: dict[str, tuple[Spoil, str, int | None, str, str, str]] = {
    "missing-table": (
        lambda f: (write_example(f) / "uses.csv").unlink(),
        "uses.csv",
        None,
        "",
        "no such",
        "header",
    ),
    "unknown-table": (
        lambda f: (write_example(f) / "price.csv").write_text("a\n"),
        "price.csv",
        None,
        "",
        "declared",
        "prices.csv",
    ),
    "file-too-large": (huge, "uses.csv", None, "", str(GREATEST_FILE), "right file"),
    "wrong-encoding": (raw("uses.csv", b"element,sector\nDy,caf\xe9\n"), "uses.csv", 2, "", "0xe9", "UTF-8"),
    "bad-quoting": (
        raw("prices.csv", (PRICES + 'a"b,"c"d').encode()),
        "prices.csv",
        2,
        "",
        "expected after",
        "quote",
    ),
    "empty-file": (raw("uses.csv", b""), "uses.csv", None, "", "no header", "header"),
    "missing-column": (
        text("prices.csv", "market,period", "period"),
        "prices.csv",
        1,
        "market",
        "no such",
        "add the column",
    ),
    "unknown-column": (
        text("growth.csv", "scenario", "scenaro"),
        "growth.csv",
        1,
        "scenaro",
        "'scenaro'",
        "scenario",
    ),
    "duplicate-column": (
        text("growth.csv", "from,to", "to,to"),
        "growth.csv",
        1,
        "to",
        "twice",
        "one of the two",
    ),
    "ragged-row": (text("prices.csv", "annual_average,", ""), "prices.csv", 2, "", "11 cells", "quotes"),
    "required-blank": (rows("prices.csv", price=""), "prices.csv", 2, "price", "blank", "missing table"),
    "bad-number": (rows("prices.csv", price="1,5"), "prices.csv", 2, "price", "'1,5'", "decimal point"),
    "not-finite": (rows("prices.csv", price="NaN"), "prices.csv", 2, "price", "'NaN'", "row away"),
    "below-minimum": (rows("prices.csv", price="-1"), "prices.csv", 2, "price", "'-1'", "sign"),
    "above-maximum": (rows("assays.csv", share="1.2"), "assays.csv", 2, "share", "'1.2'", "scale"),
    "bad-date": (rows("prices.csv", period="2024-13"), "prices.csv", 2, "period", "2024-13", "form"),
    "bad-choice": (rows("prices.csv", market="europa"), "prices.csv", 2, "market", "'europa'", "europe"),
    "stray-character": (
        rows("prices.csv", note="seen "),
        "prices.csv",
        2,
        "note",
        "'seen '",
        "type it again",
    ),
    "duplicate-key": (
        lambda f: write_example(f, prices=changed("prices.csv") * 2),
        "prices.csv",
        3,
        "material",
        "Dy_oxide",
        "apart",
    ),
    "unknown-name": (rows("assays.csv", element="Dyy"), "assays.csv", 2, "element", "'Dyy'", "Dy"),
    "outside-range": (rows("prices.csv", low="300001"), "prices.csv", 2, "price", "300001", "range"),
    "source-conflict": (
        rows("sources_demand.csv", title="Another"),
        "sources_demand.csv",
        2,
        "source",
        "'s1'",
        "rename",
    ),
    "grade-too-good": (rows("prices.csv", source="memory"), "prices.csv", 2, "grade", "B", "lower the grade"),
    "dates-disorder": (
        rows("facilities.csv", end="2009"),
        "facilities.csv",
        2,
        "end",
        "2010-01 .. 2009",
        "swap",
    ),
}

OF_OWN = {"no-folder", "no-tables"}  # of a folder of one's own, spoiled in test_own.py


def test_every_code_has_a_spoiled_folder() -> None:
    assert set(PLACES) | OF_OWN == set(CODES)


def test_the_example_is_sound(tmp_path: Path) -> None:
    assert find_problems(write_example(tmp_path)) == ()


@pytest.mark.parametrize("code", PLACES)
def test_a_fault_is_found_where_it_is_and_says_what_to_do(code: str, tmp_path: Path) -> None:
    spoil, file, row, column, found, remedy = PLACES[code]
    spoil(tmp_path)
    hits = [problem for problem in find_problems(tmp_path) if problem.code == code]
    assert len(hits) == 1
    [problem] = hits
    assert (problem.file, problem.row, problem.column) == (file, row, column)
    assert found in problem.found
    assert remedy in problem.remedy
    assert problem.expected


@pytest.mark.parametrize("code", PLACES)
def test_a_spoiled_folder_is_never_loaded(code: str, tmp_path: Path) -> None:
    PLACES[code][0](tmp_path)
    with pytest.raises(InputProblems) as caught:
        load_facts(folder=tmp_path)
    assert code in {problem.code for problem in caught.value.problems}


def test_all_faults_are_reported_at_once(tmp_path: Path) -> None:
    write_example(
        tmp_path,
        prices=changed("prices.csv", price="x", period="soon"),
        assays=changed("assays.csv", share="nan", element="Zz"),
    )
    found = [(problem.file, problem.column) for problem in find_problems(tmp_path)]
    assert found == [("assays.csv", "share"), ("prices.csv", "period"), ("prices.csv", "price")]


def test_a_faulty_row_does_not_make_its_name_unknown_elsewhere(tmp_path: Path) -> None:
    write_example(tmp_path, regions=[*changed("regions.csv", lat="north")])
    assert [problem.code for problem in find_problems(tmp_path)] == ["bad-number"]


def test_a_recalled_source_carries_d(tmp_path: Path) -> None:
    write_example(tmp_path, sources_supply=changed("sources_supply.csv", 1, grade="B"))
    [problem] = find_problems(tmp_path)
    assert (problem.code, problem.file, problem.row) == ("grade-too-good", "sources_supply.csv", 3)
    assert "retrieval" in problem.remedy


def test_a_code_nobody_declared_cannot_be_raised() -> None:
    with pytest.raises(KeyError):
        Collector().add("made-up", "a.csv", 1, "b", "c", "d", "e")


def test_long_cells_are_shortened_in_messages() -> None:
    assert len(quoted("x" * 500)) == SHOWN + len("''")
    assert nearest("europa", ["europe", "usa"]) == "did you mean europe?"
    assert "add the row" in nearest("qqq", ["europe"])


def test_a_table_may_have_no_rows(tmp_path: Path) -> None:
    write_file(write_example(tmp_path), "uses.csv", ["element", "sector"], [])
    assert {problem.code for problem in find_problems(tmp_path)} == {"missing-column"}
