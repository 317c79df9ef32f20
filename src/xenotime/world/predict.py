"""Production of other years from a base year's frozen costs, scored against no change.

Only inputs go in: which plants ran, their capacities, quotas, and how large demand was.  Costs, wedges,
prices of reference and elasticities stay those of the base year.  The market sits above this folder, so
the caller hands in how a world is cleared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from xenotime.months import month_number
from xenotime.world.numbers import FactTables, of_year
from xenotime.world.tables import Demand, Facility
from xenotime.world.world import World

Loads = Mapping[tuple[str, str], float]
MONTHS = 12.0
MIDYEAR = "-07"
DIDYMIUM = ("NdPr_oxide", "Nd_oxide", "Pr_oxide")
SCORED = {
    ("separation", "NdPr_oxide"): (("separate_", "recycle_"), DIDYMIUM),
    ("metal", "NdPr_metal"): (("reduce_",), ("NdPr_metal",)),
    ("magnet_ndfeb", "NdFeB"): (("make_",), ("NdFeB_",)),
}
QUOTA_OF_ROUTE = {"concentrate": "mining_light", "carbonate": "mining_ion"}


@dataclass(frozen=True, slots=True)
class Prediction:
    """One figure: observed, predicted, and what no change since the base year would say (t/year)."""

    year: int
    stage: str
    region: str
    observed: float
    predicted: float
    rival: float


@dataclass(frozen=True, slots=True)
class Score:
    """Mean absolute error of one stage and year beside its rival's; skill is one less their ratio."""

    year: int
    stage: str
    figures: int
    error: float
    rival_error: float
    skill: float


def predict_production(
    world: World, facts: FactTables, years: Sequence[int], clear: Callable[[World], Loads]
) -> tuple[Prediction, ...]:
    """Predicted production by stage and country for `years`.

    The model gives the change since the base year, applied to the figure of the base year; the rival is that
    figure.  Demand grows by yearly rates that rest on magnet output, so magnets test less than mines do.

    clear : activity per month by plant and recipe of a world in its month
    """
    unchanged = clear(world)
    before = _observed(facts, int(world.date[:4]))
    found = []
    for year in years:
        moved = world_in_year(world, facts, year)
        loads = clear(moved)
        for (stage, region), observed in _observed(facts, year).items():
            rival, modelled = before.get((stage, region), 0.0), _made(world, unchanged, stage, region)
            predicted = _made(moved, loads, stage, region)
            if rival > 0 and modelled > 0:
                predicted *= rival / modelled
            if observed > 0 or rival > 0:
                found.append(Prediction(year, stage, region, observed, predicted, rival))
    return tuple(found)


def score_predictions(predictions: Sequence[Prediction]) -> tuple[Score, ...]:
    """Scores per year and stage, in the order of the chain."""
    groups: dict[tuple[int, str], list[Prediction]] = {}
    for item in predictions:
        groups.setdefault((item.year, item.stage), []).append(item)
    found = []
    for (year, stage), items in groups.items():
        error = sum(abs(item.predicted - item.observed) for item in items) / len(items)
        rival = sum(abs(item.rival - item.observed) for item in items) / len(items)
        found.append(Score(year, stage, len(items), error, rival, 1 - error / rival if rival > 0 else 0.0))
    return tuple(found)


def world_in_year(world: World, facts: FactTables, year: int) -> World:
    """The base world with the plants, capacities, quotas and demand of `year`, its costs untouched."""
    base_year = int(world.date[:4])
    was = of_year(facts.rows("capacities"), base_year, lambda row: row.facility)
    then = {row.facility: row for row in facts.rows("capacities") if int(row.year) == year}
    quota = _quota_change(facts, base_year, year)
    growth = _demand_change(facts, base_year, year)
    plants = tuple(_moved(plant, was, then, quota, f"{year}{MIDYEAR}") for plant in world.facilities)
    demand = tuple(_scaled(row, growth) for row in world.demand)
    return replace(
        world, name=f"{world.name} as of {year}", date=f"{year}{MIDYEAR}", facilities=plants, demand=demand
    )


