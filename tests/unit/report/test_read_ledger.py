"""What the ledger says of promises like those of a text, and how the page of a reading says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from unit.talks.reader.texts import ARTICLE, FACT_SHEET
from xenotime.errors import InputProblems
from xenotime.report.read_ledger import with_ledger
from xenotime.report.read_page import reading_content
from xenotime.report.reading import read_texts
from xenotime.talks.ledger.days import last_day
from xenotime.talks.ledger.ledger import ledger_at

AT = last_day("2025-10-30")


def document(folder: Path, text: str) -> dict[str, object]:
    file = folder / "text.txt"
    file.write_text(text, "utf-8")
    return with_ledger(read_texts(str(file)).document, ledger_at(AT))


def test_promises_of_the_same_parties_are_counted_as_they_stood_then(tmp_path: Path) -> None:
    data = document(tmp_path, FACT_SHEET)["data"]
    assert data["ledger_at"] == "2025-10-30"
    stood = ledger_at(AT)
    for row in data["kept_before"]:
        own = [item for item in stood.standings if row["party"] in item.promised_by.split(";")]
        assert row["promises"] == len(own)
        assert row["kept"] == sum(item.status in ("kept", "kept_late") for item in own)
        assert row["kept"] + row["partly"] + row["missed"] == row["settled"] <= row["promises"]
    assert {row["party"] for row in data["kept_before"]} == {"CHN", "USA"}
    assert len(data["promises_before"]) == sum(row["promises"] for row in data["kept_before"])


def test_the_page_tells_them_and_a_text_that_commits_nobody_tells_none(tmp_path: Path) -> None:
    made = document(tmp_path, FACT_SHEET)
    body = reading_content(made).body
    (china,) = [row for row in made["data"]["kept_before"] if row["party"] == "CHN"]
    assert f"{china['kept']} of {china['settled']}" in body
    assert f"{china['mean']:.2f} ({china['low']:.2f} to {china['high']:.2f})" in body
    assert "commits nobody" in reading_content(document(tmp_path, ARTICLE)).body
    assert body.count("<main") == 0  # the frame has one


def test_who_speaks_can_be_said_and_weighs_on_what_is_read(tmp_path: Path) -> None:
    file = tmp_path / "words.txt"
    file.write_text(
        "We will suspend our export controls on dysprosium by 10 November 2025. It is agreed.", "utf-8"
    )
    silent, told = read_texts(str(file)).document, read_texts(str(file), speaker="CHN").document
    assert [row["actor"] for row in silent["data"]["commitments"]] == []
    assert [row["actor"] for row in told["data"]["commitments"]] == ["CHN"]
    assert told["data"]["text"]["speaker"] == "CHN"
    assert told["data"]["commitments"][0]["said_by"] == "CHN"
    assert [row["speaker"] for row in told["data"]["belief"]] == ["CHN ministry"]
    with pytest.raises(InputProblems) as caught:
        read_texts(str(file), speaker="CHM")
    (problem,) = caught.value.problems
    assert (problem.code, problem.file) == ("unknown-name", "--speaker")
    assert "CHN" in problem.remedy
