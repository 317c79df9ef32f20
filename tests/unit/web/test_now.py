"""The first page: what is so now, with its date, its sources and its doors; one measure's evidence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from unit.web.benches import visitor
from xenotime.report.control_states import BINDING, group_of
from xenotime.report.now_page import percent
from xenotime.web import answers
from xenotime.web.pages.now import now_content


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    answers.now(None)  # made, so that no test is about waiting
    return visitor(tmp_path)


def test_the_page_and_the_data_say_the_same(client: TestClient) -> None:
    page, data = client.get("/").text, client.get("/api/now.json").json()["data"]
    assert client.get("/").status_code == 200
    binding = sum(group_of(row) == BINDING for row in data["controls"])
    assert f"<b>{binding}</b><span>measures hold goods back" in page
    last = {row["channel"]: row for row in data["beliefs"]}
    for row in last.values():
        assert percent(row["biting"]) in page
    for row in data["controls"]:
        assert f"/controls/{row['control']}" in page
        assert f"/trust/sources/{row['source']}" in page


def test_it_says_where_the_facts_end_and_how_long_ago_that_is() -> None:
    document = answers.now(None)
    assert document is not None
    ends = date.fromisoformat(document["data"]["at"])
    later = now_content(document, date.fromordinal(ends.toordinal() + 40)).body
    assert "That is 40 days ago" in later
    assert "has passed" in later
    same = now_content(document, ends).body
    assert "days ago" not in same
    assert "has passed" not in same


def test_three_doors_and_an_example_lead_on(client: TestClient) -> None:
    page = client.get("/").text
    for way in ("/company", "/talks", "/choice", "/scenario?case=april-2025", "/talks?example=1"):
        assert f'href="{way}"' in page


def test_no_picture_needs_a_library(client: TestClient) -> None:
    assert "plotly" not in client.get("/").text


def test_a_measure_has_a_page_and_an_unknown_one_has_none(client: TestClient) -> None:
    page = client.get("/controls/CHN-18-2025")
    assert page.status_code == 200
    assert "Why the belief moved" in page.text
    assert client.get("/controls/NO-SUCH").status_code == 404
    assert client.get("/controls/%3Cscript%3E", headers={"accept": "text/html"}).status_code == 404


def test_while_it_is_worked_out_the_page_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "now", lambda wait=0.0: None)
    for way in ("/", "/controls/CHN-18-2025"):
        page = visitor(tmp_path).get(way)
        assert (page.status_code, page.headers["refresh"]) == (202, "1")
