"""(M1)-(M4) balances, limits and charges against hand arithmetic on worlds of two regions."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from small_worlds import (
    EXACT,
    build_network,
    clear_static,
    flow,
    joint,
    look_ahead,
    no_value,
    price,
    rents,
    stored,
    trade,
)
from xenotime.market.horizon import single_path
from xenotime.market.terms import open_terms
from xenotime.world.tables import Demand, Facility, Lane, Limit, RecipeFlow, Region
from xenotime.world.world import World


def test_m1_two_places_that_trade() -> None:
    """p + 5 = p', 1.5 p - 45 leaves A, 140 - 2 p' comes to B: p = 50, flow 30."""
    cleared = clear_static(trade())
    assert price(cleared, "ore", "A") == pytest.approx(50.0, rel=EXACT)
    assert price(cleared, "ore", "B") == pytest.approx(55.0, rel=EXACT)
    assert flow(cleared, "ore", "A", "B") == pytest.approx(30.0, rel=EXACT)
    assert cleared.supplied() == pytest.approx([40.0, 15.0], rel=EXACT)
    assert cleared.consumption() == pytest.approx([10.0, 45.0], rel=EXACT)
    # areas: 10 (70+50)/2 + 45 (100+55)/2 - 40 (10+50)/2 - 15 (40+55)/2 - 30 x 5
    assert cleared.objective == pytest.approx(600 + 3487.5 - 1200 - 712.5 - 150, rel=EXACT)


def test_m1_joint_production_shares_one_activity() -> None:
    """x = L/.3 = H/.1 and  .3 (50 - .3x - 1) + .1 (200 - x - 1) = 5 + .03 x:  .22 x = 29.6."""
    x = 29.6 / 0.22
    cleared = clear_static(joint())
    assert cleared.amount("plant") == pytest.approx([x, x], rel=EXACT)
    assert price(cleared, "light", "A") == pytest.approx(49 - 0.3 * x, rel=EXACT)
    assert price(cleared, "heavy", "A") == pytest.approx(199 - x, rel=EXACT)
    assert price(cleared, "ore", "A") == pytest.approx(4 + 0.02 * x, rel=EXACT)


def test_m1_a_joint_chain_without_capacities_clears_too() -> None:
    free, bounded = clear_static(joint(capacity=None)), clear_static(joint())
    assert free.price() == pytest.approx(bounded.price(), rel=EXACT)


def test_m1_a_month_and_a_half_to_sail_is_split_between_periods() -> None:
    """Lag 1.5, periods of 1, 1, 2 months: what leaves first lands half in the second, half in the third."""
    network = build_network(trade(lag_months=1.5))
    horizon = single_path((1, 1, 2))
    storage = no_value(0, horizon.leaves(), 2, sea_value={2: np.array([0.0, 30.0])})
    cleared = look_ahead(network, horizon, storage, np.zeros(0), discount=0.9)
    prices = [(price(cleared, "ore", "A", period=o), price(cleared, "ore", "B", period=o)) for o in range(3)]
    # p_A0 + 5 = beta (p_B1 + beta p_B2) / 2: the third period begins two months on
    assert prices[0][0] + 5 == pytest.approx(0.45 * prices[1][1] + 0.405 * prices[2][1], rel=EXACT)
    # what leaves in the second lands from 2.5 to 3.5, all in the third
    assert prices[1][0] + 5 == pytest.approx(0.9 * prices[2][1], rel=EXACT)
    # the third leaves over [2, 4) and lands over [3.5, 5.5): a quarter in it, the rest at sea at the end,
    # which is worth nothing like enough, so nothing leaves and A is alone
    assert 0.25 * prices[2][1] + 0.75 * 0.9**2 * 30 < 30 + 5
    assert prices[2][0] == pytest.approx(30.0, rel=EXACT)
    landed = [0.5 * flow(cleared, "ore", "A", "B", 0) / length for length in (1, 2)]
    landed[1] += flow(cleared, "ore", "A", "B", 1) / 2
    for period, arriving in zip((1, 2), landed, strict=True):
        assert 140 - 2 * prices[period][1] == pytest.approx(arriving, rel=EXACT)


def test_m1_goods_at_sea_arrive_when_they_are_due() -> None:
    network = build_network(trade(lag_months=1.0, limit=0.0))
    horizon = single_path((1, 2))
    arriving = np.zeros((2, 3))
    arriving[1] = (10.0, 4.0, 8.0)  # to B: ten now, twelve over the two months after
    cleared = look_ahead(network, horizon, no_value(0, (1,), 2), np.zeros(0), arriving=arriving)
    assert price(cleared, "ore", "B", period=0) == pytest.approx((140 - 10) / 2, rel=EXACT)
    assert price(cleared, "ore", "B", period=1) == pytest.approx((140 - 6) / 2, rel=EXACT)


def shared_plant() -> World:
    """One plant that makes red (takes 1 of capacity) or blue (takes 2), 25 in all."""
    return World(
        regions=(Region(region="A"),),
        recipes=(
            RecipeFlow(recipe="red", material="red", amount=1.0),
            RecipeFlow(recipe="blue", material="blue", amount=1.0),
        ),
        facilities=(
            Facility(facility="works", region="A", recipe="red", capacity=25.0, cost=1.0),
            Facility(facility="works", region="A", recipe="blue", capacity=25.0, cost=2.0, capacity_use=2.0),
        ),
        demand=(
            Demand(material="red", region="A", form="linear", intercept=40.0, slope=1.0),
            Demand(material="blue", region="A", form="linear", intercept=60.0, slope=2.0),
        ),
    )


def test_m2_recipes_of_one_plant_share_its_capacity() -> None:
    """x = 39 - r, y = 29 - r, x + 2 y = 25: r = 24."""
    cleared = clear_static(shared_plant())
    assert cleared.amount("plant") == pytest.approx([15.0, 5.0], rel=EXACT)
    assert price(cleared, "red", "A") == pytest.approx(25.0, rel=EXACT)
    assert price(cleared, "blue", "A") == pytest.approx(50.0, rel=EXACT)
    assert rents(cleared, "capacity") == [("works", pytest.approx(24.0, rel=EXACT), "A")]


def test_m2_a_plant_of_one_recipe_has_its_rent_too() -> None:
    world = shared_plant()
    cleared = clear_static(world.with_tables(facilities=world.facilities[:1]))
    assert rents(cleared, "capacity") == [("works", pytest.approx(40 - 25 - 1, rel=EXACT), "A")]


def test_m2_a_least_load_has_a_named_loss() -> None:
    world = shared_plant()
    loaded = replace(world.facilities[0], min_load=45.0, capacity=60.0)
    (row,) = clear_static(world.with_tables(facilities=(loaded,), demand=world.demand[:1])).table("rents")[
        -1:
    ]
    assert (row["kind"], row["name"]) == ("minimum_load", "works")
    assert row["value"] == pytest.approx(-1.0, rel=EXACT)  # given away: no price, a cost of one


def test_m3_a_limit_of_a_lane_has_its_rent() -> None:
    """Ten leave: 1.5 p - 45 = 10 and 140 - 2 p' = 10."""
    cleared = clear_static(trade(limit=10.0))
    assert price(cleared, "ore", "A") == pytest.approx(110 / 3, rel=EXACT)
    assert price(cleared, "ore", "B") == pytest.approx(65.0, rel=EXACT)
    assert rents(cleared, "lane_limit") == [("ore/A/B", pytest.approx(65 - 110 / 3 - 5, rel=EXACT), "A")]


