"""Grams and dollars of a bill: the fast path against the plain one, and nothing lost between countries."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unit.exposure.bills import HEADER, SMALL, contents, held_of, setting, two_makers, words
from unit.exposure.plain_path import plain_grams
from xenotime.errors import InputProblems
from xenotime.exposure.elements import UNKNOWN, element_rows, group_lines

ROUNDING = 1e-12  # of a sum: the two paths add in another order


def test_hand_arithmetic_of_a_small_bill(tmp_path: Path) -> None:
    held = held_of(tmp_path)
    rows = list(element_rows(group_lines(held), setting()))
    dy = sum(row["value"] for row in rows if row["element"] == "Dy")
    sh, h = contents().magnet("SH").shares, contents().magnet("H").shares
    at = contents().elements.index("Dy")
    assert dy == pytest.approx(16 * 20 * sh[at, 1] + 3 * 1.5 * h[at, 1])
    first = next(row for row in rows if row["element"] == "Dy")
    assert first["low"] < first["value"] < first["high"]
    assert first["usd"] > 0


def test_spend_is_what_the_bill_states(tmp_path: Path) -> None:
    (magnet,) = (group for group in group_lines(held_of(tmp_path)) if group.country == "CHN")
    assert magnet.spend == pytest.approx(16 * 1.10)
    assert magnet.priced == pytest.approx(16 * 20)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("S,P,1,M,1,NdFeB magnet,,,g,CHN,", "mass-missing"),
        ("S,P,1,M,1,dysprosium,,1,g,CHN,", "unclear-material"),
    ],
)
def test_lines_that_cannot_be_used_are_told(tmp_path: Path, row: str, code: str) -> None:
    with pytest.raises(InputProblems) as caught:
        held_of(tmp_path, f"{HEADER}\n{row}\n")
    (problem,) = caught.value.problems
    assert (problem.code, problem.row) == (code, 2)


def test_contents_that_cannot_be_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputProblems) as caught:
        held_of(tmp_path, "part,material,mass,contents\nM,magnet,1,Nd 300 %\n")
    assert [problem.code for problem in caught.value.problems] == ["bad-contents"]


def test_origin_is_stated_or_that_of_the_base_month_or_unknown(tmp_path: Path) -> None:
    text = "part,material,mass,country,separated_in\nA,N42SH,100,,\nB,N42SH,100,JPN,\nC,N42SH,100,CHN,AUS\n"
    given_ = setting(two_makers())
    rows = list(element_rows(group_lines(held_of(tmp_path, text, given_)), given_))
    dy = {row["separated_in"]: row["value"] for row in rows if row["element"] == "Dy"}
    each = 100 * contents().magnet("SH").shares[contents().elements.index("Dy"), 1]
    assert dy["CHN"] == pytest.approx(each * (0.75 + 0.25 * 0.5 + 0.5))
    assert dy["JPN"] == pytest.approx(each * (0.25 * 0.5 + 0.5))
    assert dy["AUS"] == pytest.approx(each)
    none = list(element_rows(group_lines(held_of(tmp_path, text)), setting()))
    assert {row["separated_in"] for row in none} == {UNKNOWN, "AUS"}


TEXTS = (
    "NdFeB magnet",
    "N42SH",
    "NdFeB 120 C",
    "SmCo",
    "Dy2O3",
    "steel",
    "gizmo",
    "EV traction motor",
    "magnet",
)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["P", "Q"]),
        st.integers(0, 4),
        st.integers(1, 9),
        st.sampled_from(TEXTS),
        st.sampled_from(["", "N45UH", "N35"]),
        st.floats(0.01, 1e4).map(lambda x: round(x, 3)),
        st.sampled_from(["g", "kg", "mg", ""]),
        st.sampled_from(["CHN", "JPN", ""]),
    ),
    min_size=1,
    max_size=25,
)


def written(rows: list[tuple[str, int, int, str, str, float, str, str]]) -> str:
    """A bill of the rows, its products one after the other and its levels made to hold together."""
    lines, before = [HEADER], {}
    for number, (product, level, count, text, grade, mass, unit, country) in enumerate(sorted(rows)):
        depth = min(level, before.get(product, 0) + 1)
        before[product] = depth
        lines.append(f'S,{product},{depth},N{number},{count},"{text}",{grade},{mass},{unit},{country},')
    return "\n".join(lines) + "\n"


@given(ROWS)
def test_the_fast_path_says_what_the_plain_path_says(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, int, int, str, str, float, str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("bill")
    given_ = setting(two_makers())
    fast: dict[tuple[str, str, str], float] = {}
    for row in element_rows(group_lines(held_of(folder, written(rows), given_)), given_):
        key = (row["product"], row["stage"], row["element"])
        fast[key] = fast.get(key, 0.0) + row["value"]
    plain = plain_grams(folder / "bill.csv")
    assert set(fast) == set(plain)
    assert [fast[key] for key in plain] == pytest.approx(list(plain.values()), rel=ROUNDING)


def test_goods_are_read_once_for_each_text(tmp_path: Path) -> None:
    text = SMALL + "".join(f"S,P,1,Z{i},1,N42SH,,1,g,CHN,\n" for i in range(50))
    held = held_of(tmp_path, text)
    assert len(held.goods) <= 6
    assert np.all(held.grams[held.lines] > 0)
    assert words().read("N42SH").name == "NdFeB SH"
