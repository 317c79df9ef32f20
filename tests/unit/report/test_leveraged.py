"""Leverage as a document, on the terminal and as a page."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pytest
from rich.console import Console

from unit.talks.leverage.leverage_worlds import ask, learning
from unit.talks.leverage.test_rises import STAKES, path, surface
from xenotime.errors import InputProblems
from xenotime.facts.load import load_facts
from xenotime.leverage_draws import facts_that_matter, over_stakes, stake_numbers
from xenotime.report.envelope import to_json
from xenotime.report.leverage_causes import part_rows, rise_words, signed
from xenotime.report.leverage_page import render_leverage
from xenotime.report.leverage_terminal import print_leverage
from xenotime.report.leverage_words import (
    control_words,
    driver_rows,
    driver_words,
    end_words,
    half_life_words,
    published_rows,
    stronger_words,
    surface_rows,
)
from xenotime.report.leveraged import leverage_document
from xenotime.talks.leverage.answer import Answer, DriverEffect
from xenotime.talks.leverage.half_life import HalfLife
from xenotime.talks.leverage.published import beside, wanted_dials
from xenotime.talks.leverage.rises import rises
from xenotime.talks.leverage.stakes import Figure

HOSTILE = "<script>alert(1)</script>[red]"
CARS = Figure("cars", "WLD", "magnet", 5.0, 10.0, 20.0, "D", "estimate")
WORTH = replace(STAKES, figures=(CARS,), parts=np.array([[1.0], [1.0], [0.0]]))


@cache
def answer() -> Answer:
    """Invented losses (billions) from two starts with everything an answer may hold."""
    big = [
        path([1e9, 2e9, 3e9], [1e8, 4e8, 6e8], [1e7, 2e7, 3e7]),
        path([1e9, 3e9, 4e9], [1e8, 3e8, 3e8], [1e7, 1e7, 1e7]),
    ]
    found = surface(*big)
    question, _ = ask(learning())
    drawn = over_stakes(found, WORTH)
    ranked, rest = facts_that_matter(stake_numbers(WORTH), drawn)
    life = HalfLife(20.0, "fitted", 1.0, 0.5)
    never = HalfLife(None, "none", 1.0, 2.0)
    facts = load_facts()
    ours = beside(facts, dict.fromkeys(wanted_dials(facts), _long(big[0])), (), WORTH, ("A",))
    return Answer(
        question,
        found,
        WORTH,
        "ban",
        rises(found, WORTH, (1, 3)),
        tuple(DriverEffect(name, f"no {name}", 9e9, 8e9, life, never) for name in ("stocks", "projects")),
        drawn,
        False,
        ranked,
        False,
        rest,
        ((0, 2, big[0]),),
        ours,
        "f" * 64,
    )


def _long(item: Any) -> Any:
    """A path long enough for every published duration."""
    table = np.repeat(item.surplus[-1:], 24, axis=0)
    parts = {name: np.repeat(part[-1:], 24, axis=0) for name, part in item.parts.items()}
    names = ("A", "USA")
    return replace(item, parties=names, parts=parts, surplus=table, output=table, lost=np.zeros((24, 3)))


@cache
def document() -> dict[str, Any]:
    return leverage_document(answer())


def test_the_document_has_the_tables_of_the_interface() -> None:
    made = document()
    assert made["kind"] == "leverage"
    assert {"surface", "half_life", "hands", "rises", "drivers", "facts", "published"} <= set(made["data"])
    assert json.loads(to_json(made)) == json.loads(to_json(leverage_document(answer())))
    (row,) = [
        row
        for row in made["data"]["surface"]
        if (row["start_after"], row["duration"], row["side"], row["measure"]) == (0, 3, "on", "loss")
    ]
    assert row["value"] == pytest.approx(9e9)
    assert row["low"] < 9e9 < row["high"]
    assert row["unit"] == "USD"
    for name in ("value_added", "output", "surplus"):
        (other,) = [
            row
            for row in made["data"]["surface"]
            if (row["start_after"], row["duration"], row["side"], row["measure"]) == (0, 3, "on", name)
        ]
        assert other["low"] <= other["value"] <= other["high"]


def test_bands_say_what_they_are_over_and_size_rests_on_what_grade() -> None:
    made = document()
    assert made["data"]["draws"]["over"] == "what a stopped line is worth alone"
    assert any("what a stopped line is worth alone" in text for text in made["warnings"])
    assert any("order of magnitude" in text for text in made["warnings"])
    rolled = leverage_document(replace(answer(), rolled=True, draws=answer().draws[:4]))
    assert any("rest on 4 draws" in text for text in rolled["warnings"])
    assert any("too few to rank" in text for text in rolled["warnings"])
    found = answer().surface
    odd = replace(found.paths[1], unwanted=(("dross", "A"), ("dross", "Z")))
    strange = replace(answer(), surface=replace(found, paths=(found.paths[0], odd)))
    (text,) = [text for text in leverage_document(strange)["warnings"] if "below zero" in text]
    assert text.startswith("begun in 12 months: prices fall below zero in A of dross,")
    none = leverage_document(replace(answer(), draws=()))
    assert any("no draws were asked for" in text for text in none["warnings"])


def test_half_lives_have_a_band_or_say_why_there_is_none() -> None:
    starts, months = sorted(half_life_words(document()["data"]), key=lambda text: "comes later" not in text)
    assert starts.startswith("Half-life of leverage of 3 months as the control comes later: ")
    assert "nine in ten draws" in starts
    assert "largest in month 2" in months
    data = json.loads(to_json(document()))["data"]
    for row in data["half_life"]:
        row |= {"peak": row["duration"]} if row["basis"] == "within" else {}
    assert any("no half-life can be told yet" in text for text in half_life_words(data))


def test_who_gains_by_its_own_control_is_told_so() -> None:
    data = json.loads(to_json(document()))["data"]
    assert "more than a hundred times as much" in stronger_words(data)
    for row in data["hands"]:
        row |= {"loss_by": -5e6, "ratio": None}
    assert "and A gains 5.00 million" in stronger_words(data)
    for row in data["hands"]:
        row |= {"stronger": "neither"}
    assert stronger_words(data) == "Neither side loses anything by the control."


def test_rents_that_make_a_gain_are_told() -> None:
    found = answer().surface
    one = found.paths[0]
    rents = np.zeros((3, 2))
    rents[:, 0] = -8e9
    path_ = replace(one, parts={**one.parts, "rents": rents})
    rich = leverage_document(replace(answer(), surface=replace(found, paths=(path_, path_))))
    (text,) = [text for text in rich["warnings"] if "rents of licences" in text]
    assert text.endswith("without these rents it loses 30.0 million")
    assert not [text for text in document()["warnings"] if "rents of licences" in text]


def test_a_control_of_a_case_is_named_by_it() -> None:
    data = json.loads(to_json(document()))["data"]
    assert control_words(data) == "ban from 2025-01, goods go to nobody"
    data["control"] |= {"case": "april-2025", "instrument": "licence"}
    assert control_words(data) == "licence of april-2025, from 2025-01"


def test_rises_are_told_with_their_causes() -> None:
    data = document()["data"]
    told = [rise_words(data, row) for row in data["rises"]]
    (month,) = [text for text in told if text.startswith("Begun now")]
    assert "more of B's lines stop (+2.00 billion: magnet in cars +2.00 billion)" in month
    assert any(row["basis"] == "starts" for row in data["rises"]) == any("instead of" in t for t in told)
    assert signed(-2.0e6) == "−2.00 million"


def test_parts_are_put_together_without_loss() -> None:
    data = document()["data"]
    assert sum(row["value"] for row in part_rows(data)) == pytest.approx(
        sum(row["value"] for row in data["parts"])
    )


def test_drivers_stand_beside_what_is_as_it_is() -> None:
    data = document()["data"]
    rows = driver_rows(data)
    assert [row[0] for row in rows] == ["nothing", "stocks", "projects"]
    assert rows[0][2] == "8.97 billion"
    assert rows[1][4:] == ("20.0 (fitted)", "does not halve")
    assert "stocks" in driver_words(data)
    assert driver_words({**data, "drivers": []}) == ""
    assert "nothing makes it shrink" in driver_words(
        {**data, "hands": [{**row, "loss_on": row["start_after"] * 1e9} for row in data["hands"]]}
    )


def test_an_end_that_was_rolled_stands_beside_the_path() -> None:
    data = document()["data"]
    texts = [end_words(data, row) for row in data["ends"]]
    assert any("B loses 9.00 billion USD; by the path it loses 6.00 billion" in text for text in texts)
    assert "gains 5.00 million" in end_words(data, {**data["ends"][0], "rolled": -5e6})


def test_a_band_that_is_no_wider_than_a_number_is_not_printed() -> None:
    rows = surface_rows(document()["data"], "by", "loss", (1, 3))
    assert rows[0] == ("now", "10.0 million", "30.0 million")
    banded = surface_rows(document()["data"], "on", "loss", (3,))[0][1]
    assert re.fullmatch(r"9\.00 \(\d\.\d\d to 1\d\.\d\) billion", banded)


def test_exposure_has_no_dials_and_stands_apart_from_losses() -> None:
    data = document()["data"]
    losses, exposures = (published_rows(data, kind) for kind in ("loss", "exposure"))
    assert losses
    assert exposures
    assert {row[2] for row in exposures} == {""}
    assert any(row[2].startswith("100\u00a0%") and "Sm_*" in row[2] for row in losses)


def test_the_terminal_says_all_of_it() -> None:
    out = io.StringIO()
    made = json.loads(to_json(document()))
    made["data"]["facts"][0]["unit"] = HOSTILE
    print_leverage(made, Console(file=out, width=240))
    text = out.getvalue()
    for words in ("stronger hand", "Half-life", "Where leverage rises", "Not in it", HOSTILE, "Published"):
        assert words in text
    assert "no loss beside ours" in text


class Ids(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for name, value in attrs if name == "id"]


def test_the_page_holds_every_part_once_and_no_foreign_markup() -> None:
    made = json.loads(to_json(document()))
    made["data"]["facts"][0]["unit"] = HOSTILE
    made["data"]["rises"][0]["causes"][0]["uses"] = [
        {"material": HOSTILE, "region": "B", "sector": "x", "value": 1e9}
    ]
    text = render_leverage(made)
    found = Ids()
    found.feed(text)
    assert len(found.ids) == len(set(found.ids))
    assert {"surface", "months", "parts", "rises", "drivers", "facts", "published", "stakes"} <= set(
        found.ids
    )
    assert "<script>alert" not in text


def test_a_page_of_another_kind_is_refused() -> None:
    with pytest.raises(InputProblems) as caught:
        render_leverage({"kind": "ledger"})
    assert [problem.code for problem in caught.value.problems] == ["report-kind"]
