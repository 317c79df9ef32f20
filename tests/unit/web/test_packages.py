"""Packages: a shipped menu or a text of one's own under a budget; what was typed is kept, faults are told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from invented_run import HOSTILE
from unit.report.test_short import packages
from unit.web.benches import SMALL, desk_of, finished, same_bench, visitor
from unit.web.forms import Form
from xenotime.choice.menu_file import menu_names, parse_menu, shipped_menu, template
from xenotime.choice.search import MOST
from xenotime.errors import Problem
from xenotime.figures.style import money_text
from xenotime.web.jobs import Job
from xenotime.web.pages.packages import menu_of
from xenotime.web.tasks.plan import OURS

PAGE = {"accept": "text/html"}
OWN = {"from": "file", "text": template(), "budget": "1e6"}


def send(client: TestClient, said: dict[str, Any], **files: tuple[str, bytes]) -> Response:
    return client.post(
        "/choice/packages",
        data=said,
        files=files or {"none": ("", b"")},
        headers=PAGE,
        follow_redirects=False,
    )


def begun(client: TestClient, said: dict[str, Any], **files: tuple[str, bytes]) -> Job:
    answer = send(client, said, **files)
    assert answer.status_code == 303, answer.text
    name = answer.headers["location"].rpartition("/")[2]
    (job,) = [one for one in desk_of(client).shelf.everyone() if one.job == name]
    return job


def test_a_new_page_asks_the_shipped_menu_and_every_field_has_a_label(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    form = Form(client.get("/choice/packages").text, "packages")
    assert form.unlabelled == []
    job = begun(client, form.said())
    expected = {"sponsor": menu_names()[0], "from": "shipped", "budget": 3e7, "cases": [], "draws": 0}
    assert job.request == {**expected, "months": 0, "packages": MOST}
    assert job.title == shipped_menu(menu_names()[0]).title


def test_a_menu_of_ones_own_is_kept_and_asked_again(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    job = begun(
        client, {**OWN, "case": ["april-2025"], "packages": "4"}, file=("m.toml", template().encode())
    )
    folder = desk_of(client).shelf.folder(job)
    assert parse_menu((folder / f"{OURS}.toml").read_text("utf-8"), "m") == parse_menu(template(), "m")
    assert job.files == {OURS: "m.toml"}
    answer = client.get(f"/choice?again={job.job}", follow_redirects=False)
    assert answer.headers["location"].endswith(job.job)
    form = Form(client.get(f"/choice?again={job.job}").text, "packages").said()
    assert (form["text"], form["budget"], form["case"], form["packages"]) == (
        [template()],
        ["1000000"],
        ["april-2025"],
        ["4"],
    )
    assert same_bench(client).get(f"/choice/packages?again={job.job}").status_code == 404


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({**OWN, "budget": "0"}, "USD above zero"),
        ({**OWN, "budget": "inf"}, "USD above zero"),
        ({**OWN, "budget": HOSTILE}, "USD above zero"),
        ({**OWN, "packages": "0"}, "a whole number from 1"),
        ({**OWN, "case": "april-2052"}, "tick one of the cases"),
        ({**OWN, "from": "shipped", "sponsor": "../x"}, "one that is offered"),
        ({**OWN, "from": "elsewhere"}, "a shipped menu or one of your own"),
        ({**OWN, "text": "title = 1"}, "a value for sponsor"),
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
    assert Form(answer.text, "packages").said()["text"] == [said["text"]]
    assert client.get("/api/jobs").json() == []


def test_no_text_names_a_place_of_the_machine(tmp_path: Path) -> None:
    problems: list[Problem] = []
    text = 'world = "../other"\n' + "\n".join(
        line for line in template().splitlines() if not line.startswith("world")
    )
    menu_of(
        {"from": "file", "text": text + '\n[[case]]\ncase = "../case.toml"\nassumed = "x"\n'}, "m", problems
    )
    assert [row.code for row in problems] == ["not-a-shipped-world", "unknown-name"]


def test_a_file_that_is_too_large_is_told(tmp_path: Path) -> None:
    client = visitor(tmp_path, limits=replace(SMALL, bill=1 << 16))
    answer = send(client, OWN, file=("m.toml", b"#" * (SMALL.file + 1)))
    assert answer.status_code == 422
    assert "at most 1 KiB" in answer.text


def test_a_job_shows_the_frontier(tmp_path: Path) -> None:
    client, document = visitor(tmp_path), packages()
    job = begun(client, OWN)
    finished(client, job.job, document)
    page = client.get(f"/jobs/{job.job}").text
    assert "Change the budget, menu or cases and ask again" in page
    for row in document["data"]["frontier"]:
        assert money_text(row["value"]) in page
    assert client.get("/choice/packages/template.toml").text == template()
