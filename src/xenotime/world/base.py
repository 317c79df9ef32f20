"""From facts to a balanced and priced base year: sketch, reconcile, calibrate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from xenotime.world.calibrate import Calibrated, calibrate
from xenotime.world.chain import Basis, Chain, build_chain, read_basis, renormalised_assays
from xenotime.world.element_fit import fit_elements
from xenotime.world.incidence import Incidence, build_incidence
from xenotime.world.measures import build_measures
from xenotime.world.numbers import FactTables, Numbers, of_year
from xenotime.world.parts import Activity, Observed, Outlet, Route, Sketch
from xenotime.world.plants import build_activities
from xenotime.world.reconcile import Adjustment, Flows, reconcile
from xenotime.world.scene import Scene, living_plants, read_mined, regions_at_quota
from xenotime.world.trade_lanes import build_routes, read_tariffs
from xenotime.world.uses import read_uses, wanted_by_grade
from xenotime.world.worth import first_prices, node_guess, observed_prices

Array = npt.NDArray[np.float64]
MONTHS = 12.0
STEP_FLOOR = (
    1e-3  # of the spread of a step without capacity: its convexity is measured against at least this load
)
TREATED = ("swarf", "heavy_concentrate")  # kept for the plants that treat them wherever there are any


@dataclass(frozen=True, slots=True)
class Base:
    """Everything known about a base year after reconciliation and calibration."""

    chain: Chain
    sketch: Sketch
    incidence: Incidence
    flows: Flows
    slopes: Array
    guess: Array
    observed: tuple[Observed, ...]
    prices: Calibrated
    adjustments: tuple[Adjustment, ...]
    lost: tuple[str, ...]
    date: str
    basis: Basis
    assays: Mapping[str, Mapping[str, float]]


def read_grades(facts: FactTables, year: int, wanted: dict[str, float]) -> dict[str, dict[str, float]]:
    """Metal mass shares of each wanted grade by component, in `year` or the nearest year known."""
    rows = of_year(facts.rows("grades"), year, lambda row: (row.magnet_grade, row.component))
    nearest: dict[str, int] = {}
    for (grade, _), row in rows.items():
        at = int(row.year)
        if grade not in nearest or abs(at - year) < abs(nearest[grade] - year):
            nearest[grade] = at
    shares: dict[str, dict[str, float]] = {grade: {} for grade in wanted}
    for (grade, component), row in rows.items():
        if grade in shares and int(row.year) == nearest[grade]:
            shares[grade][component] = float(row.share)
    return shares


def build_base(facts: FactTables, date: str, year: int | None = None) -> Base:
    """The base year of `date` (YYYY-MM): its own year, or the one given.

    Plants are those at load in the month of `date`; what is mined, made, traded and used is that of the year.
    """
    numbers, year = Numbers(facts), int(date[:4]) if year is None else year
    wanted = wanted_by_grade(facts, year)
    scene = Scene(
        facts, numbers, date, year, read_mined(facts, year), wanted, regions_at_quota(facts, numbers, year)
    )
    basis = read_basis(facts, numbers)
    grades = read_grades(facts, year, wanted)
    fitted = fit_elements(facts, basis, year, renormalised_assays(facts), grades, scene.mined, wanted)
    chain = build_chain(facts, basis, _feeds(scene), fitted.assays, fitted.grades)
    activities = build_activities(scene, chain)
    uses = read_uses(facts, numbers, year)
    worth = first_prices(facts, numbers, chain, activities, year)
    stages = {material: substance.stage for material, substance in chain.substances.items()}
    routes = build_routes(facts, numbers, year, stages, activities, uses, worth)
    sketch = Sketch(
        activities=tuple(activities),
        routes=tuple(routes),
        uses=tuple(uses),
        outlets=tuple(_outlets(chain, numbers, activities, routes_ends(routes), year)),
    )
    incidence = build_incidence(sketch)
    measures, lost = build_measures(facts, numbers, chain, sketch, incidence, year)
    flows = reconcile(sketch, incidence, measures, numbers["toll"], numbers["full_load_share"])
    adjustments = tuple(
        sorted((*flows.adjustments, *fitted.adjustments), key=lambda a: (-abs(a.deviation), a.what))
    )
    tariffs = read_tariffs(facts, year)
    observed = observed_prices(facts, chain, tariffs, incidence)
    guess = node_guess(incidence, chain, tariffs, worth, observed)
    slopes = cost_slopes(numbers, sketch, incidence, flows, guess)
    prices = calibrate(sketch, incidence, flows, observed, guess, slopes)
    return Base(
        chain,
        sketch,
        incidence,
        flows,
        slopes,
        guess,
        tuple(observed),
        prices,
        adjustments,
        tuple(lost),
        date,
        basis,
        fitted.assays,
    )


def routes_ends(routes: Sequence[Route]) -> set[tuple[str, str]]:
    """Nodes that lanes touch."""
    return {(r.material, r.origin) for r in routes} | {(r.material, r.destination) for r in routes}


def _feeds(scene: Scene) -> list[str]:
    """Feeds mined in the base year or listed by a mine under way."""
    feeds = {feed for (_, feed), amount in scene.mined.items() if amount > 0}
    for row in living_plants(scene):
        if row.stage == "mine":
            feeds |= {feed for feed in (row.feed or "").split(";") if feed}
    return sorted(feeds & set(renormalised_assays(scene.facts)))


def _outlets(
    chain: Chain, numbers: Numbers, activities: list[Activity], ends: set[tuple[str, str]], year: int
) -> list[Outlet]:
    """A place for surplus at every node of a material that may be put away.

    Unused in the base year where plants treat scrap and heavy cuts.
    """
    nodes = {(material, a.region) for a in activities for material, _ in a.flows} | ends
    taken = {
        (material, a.region) for a in activities for material, amount in a.flows if amount < 0 and a.runs
    }
    found = []
    for material, region in sorted(nodes):
        substance = chain.substances[material]
        treated = substance.stage in TREATED and (material, region) in taken
        if substance.disposal_cost is not None:
            spread = numbers[f"spread_surplus_{substance.stage}_{year}"] / MONTHS
            found.append(
                Outlet(
                    material=material,
                    region=region,
                    cost=substance.disposal_cost,
                    spread=spread,
                    used=not treated,
                    toll=numbers["surplus_toll"],
                )
            )
    return found


def cost_slopes(numbers: Numbers, sketch: Sketch, incidence: Incidence, flows: Flows, guess: Array) -> Array:
    """Rise of marginal cost per unit of each activity and route: stated convexities, nothing calibrated."""
    slopes = []
    for activity, load in zip(sketch.activities, flows.values, strict=False):
        reference = activity.capacity or max(float(load), STEP_FLOOR * activity.spread)
        slopes.append(activity.rise * activity.cost / reference)
    taken = np.abs(incidence.matrix.minimum(0)) @ flows.values
    world: dict[str, float] = {}
    for (material, _), amount in zip(incidence.nodes, taken, strict=True):
        world[material] = world.get(material, 0.0) + float(amount)
    begin = incidence.first["route"]
    for offset, route in enumerate(sketch.routes):
        node = incidence.place[route.material, route.destination]
        flow = flows.values[begin + offset]
        small = numbers["least_lane_share"] * max(world[route.material], numbers["least_trade"] / MONTHS)
        reference = flow if flow > small else max(flow, numbers["lane_reference_share"] * taken[node], small)
        rise = min(numbers["lane_convexity"] * guess[node], numbers["largest_rise"] * route.cost)
        slopes.append(rise / reference)
    return np.array(slopes)
