"""The same month, written in linopy from the tables and solved by HiGHS's interior point."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from xenotime.api import load_world
from xenotime.market.clearing import Clearing, clear_static
from xenotime.market.intervals import price_intervals
from xenotime.world.cover_classes import pool_users
from xenotime.world.tables import Content, Demand, Facility, Lane, Limit, Material, RecipeFlow, Region
from xenotime.world.world import World

sys.path.insert(0, str(Path(__file__).parent))
from linopy_month import Month, Node, one_round, solve_month

MONTH = "2025-01"
ACCURACY = 1e-6  # what the project promises of every flow and every determined price
pytestmark = pytest.mark.filterwarnings("ignore:::linopy", "ignore:::xarray", "ignore:::pandas")


def small_world() -> World:
    """An ore, three oxides and an alloy in three regions: joint products, shared works, charges, limits."""
    bent = {"form": "isoelastic", "choke": 1e6}
    return World(
        regions=tuple(Region(region=name) for name in "ABC"),
        materials=(
            Material(material="ore", disposable=False),
            Material(material="light", disposal_cost=2.0),
            Material(material="middle", disposal_cost=3.0),
            Material(material="heavy", disposal_cost=5.0),
            Material(material="alloy", disposable=False),
        ),
        contents=(Content(material="ore", element="Nd", share=0.3),),
        recipes=(
            RecipeFlow(recipe="mine", material="ore", amount=1.0),
            RecipeFlow(recipe="separate", material="ore", amount=-1.0),
            RecipeFlow(recipe="separate", material="light", amount=0.5),
            RecipeFlow(recipe="separate", material="middle", amount=0.2),
            RecipeFlow(recipe="separate", material="heavy", amount=0.05),
            RecipeFlow(recipe="concentrate", material="ore", amount=-1.2),
            RecipeFlow(recipe="concentrate", material="heavy", amount=0.15),
            RecipeFlow(recipe="melt", material="middle", amount=-0.4),
            RecipeFlow(recipe="melt", material="heavy", amount=-0.1),
            RecipeFlow(recipe="melt", material="alloy", amount=1.0),
        ),
        facilities=(
            Facility(facility="pit", region="A", recipe="mine", capacity=400.0, cost=10.0, cost_slope=0.05),
            Facility(facility="hole", region="B", recipe="mine", capacity=90.0, cost=14.0, cost_slope=0.2),
            Facility(facility="old", region="B", recipe="mine", capacity=90.0, cost=1.0, status="closed"),
            Facility(facility="late", region="B", recipe="mine", capacity=90.0, cost=1.0, start="2026-01"),
            Facility(
                facility="works", region="A", recipe="separate", capacity=100.0, cost=8.0, cost_slope=0.02
            ),
            Facility(
                facility="works",
                region="A",
                recipe="concentrate",
                capacity=100.0,
                capacity_use=1.5,
                cost=6.0,
                cost_slope=0.03,
            ),
            Facility(
                facility="plant", region="B", recipe="separate", capacity=80.0, cost=12.0, cost_slope=0.1
            ),
            Facility(facility="furnace", region="C", recipe="melt", capacity=60.0, cost=20.0, cost_slope=0.3),
        ),
        demand=(
            Demand(material="light", region="B", form="linear", intercept=60.0, slope=0.4),
            Demand(material="light", region="C", price=30.0, quantity=50.0, elasticity=-0.5, **bent),  # type: ignore[arg-type]
            Demand(material="middle", region="B", price=90.0, quantity=20.0, elasticity=-0.4, **bent),  # type: ignore[arg-type]
            Demand(material="heavy", region="B", price=500.0, quantity=4.0, elasticity=-0.6, **bent),  # type: ignore[arg-type]
            Demand(material="alloy", region="C", price=400.0, quantity=30.0, elasticity=-0.7, **bent),  # type: ignore[arg-type]
            Demand(material="alloy", region="A", form="linear", intercept=700.0, slope=12.0),
        ),
        lanes=(
            Lane(material="ore", origin="A", destination="B", cost=3.0, cost_slope=0.01),
            Lane(material="ore", origin="B", destination="A", cost=3.0, cost_slope=0.01),
            Lane(material="light", origin="A", destination="B", cost=1.0, cost_slope=0.01, tariff=0.1),
            Lane(material="light", origin="A", destination="C", cost=2.0, cost_slope=0.01, limit=45.0),
            Lane(material="light", origin="B", destination="C", cost=1.5, cost_slope=0.01),
            Lane(
                material="middle",
                origin="A",
                destination="B",
                cost=1.0,
                cost_slope=0.02,
                export_tax=0.15,
                limit_group="gate",
            ),
            Lane(
                material="middle",
                origin="A",
                destination="C",
                cost=2.0,
                cost_slope=0.02,
                export_tax=0.15,
                tariff=0.05,
                limit_group="gate",
                weight=1.5,
            ),
            Lane(material="middle", origin="B", destination="C", cost=1.0, cost_slope=0.02),
            Lane(material="heavy", origin="A", destination="B", cost=4.0, cost_slope=0.1, export_tax=0.25),
            Lane(material="heavy", origin="A", destination="C", cost=5.0, cost_slope=0.1),
            Lane(material="alloy", origin="C", destination="A", cost=6.0, cost_slope=0.05, tariff=0.2),
        ),
        limits=(Limit(limit_group="gate", limit=15.0),),
    )


def compare(ours: Clearing, theirs: Month) -> int:
    """Assert equal flows, activities, uses, and determined prices; returns how many prices were compared."""
    network, price = ours.program.network, ours.price()
    volume = ours.volume()
    passing: dict[str, float] = {}
    for (material, _, _), amount in zip(network.nodes, volume, strict=True):
        passing[material] = passing.get(material, 0.0) + float(amount)
    flows = ours.amount("lane")
    for index, (kind, *lane) in enumerate(network.lanes.label):
        if kind == "lane":
            material, origin, destination = lane
            assert abs(theirs.flow[material, origin, destination] - flows[index]) <= ACCURACY * max(
                passing[material], 1.0
            ), lane
    activity = ours.amount("plant")
    top = float(np.max(activity))
    for plant, amount in zip(network.facilities, activity, strict=True):
        assert abs(theirs.activity.get((plant.facility, plant.recipe), 0.0) - amount) <= ACCURACY * top
    for row, amount in zip(network.demand, ours.consumption(), strict=True):
        assert theirs.use[row.material, row.region, row.sector] == pytest.approx(amount, rel=ACCURACY)
    low, high = price_intervals(ours)
    determined = high - low <= ACCURACY * np.maximum(np.abs(price), 1e-12)
    compared = 0
    for index in np.flatnonzero(determined):
        material, region, pool = network.nodes[index]
        if not pool:
            assert theirs.price[material, region] == pytest.approx(price[index], rel=ACCURACY), (
                material,
                region,
            )
            compared += 1
    return compared


def test_small_world_from_reference_prices() -> None:
    """Found with no help from us; the gate and the shared works both bind."""
    world = small_world()
    ours = clear_static(world, MONTH)
    theirs = solve_month(world, MONTH)
    assert theirs.ran_interior_point
    assert compare(ours, theirs) >= 10
    assert ours.joint_rent().min() > 0
    assert theirs.activity.get(("late", "mine"), 0.0) == 0.0


def test_a_changed_table_is_noticed() -> None:
    """The comparison can fail: with another tariff the two months differ."""
    world = small_world()
    other = world.with_tables(
        lanes=tuple(
            Lane(material="alloy", origin="C", destination="A", cost=6.0, cost_slope=0.05, tariff=0.21)
            if lane.material == "alloy"
            else lane
            for lane in world.lanes
        )
    )
    with pytest.raises(AssertionError):
        compare(clear_static(other, MONTH), solve_month(world, MONTH))


@pytest.mark.slow
def test_shipped_world_is_at_rest_in_linopy() -> None:
    """Our prices are an equilibrium of the tables: with curves and charges at them, linopy finds them again.

    The users' own nodes are left out there: in a month without stocks they are the market.
    """
    world = pool_users(load_world())
    ours = clear_static(world, MONTH)
    price: dict[Node, float] = {
        (material, region): float(value)
        for (material, region, pool), value in zip(ours.program.network.nodes, ours.price(), strict=True)
        if not pool
    }
    theirs = one_round(world, MONTH, price)
    assert theirs.ran_interior_point
    assert compare(ours, theirs) > 500
