"""Facts and a date to a world: the same code for every base year."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import numpy as np

from xenotime.facts.load import Facts, load_facts
from xenotime.world.base import MONTHS, Base, build_base
from xenotime.world.base_year import base_year
from xenotime.world.chain import Chain
from xenotime.world.cover_classes import split_users
from xenotime.world.holdings import build_stocks
from xenotime.world.numbers import FactTables, Numbers
from xenotime.world.project_rows import build_projects, nameplate
from xenotime.world.project_tables import facility_row, lane_of, project_facilities, project_lanes
from xenotime.world.tables import (
    Content,
    Demand,
    Facility,
    Lane,
    Material,
    RecipeFlow,
    Region,
    SourceRow,
    Stock,
)
from xenotime.world.vintage import FULL, STRICT, take_vintage
from xenotime.world.wedges import check_prices, list_wedges
from xenotime.world.world import World


def build_world(
    date: str = "2024-12", facts: FactTables | None = None, known_by: str = "", variant: str = STRICT
) -> World:
    """The world of `date` (YYYY-MM), quantities per month, reproducing its base year.

    Parameters
    ----------
    known_by : month whose knowledge the world is built from; blank is all of today's, and the records of what
        came later are then held against `date`
    variant : ``strict`` replaces figures that came later wherever an earlier one can stand in; ``full`` keeps
        them.  Both list what came later in ``built["later_facts"]``.

    Raises
    ------
    InputProblems : no base year for the month, or an unknown variant
    NoAnswer : the facts contradict each other beyond repair, or a figure the chain needs is missing
    """
    known = load_facts() if facts is None else facts
    year, records = base_year(known, date), {}
    if isinstance(known, Facts):
        vintage = take_vintage(known, year, known_by or date, variant if known_by else FULL)
        known = vintage.facts
        records = {"gaps": vintage.gaps, "later_facts": vintage.later, "reliance": vintage.reliance}
    base = build_base(known, date, year)
    numbers, whole = Numbers(known), _demand(base)
    demand, stocks = split_users(
        whole,
        build_stocks(known, numbers, base, whole),
        int(numbers["cover_classes"]),
        numbers["spot_share"],
        numbers["merchant_margin"],
    )
    world = assemble(base, known, date, demand, stocks)
    return replace(world, built=MappingProxyType({**world.built, **records}))


def assemble(
    base: Base, facts: FactTables, date: str, demand: tuple[Demand, ...], stocks: tuple[Stock, ...]
) -> World:
    """Tables of a priced base year."""
    extra = build_projects(base, facts, date)
    facilities = (*_facilities(base, facts), *project_facilities(extra.activities))
    lanes = (*_lanes(base), *project_lanes(extra.routes))
    recipes = {plant.recipe for plant in facilities}
    used = {material for material, _ in base.incidence.nodes}
    used |= {material for activity in extra.activities for material, _ in activity.flows}
    named = {region for _, region in base.incidence.nodes}
    named |= {activity.region for activity in extra.activities}
    regions = tuple(
        Region(
            region=r.region,
            name=r.name,
            group=r.group,
            lat=float(r.lat),
            lon=float(r.lon),
            source=r.source,
        )
        for r in facts.rows("regions")
        if r.region in named
    )
    return World(
        name=f"rare earths {date}",
        date=date,
        regions=regions,
        materials=_materials(extra.chain, used),
        contents=tuple(
            Content(material=name, element=element, share=share)
            for name, substance in sorted(extra.chain.substances.items())
            if name in used
            for element, share in substance.contents
        ),
        recipes=tuple(
            RecipeFlow(recipe=name, material=material, amount=amount)
            for name, recipe in sorted(extra.chain.recipes.items())
            if name in recipes
            for material, amount in recipe.flows
        ),
        facilities=facilities,
        lanes=lanes,
        demand=demand,
        stocks=stocks,
        sources=_sources(facts, regions, facilities, lanes, demand, stocks),
        built=MappingProxyType(
            {
                "adjustments": base.adjustments,
                "wedges": list_wedges(base),
                "prices": check_prices(base),
                "rents": tuple(sorted(base.prices.rent.items())),
                "proxies": _proxies(facts, recipes),
                "missing": _missing(facts, base),
            }
        ),
    )


def _materials(chain: Chain, used: set[str]) -> tuple[Material, ...]:
    found = []
    for name, substance in sorted(chain.substances.items()):
        if name in used:
            cost = substance.disposal_cost
            found.append(
                Material(
                    material=name,
                    name=name.replace("_", " "),
                    stage=substance.stage,
                    disposable=cost is not None,
                    disposal_cost=cost or 0.0,
                    note=substance.note,
                )
            )
    return tuple(found)


def _facilities(base: Base, facts: FactTables) -> tuple[Facility, ...]:
    """Plants with calibrated costs; a plant that earns a rent has the capacity it works at.

    A plant under way has the capacity it will have: it does not run in the base year.
    """
    load: dict[str, float] = {}
    for activity, value in zip(base.sketch.activities, base.flows.values, strict=False):
        load[activity.facility] = load.get(activity.facility, 0.0) + float(value)
    found = []
    for column, activity in enumerate(base.sketch.activities):
        value, slope = float(base.flows.values[column]), float(base.slopes[column])
        capacity = activity.capacity
        if capacity is not None and activity.runs:
            held = base.prices.rent.get(activity.facility, 0.0) > 0 or load[activity.facility] > capacity
            capacity = load[activity.facility] if held else capacity
        cost = float(base.prices.marginal[column]) - slope * value
        if capacity is not None and activity.row.get("project"):
            begin = int(str(activity.row["planned_start"] or base.date)[:4])
            whole = max(nameplate(facts, activity.facility, begin) / MONTHS, capacity)
            capacity, slope = whole, slope * capacity / whole if whole > 0 else slope
        found.append(facility_row(activity, capacity, cost, slope))
    return tuple(found)


def _lanes(base: Base) -> tuple[Lane, ...]:
    first = base.incidence.first["route"]
    found = []
    for offset, route in enumerate(base.sketch.routes, first):
        flow, slope = float(base.flows.values[offset]), float(base.slopes[offset])
        found.append(lane_of(route, float(base.prices.marginal[offset]) - slope * flow, slope))
    return tuple(found)


def _demand(base: Base) -> tuple[Demand, ...]:
    """Uses at their reconciled quantity and the calibrated price of their node."""
    first = base.incidence.first["use"]
    found = []
    for offset, use in enumerate(base.sketch.uses, first):
        quantity = float(base.flows.values[offset])
        price = float(base.prices.price[base.incidence.place[use.material, use.region]])
        if quantity > 0:
            found.append(
                Demand(
                    material=use.material,
                    region=use.region,
                    sector=use.sector,
                    form="isoelastic",
                    price=price,
                    quantity=quantity,
                    elasticity=use.elasticity,
                    choke=use.choke_multiple * price,
                    elasticity_long=use.elasticity_long,
                    adapt_months=use.adapt_months,
                    low=use.low,
                    high=use.high,
                    source=use.source,
                    grade=use.grade,
                    note=use.note,
                )
            )
    return tuple(found)


def _proxies(facts: FactTables, recipes: set[str]) -> tuple[dict[str, str], ...]:
    """Feeds in the network whose assay is another deposit's."""
    return tuple(
        {"feed": row.feed, "name": row.name, "assay_of": row.assay_of, "note": row.note or ""}
        for row in facts.rows("feeds")
        if str(row.proxy) in ("yes", "True")
        and (f"mine_{row.feed}" in recipes or f"crack_{row.feed}" in recipes)
    )


