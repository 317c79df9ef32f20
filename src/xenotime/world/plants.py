"""Plants of the base year: every recipe they run, at what sourced cost and expected load."""

from __future__ import annotations

from typing import Any

from xenotime.world.assign import MAIN, choose_recipes, recipe_weights
from xenotime.world.chain import LIGHT_CUT, RETIRED, Chain
from xenotime.world.costs import Costs
from xenotime.world.numbers import of_year
from xenotime.world.parts import Activity
from xenotime.world.scene import Scene, counted_start, living_plants, project_columns, runs

MONTHS = 12.0


def build_activities(scene: Scene, chain: Chain) -> list[Activity]:
    """Every recipe of every living plant, then the steps that plants do not list."""
    capacities = of_year(scene.facts.rows("capacities"), scene.year, lambda row: row.facility)
    rows = [row for row in living_plants(scene) if row.facility in capacities]
    costs = Costs(scene.facts, scene.numbers, scene.year)
    chosen = choose_recipes(scene, chain, rows, capacities)
    found: list[Activity] = []
    for row in rows:
        recipes = chosen.get(row.facility, [])
        capacity = float(capacities[row.facility].capacity) / MONTHS
        working = runs(row, scene)
        if not recipes or (working and capacity <= 0):
            continue
        load = scene.numbers[f"utilisation_{row.stage}"] * capacity if working else 0.0
        weights = recipe_weights(scene, chain, recipes)
        for recipe in recipes:
            expected = load * weights[recipe]
            found.append(_activity(scene, chain, costs, row, recipe, capacity, expected, working))
    found += _unlisted(scene, chain, costs, found)
    return sorted(found, key=lambda a: (a.facility, a.recipe))


def _activity(
    scene: Scene,
    chain: Chain,
    costs: Costs,
    row: Any,
    recipe: str,
    capacity: float,
    expected: float,
    working: bool,
) -> Activity:
    spread = scene.numbers["spread_of_load"] * scene.numbers[f"utilisation_{row.stage}"] * capacity
    cost, source, grade = costs.of(chain.recipes[recipe], row.facility, row.region)
    status = "operating" if row.status in ("idle", "closed") and row.end else row.status
    more = {
        "status": "operating" if status == "construction" and row.planned_start else status,
        "start": counted_start(scene, row),
        "end": row.end,
        "name": row.name,
        "operator": row.operator,
        "lat": row.lat,
        "lon": row.lon,
        **({} if working else project_columns(row, scene.date)),
    }
    return Activity(
        facility=row.facility,
        region=row.region,
        recipe=recipe,
        stage=row.stage,
        flows=chain.recipes[recipe].flows,
        capacity=capacity,
        cost=cost,
        rise=scene.numbers[f"cost_rise_{row.stage}"],
        expected=expected,
        spread=spread,
        runs=working,
        at_quota=row.stage == "mine" and row.region in scene.capped,
        source=source,
        grade=grade,
        row=more,
    )


def _unlisted(scene: Scene, chain: Chain, costs: Costs, found: list[Activity]) -> list[Activity]:
    """Steps every region with the material takes: finishing, didymium splitting, scrap collection."""
    made: dict[str, dict[str, float]] = {}
    for activity in found:
        for material, amount in activity.flows:
            if amount > 0:
                here = made.setdefault(activity.region, {})
                here[material] = here.get(material, 0.0) + amount * activity.expected
    more: list[Activity] = []
    for region in sorted(made):
        for material in sorted(made[region]):
            share = made[region][material] / max(
                sum(here.get(material, 0.0) for here in made.values()), 1e-12
            )
            if chain.substances[material].stage == "separated_carbonate":
                element = material.removesuffix("_carbonate")
                if element in LIGHT_CUT or share >= scene.numbers["least_finisher_share"]:
                    more.append(_step(scene, chain, costs, "finishing", f"finish_{element}", region))
            if material == "NdPr_oxide" and region == MAIN:
                more.append(_step(scene, chain, costs, "splitting", "split_NdPr", region))
        collected = scene.numbers.get(f"eol_collected_{region}_{scene.year}", 0.0)
        if collected > 0 and any(
            a.recipe == f"recycle_eol_NdFeB_{RETIRED}" and a.region == region for a in found
        ):
            name = f"collect_eol_NdFeB_{RETIRED}"
            more.append(_step(scene, chain, costs, "collection", name, region, collected / MONTHS))
    return more


def _step(
    scene: Scene, chain: Chain, costs: Costs, stage: str, recipe: str, region: str, expected: float = 0.0
) -> Activity:
    cost, source, grade = costs.of(chain.recipes[recipe], "", region)
    spread = expected * scene.numbers["spread_of_load"] or scene.numbers[f"spread_of_{stage}"] / MONTHS
    return Activity(
        facility=f"{region.lower()}_{stage}",
        region=region,
        recipe=recipe,
        stage=stage,
        flows=chain.recipes[recipe].flows,
        capacity=None,
        cost=cost,
        rise=scene.numbers[f"cost_rise_{stage}"],
        expected=expected,
        spread=spread,
        source=source,
        grade=grade,
        row={"name": f"{stage} in {region}, not a single plant", "status": "operating"},
    )
