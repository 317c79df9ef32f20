"""Rows a user adds: a whole promise of his own, and every fault of a bad file at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from xenotime.errors import InputProblems
from xenotime.facts.load import load_facts
from xenotime.facts.sheet import Placed
from xenotime.talks.ledger.add import ADDABLE, faults_of, template, with_rows
from xenotime.talks.ledger.days import read_at
from xenotime.talks.ledger.ledger import ledger_at

COMMITMENT = (
    "MY-1,My deal,2025-02-01,USA,CHN,widgets,100,t,2025-06-30,letter,,,,2025-07,D,"
    "trade-record-recalled,2025-02,"
)
MEASURE = (
    "MY-1,customs,total,my/widgets,,100,t,2025-03,2025-06,even,100,100,D,trade-record-recalled,2025,2025-02,"
)
DELIVERED = "my/widgets,2025-03,2025-06,t,80,75,85,D,trade-record-recalled,2025-03..2025-06,2025-07,"


def write(folder: Path, table: str, *rows: str) -> Path:
    path = folder / f"{table}.csv"
    path.write_text(template(table) + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_a_promise_of_ones_own_is_measured(tmp_path: Path) -> None:
    paths = [
        write(tmp_path, "commitments", COMMITMENT),
        write(tmp_path, "commitment_measures", MEASURE),
        write(tmp_path, "delivered_series", DELIVERED),
    ]
    stood = {item.commitment: item for item in ledger_at(read_at("2025-12"), with_rows(paths)).standings}
    assert (stood["MY-1"].ratio, stood["MY-1"].low, stood["MY-1"].high) == (0.8, 0.75, 0.85)
    assert stood["MY-1"].status == "partly"


def test_without_a_measure_it_says_so(tmp_path: Path) -> None:
    facts = with_rows([write(tmp_path, "commitments", COMMITMENT)])
    stood = {item.commitment: item for item in ledger_at(read_at("2025-12"), facts).standings}
    assert stood["MY-1"].status == "not_computable"
    assert "commitment_measures" in stood["MY-1"].reason


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    bad = write(
        tmp_path,
        "commitments",
        COMMITMENT.replace("MY-1", "BUS-GEN"),  # exists already
        COMMITMENT.replace("2025-06-30", "soon"),
        COMMITMENT.replace(",100,", ",many,").replace("MY-1", "MY-2"),
        COMMITMENT.replace("trade-record-recalled", "my-notes").replace("MY-1", "MY-3"),
    )
    with pytest.raises(InputProblems) as caught:
        with_rows([bad])
    found = {(p.code, p.row, p.column) for p in caught.value.problems}
    assert found == {
        ("duplicate-key", 2, "commitment"),
        ("bad-date", 3, "deadline"),
        ("bad-number", 4, "amount"),
        ("unknown-name", 5, "source"),
    }
    assert all(p.file == "commitments.csv" and p.expected and p.remedy for p in caught.value.problems)


def test_days_that_are_not_in_the_calendar_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputProblems) as caught:
        with_rows([write(tmp_path, "commitments", COMMITMENT.replace("2025-06-30", "2025-06-31"))])
    assert [(p.code, p.column, p.found) for p in caught.value.problems] == [
        ("bad-date", "deadline", "'2025-06-31'")
    ]


@pytest.mark.parametrize(
    ("change", "columns"),
    [
        ((",my/widgets,,", ",,,"), ["series"]),
        ((",2025-03,2025-06,", ",,2025-06,"), ["start"]),
        ((",100,100,D", ",0,100,D"), ["low"]),
        ((",total,my/widgets,,", ",act,,controls_record:CHN-70-2025,"), ["act"]),
        ((",total,my/widgets,,", ",act,,prices:x:date,"), ["act"]),
    ],
)
def test_a_measure_that_cannot_be_worked_out_is_told(
    tmp_path: Path, change: tuple[str, str], columns: list[str]
) -> None:
    paths = [
        write(tmp_path, "commitments", COMMITMENT),
        write(tmp_path, "commitment_measures", MEASURE.replace(*change)),
    ]
    with pytest.raises(InputProblems) as caught:
        with_rows(paths)
    found = [(p.code, p.file, p.row, p.column) for p in caught.value.problems]
    assert found == [("bad-value", "commitment_measures.csv", 2, column) for column in columns]


def test_shipped_rows_would_pass_the_same_checks() -> None:
    for name in ADDABLE:
        for record in load_facts().rows(name):
            assert faults_of(Placed(record, name, 1)) == []


def test_a_file_of_no_table_is_told(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("colour,taste\nred,sweet\n", encoding="utf-8")
    with pytest.raises(InputProblems) as caught:
        with_rows([path])
    (problem,) = caught.value.problems
    assert (problem.code, problem.row) == ("unknown-table", 1)
    assert "colour" in problem.found
    assert "commitments" in problem.expected


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputProblems) as caught:
        with_rows([tmp_path / "none.csv"])
    assert [problem.code for problem in caught.value.problems] == ["cannot-read"]
    (tmp_path / "latin.csv").write_bytes(b"commitment,d\xe9al\n")
    with pytest.raises(InputProblems) as caught:
        with_rows([tmp_path / "latin.csv"])
    assert [problem.code for problem in caught.value.problems] == ["wrong-encoding"]


def test_templates_are_those_of_the_tables() -> None:
    assert all(template(name).startswith(("source", "commitment", "event", "series")) for name in ADDABLE)
    with pytest.raises(InputProblems) as caught:
        template("prices")
    assert [problem.code for problem in caught.value.problems] == ["unknown-table"]


def read_file(folder: Path, *rows: dict[str, object], kind: str = "read") -> Path:
    path = folder / "statement.json"
    path.write_text(json.dumps({"kind": kind, "data": {"commitments": list(rows)}}), encoding="utf-8")
    return path


def test_what_the_reader_found_becomes_a_promise(tmp_path: Path) -> None:
    row = {"actor": "CHN", "act": "buy soybeans", "date": "2025-10-30", "amount": 12, "unit": "Mt"}
    facts = with_rows([read_file(tmp_path, {**row, "deadline": "2025-12-31"})])
    stood = {item.commitment: item for item in ledger_at(read_at("2026-06"), facts).standings}
    assert (stood["statement-1"].promised_by, stood["statement-1"].deadline) == ("CHN", "2025-12-31")
    assert stood["statement-1"].grade == "D"


def test_what_the_reader_left_out_is_told_for_every_row(tmp_path: Path) -> None:
    with pytest.raises(InputProblems) as caught:
        with_rows([read_file(tmp_path, {"act": "buy"}, {"actor": "CHN", "date": "2025-10-30"})])
    assert [(p.code, p.column) for p in caught.value.problems] == [
        ("missing-key", "data.commitments.0.actor"),
        ("missing-key", "data.commitments.0.date"),
        ("missing-key", "data.commitments.1.act"),
    ]


def test_another_kind_of_document_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputProblems) as caught:
        with_rows([read_file(tmp_path, kind="run")])
    assert [problem.code for problem in caught.value.problems] == ["report-kind"]
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputProblems) as caught:
        with_rows([tmp_path / "broken.json"])
    assert [problem.code for problem in caught.value.problems] == ["cannot-read"]
