"""Files of bills: what is read, and every way a file can be wrong."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from unit.exposure.bills import SMALL, bill_of
from xenotime.errors import InputProblems, Problem
from xenotime.exposure import sheet
from xenotime.exposure.bill import read_bill
from xenotime.exposure.columns import template
from xenotime.facts.load import load_facts


def told(folder: Path, text: str | bytes, name: str = "bill.csv") -> tuple[Problem, ...]:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    with pytest.raises(InputProblems) as caught:
        read_bill(file, load_facts())
    return caught.value.problems


def as_excel(folder: Path, text: str, name: str = "bill.xlsx") -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    import csv

    for row in csv.reader(text.splitlines()):
        page.append([float(cell) if cell.replace(".", "").isdigit() else cell or None for cell in row])
    book.save(folder / name)
    return folder / name


def test_the_template_is_a_bill(tmp_path: Path) -> None:
    bill = bill_of(tmp_path, template())
    assert bill.pieces.tolist() == [0, 0, 96, 2]
    assert bill.assemblies == 2


def test_separators_and_other_headers_are_known(tmp_path: Path) -> None:
    text = "Part Number;Qty;Description;Weight;Country of Origin\nM;2;NdFeB N42SH;1.5;china\n"
    bill = bill_of(tmp_path, text)
    assert (bill.pieces[0], bill.grams[0], bill.texts["country"].of(0)) == (2.0, 1.5, "CHN")


def test_columns_nobody_knows_are_left_aside_and_told(tmp_path: Path) -> None:
    assert bill_of(tmp_path, "part,material,colour of box\nM,steel,red\n").aside == ("colour of box",)


def test_lines_are_those_of_the_file_though_cells_hold_line_breaks(tmp_path: Path) -> None:
    bill = bill_of(tmp_path, 'part,material\n"A\nb",steel\nC,steel\n')
    assert bill.line.tolist() == [2, 4]


def test_excel_says_what_the_csv_says(tmp_path: Path) -> None:
    plain, packed = bill_of(tmp_path), read_bill(as_excel(tmp_path, SMALL), load_facts())
    assert packed.pieces.tolist() == plain.pieces.tolist()
    for name, column in plain.texts.items():
        assert [packed.texts[name].of(i) for i in range(len(packed))] == [
            column.of(i) for i in range(len(plain))
        ]


def test_a_formula_is_never_worked_out(tmp_path: Path) -> None:
    file = as_excel(tmp_path, "part,quantity,material\nM,=1+1,steel\n")
    bill = read_bill(file, load_facts())
    assert bill.pieces.tolist() == [
        1.0
    ]  # the cell was never shown, so it is blank; nothing added one and one
    (problem,) = told(tmp_path, "part,quantity,material\nM,=1+1,steel\n")
    assert (problem.code, problem.row, problem.found) == ("bad-number", 2, "'=1+1'")


@pytest.mark.parametrize(
    ("text", "code", "row", "remedy"),
    [
        ("", "empty-file", None, "--template"),
        ("part,material\n", "empty-file", None, "add the parts"),
        ("part,quanity,material\nM,1,steel\n", "unknown-column", 1, "did you mean 'quantity'"),
        ("part,qty,quantity,material\nM,1,1,steel\n", "duplicate-column", 1, "keep one"),
        ("quantity\n1\n", "missing-column", 1, "--template"),
        ("part,material,level,parent\nM,steel,1,\nN,steel,2,M\n", "levels-twice", 1, "take one"),
        ("part,material\nM,steel,3,4\n", "not-a-table", 2, "around a cell"),
        ("A list\npart,material\nM,steel\n", "not-a-table", 2, "above the header"),
        ('part,material\nM,"steel\n', "not-a-table", None, "as many cells"),
        (b"part,material\nM,caf\xe9\n", "wrong-encoding", None, "UTF-8"),
        (b"\x00\x01\x02", "not-a-table", None, "CSV or .xlsx"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(
    tmp_path: Path, text: str | bytes, code: str, row: int | None, remedy: str
) -> None:
    found = [problem for problem in told(tmp_path, text) if problem.code == code]
    assert found
    assert found[0].row == row
    assert remedy in found[0].remedy


def test_no_file_no_workbook_and_files_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputProblems) as caught:
        read_bill(tmp_path / "none.csv", load_facts())
    assert caught.value.problems[0].code == "not-a-file"
    (problem,) = told(tmp_path, "no workbook", "bill.xlsx")
    assert problem.code == "not-a-table"
    monkeypatch.setattr(sheet, "GREATEST_FILE", 10)
    (problem,) = told(tmp_path, SMALL)
    assert (problem.code, problem.remedy) == ("too-large", "split the bill by product")
    monkeypatch.setattr(sheet, "GREATEST_FILE", 10**6)
    monkeypatch.setattr(sheet, "GREATEST_SHEET", 10)
    with pytest.raises(InputProblems) as caught:
        read_bill(as_excel(tmp_path, SMALL), load_facts())
    assert caught.value.problems[0].code == "too-large"


def test_excel_without_its_reader_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, load = as_excel(tmp_path, SMALL), builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "openpyxl":
            raise ImportError(name)
        return load(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(InputProblems) as caught:
        read_bill(file, load_facts())
    (problem,) = caught.value.problems
    assert (problem.code, "xenotime[excel]" in problem.remedy) == ("excel-missing", True)