def _moved(
    plant: Facility,
    was: Mapping[str, Any],
    then: Mapping[str, Any],
    quota: Mapping[tuple[str, str], float],
    month: str,
) -> Facility:
    """Capacity in proportion to the facts of the year; plants not yet begun stay shut."""
    if plant.capacity is None:
        return replace(plant, start="", end="")
    begun = not plant.start or month_number(plant.start) <= month_number(month)
    change = quota.get((plant.region, plant.recipe))
    if change is None:
        before, after = was.get(plant.facility), then.get(plant.facility)
        change = 1.0
        if before is not None and after is not None and float(before.capacity) > 0:
            change = float(after.capacity) / float(before.capacity)
        elif after is None and not begun:
            change = 0.0
    return replace(plant, capacity=plant.capacity * change if begun else 0.0, start="", end="")


def _quota_change(facts: FactTables, base_year: int, year: int) -> dict[tuple[str, str], float]:
    """Change of the quota each mine falls under, by region and recipe."""
    quotas = {(row.region, row.kind, int(row.year)): float(row.quota) for row in facts.rows("quotas")}
    found = {}
    for feed in facts.rows("feeds"):
        kind = QUOTA_OF_ROUTE.get(feed.route, "")
        before, after = (quotas.get((feed.region, kind, at)) for at in (base_year, year))
        if before and after:
            found[feed.region, f"mine_{feed.feed}"] = after / before
    return found


def _demand_change(facts: FactTables, base_year: int, year: int) -> dict[str, float]:
    """Size of demand in `year` over the base year, for magnets and for the rest, from yearly growth rates."""
    rows = facts.rows("growth")
    steps = range(min(year, base_year), max(year, base_year))
    found = {}
    for group in ("all_magnets", "all_oxides"):
        size = 1.0
        for at in steps:
            size *= 1 + _rate(rows, group, at)
        found[group] = 1 / size if year < base_year else size
    return found


def _rate(rows: Sequence[Any], group: str, at: int) -> float:
    """Growth from year `at` to the next: the shortest span that holds it, else the nearest span."""

    def span(row: Any) -> tuple[int, int]:
        began = getattr(row, "from_", None) or getattr(row, "from", None)
        return int(began or 0), int(row.to)

    known = [(span(row), float(row.cagr)) for row in rows if row.sector == group]
    within = [(end - begin, rate) for (begin, end), rate in known if begin <= at < end]
    if within:
        return min(within)[1]
    return min((min(abs(begin - at), abs(end - at)), rate) for (begin, end), rate in known)[1]


def _scaled(row: Demand, growth: Mapping[str, float]) -> Demand:
    group = "all_magnets" if row.material.startswith(("NdFeB_", "SmCo")) else "all_oxides"
    return replace(row, quantity=(row.quantity or 0.0) * growth[group])


def _observed(facts: FactTables, year: int) -> dict[tuple[str, str], float]:
    """Observed production by stage and region (t/year)."""
    found: dict[tuple[str, str], float] = {}
    routes = {row.feed: row.route for row in facts.rows("feeds")}
    for row in facts.rows("mine_production"):
        if int(row.year) == year and routes[row.feed] != "byproduct":
            key = ("mine", row.region)
            found[key] = found.get(key, 0.0) + float(row.production)
    for row in facts.rows("stage_output"):
        if int(row.year) == year and (row.stage, row.product) in SCORED:
            found[row.stage, row.region] = float(row.output)
    return found


def _made(world: World, loads: Loads, stage: str, region: str) -> float:
    """Production of a stage in a region (t/year)."""
    flows: dict[str, list[tuple[str, float]]] = {}
    for flow in world.recipes:
        flows.setdefault(flow.recipe, []).append((flow.material, flow.amount))
    prefixes, products = next(
        (names for (name, _), names in SCORED.items() if name == stage),
        (("mine_",), ("concentrate_", "mixed_carbonate_")),
    )
    total = 0.0
    for plant in world.facilities:
        if plant.region == region and plant.recipe.startswith(prefixes):
            made = sum(
                amount for name, amount in flows[plant.recipe] if amount > 0 and name.startswith(products)
            )
            total += made * loads.get((plant.facility, plant.recipe), 0.0)
    return total * MONTHS
