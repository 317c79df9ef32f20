"""Where nothing moves, goods cost what bringing them costs and fetch what sending them leaves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from small_worlds import build_network, trade
from xenotime.dynamics.quotes import quotes_now, quotes_of
from xenotime.market.clearing import clear_static
from xenotime.market.terms import open_terms
from xenotime.world.tables import Facility, Lane, Material, RecipeFlow, Region

PRICE = np.array([10.0, 99.0])  # in A, and in B


def test_a_buyer_where_nothing_moves_pays_the_landed_price() -> None:
    network = build_network(trade(cost=5.0, export_tax=0.2, tariff=0.1))
    terms = open_terms(network)
    quotes = quotes_of(network, terms, PRICE, np.array([True, False]))
    assert quotes.buy.tolist() == pytest.approx([10.0, (10 * 1.2 + 5) * 1.1])
    assert quotes.sell.tolist() == [10.0, 99.0]


def test_a_seller_where_nothing_moves_gets_the_price_less_the_way() -> None:
    network = build_network(trade(cost=5.0, export_tax=0.2, tariff=0.1))
    quotes = quotes_of(network, open_terms(network), PRICE, np.array([False, True]))
    assert quotes.sell.tolist() == pytest.approx([(99 / 1.1 - 5) / 1.2, 99.0])


def test_closed_lanes_say_nothing() -> None:
    network = build_network(trade(cost=5.0))
    terms = open_terms(network)
    closed = replace(terms, lane_high=np.zeros(len(terms.lane_high)))
    assert quotes_of(network, closed, PRICE, np.array([True, False])).buy.tolist() == [10.0, 99.0]


def test_a_plant_that_needs_no_input_asks_its_cost() -> None:
    world = trade()
    world = world.with_tables(
        regions=(*world.regions, Region(region="C")),
        materials=(*world.materials, Material(material="old", disposable=False)),
        recipes=(
            RecipeFlow(recipe="gather", material="old", amount=1.0),
            RecipeFlow(recipe="melt", material="old", amount=-2.0),
            RecipeFlow(recipe="melt", material="ore", amount=1.0),
        ),
        facilities=(
            Facility(facility="yard", region="C", recipe="gather", cost=7.0, capacity=9.0),
            Facility(facility="oven", region="C", recipe="melt", cost=1e6, capacity=9.0),
        ),
        lanes=(*world.lanes, Lane(material="ore", origin="C", destination="A", cost=1.0)),
    )
    cleared = clear_static(world)
    quotes, place = quotes_now(cleared), cleared.program.network.place
    assert quotes.buy[place["old", "C", ""]] == pytest.approx(7.0)
    # ore of the oven would go to A
    at_a = cleared.price()[place["ore", "A", ""]]
    assert quotes.sell[place["ore", "C", ""]] == pytest.approx(at_a - 1.0)
    assert quotes.sell[place["ore", "A", ""]] == quotes.buy[place["ore", "A", ""]] == at_a
