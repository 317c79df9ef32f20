"""Goods do not go round for nothing; where both ways cost something they never would."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from small_worlds import EXACT, clear_static, trade
from xenotime.market.loops import cancel_loops
from xenotime.world.tables import Lane


def round_trip(cost: float = 0.0, **lane: float) -> np.ndarray:
    """Flows after cancelling when 30 go to B, 40 more go there and come back."""
    world = trade(cost=cost, **lane)
    back = Lane(material="ore", origin="B", destination="A", cost=0.0)
    cleared = clear_static(world.with_tables(lanes=(*world.lanes, back)))
    x = cleared.point.x.copy()
    at = cleared.program.layout.block(0, "lane")
    x[at] = (70.0, 40.0)
    return cancel_loops(cleared.program, x)[at]


def test_what_goes_round_for_nothing_does_not_go() -> None:
    assert round_trip().tolist() == [30.0, 0.0]


@pytest.mark.parametrize("lane", [{"cost": 1.0}, {"tariff": 0.1}, {"export_tax": 0.1}, {"cost_slope": 1.0}])
def test_what_costs_something_is_left_to_the_optimum(lane: dict[str, float]) -> None:
    assert round_trip(**lane).tolist() == [70.0, 40.0]


def test_a_lane_that_must_carry_something_keeps_it() -> None:
    world = trade(cost=0.0)
    back = Lane(material="ore", origin="B", destination="A")
    cleared = clear_static(world.with_tables(lanes=(*world.lanes, back)))
    bound = replace(cleared.program.terms[0], lane_low=np.array([0.0, 15.0]))
    x = cleared.point.x.copy()
    at = cleared.program.layout.block(0, "lane")
    x[at] = (70.0, 40.0)
    assert cancel_loops(replace(cleared.program, terms=(bound,)), x)[at].tolist() == [45.0, 15.0]


def test_of_equal_answers_the_one_with_least_flow_is_given() -> None:
    world = trade(cost=0.0)
    back = Lane(material="ore", origin="B", destination="A")
    cleared = clear_static(world.with_tables(lanes=(*world.lanes, back)))
    # 1.5 p - 45 = 140 - 2 p
    assert cleared.amount("lane") == pytest.approx([140 - 2 * 185 / 3.5, 0.0], rel=EXACT, abs=EXACT)
    assert cleared.amount("lane").min() == 0.0
