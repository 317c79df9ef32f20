"""Trust: every fact can be found and linked to, losses are shown as losses, what is not known is listed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from invented_run import HOSTILE
from unit.report.invented_ensemble import document as drawn
from unit.web.benches import desk_of, visitor
from xenotime.facts.load import load_facts
from xenotime.report.scoreboard_page import figure, scores_content, summary_rows, verdict
from xenotime.report.trust_page import narrowed
from xenotime.web import answers
from xenotime.web.pages.facts import BROWSED, PAGE


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    for make in (answers.scores, answers.reading_scores, answers.lines):
        make(None)
    answers.ledger("", None)
    return visitor(tmp_path)


def rows_of(page: str) -> list[str]:
    return re.findall(r'<tr id="([^"]+)"', page)


def test_every_table_can_be_looked_through_and_paged(client: TestClient) -> None:
    facts = load_facts()
    for table in BROWSED:
        page = client.get("/trust/facts", params={"table": table})
        assert page.status_code == 200, table
        assert len(rows_of(page.text)) == min(PAGE, len(facts.rows(table)))
    first = rows_of(client.get("/trust/facts?table=prices").text)
    second = rows_of(client.get("/trust/facts?table=prices&page=2").text)
    assert not set(first) & set(second)


def test_what_is_on_screen_is_what_the_data_say(client: TestClient) -> None:
    asked = {"q": "dysprosium europe", "grade": "D"}
    page, data = (
        client.get("/trust/facts", params=asked).text,
        client.get("/api/facts.json", params=asked).json(),
    )
    assert f"{data['rows']:,} rows" in page
    assert rows_of(page) == [row["anchor"] for row in data["facts"]][:PAGE]
    for row in data["facts"][:PAGE]:
        assert row["grade"] == "D"
        assert f"{row['value']:,.6g}" in page
        assert row["source"] == "assumed" or f"/trust/sources/{row['source']}" in page


def test_a_row_has_an_address_whatever_page_it_is_on(client: TestClient) -> None:
    second = rows_of(client.get("/trust/facts?table=uses&page=3").text)[4]
    page = client.get("/trust/facts", params={"table": "uses", "at": second}).text
    assert f'<tr id="{second}" class="sought"' in page
    assert client.get("/trust/facts", params={"table": "uses", "at": "gone"}).status_code == 404


def test_what_is_not_there_says_so_and_a_wrong_table_is_a_fault(client: TestClient) -> None:
    empty = client.get("/trust/facts", params={"q": HOSTILE})
    assert empty.status_code == 200
    assert "No row has all the words" in empty.text
    assert HOSTILE not in empty.text
    answer = client.get("/api/facts.json", params={"table": "price", "grade": "E"})
    assert answer.status_code == 422
    assert [row["column"] for row in answer.json()["detail"]] == ["table", "grade"]
    assert "prices" in answer.json()["detail"][0]["remedy"]


def test_every_source_has_a_page_with_what_rests_on_it(client: TestClient) -> None:
    facts = load_facts()
    lines = answers.lines()
    source = "usgs-2026-mcs"
    page = client.get(f"/trust/sources/{source}").text
    assert facts.sources()[source].title in page
    assert f"{sum(line.entry.source == source for line in lines):,} rows" in page
    for name in list(facts.sources())[::40]:
        assert client.get(f"/trust/sources/{name}").status_code == 200, name
    assert client.get("/trust/sources/none").status_code == 404
    assert "documents and stated methods" in client.get("/trust/sources?q=usgs").text


def test_the_scoreboard_shows_losses_as_losses(client: TestClient) -> None:
    document = client.get("/api/scores.json").json()
    page = client.get("/trust/scoreboard").text
    rows = summary_rows(document["data"])
    lost = [row for row in rows if row["skill"] < 0]
    assert lost
    assert f"{len(lost)} are worse" in page
    for row in rows:
        assert figure(row["skill"]) in page
    assert (verdict(-0.5), verdict(0.5), verdict(0.0), verdict(None)) == (
        "worse",
        "better",
        "alike",
        "not compared",
    )
    overview = client.get("/trust").text
    assert f"{len(lost)} are worse" in overview
    assert "F1, first look" in overview
    assert "How results are checked" in overview


def test_text_of_a_scoreboard_is_text() -> None:
    document: dict[str, Any] = json.loads(json.dumps(answers.scores(None)))
    for row in document["data"]["targets"]:
        row["target"] = row["mechanism"] = HOSTILE
    assert HOSTILE not in scores_content(document).body


def test_what_is_missing_assumed_and_recalled_is_listed(client: TestClient) -> None:
    page = client.get("/trust/unknown").text
    missing = load_facts().missing()
    assert f"Looked for and not found ({len(missing)})" in page
    recalled = sum(line.recalled for line in answers.lines())
    assert f"Recalled from memory ({recalled})" in page


def test_what_matters_most_is_read_from_the_visitors_own_draws(client: TestClient, tmp_path: Path) -> None:
    before = client.get("/trust/sensitivity").text
    assert "No job of yours has draws yet" in before
    assert "thought before" in before
    answer = client.post("/scenario", data={"case": "april-2025", "draws": "50"}, follow_redirects=False)
    name = answer.headers["location"].rpartition("/")[2]
    (job,) = desk_of(client).shelf.everyone()
    made = drawn()
    folder = desk_of(client).shelf.folder(job)
    (folder / "document.json").write_text(json.dumps(made), "utf-8")
    after = client.get("/trust/sensitivity").text
    assert f"/jobs/{name}" in after
    assert "No job of yours" not in after
    assert "part of the variance" in after


def test_a_fit_that_taught_nothing_leaves_the_whole_width() -> None:
    prior = {"low": 0.5, "high": 2.0}
    assert narrowed(prior, [0.5, 1.0, 2.0]) == pytest.approx(1.0)
    assert narrowed(prior, [2**-0.5, 1.0, 2**0.5]) == pytest.approx(0.5)


def test_while_scores_are_made_the_page_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "scores", lambda wait=0.0: None)
    for way in ("/trust", "/trust/scoreboard"):
        assert visitor(tmp_path).get(way).status_code == 202
