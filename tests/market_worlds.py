"""Invented worlds of the benchmarks in a size for tests, and worlds drawn by hypothesis."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import scipy.sparse as sp
from hypothesis import Phase
from hypothesis import strategies as st

from xenotime.market.engines import QP
from xenotime.world.tables import Demand, Facility, Lane, Material, RecipeFlow, Region, Stock, Supply
from xenotime.world.world import World

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "synthetic.py"
# A failing world is shown as it was drawn: to make it smaller would take minutes of clearings.
FAST = (Phase.explicit, Phase.generate)
SMALL = 6  # regions kept of twenty: some thirty plants and a hundred lanes, solved in a tenth of a second


@cache
def script() -> ModuleType:
    """The benchmark script as a module."""
    spec = importlib.util.spec_from_file_location("synthetic", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@cache
def synthetic(seed: int, regions: int = SMALL) -> World:
    """The part of an invented world that lies in its first regions."""
    whole: World = script().synthetic_world(seed)
    kept = {row.region for row in whole.regions[:regions]}
    return whole.with_tables(
        regions=tuple(row for row in whole.regions if row.region in kept),
        facilities=tuple(row for row in whole.facilities if row.region in kept),
        lanes=tuple(row for row in whole.lanes if {row.origin, row.destination} <= kept),
        demand=tuple(row for row in whole.demand if row.region in kept),
        stocks=tuple(row for row in whole.stocks if row.region in kept),
    )


amounts = st.integers(2, 60).map(float)
costs = st.integers(1, 40).map(float)


@st.composite
def chains(draw: Any, charged: bool = False) -> World:
    """Ore of one or two mines, separated into two or three oxides at once, shipped between three regions."""
    regions = ("A", "B", "C")
    oxides = draw(st.sampled_from([("light", "heavy"), ("light", "middle", "heavy")]))
    shares = {name: draw(st.integers(1, 30)) / 100 for name in oxides}
    recipes = [RecipeFlow(recipe="mine", material="ore", amount=1.0)]
    recipes += [RecipeFlow(recipe="separate", material="ore", amount=-1.0)]
    recipes += [RecipeFlow(recipe="separate", material=name, amount=share) for name, share in shares.items()]
    recipes += [
        RecipeFlow(recipe="reduce", material="heavy", amount=-1.2),
        RecipeFlow(recipe="reduce", material="metal", amount=1.0),
    ]
    plants = []
    for kind, places in (("mine", "AB"), ("separate", "AC"), ("reduce", "BC")):
        for place in places:
            if place == places[0] or draw(st.booleans()):
                size = draw(amounts) * (5 if kind != "reduce" else 1)
                cost = draw(costs)
                plants.append(
                    Facility(
                        facility=f"{kind} {place}",
                        region=place,
                        recipe=kind,
                        capacity=size,
                        cost=cost,
                        cost_slope=cost / size,
                    )
                )
    materials = ("ore", *oxides, "metal")
    lanes = [
        Lane(
            material=material,
            origin=origin,
            destination=destination,
            cost=draw(costs) / 4,
            cost_slope=0.01 * draw(costs),
            lag_months=draw(st.sampled_from([0.25, 0.75, 1.5])),
            tariff=draw(st.sampled_from([0.0, 0.05, 0.25])) if charged else 0.0,
            export_tax=draw(st.sampled_from([0.0, 0.15])) if charged else 0.0,
            limit=draw(st.sampled_from([None, None, 3.0, 20.0])),
        )
        for material in materials
        for origin in regions
        for destination in regions
        if origin != destination and draw(st.booleans())
    ]
    uses = [
        Demand(
            material=material,
            region=region,
            form="isoelastic",
            price=100.0 * draw(amounts),
            quantity=draw(amounts) / 4,
            elasticity=-draw(st.integers(5, 90)) / 100,
            choke=100_000.0,
        )
        for material in (*oxides, "metal")
        for region in regions
        if draw(st.booleans())
    ]
    return World(
        regions=tuple(Region(region=name) for name in regions),
        materials=tuple(Material(material=name, disposal_cost=3.0) for name in materials),
        recipes=tuple(recipes),
        facilities=tuple(plants),
        lanes=tuple(lanes),
        demand=tuple(uses),
        supply=(Supply(material="ore", region="C", form="linear", intercept=draw(costs), slope=0.5),),
        stocks=tuple(
            Stock(material=material, region="B", cover_days=30.0, holding_cost=1.0) for material in oxides
        ),
    )


def duel(limit: float = 2.2) -> QP:
    """Least (x - 3)^2 + (y - 2)^2 with x + y = 4, x <= limit."""
    return QP(
        np.array([2.0, 2.0]),
        np.array([-6.0, -4.0]),
        sp.csc_matrix([[1.0, 1.0]]),
        np.array([4.0]),
        sp.csc_matrix([[1.0, 0.0]]),
        np.array([limit]),
        np.zeros(2),
        np.full(2, 10.0),
    )
