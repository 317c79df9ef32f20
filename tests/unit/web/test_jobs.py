"""A visitor's jobs: his alone, kept on disk, ended and deleted at his word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from invented_run import HOSTILE, small_run
from unit.web.benches import SMALL, desk_of, finished, same_bench, visitor
from xenotime.web.desk import shown_name
from xenotime.web.jobs import Job, Shelf, new_identifier


def begin(client, **more: str) -> str:  # type: ignore[no-untyped-def]
    answer = client.post("/scenario", data={"case": "april-2025", **more}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).rpartition("/")[2]


def test_a_job_is_its_visitors_alone(tmp_path: Path) -> None:
    one = visitor(tmp_path)
    other = same_bench(one)
    name = begin(one)
    finished(one, name, small_run())
    assert one.get(f"/api/jobs/{name}").json()["job"] == name
    assert [row["job"] for row in one.get("/api/jobs").json()] == [name]
    assert other.get("/api/jobs").json() == []
    for path in ("", "/document.json", "/brief.html", "/tables/prices.csv"):
        assert one.get(f"/api/jobs/{name}{path}").status_code == 200
        assert other.get(f"/api/jobs/{name}{path}").status_code == 404
    for path in ("", "/price?material=a&region=b&month=c", f"/compare?beside={name}"):
        assert other.get(f"/jobs/{name}{path}").status_code == 404
    assert other.post(f"/api/jobs/{name}/cancel").status_code == 404
    assert other.delete(f"/api/jobs/{name}").status_code == 404
    assert other.post(f"/jobs/{name}/delete").status_code == 404
    assert one.get(f"/api/jobs/{name}").status_code == 200


@pytest.mark.parametrize("name", ["..", "%2e%2e", "..%2f..%2fetc", "job.json", "0" * 32, "A" * 32, "a" * 64])
def test_no_name_leads_out_of_the_shelf(tmp_path: Path, name: str) -> None:
    assert visitor(tmp_path).get(f"/api/jobs/{name}").status_code == 404
    assert Shelf(tmp_path).find("..", name) is None


def test_a_cookie_that_is_not_ours_is_replaced(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    client.cookies.set("xenotime", "../../etc", domain="127.0.0.1")
    client.get("/api/jobs")
    assert any(len(cookie.value or "") == 43 for cookie in client.cookies.jar)


def test_jobs_are_there_again_when_the_server_is(tmp_path: Path) -> None:
    one = visitor(tmp_path)
    name = begin(one)
    again = visitor(tmp_path)
    again.cookies = one.cookies
    assert [row["job"] for row in again.get("/api/jobs").json()] == [name]


def test_a_cancelled_job_stays_cancelled_and_a_deleted_one_leaves_nothing(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    name = begin(client)
    assert client.post(f"/api/jobs/{name}/cancel").json()["state"] == "cancelled"
    page = client.get(f"/jobs/{name}")
    assert "It was cancelled." in page.text
    assert client.delete(f"/api/jobs/{name}").json() == {"deleted": name}
    assert not list((tmp_path / "visitors").glob(f"*/{name}"))


def test_too_much_waiting_and_too_much_kept_are_told(tmp_path: Path) -> None:
    client = visitor(tmp_path, limits=SMALL)
    first = begin(client)
    begin(client)
    answer = client.post("/scenario", data={"case": "april-2025"}, headers={"accept": "text/html"})
    assert answer.status_code == 429
    assert "wait, or cancel one" in answer.text
    for row in client.get("/api/jobs").json():
        client.post(f"/api/jobs/{row['job']}/cancel")
    begin(client)
    assert client.post("/scenario", data={"case": "april-2025"}).status_code == 413
    client.delete(f"/api/jobs/{first}")
    begin(client)


def test_a_half_made_or_foreign_folder_is_no_job(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    job = shelf.add(Job(new_identifier(), new_identifier(), "scenario", "t", {}))
    for broken in ("", "{", "[]", '{"job": 1}', json.dumps({"job": "x", "problems": [], "more": 1})):
        folder = tmp_path / job.owner / new_identifier()
        folder.mkdir()
        (folder / "job.json").write_text(broken)
    (tmp_path / job.owner / new_identifier()).mkdir()
    assert shelf.of(job.owner) == (job,)


def test_the_page_of_a_job_escapes_what_data_say(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    name = begin(client)
    document = small_run(HOSTILE)
    document["data"]["case"]["title"] = HOSTILE
    finished(client, name, document)
    for page in (client.get(f"/jobs/{name}").text, client.get(f"/api/jobs/{name}/brief.html").text):
        assert HOSTILE not in page


def test_a_failed_job_shows_all_its_problems(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    name = begin(client)
    desk = desk_of(client)
    (job,) = desk.shelf.everyone()
    faults = tuple(
        {
            "code": "bad-value",
            "file": HOSTILE,
            "row": row,
            "column": "mass",
            "found": "minus one",
            "expected": "a mass",
            "remedy": "correct it",
        }
        for row in (2, 7)
    )
    from dataclasses import replace

    desk.shelf.save(replace(job, state="failed", problems=faults))
    page = client.get(f"/jobs/{name}").text
    assert "2 faults in what you gave" in page
    assert HOSTILE not in page
    assert page.count("minus one") == 2


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\bill.csv", "bill.csv"),
        ("a\x00b\nc.csv", "abc.csv"),
        ("", "file"),
        ("x" * 500, "x" * 80),
    ],
)
def test_a_file_is_called_what_it_was_called_without_its_path(theirs: str, ours: str) -> None:
    assert shown_name(theirs) == ours
