"""The ledger as a document, on the terminal and as a page."""

from __future__ import annotations

import io
import json
import re
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest
from rich.console import Console

from xenotime.errors import InputProblems
from xenotime.facts.load import load_facts
from xenotime.report.envelope import to_json
from xenotime.report.ledger_page import counts, render_ledger
from xenotime.report.ledger_read import agreement_of, coverage_words
from xenotime.report.ledger_terminal import print_ledger, ratio_words, trail_words
from xenotime.report.ledgered import belief_case, ledger_document, newest
from xenotime.talks.ledger.days import day_text, read_at
from xenotime.talks.ledger.ledger import ledger_at

HOSTILE = "<script>alert(1)</script>[red]"


@cache
def document(at: str = "2025-11-30") -> dict[str, Any]:
    day = read_at(at)
    return ledger_document(load_facts(), ledger_at(day))


def test_the_document_has_the_tables_of_the_interface() -> None:
    made = document()
    assert made["kind"] == "ledger"
    assert {"entries", "reliability", "commitments", "fulfilment", "paths", "beliefs", "trail"} <= set(
        made["data"]
    )
    assert json.loads(to_json(made)) == json.loads(to_json(document()))
    assert len(made["fingerprint"]) == 64
    assert any("pseudo-out-of-sample" in text for text in made["warnings"])


def test_nothing_in_it_is_later_than_its_day() -> None:
    data = document()["data"]
    assert all(row["knowable_from"] <= "2025-11" for row in data["entries"])
    assert all(
        row["as_of"] <= "2025-11" for table in ("beliefs", "trail", "forecasts") for row in data[table]
    )
    assert all(row["month"] <= "2025-11" for row in data["tone"])
    assert all(row["as_of"] <= "2025-11" for row in data["read_trail"])
    assert max(row["event"] for row in data["read_codes"]) == "2025-11-16-bessent"
    scored = [row for row in data["forecasts"] if row["share"] is not None]
    assert max(row["month"] for row in scored) == "2025-10"  # November came out in December


def test_a_day_within_a_month_believes_as_at_the_end_of_the_one_before() -> None:
    data = document("2025-06-15")["data"]
    assert {row["as_of"] for row in data["beliefs"]} == {"2025-04", "2025-05"}


def test_what_is_read_of_an_event_is_what_was_out_by_the_day() -> None:
    def direction(at: str) -> str | None:
        rows = document(at)["data"]["read_codes"]
        event = ("2025-11-01-white-house", "direction")
        return next(row["by_reader"] for row in rows if (row["event"], row["code"]) == event)

    assert direction("2025-11-01") is None  # its reports are of the day after
    assert direction("2025-11-02") == "eases"


def test_the_reader_stands_beside_the_hand() -> None:
    data = document()["data"]
    models = {row["model"] for row in data["scores"]}
    assert {"ledger and belief", "constant hazard", "believing everyone"} <= models
    assert {"through the reader", "the reader alone"} <= models
    assert {row["model"] for row in data["read_trail"]} == {
        "through the reader",
        "the reader alone",
        "talks without words",
    }
    rows = data["read_agreement"]
    assert all(row["agreed"] <= row["given"] <= row["events"] for row in rows)
    act = agreement_of(data, "all events", "act")
    cells = [row for row in data["read_codes"] if row["code"] == "act" and row["by_reader"]]
    assert act["given"] == len(cells)
    assert act["agreed"] == sum(row["by_hand"] == row["by_reader"] for row in cells)
    assert all(row["rule"] for row in cells)
    assert {row["code"] for row in data["codes_not_read"]} >= {"controls", "claim", "came"}


def test_before_any_claim_about_a_control_the_reader_is_said_to_have_none() -> None:
    data = document("2019-05-15")["data"]
    assert data["read_trail"] == []
    assert "no claim about a control" in coverage_words(data)


def test_before_the_fit_ends_nothing_is_believed() -> None:
    data = document("2019-05-15")["data"]
    assert data["beliefs"] == data["scores"] == data["forecasts"] == []
    assert data["entries"]


def test_the_newest_day_is_the_end_of_the_newest_month() -> None:
    assert day_text(newest(load_facts())) == "2026-06-30"


def test_the_terminal_says_why() -> None:
    out = io.StringIO()
    print_ledger(document(), Console(file=out, width=200))
    text = out.getvalue()
    assert "Promises against deliveries, as known on 2025-11-30" in text
    assert "BUS-OCT" in text
    assert "the law, observed: licensed" in text
    assert "Through the reader: of " in text
    assert "such claims came true" in text or "nothing is left for it to move" in text


def test_words_of_rows() -> None:
    assert ratio_words({"ratio": 0.58, "low": 0.57, "high": 0.59}) == "58 % (57 to 59)"
    assert ratio_words({"ratio": 1.0, "low": 1.0, "high": 1.0}) == "100 %"
    row = {
        "kind": "word",
        "entry": "e",
        "ratio": 2.0,
        "before": {"open": 0.1, "closed": 0.9},
        "after": {"open": 0.2, "closed": 0.8},
        "reason": "r",
    }
    assert trail_words(row) == "word e, ratio 2.00: open 0.10 to 0.20; closed 0.90 to 0.80 (r)"


class Ids(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.scripts += tag == "script"


def test_the_page_holds_every_part_once_and_no_foreign_markup() -> None:
    made = json.loads(to_json(document()))
    made["data"]["commitments"][0]["what"] = HOSTILE
    made["data"]["trail"][0]["reason"] = HOSTILE
    text = render_ledger(made)
    found = Ids()
    found.feed(text)
    assert len(found.ids) == len(set(found.ids))
    assert {
        "promises",
        "paths",
        "beliefs",
        "trail",
        "scores",
        "tone",
        "event-study",
        "read",
        "chains",
    } <= set(found.ids)
    assert "<script>alert" not in text
    assert re.search(r"connect-src|https?://[^\"<]*\.js", text.split("</head>")[0]) is None


def test_a_page_of_another_kind_is_refused() -> None:
    with pytest.raises(InputProblems) as caught:
        render_ledger({"kind": "run"})
    assert [problem.code for problem in caught.value.problems] == ["report-kind"]


def test_counts_are_of_statuses() -> None:
    data = {"commitments": [{"status": "kept"}, {"status": "kept"}, {"status": "missed"}]}
    assert counts(data) == {"kept": 2, "missed": 1}


def test_a_channel_nobody_watches_is_told() -> None:
    facts, day = load_facts(), read_at("2025-11")
    assert "[[belief.path]]" in belief_case(facts, day, "CHN-18-2025@USA", "out.toml", "april-2025")
    for channel, path, column in (("CHN-18-2025@USAA", "o", "--belief"), ("CHN-18-2025@USA", "", "--case")):
        with pytest.raises(InputProblems) as caught:
            belief_case(facts, day, channel, path, "april-2025")
        (problem,) = caught.value.problems
        assert (problem.code, problem.file) == ("unknown-name", column)
