"""The ledger as a page: as known on any day, and said so where the day is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from unit.web.benches import visitor
from xenotime.errors import InputProblems
from xenotime.talks.ledger.days import day_text
from xenotime.web import answers

DAY = "2025-11-30"


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    answers.ledger(DAY, None)
    return visitor(tmp_path)


def test_the_page_is_of_the_day_in_its_address_and_says_what_the_data_say(client: TestClient) -> None:
    page, data = (
        client.get("/talks/ledger", params={"at": DAY}),
        client.get(f"/api/ledger.json?at={DAY}").json(),
    )
    assert page.status_code == 200
    assert data["kind"] == "ledger"
    assert f"as known on {DAY}" in page.text
    assert f"all {len(data['data']['commitments'])} promises" in page.text
    assert f'name="at" value="{DAY}"' in page.text


@pytest.mark.parametrize("at", ["soon", "2025-13", "2025-02-30", "1066", "<script>"])
def test_a_day_that_is_none_is_told_beside_the_form(client: TestClient, at: str) -> None:
    page = client.get("/talks/ledger", params={"at": at})
    assert page.status_code == 422
    assert "One fault" in page.text
    assert 'action="/talks/ledger"' in page.text
    assert "<script>" not in page.text
    assert client.get("/api/ledger.json", params={"at": at}).status_code == 422


def test_before_the_record_nothing_can_be_known_and_after_it_no_more() -> None:
    with pytest.raises(InputProblems) as caught:
        answers.day_of("1066")
    (problem,) = caught.value.problems
    assert (problem.code, problem.column, problem.found) == ("before-the-record", "", "1066")
    assert "nothing is on record before" in problem.expected
    assert day_text(answers.day_of("2099")) == day_text(answers.day_of(""))
    assert day_text(answers.day_of("2025-11")) == DAY


def test_while_it_is_read_the_page_says_so(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "ledger", lambda at="", wait=0.0: None)
    assert client.get("/talks/ledger").status_code == 202
