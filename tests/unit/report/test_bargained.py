"""Solved games as documents, on the terminal and as pages."""

from __future__ import annotations

import io
import json
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from unit.talks.bargaining.games import HEAD, PLAYERS, QUARREL, lever, read
from xenotime.bargain_study import bargain
from xenotime.errors import InputProblems
from xenotime.report.bargain_page import render_bargain
from xenotime.report.bargain_terminal import print_bargain
from xenotime.report.bargain_words import (
    answer_words,
    clause_rows,
    club_rows,
    cost_rows,
    deal_words,
    equilibrium_rows,
    kept_words,
    other_words,
    region_words,
)
from xenotime.report.bargained import bargain_document
from xenotime.report.envelope import to_json
from xenotime.talks.bargaining.assemble import RunLoss
from xenotime.talks.bargaining.solve import solve_game

HOSTILE = "<script>alert(1)</script>[red]"
RUN = RunLoss({"A": -2e9, "B": 10e9}, {"A": 1.0, "B": 0.9}, {"A": 1e8}, {"B": 12e9}, {"A": -1.9e9, "B": 1e9})
MORE = """
[deal]
moves = ["yield", "sell"]
otherwise = ["press", "stop"]

[[clause]]
clause = "monitoring"
what = "seen at once"
lag = 0

[offers]
players = ["R", "C"]
discounts = [0.9, 0.9]
assumed = "Invented."
"""
CLUB = (
    HEAD
    + 'kind = "coalition"\n'
    + PLAYERS
    + """
[[player]]
player = "D"
[[coalition]]
members = []
values = [-100.0, -100.0, -100.0]
[[coalition]]
members = ["R", "C"]
values = [-90.0, -90.0, -95.0]
[[coalition]]
members = ["R", "D"]
values = [-90.0, -95.0, -100.1]
[[coalition]]
members = ["C", "D"]
values = [-95.0, -90.0, -90.0]
[[coalition]]
members = ["R", "C", "D"]
values = [-94.0, -96.0, -94.5]
"""
)


def quarrel(folder: Path) -> dict[str, Any]:
    game = read(folder, QUARREL + MORE)
    solved = solve_game(game, {"fees": lever(1e9, 2e9, 3e9)}, lambda move: RUN)
    return bargain_document(solved, (("full ban by A", RUN),))


def club(folder: Path) -> dict[str, Any]:
    return bargain_document(solve_game(read(folder, CLUB), {}, lambda move: RUN))


@cache
def dilemma() -> dict[str, Any]:
    played = bargain("prisoners-dilemma")
    return bargain_document(played.solved, played.runs)


def test_the_document_has_the_tables_of_the_interface(tmp_path: Path) -> None:
    made = quarrel(tmp_path)
    assert made["kind"] == "bargain"
    assert {"equilibria", "points", "clauses", "over_ends", "players", "moves", "costs"} <= set(made["data"])
    assert json.loads(to_json(made)) == json.loads(to_json(quarrel(tmp_path)))
    (run,) = [row for row in made["data"]["runs"] if row["party"] == "A"]
    assert (run["value"], run["low"], run["rents"]) == (-2e9, 1e8, -1.9e9)


def test_no_equilibrium_stands_without_the_weights_at_which_it_is_one(tmp_path: Path) -> None:
    for made in (quarrel(tmp_path), dilemma(), club(tmp_path)):
        assert all(row["region"] for row in made["data"]["equilibria"])
        assert all(row["region"] for row in made["data"]["elsewhere"])
        assert all(row["region"] for row in made["data"]["coalitions"])
    assert [row[3] for row in equilibrium_rows(dilemma()["data"])] == ["at any weights"]
    assert "wherever" not in next(answer_words(dilemma()["data"]))
    (told,) = answer_words(quarrel(tmp_path)["data"])
    assert told.startswith("press / stop is an equilibrium at the weights assumed, and wherever w(R)")
    assert told.endswith("ends of the ranges of what moves cost.")


def test_rents_that_make_a_gain_are_told_with_what_they_rest_on(tmp_path: Path) -> None:
    made = quarrel(tmp_path)
    assert any("C gains 2.00 billion a month by full ban by A" in text for text in made["warnings"])
    (row,) = [row for row in made["data"]["costs"] if row["kind"] == "run" and row["borne_by"] == "C"]
    assert (row["low"], row["value"], row["high"]) == (-2e9, -2e9, 1e8)
    kinds = {row[7] for row in cost_rows(made["data"])}
    assert kinds == {"assumed part of exposure", "run"}  # never as exposure itself


def test_a_deal_its_clauses_and_offers_in_words(tmp_path: Path) -> None:
    data = quarrel(tmp_path)["data"]
    assert next(deal_words(data)).startswith("The deal yield / sell instead of press / stop is worth R ")
    (clause,) = clause_rows(data)
    assert clause[0] == "monitoring"
    assert clause[4].startswith("R ")
    (offers,) = other_words(data)
    assert offers.startswith("Alternating offers over ")
    assert kept_words({"keeps_itself": False, "until_month": 1, "reneges": "R"}) == (
        "does not keep itself: R gains by reneging from the first month"
    )


def test_coalitions_that_hardly_differ_are_told_so(tmp_path: Path) -> None:
    made = club(tmp_path)
    by = {row[0]: row for row in club_rows(made["data"])}
    assert "too close" in by["R, D"][2]
    assert any("too close to tell" in text for text in made["warnings"])
    assert "Coalitions that nobody would leave or join" in next(answer_words(made["data"]))


def test_ranges_of_weights_as_inequalities() -> None:
    rows = [
        {"player": "R", "weight_from": None, "weight_to": 2.0},
        {"player": "C", "weight_from": 1.0, "weight_to": 3.0},
        {"player": "D", "weight_from": None, "weight_to": None, "nowhere": True},
        {"player": "E", "weight_from": None, "weight_to": None},
    ]
    assert region_words(rows) == "w(R) <= 2.00; w(C) in 1.00 to 3.00; w(D) nowhere"


def test_the_terminal_says_all_of_it_and_reads_no_markup(tmp_path: Path) -> None:
    out = io.StringIO()
    made = json.loads(to_json(quarrel(tmp_path)))
    made["data"]["players"][0]["assumed"] = HOSTILE
    print_bargain(made, Console(file=out, width=250))
    for words in ("Equilibria", "Clauses", "What moves cost", "Who plays", HOSTILE, "Warning"):
        assert words in out.getvalue()


class Ids(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for name, value in attrs if name == "id"]


def test_pages_hold_every_part_once_and_no_foreign_markup(tmp_path: Path) -> None:
    wanted = {"set", "where", "equilibria", "clauses", "costs", "players", "moves", "rests"}
    for made, parts in ((quarrel(tmp_path), wanted), (club(tmp_path), {"clubs", "players"})):
        made = json.loads(to_json(made))
        made["data"]["players"][0]["assumed"] = HOSTILE
        text = render_bargain(made)
        found = Ids()
        found.feed(text)
        assert len(found.ids) == len(set(found.ids))
        assert parts <= set(found.ids)
        assert "<script>alert" not in text


def test_a_page_of_another_kind_is_refused() -> None:
    with pytest.raises(InputProblems) as caught:
        render_bargain({"kind": "ledger"})
    assert [problem.code for problem in caught.value.problems] == ["report-kind"]
