"""One cell to one value."""

from __future__ import annotations

import pytest

from xenotime.facts.cells import CellFault, parse_cell
from xenotime.facts.column import Column


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        (Column("price", "number"), "1.5e3", 1500.0),
        (Column("price", "number"), "-.5", -0.5),
        (Column("days", "integer"), "45", 45),
        (Column("days", "integer", blank=True), "", None),
        (Column("remark", blank=True), "", ""),
        (Column("when", "year"), "2024", 2024),
        (Column("when", "month"), "2024-12", "2024-12"),
        (Column("when", "date"), "2024-12-31", "2024-12-31"),
        (Column("when", "date", many=True), "2024-12; 2011", "2024-12; 2011"),
        (Column("when", "period"), "2011-Q2", "2011-Q2"),
        (Column("when", "period"), "2012-H1", "2012-H1"),
        (Column("when", "period"), "2025-01..2025-07", "2025-01..2025-07"),
        (Column("word", choices=("a", "b")), "b", "b"),
    ],
)
def test_a_cell_becomes_its_value(column: Column, text: str, value: object) -> None:
    found = parse_cell(column, text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        (Column("price", "number"), "1 000", "bad-number"),
        (Column("price", "number"), "0x10", "bad-number"),
        (Column("price", "number"), "1_000", "bad-number"),
        (Column("price", "number"), "-Infinity", "not-finite"),
        (Column("price", "number"), "1e999", "not-finite"),
        (Column("days", "integer"), "4.5", "bad-number"),
        (Column("when", "year"), "24", "bad-date"),
        (Column("when", "month"), "2024-1", "bad-date"),
        (Column("when", "date"), "2024-12-32", "bad-date"),
        (Column("when", "date"), "2024-12; 2011", "bad-date"),
        (Column("when", "period"), "2024-Q5", "bad-date"),
        (Column("name"), "a\u200bb", "stray-character"),
        (Column("name"), "", "required-blank"),
    ],
)
def test_a_cell_that_cannot_be_read_says_why(column: Column, text: str, code: str) -> None:
    with pytest.raises(CellFault) as caught:
        parse_cell(column, text)
    assert caught.value.code == code
    assert caught.value.remedy
