"""Prices beyond a run: the lenders' rule, scarcities that do not last, floods."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from xenotime.choice.luck import Luck, make_luck, no_luck, quantiles
from xenotime.choice.prices import RunPrices, constant_paths, is_flooded, long_run_price, make_paths
from xenotime.dynamics.project_times import Span, load_numbers

PLACE = ("oxide", "AUS")
NUMBERS = replace(load_numbers(), flood_risk=0.0, price_half_life=12.0, control_lasts=0.5, flood_depth=0.5)


def run(case: float = 200.0, calm: float = 100.0, level: float = 0.8, months: int = 24) -> RunPrices:
    """Prices that do not move within a run."""
    return RunPrices("2025-01", {PLACE: np.full(months, case)}, {PLACE: np.full(months, calm)}, level)


def luck(lasts: float) -> Luck:
    """One draw; below the belief the scarcity lasts."""
    return replace(no_luck(), lasts=np.array([lasts]))


def test_halves_of_the_gap_are_gone_every_half_life() -> None:
    price = long_run_price(np.array(100.0), np.array(60.0), np.array([0.0, 12.0, 24.0]), 12.0)
    assert price.tolist() == [100.0, 80.0, 70.0]


def test_a_scarcity_that_lasts_reverts_to_what_entry_needs_and_one_that_does_not_to_calm_prices() -> None:
    lasting = make_paths([run()], [PLACE], "2025-01", 24 + 240, luck(0.1), NUMBERS, 12.0).price[PLACE][0]
    passing = make_paths([run()], [PLACE], "2025-01", 24 + 240, luck(0.9), NUMBERS, 12.0).price[PLACE][0]
    assert lasting[:24] == pytest.approx(200.0)
    assert lasting[23 + 12] == pytest.approx(160 + 20)
    assert lasting[-1] == pytest.approx(160.0, rel=1e-3)
    assert passing[23 + 12] == pytest.approx(80 + 60)
    assert passing[-1] == pytest.approx(80.0, rel=1e-3)


def test_months_before_the_run_are_as_its_first() -> None:
    series = RunPrices("2025-03", {PLACE: np.array([10.0, 20.0])}, {PLACE: np.array([10.0, 20.0])})
    paths = make_paths([series], [PLACE], "2025-01", 4, luck(0.0), NUMBERS, 12.0)
    assert paths.price[PLACE][0].tolist() == [10.0, 10.0, 10.0, 20.0]
    assert paths.position("2025-03") == 2
    assert paths.month(2) == "2025-03"


def test_a_flood_comes_after_the_run_and_lowers_calm_prices() -> None:
    always = replace(NUMBERS, flood_risk=1.0)
    chance = replace(luck(0.9), flood=np.zeros((1, 400)))
    price = make_paths([run()], [PLACE], "2025-01", 60, chance, always, 12.0).price[PLACE][0]
    assert price[:24] == pytest.approx(200.0)
    assert price[24:] == pytest.approx(50.0)


def test_the_share_of_months_flooded_is_that_of_the_table() -> None:
    risky = replace(NUMBERS, flood_risk=0.15)
    flooded = is_flooded(make_luck(400, 1), np.arange(-12.0, 240.0), risky, 12.0)
    assert not flooded[:, :12].any()
    assert flooded[:, 12:].mean() == pytest.approx(0.15, abs=0.02)  # 8,000 spells: a standard error of 0.004
    assert (flooded[:, 12:24].all(axis=1) | ~flooded[:, 12:24].any(axis=1)).all()


def test_draws_take_runs_in_turn() -> None:
    two = [run(case=100.0), run(case=300.0)]
    paths = make_paths(two, [PLACE], "2025-01", 12, make_luck(4, 1), NUMBERS, 12.0)
    assert paths.price[PLACE][:, 0].tolist() == [100.0, 300.0, 100.0, 300.0]


def test_more_draws_begin_as_fewer_do_and_middles_are_middles() -> None:
    few, many = make_luck(3, 5), make_luck(9, 5)
    assert np.array_equal(few.flood, many.flood[:3])
    assert quantiles(Span(6.0, 2.0, 20.0), np.array([0.0, 0.5, 1.0])).tolist() == [2.0, 6.0, 20.0]
    assert constant_paths({PLACE: 5.0}, "2025-01", 3).price[PLACE].tolist() == [[5.0, 5.0, 5.0]]
