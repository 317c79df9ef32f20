"""Leverage and the game of Busan on the shipped world: what must hold whatever the numbers."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from xenotime.api import load_world
from xenotime.bargain_study import Played, bargain
from xenotime.leverage_study import leverage, plain_case
from xenotime.report.bargained import bargain_document
from xenotime.report.leveraged import leverage_document
from xenotime.talks.leverage.answer import Answer, Question
from xenotime.talks.leverage.losses import COLUMNS
from xenotime.talks.leverage.surface import Asked

pytestmark = pytest.mark.slow
MONTHS = 4


@cache
def banned() -> Answer:
    """Four months of a full ban by China, now."""
    case = plain_case()
    question = Question(load_world(case.data.world), case, ("CHN",), ("USA",))
    return leverage(question, Asked(("CHN",), ("USA",), case.data.start, (0,), MONTHS))


@cache
def played() -> Played:
    """The game as shipped."""
    return bargain("busan-2025")


def test_who_is_cut_off_loses_more_and_mostly_lines_that_stop() -> None:
    (path,) = banned().surface.paths
    total, china, usa = path.loss(), path.parties.index("CHN"), path.parties.index("USA")
    assert total[-1, usa] > 10 * total[-1, china] > 0
    assert path.parts["value_added"][-1, usa] > 0.5 * total[-1, usa]
    assert total == pytest.approx(np.sum([path.parts[name] for name in COLUMNS], axis=0))
    # output is turnover of which value added is a part, and lost tonnes are the same for both
    assert path.output[-1, usa] > path.parts["value_added"][-1, usa]


def test_everybody_together_loses_value_in_use_and_no_payment_is_made_of_nothing() -> None:
    """Rents, taxes and trade are from somebody to somebody: what is left of them over all is real cost."""
    (path,) = banned().surface.paths
    assert float(path.loss()[-1].sum()) > float(path.loss()[-1, path.parties.index("USA")])
    assert abs(float(path.parts["rents"][-1].sum())) < 1e-6 * float(np.abs(path.loss()[-1]).sum())


def test_its_bands_facts_and_rises_are_told_without_a_further_roll() -> None:
    data = leverage_document(banned())["data"]
    (row,) = [
        row
        for row in data["surface"]
        if (row["duration"], row["side"], row["measure"]) == (MONTHS, "on", "loss")
    ]
    assert row["low"] < row["value"] < row["high"]
    assert len(data["facts"]) >= 3
    assert all(fact["number"].startswith("value_added/") for fact in data["facts"][:3])
    (rise,) = data["rises"]
    assert rise["basis"] == "months"
    assert sum(cause["value"] for cause in rise["causes"]) == pytest.approx(rise["value"])


def test_no_equilibrium_of_busan_stands_without_its_weights_and_its_ends() -> None:
    made = bargain_document(played().solved, played().runs)
    data = made["data"]
    assert data["equilibria"]
    assert all(row["region"] and row["robust"] for row in data["equilibria"])
    assert sum(row["holds"] for row in data["over_ends"]) >= data["over_ends"][0]["of"] // 2
    # whether China gains by licences turns on who gets their rents
    assert any("rents of licences" in text for text in made["warnings"])
    (costs,) = [
        row for row in data["costs"] if row["cause"].startswith("april-2025") and row["borne_by"] == "CHN"
    ]
    assert costs["value"] < 0 < costs["high"]


def test_the_deal_of_busan_is_worth_something_to_both_and_every_clause_has_its_price() -> None:
    data = bargain_document(played().solved, played().runs)["data"]
    assert all(worth > 0 for worth in data["deal"]["worth"].values())
    assert {row["clause"] for row in data["clauses"]} == {
        "deadline",
        "snap-back",
        "monitoring",
        "licences one by one",
        "purchase promise",
    }
    patience = {row["clause"]: row["least_discount"]["CHN"] for row in data["clauses"]}
    assert patience["monitoring"] < patience["snap-back"] < data["deal"]["least_discount"]["CHN"]
