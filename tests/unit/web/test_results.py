"""What can be taken away: the same numbers as JSON and as tables no spreadsheet runs."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invented_run import small_run
from unit.web.benches import finished, visitor
from unit.web.test_jobs import begin
from xenotime.web.pages.results import FORMULA, harmless, to_csv


def test_json_and_tables_hold_the_documents_numbers(tmp_path: Path) -> None:
    client, document = visitor(tmp_path), small_run()
    name = begin(client)
    assert client.get(f"/api/jobs/{name}/document.json").status_code == 404
    finished(client, name, document)
    assert client.get(f"/api/jobs/{name}/document.json").json() == document
    text = client.get(f"/api/jobs/{name}/tables/prices.csv").text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [float(row["value"]) for row in rows if row["value"]] == [
        row["value"] for row in document["data"]["prices"] if row["value"] is not None
    ]
    assert client.get(f"/api/jobs/{name}/tables/no_such.csv").status_code == 404
    assert client.get(f"/api/jobs/{name}/tables/case.csv").status_code == 404


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_text_that_begins_like_a_formula_is_quoted(text: str) -> None:
    (row,) = csv.DictReader(io.StringIO(to_csv([{"name": text}]), newline=""))
    assert row["name"] == f"'{text}"


@given(
    st.lists(
        st.dictionaries(st.text(max_size=6), st.text(max_size=12) | st.integers(), max_size=4), max_size=4
    )
)
def test_no_cell_of_any_table_can_be_taken_for_a_formula(rows: list[dict[str, str | int]]) -> None:
    for row in csv.reader(io.StringIO(to_csv(rows), newline="")):
        for cell in row:
            assert not cell.startswith(FORMULA) or cell.lstrip("-").isdecimal()


def test_numbers_stay_numbers() -> None:
    assert harmless(-2.5) == -2.5
    assert harmless(None) is None
    assert harmless({"a": 1}) == '{"a": 1}'
