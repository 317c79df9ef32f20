"""Projects of a world: plants announced or being built that have a capacity and a route for their goods.

They are put beside a finished base year and change nothing in it: they do not run in its month, and their
lanes only begin or end where nothing of the kind was made or taken before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from xenotime.months import month_number
from xenotime.world.base import MONTHS, Base
from xenotime.world.chain import RETIRED, Chain, add_feed
from xenotime.world.costs import Costs
from xenotime.world.numbers import FactTables, Numbers
from xenotime.world.parts import Activity, Recipe, Route, Use
from xenotime.world.scene import project_columns, start_of
from xenotime.world.trade_lanes import build_routes
from xenotime.world.worth import first_prices

FINISHED = ("Sm", "Gd", "Y")  # separated as carbonate, and worth finishing where a plant is new
METALS = ("NdPr_metal", "DyFe_alloy", "Tb_metal")
BUILT = ("construction", "planned")
HAIR = 1 + 1e-6  # a lane that just pays is a tie; above it is not


@dataclass(frozen=True, slots=True)
class ProjectRows:
    """What projects add to a world: their recipes by plant, their lanes with convexity, and their chain."""

    activities: tuple[Activity, ...]
    routes: tuple[tuple[Route, float], ...]
    chain: Chain


def nameplate(facts: FactTables, facility: str, year: int) -> float:
    """Largest named capacity up to two years after the start (t/year); a first line is built out by then."""
    rows = [row for row in facts.rows("capacities") if row.facility == facility]
    near = [float(row.capacity) for row in rows if int(row.year) <= year + 2]
    return max(near, default=min((float(row.capacity) for row in rows), default=0.0))


def build_projects(base: Base, facts: FactTables, date: str) -> ProjectRows:
    """Projects known by the end of the window ahead whose inputs are made and whose output is taken."""
    numbers = Numbers(facts)
    listed = _listed(facts, numbers, base, date)
    chain = _widen(base, facts, listed)
    costs = Costs(facts, numbers, int(date[:4]))
    found: list[Activity] = []
    for row in listed:
        capacity = nameplate(facts, row.facility, int((row.start or row.planned_start or date)[:4])) / MONTHS
        recipes = _recipes(row, chain, base, listed)
        if capacity > 0 and recipes:
            found += [_activity(row, recipe, chain, costs, numbers, capacity, date) for recipe in recipes]
    found = _with_route(found, base)
    found += _finishing(found, base, chain, costs, numbers)
    found += _collection(found, base, chain, costs, numbers)
    routes = _new_routes(found, base, chain, facts, numbers, int(date[:4]))
    return ProjectRows(tuple(sorted(found, key=lambda a: (a.facility, a.recipe))), routes, chain)


def _listed(facts: FactTables, numbers: Numbers, base: Base, date: str) -> list[Any]:
    known = {activity.facility for activity in base.sketch.activities}
    last = month_number(date) + int(numbers["plants_ahead_months"])
    rows = []
    for row in facts.rows("facilities"):
        begin = start_of(row)
        outcome = bool(row.start) and begin is not None and month_number(date) < begin
        planned = row.status in BUILT and month_number(row.knowable_from) <= last
        near = outcome and begin is not None and begin <= last + int(numbers["plants_ahead_months"])
        if row.in_totals == "yes" and row.facility not in known and (planned or near):
            rows.append(row)
    return sorted(rows, key=lambda row: str(row.facility))


def _feeds_of(row: Any) -> list[str]:
    return [feed for feed in (row.feed or "").split(";") if feed and feed not in ("mixed", "recycled")]


def _widen(base: Base, facts: FactTables, listed: Sequence[Any]) -> Chain:
    """The chain with the feeds of projects, and one step from ore to oxide for plants that mine their own."""
    substances, recipes = dict(base.chain.substances), dict(base.chain.recipes)
    described = {row.feed: row for row in facts.rows("feeds")}
    for feed in sorted({feed for row in listed for feed in _feeds_of(row)}):
        if feed in described and feed in base.assays and f"mine_{feed}" not in recipes:
            add_feed(base.basis, described[feed], base.assays[feed], substances, recipes)
        if f"separate_{feed}" in recipes:
            recipes[f"extract_{feed}"] = _extraction(feed, recipes)
    return Chain(substances, recipes)


def _extraction(feed: str, recipes: Mapping[str, Recipe]) -> Recipe:
    """Mining, cracking and separation in one place: oxides from a tonne of oxide mined."""
    kept = (
        dict(recipes[f"crack_{feed}"].flows).get(f"mixed_carbonate_{feed}", 1.0)
        if f"crack_{feed}" in recipes
        else 1.0
    )
    made = tuple((material, kept * amount) for material, amount in recipes[f"separate_{feed}"].outputs())
    return Recipe(recipe=f"extract_{feed}", stage="separation", flows=made)


def _recipes(row: Any, chain: Chain, base: Base, listed: Sequence[Any]) -> list[str]:
    """What a project will do: few recipes each."""
    feeds = _feeds_of(row)
    if row.stage == "mine":
        names = [f"mine_{feed}" for feed in feeds]
    elif row.stage == "cracking":
        names = [f"crack_{feed}" for feed in feeds]
    elif row.stage == "separation":
        bought = _feeds_for_sale(chain, base, listed)
        names = [f"separate_{feed}" if feed in bought else f"extract_{feed}" for feed in feeds][:2]
    elif row.stage == "metal":
        names = [f"reduce_{metal}" for metal in METALS]
    elif row.stage == "magnet_ndfeb":
        names = ["make_NdFeB_N", "make_NdFeB_H", "make_NdFeB_SH"]
    elif row.stage == "recycling":
        names = [f"recycle_eol_NdFeB_{RETIRED}", "recycle_swarf_NdFeB_N", f"recycle_swarf_NdFeB_{RETIRED}"]
    else:
        names = []
    return [name for name in names if name in chain.recipes]


def _feeds_for_sale(chain: Chain, base: Base, listed: Sequence[Any]) -> set[str]:
    """Feeds whose mixed carbonate someone makes: mined and, where it has to be, cracked.

    A plant on any other feed does all steps itself.
    """
    done = {a.recipe for a in base.sketch.activities}
    done |= {f"mine_{feed}" for row in listed if row.stage == "mine" for feed in _feeds_of(row)}
    done |= {f"crack_{feed}" for row in listed if row.stage == "cracking" for feed in _feeds_of(row)}
    mined = {name.removeprefix("mine_") for name in done if name.startswith("mine_")}
    return {feed for feed in mined if f"crack_{feed}" in done or f"crack_{feed}" not in chain.recipes}


def _activity(
    row: Any, recipe: str, chain: Chain, costs: Costs, numbers: Numbers, capacity: float, date: str
) -> Activity:
    step = chain.recipes[recipe]
    cost, source, grade = costs.of(step, row.facility, row.region)
    if recipe.startswith("extract_"):
        feed = recipe.removeprefix("extract_")
        before = [chain.recipes[name] for name in (f"mine_{feed}", f"crack_{feed}") if name in chain.recipes]
        cost += sum(costs.of(part, row.facility, row.region)[0] for part in before)
    about = {
        "status": "planned",
        "name": row.name,
        "operator": row.operator,
        "lat": row.lat,
        "lon": row.lon,
        **project_columns(row, date),
    }
    return Activity(
        facility=row.facility,
        region=row.region,
        recipe=recipe,
        stage=row.stage,
        flows=step.flows,
        capacity=capacity,
        cost=cost,
        rise=numbers[f"cost_rise_{row.stage}"],
        expected=numbers[f"utilisation_{row.stage}"] * capacity,
        spread=capacity,
        runs=False,
        source=source,
        grade=grade,
        row=about,
    )


def _with_route(found: list[Activity], base: Base) -> list[Activity]:
    """Leave out, until nothing changes, rows whose inputs nobody makes or whose main output nobody takes."""
    while True:
        everyone = (*base.sketch.activities, *found)
        made = {material for a in everyone for material, amount in a.flows if amount > 0}
        taken = {material for a in everyone for material, amount in a.flows if amount < 0}
        taken |= {use.material for use in base.sketch.uses}
        kept = [
            a
            for a in found
            if all(material in made for material, amount in a.flows if amount < 0)
            and any(material in taken for material, amount in a.flows if amount > 0)
        ]
        if len(kept) == len(found):
            return kept
        found = kept


def _finishing(
    found: Sequence[Activity], base: Base, chain: Chain, costs: Costs, numbers: Numbers
) -> list[Activity]:
    """Finishing where a new plant separates elements that leave as carbonate and nobody finishes them yet."""
    have = {(a.region, a.recipe) for a in base.sketch.activities}
    wanted = {
        (a.region, f"finish_{element}")
        for a in found
        for element in FINISHED
        if any(material == f"{element}_carbonate" and amount > 0 for material, amount in a.flows)
    }
    more = []
    for region, recipe in sorted(wanted - have):
        rise = numbers["cost_rise_finishing"]
        more.append(_of_region("finishing", recipe, region, rise, "operating", chain, costs))
    return more


def _collection(
    found: Sequence[Activity], base: Base, chain: Chain, costs: Costs, numbers: Numbers
) -> list[Activity]:
    """Collection where a plant takes old magnets and none were gathered in the base year; closed in it."""
    recipe, scrap = f"collect_eol_NdFeB_{RETIRED}", f"eol_NdFeB_{RETIRED}"
    have = {a.region for a in base.sketch.activities if a.recipe == recipe}
    room: dict[str, float] = {}
    for a in (*base.sketch.activities, *found):
        if a.region not in have and any(name == scrap and amount < 0 for name, amount in a.flows):
            room[a.region] = room.get(a.region, 0.0) + (a.capacity or 0.0)
    more = []
    for region, capacity in sorted(room.items()) if recipe in chain.recipes else ():
        rise = numbers["cost_rise_collection"] / max(capacity, numbers["least_trade"] / MONTHS)
        more.append(_of_region("collection", recipe, region, rise, "planned", chain, costs))
    return more


def _of_region(
    stage: str, recipe: str, region: str, rise: float, status: str, chain: Chain, costs: Costs
) -> Activity:
    """A step of a whole region that no single plant stands for, at rest in the base year."""
    cost, source, grade = costs.of(chain.recipes[recipe], "", region)
    return Activity(
        facility=f"{region.lower()}_{stage}",
        region=region,
        recipe=recipe,
        stage=stage,
        flows=chain.recipes[recipe].flows,
        capacity=None,
        cost=cost,
        rise=rise,
        expected=0.0,
        spread=1.0,
        runs=False,
        source=source,
        grade=grade,
        row={"name": f"{stage} in {region}, not a single plant", "status": status},
    )


def _new_routes(
    found: Sequence[Activity], base: Base, chain: Chain, facts: FactTables, numbers: Numbers, year: int
) -> tuple[tuple[Route, float], ...]:
    """Lanes into and out of the places of projects where none begin or end yet, with their convexity."""
    everyone = [*base.sketch.activities, *found]
    stages = {material: substance.stage for material, substance in chain.substances.items()}
    worth = first_prices(facts, numbers, chain, everyone, year)
    uses: list[Use] = list(base.sketch.uses)
    lanes = build_routes(facts, numbers, year, stages, everyone, uses, worth)
    known = {(r.material, r.origin, r.destination) for r in base.sketch.routes}
    old = _ends_of(base.sketch.activities) | {(use.material, use.region, -1) for use in uses}
    old |= {(r.material, r.origin, 1) for r in base.sketch.routes}
    old |= {(r.material, r.destination, -1) for r in base.sketch.routes}
    new = _ends_of(found) - old
    price = _base_prices(base)
    kept = []
    for route in lanes:
        ends = ((route.material, route.origin, 1), (route.material, route.destination, -1))
        if (route.material, route.origin, route.destination) not in known and any(end in new for end in ends):
            size = max(
                (a.expected for a in found if a.region in (route.origin, route.destination)), default=0.0
            )
            reference = max(numbers["lane_reference_share"] * size, numbers["least_trade"] / MONTHS)
            rise = min(
                numbers["lane_convexity"] * worth[route.material], numbers["largest_rise"] * route.cost
            )
            kept.append((replace(route, expected=0.0, cost=_idle_cost(route, price)), rise / reference))
    return tuple(kept)


def _base_prices(base: Base) -> dict[tuple[str, str], float]:
    """Prices of the base year where anything moves (USD/t)."""
    through = abs(base.incidence.matrix) @ base.flows.values
    return {
        node: float(base.prices.price[place])
        for node, place in base.incidence.place.items()
        if through[place] > 0
    }


def _idle_cost(route: Route, price: Mapping[tuple[str, str], float]) -> float:
    """Cost of a lane at which nobody would have sent the goods of others over it in the base year (USD/t)."""
    here, there = price.get((route.material, route.origin)), price.get((route.material, route.destination))
    if here is None or there is None:
        return route.cost
    return max(route.cost, HAIR * there / (1 + route.tariff) - here * (1 + route.export_tax))


def _ends_of(activities: Sequence[Activity]) -> set[tuple[str, str, int]]:
    """Material, region, and whether it is made (1) or taken (-1) there."""
    return {(material, a.region, 1 if amount > 0 else -1) for a in activities for material, amount in a.flows}