def test_m3_lanes_that_share_a_port_share_its_rent_by_weight() -> None:
    """5.5 p + 6 r = 305 and 6 p + 10 r = 360: r = 150/19, p = 60 - 5 r / 3."""
    world = trade(limit_group="port")  # type: ignore[arg-type]
    lane = world.lanes[0]
    world = world.with_tables(
        regions=(*world.regions, Region(region="C")),
        supply=(*world.supply, replace(world.supply[1], region="C")),
        demand=(*world.demand, replace(world.demand[1], region="C")),
        lanes=(lane, replace(lane, destination="C", weight=2.0)),
        limits=(Limit(limit_group="port", limit=30.0),),
    )
    cleared = clear_static(world)
    rent = 150 / 19
    a = 60 - 5 * rent / 3
    assert cleared.price() == pytest.approx([a, a + 5 + rent, a + 5 + 2 * rent], rel=EXACT)
    assert flow(cleared, "ore", "A", "B") + 2 * flow(cleared, "ore", "A", "C") == pytest.approx(30, rel=EXACT)
    assert rents(cleared, "limit_group") == [("port", pytest.approx(rent, rel=EXACT), "")]


def test_charges_stack_as_customs_reckon_them() -> None:
    """landed = (p (1 + te) + freight) (1 + tm), so 1.5 p - 45 = 140 - 2 (1.32 p + 5.5)."""
    cleared = clear_static(trade(export_tax=0.2, tariff=0.1))
    p = 174 / 4.14
    assert price(cleared, "ore", "A") == pytest.approx(p, rel=EXACT)
    assert price(cleared, "ore", "B") == pytest.approx((1.2 * p + 5) * 1.1, rel=EXACT)


