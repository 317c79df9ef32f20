"""What a stock is worth where nothing moves: the best bid, by hand, over lanes and through a plant."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from small_worlds import EXACT, build_network, clear_static, joint, trade
from xenotime.dynamics.bids import bid_prices
from xenotime.market.clearing import Clearing
from xenotime.market.terms import open_terms
from xenotime.world.world import World


def stopped(world: World, **changed: object) -> Clearing:
    network = build_network(world)
    return clear_static(network, terms=replace(open_terms(network), **changed))  # type: ignore[arg-type]


def test_where_goods_move_the_bid_is_the_price() -> None:
    base = clear_static(trade())
    assert bid_prices(base, base) == pytest.approx(base.price(), rel=EXACT)


def test_at_an_idle_place_the_keenest_user_bids() -> None:
    """Nothing comes to B any more, where the first unit is worth 100."""
    world = trade().with_tables(supply=trade().supply[:1])
    settled = stopped(world, lane_high=np.zeros(1))
    assert bid_prices(settled, clear_static(world)) == pytest.approx([30.0, 100.0], rel=EXACT)


def test_a_bid_comes_back_over_an_open_lane_less_the_way_and_charges() -> None:
    """Nothing is made at all: A is bid what B pays, (p (1 + te) + 5) (1 + tm) = 100."""
    world = trade(tariff=0.25, export_tax=0.5)
    poor = world.with_tables(
        supply=(replace(world.supply[0], capacity=0.0),),
        demand=(replace(world.demand[0], intercept=20.0), world.demand[1]),
    )
    bids = bid_prices(clear_static(poor), clear_static(world))
    assert bids == pytest.approx([(100 / 1.25 - 5) / 1.5, 100.0], rel=EXACT)


def test_a_plant_bids_for_its_input_what_its_products_fetch() -> None:
    """The pit stands still: ore is bid .3 of light and .1 of heavy oxide less the cost of separation."""
    world = joint()
    settled = stopped(world, plant_high=np.array([0.0, 400.0]))
    bids = bid_prices(settled, clear_static(world))
    place = settled.program.network.place
    assert bids[place["light", "B", ""]] == pytest.approx(50.0, rel=EXACT)
    assert bids[place["heavy", "A", ""]] == pytest.approx(199.0, rel=EXACT)
    assert bids[place["ore", "A", ""]] == pytest.approx(0.3 * 49 + 0.1 * 199 - 1, rel=EXACT)


def test_nothing_is_bid_less_than_nothing() -> None:
    world = joint()
    settled = stopped(world.with_tables(demand=()), plant_high=np.zeros(2))
    assert bid_prices(settled, clear_static(world)).tolist() == [0.0] * 5
