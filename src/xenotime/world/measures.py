"""Measured tonnages as weighted sums of flows: mine output, output by stage, trade."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xenotime.world.chain import Chain
from xenotime.world.incidence import Incidence
from xenotime.world.numbers import FactTables, Numbers
from xenotime.world.parts import Measure, Sketch
from xenotime.world.reconcile import range_spread
from xenotime.world.trade_lanes import CLASS_OF_STAGE
from xenotime.world.uses import REST_OF, magnet_material

MONTHS = 12.0
WORLD = "WLD"
DIDYMIUM_OXIDES = ("NdPr_oxide", "Nd_oxide", "Pr_oxide")
NOT_COUNTED = ("NdFeB_blank", "CeFeB")  # blanks are another basis, cerium magnets overlap with NdFeB


def build_measures(
    facts: FactTables, numbers: Numbers, chain: Chain, sketch: Sketch, incidence: Incidence, year: int
) -> tuple[list[Measure], list[str]]:
    """Measures of `year`, and the facts no flow of the network answers to."""
    found: list[Measure] = []
    lost: list[str] = []

    def put(
        name: str, terms: list[tuple[int, float]], row: Any, value: float, low: float, high: float
    ) -> None:
        if not terms:
            if value > 0:
                lost.append(name)
            return
        spread = range_spread(low, high, value) / MONTHS
        found.append(
            Measure(
                name=name,
                terms=tuple(terms),
                value=value / MONTHS,
                spread=spread,
                source=row.source,
                grade=row.grade,
            )
        )

    for row in facts.rows("mine_production"):
        if int(row.year) == year:
            terms = _mines(sketch, row.region, row.feed)
            name = f"mine output of {row.feed} in {row.region}"
            put(name, terms, row, float(row.production), float(row.low), float(row.high))
    for row in facts.rows("stage_output"):
        if int(row.year) == year and row.product not in NOT_COUNTED:
            terms = _stage_terms(numbers, chain, sketch, row)
            name = f"{row.stage} of {row.product} in {row.region}"
            put(name, terms, row, float(row.output), float(row.low), float(row.high))
    begin = incidence.first["route"]
    for (name, lanes), rows in _traded(facts, chain, sketch, year, begin).items():
        total = sum(float(row.quantity) for row in rows)
        put(
            name,
            list(lanes),
            rows[0],
            total,
            sum(float(row.low) for row in rows),
            sum(float(row.high) for row in rows),
        )
    return found, lost


def _mines(sketch: Sketch, region: str, feed: str) -> list[tuple[int, float]]:
    return [
        (column, 1.0)
        for column, activity in enumerate(sketch.activities)
        if activity.runs and activity.region == region and activity.recipe == f"mine_{feed}"
    ]


def _stage_terms(numbers: Numbers, chain: Chain, sketch: Sketch, row: Any) -> list[tuple[int, float]]:
    """Columns that make the product at the stage, with what each yields of it."""
    stages = {
        "separation": ("separation", "recycling", "finishing"),
        "metal": ("metal", "alloy"),
    }.get(row.stage, (row.stage,))
    unfinished = row.product == "REO" and f"reo_counts_unfinished_{row.region}" in numbers
    terms = []
    for column, activity in enumerate(sketch.activities):
        if activity.region != row.region or activity.stage not in stages or not activity.runs:
            continue
        if unfinished and activity.stage == "finishing":
            continue
        made = sum(
            amount for name, amount in activity.flows if amount > 0 and _counts(chain, row, name, unfinished)
        )
        if made > 0:
            terms.append((column, made))
    return terms


def _counts(chain: Chain, row: Any, material: str, unfinished: bool) -> bool:
    stage = chain.substances[material].stage
    if row.product == "REO":
        recycled = row.stage == "recycling" and stage == "separated_carbonate"
        return stage == "separated_oxide" or recycled or (unfinished and stage == "separated_carbonate")
    if row.product == "NdPr_oxide":
        return material in DIDYMIUM_OXIDES
    if row.stage == "recycling" and material == row.product.replace("_oxide", "_carbonate"):
        return True
    if row.product == "NdFeB":
        return material.startswith("NdFeB_")
    return bool(material == row.product)


def _traded(
    facts: FactTables, chain: Chain, sketch: Sketch, year: int, begin: int
) -> dict[tuple[str, tuple[tuple[int, float], ...]], list[Any]]:
    """Trade facts by the lanes they add up over; merged regions count towards their rest-of group."""
    part = {row.region: row.group for row in facts.rows("regions")}
    thinned = _thinned(facts, sketch, year)
    found: dict[tuple[str, tuple[tuple[int, float], ...]], list[Any]] = {}
    for row in facts.rows("trade"):
        if int(row.year) != year:
            continue
        to = row.destination
        group = {to}
        if to in part and ((row.material_class, to) in thinned or to in REST_OF.values()):
            to = REST_OF[part[to]]
            group = {to} | {r for c, r in thinned if c == row.material_class and REST_OF[part[r]] == to}
        terms = _trade_terms(chain, sketch, row, group, part, begin)
        exact = row.material if row.material in chain.substances else row.material_class
        found.setdefault((f"trade of {exact} from {row.origin} to {to}", tuple(terms)), []).append(row)
    return found


def _thinned(facts: FactTables, sketch: Sketch, year: int) -> set[tuple[str, str]]:
    """Classes and regions some of whose uses were merged into a rest-of group."""
    kept = {(use.material, use.region) for use in sketch.uses}
    found = set()
    for row in facts.rows("uses"):
        if (
            int(row.year) == year
            and not {(f"{row.element}_oxide", row.region), (f"{row.element}_metal", row.region)} & kept
        ):
            found.add(("oxide", row.region))
    for row in facts.rows("magnet_demand"):
        if int(row.year) == year and (magnet_material(row.magnet_grade), row.region) not in kept:
            found.add(("magnet", row.region))
    return found


def _trade_terms(
    chain: Chain, sketch: Sketch, row: Any, group: set[str], part: Mapping[str, str], begin: int
) -> list[tuple[int, float]]:
    """Lanes of the material, or of its class where the network has no such material."""
    exact = row.material if row.material in chain.substances else ""
    terms = []
    for column, route in enumerate(sketch.routes, begin):
        here = route.origin == row.origin and group & {WORLD, route.destination, part[route.destination]}
        if not here or CLASS_OF_STAGE[chain.substances[route.material].stage] != row.material_class:
            continue
        if exact in ("", route.material) and not route.material.startswith("heavy_concentrate"):
            terms.append((column, 1.0))
    return terms
