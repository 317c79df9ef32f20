"""Leverage asked from a form whose address holds every choice; the job's document is the study's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from unit.talks.leverage.leverage_worlds import learning
from unit.web.benches import desk_of, visitor
from xenotime.ensembles import places
from xenotime.errors import InputProblems
from xenotime.web.kinds import KINDS
from xenotime.web.pages.leverage import FIRST, asked_of, rolled
from xenotime.web.worker import Task

SAID = {
    "by": "CHN, MMR",
    "on": "JPN",
    "case": "april-2025",
    "start": "2025-03",
    "starts": "0, 6",
    "months": "5",
    "draws": "8",
    "lifted": "3",
    "only.shown": "1",
    "drivers.shown": "1",
    "published.shown": "1",
    "published": "1",
}


def test_a_form_left_as_it_is_asks_for_the_full_ban_of_china_on_the_united_states() -> None:
    asked = asked_of({})
    assert (asked["by"], asked["on"], asked["case"], asked["starts"]) == (
        ["CHN"],
        ["USA"],
        "",
        [0, 12, 24, 36],
    )
    assert (asked["drivers"], asked["only"], asked["published"], asked["draws"]) == (True, False, False, 0)
    assert asked["months"] == int(FIRST["months"])


def test_the_address_of_a_question_brings_every_choice_back(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    page = client.get("/talks/leverage", params=SAID).text
    for name in ("by", "on", "start", "starts", "months", "draws", "lifted"):
        assert f'name="{name}" value="{SAID[name]}"' in page
    assert '<option value="april-2025" selected="">' in page
    assert 'name="published" value="1" checked' in page
    assert 'name="drivers" value="1" checked' not in page
    assert 'formmethod="get"' in page  # without a script the address can be had as well


def test_what_is_sent_is_what_the_job_is_asked_and_can_be_asked_again(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    answer = client.post("/talks/leverage", data=SAID, follow_redirects=False)
    assert answer.status_code == 303
    (job,) = desk_of(client).shelf.everyone()
    assert job.request == asked_of(SAID)
    assert job.title == "Leverage of CHN, MMR over JPN: april-2025"
    again = client.get("/talks/leverage", params={"again": job.job}).text
    assert 'name="by" value="CHN,MMR"' in again
    assert 'name="starts" value="0,6"' in again
    assert 'name="drivers" value="1" checked' not in again


def test_every_fault_is_told_at_once_and_the_form_keeps_what_was_said(tmp_path: Path) -> None:
    wrong = {
        "by": "CHN, XX",
        "on": "CHN",
        "case": "never",
        "start": "2025",
        "starts": "now",
        "months": "0",
        "draws": "many",
        "lifted": "1,2,3,4,5,6,7",
    }
    with pytest.raises(InputProblems) as caught:
        asked_of(wrong)
    codes = [problem.code for problem in caught.value.problems]
    assert codes == [
        "unknown-name", "same-side", "unknown-case", "bad-month", "bad-value", "bad-value", "missing-value",
        "bad-value", "bad-value",
    ]  # fmt: skip
    answer = visitor(tmp_path).post("/talks/leverage", data=wrong)
    assert answer.status_code == 422
    assert 'name="by" value="CHN, XX"' in answer.text
    assert "9 faults" in answer.text


def test_a_side_that_is_left_empty_is_asked_for() -> None:
    with pytest.raises(InputProblems) as caught:
        asked_of({"by": " ", "on": ""})
    assert [(p.code, p.column) for p in caught.value.problems] == [
        ("missing-value", "who controls"),
        ("missing-value", "whom it is aimed at"),
    ]


def test_the_months_to_roll_are_counted() -> None:
    asked: dict[str, Any] = {**asked_of({}), "drivers": False, "draws": 0, "starts": [0, 12], "months": 6}
    assert rolled(asked) == 18 + 12
    assert rolled({**asked, "draws": 2}) == 3 * 30
    assert rolled({**asked, "drivers": True}) > rolled(asked)


def test_the_work_writes_the_document_of_the_study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "find_world", lambda place: learning())
    said = {"case": "", "start": "2025-01", "by": ["A"], "on": ["B"], "starts": [0], "months": 3, "draws": 0}
    asked = {**said, "lifted": [], "only": False, "drivers": False, "published": False}
    KINDS["leverage"].function()(Task(tmp_path, "leverage", asked, {}))
    document = json.loads((tmp_path / "document.json").read_text("utf-8"))
    assert document["kind"] == "leverage"
    assert {row["duration"] for row in document["data"]["surface"]} == {1, 2, 3}
    assert (tmp_path / "shown.json").is_file()
    assert any((tmp_path / "work" / "leverage").iterdir())  # months are kept for a job begun again


def test_the_script_leads_to_an_address_this_page_understands() -> None:
    address = "/talks/leverage?by=CHN&on=JPN&starts=0%2C12&months=4&drivers.shown=1"
    said = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert asked_of(said)["starts"] == [0, 12]
    assert asked_of(said)["drivers"] is False
