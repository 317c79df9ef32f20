"""The document of now and its page: beliefs as the filter has them, the page as the document."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

from invented_run import HOSTILE
from xenotime.errors import InputProblems
from xenotime.facts.load import load_facts
from xenotime.report.control_page import control_content, control_names
from xenotime.report.ledgered import newest
from xenotime.report.markup import joined
from xenotime.report.now import PATH, now_document
from xenotime.report.now_page import (
    belief_section,
    controls_section,
    due_section,
    moved_words,
    news_section,
    percent,
    prices_section,
)
from xenotime.talks.belief.filter import Watch, believe
from xenotime.talks.belief.frozen import load_frozen
from xenotime.talks.belief.replay import watched
from xenotime.talks.ledger.days import last_day
from xenotime.talks.ledger.known import known_at

AT = last_day("2025-11-30")


@cache
def document(at: int = AT) -> dict[str, Any]:
    return now_document(load_facts(), at)


def test_beliefs_are_those_of_the_filter_and_biting_is_licence_or_closure() -> None:
    data = document()["data"]
    parameters, _ = load_frozen()
    known = known_at(load_facts(), AT)
    for channel in watched(known, parameters):
        mine = [row for row in data["beliefs"] if row["channel"] == channel.name]
        assert len(mine) <= PATH
        belief = believe(Watch(known, channel, parameters), "2025-11")
        last = mine[-1]
        assert (last["as_of"], last["month"], last["law"]) == ("2025-11", "2025-12", belief.law)
        assert last["biting"] == pytest.approx(belief.chances["licensed"] + belief.chances["closed"])
        whole = sum(last[name] for name in ("open", "suspended", "licensed", "closed"))
        assert whole == pytest.approx(1)


def test_nothing_said_or_shipped_later_is_in_it() -> None:
    data = document()["data"]
    assert max(row["date"] for row in data["events"]) <= "2025-11-30"
    assert all(last_day(row["date"]) > AT for row in data["due"])
    assert max(row["as_of"] for row in data["trail"]) == "2025-11"
    assert max(row["date"] for row in data["prices"]) <= "2025-11-30"
    later = [row for row in load_facts().rows("events") if row.knowable_from > "2025-11"]
    assert later
    assert not {f"{row.party}: {row.claim}" for row in later} & {row["what"] for row in data["due"]}


def test_in_the_middle_of_a_month_the_last_belief_is_of_the_month_before() -> None:
    data = document(last_day("2025-11-15"))["data"]
    assert max(row["as_of"] for row in data["beliefs"]) == "2025-10"


def test_the_page_says_what_the_document_says() -> None:
    made = document()
    data = made["data"]
    page = joined([controls_section(made), belief_section(made)])
    for row in {item["channel"]: item for item in data["beliefs"]}.values():
        assert percent(row["biting"]) in page
    for row in data["controls"]:
        assert f'href="/controls/{row["control"]}"' in page
    board = prices_section(made)
    assert board.count("no volume known") == sum(row["volume"] is None for row in data["prices"])
    assert news_section(made).count("<tr>") == len(data["events"]) + 2  # two headers


def test_what_was_due_and_has_passed_is_said_to_have() -> None:
    made = document()
    rows = [row["date"] for row in made["data"]["due"]]
    page = due_section(made, "2026-11-28")
    assert page.count("has passed") == sum(date < "2026-11-28" for date in rows)
    assert "has passed" not in due_section(made)


def test_evidence_of_a_measure_has_its_dates_its_words_and_what_moved_the_belief() -> None:
    made = document(newest(load_facts()))
    content = control_content(made, "CHN-18-2025")
    assert "2026-05-17-white-house" in content.body
    assert content.body.count("<dt>") >= 8
    assert "first seen to be enforced" in content.body
    assert "Share of the flow before the measure" in content.body
    unwatched = control_content(made, "MYS-RAW").body
    assert "Nobody watches it" in unwatched
    with pytest.raises(StopIteration):
        control_content(made, "NO-SUCH")
    assert "CHN-57-2025" in control_names(made)


def test_a_belief_nothing_moved_says_so() -> None:
    assert "Nothing but hazards" in moved_words("x", "2025-11", {"trail": []})


def test_text_of_the_record_is_text() -> None:
    made = document()
    data = made["data"]
    hostile = {
        **made,
        "data": {**data, "events": [{**data["events"][0], "claim": HOSTILE, "terms": HOSTILE}]},
    }
    page = news_section(hostile)
    assert HOSTILE not in page
    assert len(re.findall("<script", page)) == 0


def test_a_document_of_another_kind_is_refused() -> None:
    with pytest.raises(InputProblems) as caught:
        prices_section({"kind": "run"})
    assert caught.value.problems[0].code == "report-kind"