def test_a_duty_is_also_on_rising_freight() -> None:
    """p' = 1.32 p + 5.5 + 1.1 f: 7.44 p = 273."""
    cleared = clear_static(trade(cost_slope=1.0, export_tax=0.2, tariff=0.1))
    p = 273 / 7.44
    f = 1.5 * p - 45
    assert price(cleared, "ore", "A") == pytest.approx(p, rel=EXACT)
    assert flow(cleared, "ore", "A", "B") == pytest.approx(f, rel=EXACT)
    assert price(cleared, "ore", "B") == pytest.approx((1.2 * p + 5 + f) * 1.1, rel=EXACT)
    areas = [
        value @ np.array(ends)
        for value, ends in (
            (cleared.consumption(), [(70 + p) / 2, (100 + cleared.price()[1]) / 2]),
            (-cleared.supplied(), [(10 + p) / 2, (40 + cleared.price()[1]) / 2]),
        )
    ]
    assert cleared.objective == pytest.approx(sum(areas) - f * (5 + f / 2), rel=EXACT), (
        "charges are transfers"
    )


def test_charges_hold_in_every_node_of_the_look_ahead() -> None:
    network = build_network(trade(lag_months=1.0))
    open_ = open_terms(network)
    taxed = replace(open_, export_tax=np.array([0.25]), tariff=np.array([0.1]))
    horizon = single_path((1, 1, 1))
    cleared = look_ahead(
        network,
        horizon,
        no_value(0, (2,), 2, sea_value={2: np.array([0.0, 60.0])}),
        np.zeros(0),
        discount=0.9,
        terms=(open_, taxed, taxed),
    )
    a = [price(cleared, "ore", "A", period=o) for o in range(3)]
    b = [price(cleared, "ore", "B", period=o) for o in range(3)]
    assert a[0] + 5 == pytest.approx(0.9 * b[1], rel=EXACT)
    assert (1.25 * a[1] + 5) * 1.1 == pytest.approx(0.9 * b[2], rel=EXACT)
    assert (1.25 * a[2] + 5) * 1.1 == pytest.approx(0.9 * 60, rel=EXACT)
    assert min(flow(cleared, "ore", "A", "B", period) for period in range(3)) > 0


def test_charges_hold_where_a_stock_ties_the_periods_together() -> None:
    network = build_network(stored())
    horizon = single_path((1, 1))
    taxed = replace(open_terms(network), export_tax=np.array([0.5]), tariff=np.array([0.3]))
    storage = no_value(2, (1,), 2, sea_value={1: np.array([0.0, 80.0])}, holding=np.full(2, 0.5))
    cleared = look_ahead(network, horizon, storage, np.array([30.0, 20.0]), 0.95, terms=(taxed, taxed))
    a = [price(cleared, "ore", "A", period=o) for o in range(2)]
    b = [price(cleared, "ore", "B", period=o) for o in range(2)]
    for period, landed in ((0, 0.95 * b[1]), (1, 0.95 * 80)):
        moved = flow(cleared, "ore", "A", "B", period)
        due = (1.5 * a[period] + 5) * 1.3
        assert due == pytest.approx(landed, rel=EXACT) if moved > 0 else due > landed
    for index, here in enumerate((a, b)):
        kept = cleared.stock(0)[index]
        worth = 0.95 * here[1] - 0.5
        assert here[0] == pytest.approx(worth, rel=EXACT) if kept > 0 else here[0] > worth
    assert cleared.stock(0).max() > 0


def test_a_second_lane_is_a_parallel_way() -> None:
    world = trade(limit=10.0)
    through = (
        Lane(material="ore", origin="A", destination="C", cost=4.0),
        Lane(material="ore", origin="C", destination="B", cost=6.0, limit=5.0),
    )
    cleared = clear_static(
        world.with_tables(regions=(*world.regions, Region(region="C")), lanes=(*world.lanes, *through))
    )
    assert flow(cleared, "ore", "A", "C") == pytest.approx(5.0, rel=EXACT)
    assert price(cleared, "ore", "B") == pytest.approx((140 - 15) / 2, rel=EXACT)
    assert price(cleared, "ore", "C") == pytest.approx(60 / 1.5 + 4, rel=EXACT)
