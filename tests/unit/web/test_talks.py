"""Texts asked from the form: read as a job, faults beside the form, nothing that was typed lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from invented_run import HOSTILE
from unit.talks.reader.read_worlds import base_file, settings_file, two_sides
from unit.talks.reader.texts import ECHO, FACT_SHEET, NAMED_LEVERS
from unit.web.benches import desk_of, same_bench, visitor
from xenotime.facts.load import load_facts
from xenotime.talks.reader.package import read_settings
from xenotime.web.kinds import KINDS
from xenotime.web.worker import Task, work_on
from xenotime.world.write import write_world

GERMAN = (
    "Die Regierung wird die Ausfuhr seltener Erden bis zum Ende des Jahres wieder erlauben, heisst es hier."
)


def begin(client: TestClient, files: dict[str, Any] | None = None, **said: str) -> Path:
    """Send the form; the folder of the job that was begun."""
    answer = client.post("/talks", data=said, files=files or {}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    desk = desk_of(client)
    (job,) = [
        one for one in desk.shelf.everyone() if one.job == answer.headers["location"].rpartition("/")[2]
    ]
    return desk.shelf.folder(job)


def done(folder: Path) -> dict[str, Any]:
    """Do the job as a worker does; its document."""
    work_on(folder)
    outcome = json.loads((folder / "outcome.json").read_text("utf-8"))
    assert outcome == {"state": "done", "problems": [], "message": ""}
    return dict(json.loads((folder / "document.json").read_text("utf-8")))


def test_a_pasted_text_is_read_weighed_and_held_against_the_ledger(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    folder = begin(client, text=FACT_SHEET, other=ECHO, date="2025-10-30")
    document = done(folder)
    data = document["data"]
    assert data["text"]["name"] == "what you pasted"
    assert data["text"]["held_against"] == "what you pasted"
    assert str(folder) not in json.dumps(document)
    assert "differs" in {row["confirmed"] for row in data["commitments"]}  # 12 million tons, and 10
    assert data["kept_before"]
    page = client.get(f"/jobs/{folder.name}").text
    assert f"{len(data['commitments'])} concrete commitments" in page
    for row in data["commitments"]:
        assert row["deadline"] in page
    (china,) = [row for row in data["kept_before"] if row["party"] == "CHN"]
    assert f"{china['kept']} of {china['settled']}" in page


def test_a_file_keeps_its_name_for_people_and_has_none_on_disk(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    name = "../../fact sheet <b>.txt"
    folder = begin(client, {"text_file": (name, FACT_SHEET.encode())})
    assert sorted(path.name for path in folder.iterdir()) == ["job.json", "text.txt"]
    assert done(folder)["data"]["text"]["name"] == "fact sheet <b>.txt"
    assert "fact sheet &lt;b&gt;.txt" in client.get(f"/jobs/{folder.name}").text


def test_a_pdf_that_is_none_is_told_by_the_job(tmp_path: Path) -> None:
    folder = begin(visitor(tmp_path), {"text_file": ("a.pdf", b"%PDF-1.4 nothing")})
    work_on(folder)
    (problem,) = json.loads((folder / "outcome.json").read_text("utf-8"))["problems"]
    assert (problem["code"], problem["file"]) == ("broken-file", "a.pdf")


def test_every_fault_is_told_and_everything_typed_is_still_there(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    said = {
        "text": GERMAN + HOSTILE,
        "date": "2025-02-30",
        "speaker": "nobody",
        "base": "none",
        "months": "99",
    }
    answer = client.post("/talks", data=said)
    assert answer.status_code == 422
    for found in ("2025-02-30", "nobody", "none", "99", "commonest English words"):
        assert found in answer.text
    assert "5 faults" in answer.text
    assert "seltener Erden" in answer.text.partition("<textarea")[2]
    assert HOSTILE not in answer.text
    assert client.get("/api/jobs").json() == []


def test_an_empty_form_says_what_to_do(tmp_path: Path) -> None:
    answer = visitor(tmp_path).post("/talks", data={"text": "  "})
    assert answer.status_code == 422
    assert "give a file with text" in answer.text


def test_a_file_larger_than_a_text_is_refused(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    most = desk_of(client).settings.limits.file
    answer = client.post("/talks", files={"text_file": ("big.txt", b"the words " * (most // 10 + 2))})
    assert answer.status_code == 422
    assert "more than" in answer.text


def test_an_address_fills_the_form_and_a_job_can_be_asked_again(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    page = client.get("/talks", params={"text": FACT_SHEET[:80], "date": "2025-10-30", "speaker": "USA"}).text
    assert FACT_SHEET[:40] in page
    assert 'value="2025-10-30"' in page
    assert '<option value="USA" selected="">' in page
    folder = begin(client, text=FACT_SHEET, date="2025-10-30", speaker="USA", run="1", months="7", by="CHN")
    again = client.get("/talks", params={"again": folder.name}).text
    assert "12 million metric tons" in again
    assert 'name="months" value="7"' in again
    assert 'name="by" value="CHN"' in again
    assert 'name="run" value="1" checked' in again
    assert same_bench(client).get("/talks", params={"again": folder.name}).status_code == 404


def test_the_example_is_a_published_text_with_its_address(tmp_path: Path) -> None:
    page = visitor(tmp_path).get("/talks?example=1").text
    documents = {row.document: row for row in load_facts().rows("annotated_documents")}
    assert documents["war-gov-2025-osc-loans"].address in page
    assert "$700 million" in page


def test_levers_are_run_where_that_is_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_world(two_sides(), tmp_path / "world")
    file = base_file(tmp_path)
    file.write_text(f'world = "{tmp_path / "world"}"\n' + file.read_text("utf-8"), "utf-8")
    folder = tmp_path / "job"
    folder.mkdir()
    (folder / "text.txt").write_text(NAMED, "utf-8")
    settings = read_settings(settings_file(tmp_path))
    monkeypatch.setattr("xenotime.reading_study.named_levers", _with(settings))
    asked = {"date": "2025-05-15", "run": True, "base": str(file), "months": 3, "by": [], "on": []}
    KINDS["read"].function()(Task(folder, "read", asked, {"text": "article"}))
    data = json.loads((folder / "document.json").read_text("utf-8"))["data"]
    assert data["run"]["months"] == 3
    assert {row["lever"] for row in data["package"]} <= set(NAMED_LEVERS)
    assert {row["side"] for row in data["sides"]} == {"by", "on"}
    assert "kept_before" in data
    assert any(sentence.startswith("Hand:") for sentence in data["answer"])


NAMED = (
    "Two capitals spoke on 15 May 2025. The United States hopes to build reserves of rare earths. "
    "China may streamline permitting for its mines, officials said."
)


def _with(settings: Any) -> Any:
    """The study's own function with settings that fit the small world."""
    from xenotime.talks.reader.package import named_levers

    return lambda reading, sides, base, rows, lexicon: named_levers(reading, sides, base, settings, lexicon)
