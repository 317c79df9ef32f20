"""The command `read` as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from unit.talks.reader.read_worlds import base_file, settings_file, two_sides
from unit.talks.reader.texts import ARTICLE, ECHO, FACT_SHEET, NAMED_LEVERS
from xenotime.cli import app, guarded
from xenotime.policy.case import load_case
from xenotime.world.write import write_world


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sheet.txt").write_text(FACT_SHEET, "utf-8")
    (tmp_path / "article.txt").write_text(ARTICLE, "utf-8")
    return tmp_path


def call(*words: str, command: str = "read") -> int:
    return guarded(lambda: app([command, *words], standalone_mode=False))


def data_of(file: Path) -> dict[str, Any]:
    return json.loads(file.read_text("utf-8"))["data"]


def test_json_alone_is_on_stdout(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("sheet.txt", "--json", "-", "--report", "page.html") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["kind"] == "read"
    assert {"commitments", "claims", "levers", "parties", "hedges", "tone", "belief"} <= set(document["data"])
    text = FACT_SHEET
    for row in document["data"]["commitments"]:
        assert text[row["start"] : row["end"]].split()[0] in row["act"]
        assert row["rule"]
        assert row["actor"] in ("CHN", "USA")
    page = (folder / "page.html").read_text("utf-8")
    assert page.count("<mark") == 4  # sentences that hold a commitment
    assert "5 concrete commitments" in page


def test_people_see_commitments_apart_from_claims(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("sheet.txt") == 0
    said = capsys.readouterr().out
    assert "5 concrete commitments" in said
    assert "at least 12,000,000 t" in said
    assert call("article.txt") == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "No concrete commitment" in said
    for name in NAMED_LEVERS:
        assert name.replace("_", " ") in said


def test_standard_input_is_read(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with (folder / "sheet.txt").open(encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdin", stream)
        assert call("-", "--json", "-") == 0
    assert json.loads(capsys.readouterr().out)["data"]["text"]["name"] == "standard input"


def test_the_other_side_confirms_or_not(folder: Path) -> None:
    (folder / "echo.txt").write_text(ECHO, "utf-8")
    (folder / "same.txt").write_text(
        "China will suspend its export controls on gallium by 10 November 2025.", "utf-8"
    )
    assert call("sheet.txt", "--confirm", "echo.txt", "--json", "o.json") == 0
    rows = data_of(folder / "o.json")["commitments"]
    assert [row["confirmed"] for row in rows] == ["differs", "differs", "differs", "no", "no"]
    assert ECHO[rows[1]["confirmed_start"] : rows[1]["confirmed_end"]].startswith("purchase 10 million")
    assert call("sheet.txt", "--confirm", "echo.txt", "--confirm", "same.txt", "--json", "o.json") == 0
    assert data_of(folder / "o.json")["commitments"][0]["confirmed"] == "yes"
    assert call("sheet.txt", "--json", "o.json") == 0
    assert data_of(folder / "o.json")["commitments"][0]["confirmed"] == "not asked"


def test_what_was_read_goes_into_the_ledger(folder: Path) -> None:
    assert call("sheet.txt", "--json", "sheet.json") == 0
    assert call("--add", "sheet.json", "--at", "2026-06-30", "--json", "ledger.json", command="ledger") == 0
    entries = {row["commitment"]: row for row in data_of(folder / "ledger.json")["commitments"]}
    beans = entries["sheet-2"]
    assert (beans["promised_by"], beans["deadline"]) == ("CHN", "2025-12-31")
    assert "12 million metric tons" in beans["what"]


def test_a_text_without_a_date_is_told_and_the_ledger_asks_for_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "bare.txt").write_text(
        "China will suspend its export controls on gallium within 30 days.", "utf-8"
    )
    assert call("bare.txt", "--json", "bare.json") == 0
    assert data_of(folder / "bare.json")["commitments"][0]["deadline"] == ""
    assert "not dated" in capsys.readouterr().out
    assert call("--add", "bare.json", command="ledger") == 2
    assert "data.commitments.0.date" in capsys.readouterr().err.replace("\n", "")
    assert call("bare.txt", "--date", "2026-01-10", "--json", "bare.json") == 0
    assert data_of(folder / "bare.json")["commitments"][0]["deadline"] == "2026-02-09"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("none.txt",), "none.txt"),
        (("sheet.txt", "--date", "tomorrow"), "'tomorrow'"),
        (("empty.txt",), "no text"),
        (("sheet.txt", "--confirm", "empty.txt"), "no text"),
        (("article.txt", "--case", "o.toml", "--base", "nothing"), "nothing"),
        (("article.txt", "--case", "o.toml", "--base", "baseline-2025"), "no control"),
        (("lever.txt", "--case", "o.toml"), "no lever that the model knows"),
        (("article.txt", "--case", "o.toml", "--on", "ATL"), "ATL"),
    ],
)
def test_bad_input_ends_with_2_and_writes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    (folder / "empty.txt").write_text(" \n", "utf-8")
    (folder / "lever.txt").write_text("The United States and China met.", "utf-8")
    before = sorted(folder.iterdir())
    assert call(*words, "--report", "r.html") == 2
    assert said in capsys.readouterr().err.replace("\n", "")
    assert sorted(folder.iterdir()) == before


def test_levers_of_an_article_become_a_case(folder: Path) -> None:
    assert call("article.txt", "--case", "new.toml", "--json", "o.json") == 0
    case = load_case(folder / "new.toml")
    kinds = {lever.lever: lever.kind for lever in case.data.lever}
    assert kinds == {
        "read-permitting": "permitting",
        "read-incentives": "tax_credit",
        "read-resilience": "allied_pool",
        "read-technology": "technology_sharing",
        "read-reserve": "stockpile",
        "read-environment": "standards",
        "read-labour": "standards",
    }
    rows = {row["lever"]: row for row in data_of(folder / "o.json")["package"]}
    assert set(NAMED_LEVERS) <= set(rows)
    assert "closes foreign money" in rows["investment_screening"]["why_not"]
    assert {row["settings"] for row in rows.values() if row["modelled"]} == {"assumed"}
    assert case.data.control == load_case("april-2025").data.control


def test_one_command_runs_the_levers_on_a_world_of_ones_own(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_world(two_sides(), folder / "world")
    words = ["--base", str(base_file(folder)), "--world", "world", "--settings", str(settings_file(folder))]
    assert (
        call("article.txt", "--run", "--months", "5", *words, "--json", "o.json", "--report", "p.html") == 0
    )
    data = data_of(folder / "o.json")
    assert data["run"] == {
        "case": "base-read",
        "months": 5,
        "start": "2025-01",
        "by": "CHN",
        "on": "USA",
        "world": "2024-12",
    }
    topics = [sentence.partition(":")[0] for sentence in data["answer"]]
    assert topics == ["Price", "Availability", "Months late", "Hand", "CHN", "USA"]
    sides = {row["side"]: row for row in data["sides"]}
    assert {row["claimed"] for row in sides.values()} == {"gains"}
    assert all(row["modelled_usd"] != 0 for row in sides.values())
    assert data["hands"][0]["stronger"] in ("by", "on")
    said = capsys.readouterr().out.replace("\n", " ")
    assert "Levers named, and what they become" in said
    assert "Claimed against modelled" in (folder / "p.html").read_text("utf-8")
