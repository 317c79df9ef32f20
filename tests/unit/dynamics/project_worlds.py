"""A pit that runs and a pit that is planned, both selling ore in one place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from small_worlds import build_network
from xenotime.dynamics.fleet import Fleet, Projects, make_fleet
from xenotime.world.tables import (
    Content,
    Demand,
    Facility,
    Material,
    RecipeFlow,
    Region,
)
from xenotime.world.world import World

START = "2025-01"


def pits(**project: Any) -> World:
    """Ore is wanted at 100 - q; the old pit digs up to 40 at 10 + q, the new one 20 at 20."""
    facts: dict[str, Any] = {"project": "construction", "planned_start": "2025-07", "slip_months": 0.0}
    return World(
        name="pits",
        date="2024-12",
        regions=(Region(region="AUS"),),
        materials=(Material(material="ore", disposable=False),),
        contents=(Content(material="ore", element="Nd", share=0.5),),
        recipes=(RecipeFlow(recipe="dig", material="ore", amount=1.0),),
        facilities=(
            Facility(
                facility="old",
                region="AUS",
                recipe="dig",
                capacity=40.0,
                cost=10.0,
                cost_slope=1.0,
                kind="mine",
            ),
            Facility(
                facility="new",
                region="AUS",
                recipe="dig",
                capacity=20.0,
                cost=20.0,
                kind="mine",
                status="planned",
                **{**facts, **project},
            ),
        ),
        demand=(Demand(material="ore", region="AUS", form="linear", intercept=100.0, slope=1.0),),
    )


def fleet_of(world: World, start: str = START, **how: Any) -> Fleet:
    """The fleet at the start of a run."""
    return make_fleet(build_network(world, start), world.date, start, **how)


def standing(fleet: Fleet, **changes: float) -> Projects:
    """The first state of a fleet, with columns of the last facility replaced."""
    part = fleet.first
    for name, value in changes.items():
        column = getattr(part, name).copy()
        column[-1] = value
        part = replace(part, **{name: column})
    return part


def quickly(fleet: Fleet, *months: float) -> Fleet:
    """The fleet with durations of the last facility's phases replaced."""
    table = fleet.months.copy()
    table[-1] = months
    return replace(fleet, months=table)


def nobody(fleet: Fleet) -> np.ndarray:
    """No project finds money."""
    return np.zeros(len(fleet.plants), dtype=bool)


def all_of(fleet: Fleet) -> np.ndarray:
    """Every project finds money."""
    return np.ones(len(fleet.plants), dtype=bool)
