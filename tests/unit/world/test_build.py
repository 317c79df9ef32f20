"""The shipped worlds: consistent, reproduced by the market, with small wedges, and the same each time."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest

from xenotime.facts.load import load_facts
from xenotime.market.clearing import clear_static
from xenotime.world.base import Base, build_base
from xenotime.world.base_year import base_year
from xenotime.world.build import build_world
from xenotime.world.checks import check_world
from xenotime.world.vintage import take_vintage
from xenotime.world.wedges import Wedge, small_wedge_share
from xenotime.world.world import World

RETROSPECT = ("2024-12", "2009-12")
DATES = (*RETROSPECT, "2010-06", "2025-03")  # the latter two from what was known by then


@lru_cache(maxsize=4)
def world_of(date: str) -> World:
    return build_world(date, known_by="" if date in RETROSPECT else date)


@lru_cache(maxsize=4)
def base_of(date: str) -> Base:
    facts = load_facts()
    if date in RETROSPECT:
        return build_base(facts, date)
    year = base_year(facts, date)
    return build_base(take_vintage(facts, year, date).facts, date, year)


@pytest.mark.parametrize("date", DATES)
def test_the_world_passes_every_check(date: str) -> None:
    assert check_world(world_of(date)) == ()


@pytest.mark.parametrize("date", DATES)
def test_flows_balance_at_every_node(date: str) -> None:
    base = base_of(date)
    values, matrix = base.flows.values, base.incidence.matrix
    throughput = np.maximum(abs(matrix) @ values, 1e-12)
    assert (values >= 0).all()
    assert np.max(np.abs(matrix @ values) / throughput) < 1e-9


@pytest.mark.parametrize("date", DATES)
def test_the_market_reproduces_the_base_year(date: str) -> None:
    base, world = base_of(date), world_of(date)
    cleared = clear_static(world, month=date)
    network = cleared.program.network
    load = dict(
        zip(((p.facility, p.recipe) for p in network.facilities), cleared.amount("plant"), strict=True)
    )
    for plant, value in zip(base.sketch.activities, base.flows.values, strict=False):
        scale = max(float(value), 0.01 * (plant.capacity or 1.0))
        assert abs(load[plant.facility, plant.recipe] - value) < 1e-5 * scale, plant.facility
    used = cleared.consumption()
    for row, amount in zip(network.demand, used, strict=True):
        assert amount == pytest.approx(row.quantity, rel=1e-6), (row.material, row.region)
    price = cleared.price()
    for row, node in zip(network.demand, network.demand_node, strict=True):
        assert price[node] == pytest.approx(row.price, rel=1e-6), (row.material, row.region)


@pytest.mark.parametrize("date", DATES)
def test_wedges_are_small_for_four_fifths_of_the_tonnes_and_no_cost_is_negative(date: str) -> None:
    world = world_of(date)
    wedges = world.built["wedges"]
    assert all(isinstance(item, Wedge) for item in wedges)
    assert small_wedge_share(wedges) >= 0.8
    assert min(plant.cost for plant in world.facilities) >= 0
    assert min(lane.cost for lane in world.lanes) >= 0
    assert min(item.calibrated_cost for item in wedges) >= 0


@pytest.mark.parametrize("date", DATES)
def test_observed_prices_are_met_within_their_ranges(date: str) -> None:
    checks = world_of(date).built["prices"]
    outside = [c for c in checks if not c.low * (1 - 1e-4) <= c.calibrated <= c.high * (1 + 1e-4)]
    assert len(checks) > 30
    assert outside == []


@pytest.mark.parametrize("date", DATES)
def test_disposal_only_where_it_costs_something(date: str) -> None:
    for material in world_of(date).materials:
        assert material.disposable == (material.disposal_cost > 0), material.material


def test_adjustments_come_largest_first_and_proxies_are_named() -> None:
    built = world_of("2024-12").built
    sizes = [abs(item.deviation) for item in built["adjustments"]]
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) > 200
    assert any(item["feed"] == "kachin_clay" for item in built["proxies"])
    assert built["missing"]


def test_both_years_come_from_the_same_code_with_their_own_plants() -> None:
    old, new = world_of("2009-12"), world_of("2024-12")
    assert {row.facility for row in old.facilities} != {row.facility for row in new.facilities}
    running = {row.facility for row in new.facilities if row.status == "operating" and row.start <= "2024-12"}
    assert {"lyc_gebeng", "mp_mine", "kachin_pangwa"} <= running
    assert not {"lyc_gebeng", "mp_mine", "kachin_pangwa"} & {
        row.facility for row in old.facilities if row.status == "operating" and row.start <= "2009-12"
    }


def test_same_facts_same_world() -> None:
    first, second = world_of("2024-12"), build_world("2024-12")
    assert first == second
    assert repr(first.facilities) == repr(second.facilities)
