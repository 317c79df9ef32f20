"""Where one more tonne goes is what a finite difference says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from market_worlds import synthetic
from small_worlds import ACCURACY, EXACT, build_network, clear_static, joint, trade
from xenotime.market.choose import make_engine
from xenotime.market.clearing import Clearing
from xenotime.market.sensitivity import marginal_response
from xenotime.market.solving import solve_program

STEP = 1e-3  # of a unit: the program is piecewise quadratic, so the difference is exact within one piece


def with_more(cleared: Clearing, row: int, amount: float) -> Clearing:
    b = cleared.program.b.copy()
    b[row] -= amount
    program = replace(cleared.program, b=b)
    point, check = solve_program(program, make_engine("interior"), start=cleared.point)
    return Clearing(program, point, check)


def test_a_tonne_in_a_market_of_two() -> None:
    """1.5 dp + 2 dp = -1: dp = -2/7; supplies fall by 2/7 each, uses rise by 1/7 and 2/7, the lane by 4/7."""
    cleared = clear_static(trade())
    change = marginal_response(cleared, 0)
    layout = cleared.program.layout
    assert change[layout.block(0, "supply")] == pytest.approx([-2 / 7, -2 / 7], rel=ACCURACY)
    assert change[layout.block(0, "use")] == pytest.approx([1 / 7, 2 / 7], rel=ACCURACY)
    assert change[layout.block(0, "lane")] == pytest.approx([4 / 7], rel=ACCURACY)


@pytest.mark.parametrize("charges", [{}, {"tariff": 0.3, "export_tax": 0.2}])
def test_the_response_is_the_difference(charges: dict[str, float]) -> None:
    for world in (trade(cost_slope=0.5, **charges), joint()):
        cleared = clear_static(build_network(world))
        for row in range(len(cleared.program.b)):
            difference = (with_more(cleared, row, STEP).point.x - cleared.point.x) / STEP
            response = marginal_response(cleared, row)
            assert response == pytest.approx(difference, rel=ACCURACY, abs=ACCURACY)


def test_goods_are_conserved_by_the_response() -> None:
    cleared = clear_static(synthetic(1), refine=False)
    busy = np.flatnonzero((cleared.volume() > 1) & (cleared.price() > 1))[:5]
    assert len(busy) == 5
    for row in busy:
        left = cleared.program.A @ marginal_response(cleared, int(row))
        expected = np.zeros(len(left))
        expected[row] = -1.0  # the extra tonne comes in on the right side
        assert left == pytest.approx(expected, abs=ACCURACY)


def test_a_price_falls_by_its_slope() -> None:
    cleared = clear_static(trade())
    more = with_more(cleared, 0, STEP)
    assert (more.price()[0] - cleared.price()[0]) / STEP == pytest.approx(-2 / 7, rel=ACCURACY)
    assert cleared.check.balance < EXACT
