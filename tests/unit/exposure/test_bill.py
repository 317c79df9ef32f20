"""Rows of a bill: numbers, places, levels, parents; each fault told with its row."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from unit.exposure.bills import bill_of
from xenotime.errors import InputProblems, Problem
from xenotime.exposure import problems as problems_module
from xenotime.exposure.columns import GRAMS


def told(folder: Path, text: str) -> tuple[Problem, ...]:
    with pytest.raises(InputProblems) as caught:
        bill_of(folder, text)
    return caught.value.problems


def test_levels_multiply_out(tmp_path: Path) -> None:
    text = "product,level,part,quantity,material\nP,0,P,1,a\nP,1,A,2,a\nP,2,B,3,a\nP,2,C,5,a\nP,1,D,7,a\n"
    assert bill_of(tmp_path, text).pieces.tolist() == [0, 0, 6, 10, 7]


def test_a_product_begins_anew(tmp_path: Path) -> None:
    text = "product,level,part,quantity,material\nP,1,A,2,a\nQ,1,B,3,a\nQ,2,C,4,a\n"
    assert bill_of(tmp_path, text).pieces.tolist() == [2, 0, 12]


def test_parents_multiply_out_and_add_up_where_a_part_goes_into_several(tmp_path: Path) -> None:
    text = "part,parent,quantity,material\nA,,2,a\nB,A,3,a\nC,B,5,a\nC,A,7,a\n"
    assert bill_of(tmp_path, text).pieces.tolist() == [0, 0, 30, 14]


def test_a_part_inside_two_assemblies_carries_both_to_its_own_parts(tmp_path: Path) -> None:
    text = "part,parent,quantity,material\nA,,2,a\nB,,3,a\nS,A,1,a\nS,B,1,a\nM,S,4,a\n"
    assert bill_of(tmp_path, text).pieces.tolist()[-1] == 20


@pytest.mark.parametrize("unit", GRAMS)
def test_masses_come_in_grams(tmp_path: Path, unit: str) -> None:
    bill = bill_of(tmp_path, f"part,material,mass,mass_unit\nM,steel,2,{unit}\n")
    assert bill.grams[0] == 2 * GRAMS[unit]


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("DE", "DEU"),
        ("de", "DEU"),
        ("Germany", "DEU"),
        ("PRT", "ROW_EUR"),
        ("pt", "ROW_EUR"),
        ("KHM", "ROW_ASIA"),
    ],
)
def test_countries_are_known_by_code_and_name(tmp_path: Path, text: str, region: str) -> None:
    assert bill_of(tmp_path, f"part,material,country\nM,steel,{text}\n").texts["country"].of(0) == region


def test_what_is_blank_is_not_zero(tmp_path: Path) -> None:
    bill = bill_of(tmp_path, "part,material,mass,unit_price,quantity\nM,steel,,,\n")
    assert np.isnan(bill.grams[0])
    assert np.isnan(bill.price[0])
    assert bill.pieces[0] == 1


def test_every_fault_is_told_at_once_with_its_row(tmp_path: Path) -> None:
    text = (
        "part,material,quantity,mass,mass_unit,country\n"
        "A,x,-1,nan,stone,Atlantis\n"
        ",x,two,inf,g,Germny\n"
        "C,x,1,1,g,CHN\n"
    )
    found = {(problem.row, problem.column): problem.code for problem in told(tmp_path, text)}
    assert found == {
        (2, "quantity"): "bad-number",
        (2, "mass"): "bad-number",
        (2, "mass_unit"): "unknown-mass-unit",
        (2, "country"): "unknown-place",
        (3, "part"): "required-blank",
        (3, "quantity"): "bad-number",
        (3, "mass"): "bad-number",
        (3, "country"): "unknown-place",
    }


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("level,part,material\n1,A,a\n3,B,a\n", "level-jumps", 3),
        ("level,part,material\n2,A,a\n", "level-jumps", 2),
        ("level,part,material\n1,A,a\n,B,a\n", "required-blank", 3),
        ("level,part,material\n1.5,A,a\n", "bad-number", 2),
        ("level,part,quantity,material\n1,A,1e12,a\n2,B,9,a\n", "too-many-pieces", 3),
        ("part,quantity,material\nA,1e13,a\n", "bad-number", 2),
        ("part,parent,material\nA,B,a\n", "unknown-parent", 2),
        ("part,parent,material\nA,B,a\nB,A,a\n", "bill-circle", 2),
        ("part,parent,material\nA,A,a\n", "bill-circle", 2),
    ],
)
def test_assemblies_that_do_not_hold_together(tmp_path: Path, text: str, code: str, row: int) -> None:
    first = told(tmp_path, text)[0]
    assert (first.code, first.row) == (code, row)
    assert first.remedy


def test_a_flood_of_one_fault_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problems_module, "KEPT", 3)
    text = "part,material,mass\n" + "".join(f"P{i},x,bad\n" for i in range(10))
    found = told(tmp_path, text)
    assert [problem.row for problem in found] == [2, 3, 4, None]
    assert found[-1].found == "7 more rows with this fault"


def test_many_different_slips_cost_no_more_than_many_equal_ones(tmp_path: Path) -> None:
    rows = "".join(f"P{i},x,1,unit{i},Land{i}\n" for i in range(5000))
    found = told(tmp_path, "part,material,mass,mass_unit,country\n" + rows)
    codes = {problem.code for problem in found}
    assert codes == {"unknown-mass-unit", "unknown-place"}
    assert len(found) == 2 * (problems_module.KEPT + 1)
