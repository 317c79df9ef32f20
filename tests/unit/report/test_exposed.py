"""A company's exposure as a document, on the terminal and as a page."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from rich.console import Console

from unit.report.invented_exposure import answered, document
from xenotime.errors import InputProblems
from xenotime.figures.style import money_text
from xenotime.report.envelope import to_json
from xenotime.report.exposed import exposure_document
from xenotime.report.exposed_page import render_exposure, write_exposure
from xenotime.report.exposed_terminal import print_exposure
from xenotime.report.exposed_words import (
    SHORT,
    action_rows,
    opening_words,
    plan_words,
    short_action_rows,
    stop_words,
)
from xenotime.report.sheets import write_tables


def test_the_tables_of_the_contract_are_there_with_units() -> None:
    data = document()["data"]
    assert document()["kind"] == "exposure"
    assert {"elements", "lines", "actions"} <= set(data)
    for name in ("elements", "lines", "licences", "stops", "actions"):
        assert data[name], name
        assert all(row["unit"] for row in data[name]), name
    json.loads(to_json(document()))


def test_the_same_question_has_the_same_bytes() -> None:
    assert to_json(exposure_document(answered())) == to_json(document())


def test_odds_never_fall_and_end_at_those_of_the_stop() -> None:
    data = document()["data"]
    odds = [row["value"] for row in data["lines"]]
    assert odds == sorted(odds)
    assert odds[-1] == data["stops"][0]["value"] > 0
    assert [row["week"] for row in data["lines"]] == list(range(1, 41))
    assert data["lines"][0]["date"] == "2025-02-03"


def test_losses_are_in_units_and_money_and_exposure_is_not_called_loss() -> None:
    (stop,) = document()["data"]["stops"]
    assert stop["revenue_lost"]["mean"] == pytest.approx(50 * stop["units_lost"]["mean"])
    assert stop["margin_lost"]["mean"] == pytest.approx(10 * stop["units_lost"]["mean"])
    assert "exposure is what passes through a place or a control; it is not loss" in document()["warnings"]


def test_yearly_amounts_are_those_of_the_lines() -> None:
    for row in document()["data"]["elements"]:
        assert row["kg_per_year"] == pytest.approx(row["value"] * 100 * 365.25 / 7 / 1000)


def test_licences_and_their_traces_agree() -> None:
    data = document()["data"]
    whole = sum(row["usd"] for row in data["licences"])
    assert sum(row["usd"] for row in data["traces"]) == pytest.approx(whole)
    assert all(row["why"] for row in data["traces"])


def test_actions_are_ranked_by_cost_and_by_regret() -> None:
    rows = document()["data"]["actions"]
    costs = [row["cost_per_week"] for row in rows if row["cost_per_week"] is not None]
    assert costs == sorted(costs)
    assert sorted(row["rank_by_regret"] for row in rows) == list(range(1, len(rows) + 1))
    assert min(row["regret"] for row in rows) == 0.0
    assert [row["action"] for row in rows].count("nothing") == 1


def test_what_was_not_read_is_told() -> None:
    data = document()["data"]
    assert [row["material"] for row in data["unread"]] == ["<b>gizmo</b>"]
    assert any("counted as without rare earths: 1" in text for text in document()["warnings"])


def test_sentences_say_when_and_what() -> None:
    data = document()["data"]
    opening = " ".join(opening_words(data))
    assert "3 lines, 2 with rare earths" in opening
    assert "CHN-18-2025 (in force)" in opening
    assert "L under shut: stops in" in stop_words(data["stops"][0])
    never = data["stops"][0] | {"value": 0.0}
    assert stop_words(never) == "L under shut: runs through all 40 weeks in every draw."
    said = " ".join(plan_words(data))
    assert "a budget of 30,000 USD" in said
    assert "odds of a stop" in said
    assert len(action_rows(data, 3)) == 3


def test_a_terminal_shows_the_first_actions_with_cost_and_lead_time_and_says_how_many_there_are() -> None:
    data = document()["data"]
    (row,) = short_action_rows(data, 1)
    assert dict(zip(SHORT, row, strict=True))["cost, USD"] == money_text(data["actions"][0]["cost"])
    many = {**document(), "data": {**data, "actions": data["actions"] * 20}}
    console = Console(width=120, record=True, file=io.StringIO())
    print_exposure(many, console)
    assert f"the first 12 of {20 * len(data['actions'])}; --report has all" in console.export_text()


def test_a_plan_that_is_not_worth_it_says_so() -> None:
    data = document()["data"]
    none = data | {"plan": data["plan"] | {"actions": [], "budget": None}}
    assert list(plan_words(none)) == [
        "With no budget given, no set of actions is worth its cost under these cases."
    ]
    assert list(plan_words(data | {"plan": None})) == []


def test_the_terminal_reads_no_markup() -> None:
    console = Console(width=200, record=True, file=io.StringIO())
    print_exposure(document(), console)
    text = console.export_text()
    assert "<b>gizmo</b>" in text
    assert "What can be done" in text
    assert "Warning: shut, draw 3" in text


def test_the_page_is_whole_and_escapes_text(tmp_path: Path) -> None:
    page = write_exposure(document(), tmp_path / "page.html").read_text("utf-8")
    assert "<b>gizmo</b>" not in page.replace("&lt;b&gt;gizmo&lt;/b&gt;", "")
    for name in ("elements", "stops", "gains"):
        assert f'id="figure-{name}"' in page
    assert not re.search(r'(?:src|href)="https?://(?!doi)', page.split("<script>")[0])
    assert "What was assumed" in page


def test_a_page_of_another_kind_is_refused() -> None:
    with pytest.raises(InputProblems) as caught:
        render_exposure({"kind": "run"})
    assert caught.value.problems[0].code == "report-kind"


def test_tables_for_spreadsheets_hold_no_formula(tmp_path: Path) -> None:
    folder = write_tables(document(), tmp_path / "tables")
    assert {"elements.csv", "lines.csv", "actions.csv"} <= {path.name for path in folder.iterdir()}
    evil = document()["data"] | {"unread": [{"material": "=cmd|'/C calc'!A0", "lines": -1, "unit": "g"}]}
    text = (write_tables(document() | {"data": evil}, tmp_path / "evil") / "unread.csv").read_text("utf-8")
    assert text.splitlines()[1].startswith("'=cmd")
    assert ",-1," in text  # a number below zero stays a number
