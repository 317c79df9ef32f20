"""The unit of mass is a matter of taste: ten times everything is ten times the flows at the same prices."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from market_worlds import FAST, chains
from xenotime.market.clearing import clear_static
from xenotime.market.intervals import price_intervals
from xenotime.world.world import World

EXAMPLES = 10
SAME = 1e-8  # relative: powers of ten are no powers of two, so last digits differ before any solve


def times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor


def in_mass(world: World, factor: float) -> World:
    """The same world counted in a unit `1 / factor` as large; prices per old unit."""
    return world.with_tables(
        facilities=tuple(
            replace(row, capacity=times(row.capacity, factor), cost_slope=row.cost_slope / factor)
            for row in world.facilities
        ),
        lanes=tuple(
            replace(row, limit=times(row.limit, factor), cost_slope=row.cost_slope / factor)
            for row in world.lanes
        ),
        demand=tuple(replace(row, quantity=times(row.quantity, factor)) for row in world.demand),
        supply=tuple(replace(row, slope=times(row.slope, 1 / factor)) for row in world.supply),
    )


def in_money(world: World, factor: float) -> World:
    """The same world in cents, say."""
    return world.with_tables(
        materials=tuple(replace(row, disposal_cost=row.disposal_cost * factor) for row in world.materials),
        facilities=tuple(
            replace(row, cost=row.cost * factor, cost_slope=row.cost_slope * factor)
            for row in world.facilities
        ),
        lanes=tuple(
            replace(row, cost=row.cost * factor, cost_slope=row.cost_slope * factor) for row in world.lanes
        ),
        demand=tuple(
            replace(row, price=times(row.price, factor), choke=times(row.choke, factor))
            for row in world.demand
        ),
        supply=tuple(
            replace(row, intercept=times(row.intercept, factor), slope=times(row.slope, factor))
            for row in world.supply
        ),
    )


def settled(world: World) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Amounts of plants and lanes, prices, and where a price is fixed and something moves."""
    cleared = clear_static(world)
    low, high = price_intervals(cleared)
    amounts = np.concatenate([cleared.amount("plant"), cleared.amount("lane")])
    return amounts, cleared.price(), (high <= low) & (cleared.volume() > 0)


@settings(max_examples=EXAMPLES, phases=FAST)
@given(chains(charged=True), st.sampled_from([1e-6, 1e-3, 10.0, 1e4]))
def test_mass_scales_flows_and_leaves_prices(world: World, factor: float) -> None:
    (flows, prices, sure), (scaled, same, still) = settled(world), settled(in_mass(world, factor))
    assert np.array_equal(sure, still)
    assert np.all(np.abs(scaled / factor - flows) <= SAME * flows.max(initial=1.0))
    assert np.all(np.abs(same - prices)[sure] <= SAME * np.abs(prices[sure]).max(initial=1.0))


@settings(max_examples=EXAMPLES, phases=FAST)
@given(chains(charged=True), st.sampled_from([1e-4, 0.01, 100.0, 1e5]))
def test_money_scales_prices_and_leaves_flows(world: World, factor: float) -> None:
    (flows, prices, sure), (same, scaled, still) = settled(world), settled(in_money(world, factor))
    assert np.array_equal(sure, still)
    assert np.all(np.abs(same - flows) <= SAME * flows.max(initial=1.0))
    assert np.all(np.abs(scaled / factor - prices)[sure] <= SAME * np.abs(prices[sure]).max(initial=1.0))
