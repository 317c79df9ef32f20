"""Prices are what one unit more is worth, and nobody as a whole loses by a looser bound."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from market_worlds import FAST, chains
from xenotime.market.choose import make_engine
from xenotime.market.clearing import Clearing, clear_static
from xenotime.market.intervals import price_intervals
from xenotime.market.solving import solve_program
from xenotime.world.world import World

EXAMPLES = 10
ROUNDING = 1e-9  # of the objective: areas are sums of large numbers
STEP = (
    1e-4  # of a unit; the objective is piecewise quadratic, so a difference is off by STEP x slope of price
)
DIFFERENCE = 2e-4  # of price: the slope times the step, and rounding of the objective over the step


def with_more(cleared: Clearing, row: int, amount: float) -> float:
    """The objective with `amount` more on hand at a balance."""
    b = cleared.program.b.copy()
    b[row] -= amount
    program = replace(cleared.program, b=b)
    point, check = solve_program(program, make_engine("interior"), start=cleared.point)
    return Clearing(program, point, check).objective


@settings(max_examples=EXAMPLES, phases=FAST)
@given(chains(), st.data())
def test_a_price_is_a_left_or_right_difference_of_the_surplus(world: World, data: st.DataObject) -> None:
    cleared = clear_static(world, refine=False)
    low, high = price_intervals(cleared)
    busy = np.flatnonzero((cleared.volume() > 1.0) & (high <= low))
    if len(busy) == 0:
        return
    row = int(data.draw(st.sampled_from([int(i) for i in busy])))
    price = cleared.price()[row]
    here = cleared.objective
    right = (with_more(cleared, row, STEP) - here) / STEP
    left = (here - with_more(cleared, row, -STEP)) / STEP
    slack = DIFFERENCE * abs(price) + 1e-10 * abs(here) / STEP
    assert right - slack <= price <= left + slack, (
        "surplus is concave: right difference, price, left difference"
    )
    assert min(abs(price - right), abs(price - left)) <= slack


@settings(max_examples=EXAMPLES, phases=FAST)
@given(chains(), st.sampled_from([1.0, 1.5, 10.0]))
def test_more_capacity_is_no_loss(world: World, factor: float) -> None:
    roomier = tuple(
        replace(row, capacity=None if row.capacity is None else row.capacity * factor)
        for row in world.facilities
    )
    before, after = (
        clear_static(w, refine=False).objective for w in (world, world.with_tables(facilities=roomier))
    )
    assert after >= before - ROUNDING * abs(before)


@settings(max_examples=EXAMPLES, phases=FAST)
@given(chains(), st.sampled_from([1.5, None]))
def test_wider_lanes_are_no_loss(world: World, factor: float | None) -> None:
    wider = tuple(
        replace(row, limit=None if row.limit is None or factor is None else row.limit * factor)
        for row in world.lanes
    )
    before, after = (clear_static(w, refine=False).objective for w in (world, world.with_tables(lanes=wider)))
    assert after >= before - ROUNDING * abs(before)


@settings(max_examples=EXAMPLES, phases=FAST)
@given(chains())
def test_another_lane_is_no_loss(world: World) -> None:
    fewer = world.with_tables(lanes=world.lanes[:-1])
    before, after = (clear_static(w, refine=False).objective for w in (fewer, world))
    assert after >= before - ROUNDING * abs(before)
