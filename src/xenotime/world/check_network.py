"""Checks across rows and tables: plants, recipes, joint limits, price floors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from xenotime.world.findings import Check, Finding
from xenotime.world.world import World

# What belongs to the plant and not to one of its recipes.
_OF_THE_PLANT = (
    "region",
    "capacity",
    "status",
    "start",
    "end",
    "kind",
    "project",
    "project_months",
    "planned_start",
    "slip_months",
    "capex",
)
ROUNDING = 1e-9  # relative; least activities may fill a capacity exactly


def _facility_disagrees(world: World) -> Iterator[Finding]:
    first: dict[str, Any] = {}
    for index, row in enumerate(world.facilities):
        before = first.setdefault(row.facility, row)
        for column in _OF_THE_PLANT:
            here, there = getattr(row, column), getattr(before, column)
            if here != there:
                yield Finding(
                    "facilities",
                    index,
                    column,
                    _shown(here),
                    f"{_shown(there)}, as in the first row of '{row.facility}'",
                )


def _shown(value: object) -> str:
    return "a blank cell" if value in (None, "") else str(value)


def _min_load_above_capacity(world: World) -> Iterator[Finding]:
    load: dict[str, float] = defaultdict(float)
    last: dict[str, int] = {}
    for index, row in enumerate(world.facilities):
        load[row.facility] += row.min_load * row.capacity_use
        last[row.facility] = index
    for facility, index in last.items():
        capacity = world.facilities[index].capacity
        if capacity is not None and load[facility] > capacity * (1 + ROUNDING):
            found = f"least activities of '{facility}' that take {load[facility]:g} of capacity"
            yield Finding("facilities", index, "min_load", found, f"at most its capacity {capacity:g}")


def _floor_incomplete(world: World) -> Iterator[Finding]:
    makes = {(row.recipe, row.material) for row in world.recipes if row.amount > 0}
    for index, row in enumerate(world.facilities):
        if row.floor_price is not None and not row.floor_material:
            yield Finding(
                "facilities", index, "floor_material", "a blank cell", "the product with the floor price"
            )
        if row.floor_material and row.floor_price is None:
            yield Finding(
                "facilities", index, "floor_price", "a blank cell", f"a price for {row.floor_material}"
            )
        if row.floor_material and (row.recipe, row.floor_material) not in makes:
            expected = f"a product of recipe '{row.recipe}'"
            yield Finding("facilities", index, "floor_material", f"'{row.floor_material}'", expected)


def _project_incomplete(world: World) -> Iterator[Finding]:
    for index, row in enumerate(world.facilities):
        if row.project and row.kind in ("", "collection"):
            yield Finding("facilities", index, "kind", _shown(row.kind), "the kind of plant the project is")
        if row.project and row.capacity is None:
            yield Finding("facilities", index, "capacity", "a blank cell", "the capacity it will have")
        for column in ("planned_start", "project_months", "slip_months"):
            if not row.project and getattr(row, column) not in ("", None):
                found = f"'{getattr(row, column)}' without a project"
                yield Finding("facilities", index, "project", found, "the stage the project has reached")


def _unused_limit(world: World) -> Iterator[Finding]:
    named = {row.limit_group for row in world.lanes}
    for index, row in enumerate(world.limits):
        if row.limit_group not in named:
            yield Finding("limits", index, "limit_group", f"'{row.limit_group}'", "a group some lane names")


def _recipe_without_output(world: World) -> Iterator[Finding]:
    making = {row.recipe for row in world.recipes if row.amount > 0}
    first: dict[str, int] = {}
    for index, row in enumerate(world.recipes):
        first.setdefault(row.recipe, index)
    for recipe, index in first.items():
        if recipe not in making:
            found = f"recipe '{recipe}' without a positive amount"
            yield Finding("recipes", index, "amount", found, "at least one output, with a positive amount")


NETWORK_CHECKS: tuple[Check, ...] = (
    Check(
        "facility-disagrees",
        ("facilities",),
        "write the same in all rows of the facility: its recipes share one place, capacity and time",
        _facility_disagrees,
    ),
    Check(
        "min-load-above-capacity",
        ("facilities",),
        "lower the least activities or raise the capacity",
        _min_load_above_capacity,
    ),
    Check(
        "floor-incomplete",
        ("facilities", "recipes"),
        "give material and price of the floor together, for something the recipe makes",
        _floor_incomplete,
    ),
    Check(
        "project-incomplete",
        ("facilities",),
        "give stage, kind and capacity together, or leave the columns of projects blank",
        _project_incomplete,
    ),
    Check("unused-limit", ("limits", "lanes"), "name the group in lanes.csv or take it away", _unused_limit),
    Check(
        "recipe-without-output",
        ("recipes",),
        "add the output; outputs are positive, inputs negative",
        _recipe_without_output,
    ),
)
