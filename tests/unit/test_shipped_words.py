"""Prices under the belief path of 2025 against the same case without: down on words, back when deeds lag."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from xenotime.api import load_world
from xenotime.policy.case import load_case
from xenotime.runs import run_case
from xenotime.talks.belief.bridge import case_with_belief
from xenotime.talks.belief.replay import replay

CHANNEL, MONTHS = "CHN-18-2025@USA", 7
MAY, JUNE, JULY, OCTOBER = 1, 2, 3, 6  # places of months from April on


@pytest.mark.slow
def test_price_moves_on_words_and_back_when_deeds_do_not_follow(tmp_path: Path) -> None:
    played = replay(last="2025-10", names=[CHANNEL])
    base = load_case("april-2025")
    prices = []
    for name, text in (
        ("believed", case_with_belief(base, played.beliefs, played.sha256)),
        ("plain", base.text),
    ):
        path = tmp_path / f"{name}.toml"
        path.write_text(text.replace('start = "2025-01"', 'start = "2025-04"'), encoding="utf-8")
        run = run_case(load_world("2024-12"), load_case(path), months=MONTHS).trajectory
        assert all(month.check.passed() for month in run.months)
        place = run.setup.policy.network.place["Y_oxide", "USA", ""]
        prices.append(run.array(lambda clearing: clearing.price())[:, place])
    ratio = np.array(prices[0]) / np.array(prices[1])
    assert ratio[JUNE] < 0.6 * ratio[MAY]  # the words of June
    assert ratio[JULY] > 1.2 * ratio[JUNE]  # their month passes, nothing is on record yet
    assert ratio[OCTOBER] > 1.2 * ratio[OCTOBER - 1]  # September shipped less than said
    chances = {belief.as_of: belief.chances["open"] for belief in played.beliefs}
    assert chances["2025-06"] > chances["2025-05"]
    assert chances["2025-10"] < chances["2025-09"]