def _missing(facts: FactTables, base: Base) -> tuple[str, ...]:
    """What no fact was found for, what no flow answers to, and what the network leaves out."""
    wanted = getattr(facts, "missing", None)
    listed = [f"{row.topic}: {row.what}" for row in wanted()] if callable(wanted) else []
    empty = [
        f"{use.material} in {use.region} by {use.sector}: use reconciled to nothing"
        for offset, use in enumerate(base.sketch.uses, base.incidence.first["use"])
        if base.flows.values[offset] <= 0
    ]
    return (*listed, *(f"no flow answers to: {name}" for name in base.lost), *empty, *LEFT_OUT)


LEFT_OUT = (
    "strip-cast alloy plants are part of the magnet recipes, not plants of their own",
    "bonded magnets are not told apart from sintered ones",
    "government stocks are known as days of cover only and are not in the market's stocks",
    "projects without a named capacity, and mines whose ore no listed plant takes, are left out",
)


def _sources(
    facts: FactTables,
    regions: tuple[Region, ...],
    facilities: tuple[Facility, ...],
    lanes: tuple[Lane, ...],
    demand: tuple[Demand, ...],
    stocks: tuple[Stock, ...],
) -> tuple[SourceRow, ...]:
    """Sources the rows cite."""
    cited = {row.source for table in (regions, facilities, lanes, demand, stocks) for row in table}
    known = getattr(facts, "sources", None)
    if not callable(known):
        return ()
    return tuple(
        SourceRow(
            source=name,
            title=row.title,
            publisher=row.publisher,
            date=str(row.date),
            url=row.url or "",
            grade=row.grade,
        )
        for name, row in sorted(known().items())
        if name in cited
    )


def base_loads(base: Base) -> dict[tuple[str, str], float]:
    """Activity by plant and recipe in the base year."""
    return {
        (a.facility, a.recipe): float(x)
        for a, x in zip(base.sketch.activities, np.asarray(base.flows.values), strict=False)
    }
