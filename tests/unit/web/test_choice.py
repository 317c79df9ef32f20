"""Projects: a plant, an example or a text of one's own; what was typed is kept, each fault is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from invented_run import HOSTILE
from unit.report.test_short import project
from unit.web.benches import SMALL, desk_of, finished, same_bench, visitor
from unit.web.forms import Form
from xenotime.api import load_world
from xenotime.choice.project_file import example, template
from xenotime.errors import Problem
from xenotime.web.jobs import Job, read_json
from xenotime.web.pages.choice import plants, source_of
from xenotime.web.tasks.project import as_named
from xenotime.web.worker import work_on

PAGE = {"accept": "text/html"}
OWN = {"from": "file", "text": template(), "case": "baseline-2025"}


def send(client: TestClient, said: dict[str, Any], **files: tuple[str, bytes]) -> Response:
    return client.post(
        "/choice", data=said, files=files or {"none": ("", b"")}, headers=PAGE, follow_redirects=False
    )


def begun(client: TestClient, said: dict[str, Any], **files: tuple[str, bytes]) -> Job:
    answer = send(client, said, **files)
    assert answer.status_code == 303, answer.text
    name = answer.headers["location"].rpartition("/")[2]
    (job,) = [one for one in desk_of(client).shelf.everyone() if one.job == name]
    return job


def test_the_list_holds_every_plant_of_the_shipped_world() -> None:
    assert set(plants()) == {row.facility for row in load_world().facilities}
    assert "USA" in plants()["mp_sep"]


def test_a_new_page_asks_the_example_and_every_field_has_a_label(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    page = client.get("/choice").text
    form = Form(page, "choice")
    assert form.unlabelled == []
    assert form.said()["text"] == [template()]
    assert '<option value="mp_sep">' in page
    job = begun(client, form.said())
    expected = {"source": "eneabba", "from": "example", "cases": ["baseline-2025"], "draws": 0, "months": 0}
    assert job.request == {**expected, "effect": True}


def test_a_link_to_one_of_the_ways_begins_as_a_new_page_does(tmp_path: Path) -> None:
    form = Form(visitor(tmp_path).get("/choice?from=plant").text, "choice").said()
    assert (form["from"], form["case"], form["effect"]) == (["plant"], ["baseline-2025"], ["yes"])


def test_the_address_says_what_the_form_says(tmp_path: Path) -> None:
    said = {"from": "file", "text": f"title = '{HOSTILE}'", "case": "april-2025", "months": "7", "draws": "0"}
    page = visitor(tmp_path).get("/choice", params=said).text
    assert HOSTILE not in page
    form = Form(page, "choice").said()
    assert (form["from"], form["text"], form["case"], form["months"]) == (
        ["file"],
        [said["text"]],
        ["april-2025"],
        ["7"],
    )
    assert "effect" not in form


def test_a_plant_of_the_world_is_valued_by_name(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    job = begun(client, {"from": "plant", "plant": " mp_sep ", "case": ["mp-floor"], "draws": "2"})
    assert (job.request["source"], job.request["draws"], job.files) == ("mp_sep", 2, {})
    assert job.title == plants()["mp_sep"]
    form = Form(client.get(f"/choice?again={job.job}").text, "choice").said()
    assert (form["from"], form["plant"], form["case"]) == (["plant"], ["mp_sep"], ["mp-floor"])


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"from": "plant", "plant": "mp_sepp", "case": "baseline-2025"}, "mp_sep"),
        ({"from": "plant", "plant": HOSTILE, "case": "baseline-2025"}, "a plant of the world"),
        ({"from": "example", "example": "../x", "case": "baseline-2025"}, "one that is offered"),
        ({"from": "elsewhere", "case": "baseline-2025"}, "a plant, an example or a file"),
        ({**OWN, "case": "april-2052"}, "tick one of the cases"),
        ({"from": "example", "example": "eneabba"}, "a case to take prices from"),
        ({**OWN, "draws": "1e3"}, "a whole number from 0 to"),
        ({**OWN, "months": "-1"}, "a whole number from 0 to"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_begun(
    tmp_path: Path, said: dict[str, str], expected: str
) -> None:
    client = visitor(tmp_path)
    answer = send(client, said)
    assert answer.status_code == 422
    assert expected in answer.text
    assert HOSTILE not in answer.text
    assert client.get("/api/jobs").json() == []


def test_a_text_with_faults_survives_and_its_lines_are_told(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    text = (
        template().replace("capacity = 300", "capasity = 300").replace('today = "2025-01"', 'today = "soon"')
    )
    answer = send(client, {**OWN, "text": text.replace("\n", "\r\n")})
    assert answer.status_code == 422
    line = text.splitlines().index(next(row for row in text.splitlines() if row.startswith("capasity"))) + 1
    assert "capasity" in answer.text
    assert f'<td class="figure">{line}</td>' in answer.text
    assert Form(answer.text, "choice").said()["text"] == [text]
    mended = begun(client, {**OWN, "text": text.replace("capasity", "capacity").replace("soon", "2025-02")})
    kept = (desk_of(client).shelf.folder(mended) / "project.toml").read_text("utf-8")
    assert 'today = "2025-02"' in kept
    assert mended.title == "A separation plant"


def test_a_file_takes_the_place_of_the_text(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    shipped = example("eneabba")
    assert shipped is not None
    data = shipped.read_bytes()
    job = begun(client, {"from": "plant", "case": "baseline-2025"}, file=("../my plan.toml", data))
    folder = desk_of(client).shelf.folder(job)
    assert (folder / "project.toml").read_bytes() == data
    assert sorted(path.name for path in folder.iterdir()) == ["job.json", "project.toml"]
    assert job.files == {"project": "my plan.toml"}
    form = Form(client.get(f"/choice?again={job.job}").text, "choice").said()
    assert form["text"] == [data.decode()]
    assert same_bench(client).get(f"/choice?again={job.job}").status_code == 404


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"capex = 1\n", "what a unit of activity takes and gives"),
        (b"\xff\xfe", "UTF-8"),
        (b"#" * (SMALL.file + 1), "at most 1 KiB"),
        (b"= 1", "a TOML file"),
    ],
)
def test_faults_of_a_file_are_told_with_its_name(tmp_path: Path, data: bytes, expected: str) -> None:
    client = visitor(tmp_path, limits=replace(SMALL, bill=1 << 16))
    answer = send(client, OWN, file=("mine.toml", data))
    assert answer.status_code == 422
    assert expected in answer.text
    assert "mine.toml" in answer.text


@pytest.mark.parametrize("world", ["../other", "worlds/mine", "2024-12/../..", "~"])
def test_no_text_names_a_place_of_the_machine(tmp_path: Path, world: str) -> None:
    client, problems = visitor(tmp_path), list[Problem]()
    text = template().replace('world = "2024-12"', f'world = "{world}"')
    source_of({"from": "file", "text": text}, "mine.toml", problems)
    assert [(row.code, row.file, row.column) for row in problems] == [
        ("not-a-shipped-world", "mine.toml", "world")
    ]
    answer = send(client, {**OWN, "text": text})
    assert answer.status_code == 422
    assert "own worlds are for the command line" in answer.text
    assert client.get("/api/jobs").json() == []
    assert begun(client, {**OWN, "text": text.replace(world, "2025-03:full")}).title == "A separation plant"


def test_a_job_of_another_page_is_no_question_of_this_one(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    answer = client.post("/scenario", data={"case": "april-2025"}, follow_redirects=False)
    name = answer.headers["location"].rpartition("/")[2]
    assert client.get(f"/choice?again={name}").status_code == 404


def test_templates_and_examples_can_be_taken_away(tmp_path: Path) -> None:
    client, shipped = visitor(tmp_path), example("eneabba")
    assert shipped is not None
    assert client.get("/choice/template.toml").text == template()
    assert client.get("/choice/examples/eneabba.toml").text == shipped.read_text("utf-8")
    assert client.get("/choice/examples/nobody.toml").status_code == 404


def test_a_project_of_ones_own_is_answered_under_its_own_name(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    said = {**OWN, "months": "1", "text": template().replace('title = "A separation plant"\n', "")}
    job = begun(client, said, file=("our plan.toml", said["text"].encode()))
    folder = desk_of(client).shelf.folder(job)
    work_on(folder)
    assert read_json(folder / "outcome.json")["message"] == ""
    document = read_json(folder / "document.json")
    assert (document["data"]["project"], document["data"]["title"]) == ("our plan", "our plan")
    assert document["data"]["effects"] == []  # not asked for
    page = client.get(f"/jobs/{job.job}").text
    assert "Change the project or cases and ask again" in page
    assert f'href="/choice?again={job.job}"' in page


def test_a_project_with_a_title_keeps_it() -> None:
    document = {"data": {"project": "project", "title": "Ours"}}
    assert as_named(document, "a.toml")["data"] == {"project": "a", "title": "Ours"}
    assert as_named(document, "") == document


def test_a_job_says_its_numbers_and_what_kills_it(tmp_path: Path) -> None:
    from xenotime.figures.style import money_text
    from xenotime.report.projected_words import killer_words

    client, document = visitor(tmp_path), project()
    job = begun(client, OWN)
    finished(client, job.job, document)
    page = client.get(f"/jobs/{job.job}").text
    assert money_text(document["data"]["values"][0]["value"]) in page
    killers = [row for row in document["data"]["killers"] if row["value"] is not None]
    assert killers
    assert all(killer_words(row) in page for row in killers)
