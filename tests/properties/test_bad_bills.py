"""Whatever stands in a bill, it is read or every fault is told; never a crash, never half a result."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from unit.exposure.bills import setting
from xenotime.cli import app, guarded
from xenotime.errors import InputProblems, Problem
from xenotime.exposure.bill import read_bill
from xenotime.exposure.columns import COLUMNS
from xenotime.exposure.elements import element_rows, find_held, group_lines
from xenotime.facts.load import load_facts

CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "",
            "1",
            "-1",
            "1e400",
            "nan",
            "=1+1",
            "@cmd",
            "CHN",
            "china",
            "NdFeB",
            "N42SH",
            "Dy2O3",
            "kg",
            "g",
            "0",
        ]
    ),
    st.integers(-5, 10**9).map(str),
    st.floats(allow_nan=True, allow_infinity=True).map(str),
)
HEADERS = st.lists(st.one_of(st.sampled_from(sorted(COLUMNS)), st.text(max_size=8)), min_size=1, max_size=15)
TABLES = st.tuples(HEADERS, st.lists(st.lists(CELLS, max_size=15), max_size=8))


def as_csv(table: tuple[list[str], list[list[str]]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([table[0], *table[1]])
    return out.getvalue()


def read_or_told(folder: pytest.TempPathFactory, content: bytes) -> None:
    file = folder.mktemp("bill") / "bill.csv"
    file.write_bytes(content)
    given_ = setting()
    told: tuple[Problem, ...] = ()
    rows: list[dict[str, Any]] = []
    try:
        bill = read_bill(file, load_facts())
        rows = list(element_rows(group_lines(find_held(bill, given_)), given_))
    except InputProblems as error:
        told = error.problems
    assert all(p.found and p.expected and p.remedy for p in told)
    assert all(row["low"] <= row["value"] <= row["high"] for row in rows)


@given(TABLES)
@example((["part", "material", "level"], [["A", "NdFeB", "0"], ["B", "N42SH", "99"]]))
@example((["part", "material", "quantity", "mass"], [["A", "N42SH", "1e308", "1e308"]]))
@example((["part", "material", "parent"], [["A", "x", "B"], ["B", "x", "A"]]))
@example((["part", "material"], []))
def test_any_table_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, table: tuple[list[str], list[list[str]]]
) -> None:
    read_or_told(tmp_path_factory, as_csv(table).encode("utf-8", "surrogatepass"))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_told(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    read_or_told(tmp_path_factory, content)
    read_or_told(tmp_path_factory, b"part,material,quantity\n" + content)


@pytest.mark.parametrize(
    "content", [b"", b"part\n1\n", b"part,material,mass\nA,N42SH,\n", b"part,material\n\xff\n", b"\x00"]
)
def test_a_bad_bill_writes_nothing(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    folder = tmp_path_factory.mktemp("cli")
    monkeypatch.chdir(folder)
    (folder / "bill.csv").write_bytes(content)
    words = ["exposure", "bill.csv", "--json", "out.json", "--report", "out.html"]
    assert guarded(lambda: app(words, standalone_mode=False)) == 2
    assert [path.name for path in folder.iterdir()] == ["bill.csv"]
