"""Lanes of the base year: who can ship what to whom, at what freight, duty, export charge and time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xenotime.world.numbers import FactTables, Numbers
from xenotime.world.parts import Activity, Route, Use

DAYS_PER_MONTH = 30.4
ANYWHERE = ("any", "WLD", "")
CLASS_OF_STAGE = {
    "concentrate": "concentrate",
    "mixed_carbonate": "mixed_carbonate",
    "heavy_concentrate": "mixed_carbonate",
    "separated_oxide": "oxide",
    "metal": "metal",
    "alloy": "metal",
    "sintered_magnet": "magnet",
    "swarf": "swarf",
}
RESOLD = ("oxide", "metal", "magnet")
KEPT_HOME = ("mixed_carbonate", "heavy_concentrate", "swarf")


@dataclass(frozen=True, slots=True)
class Tariffs:
    """Charges at borders: import duty and what leaving the country costs, as shares of value."""

    duties: tuple[Any, ...]
    export_taxes: tuple[Any, ...]
    refunds: tuple[Any, ...]
    part: Mapping[str, str]
    year: int

    def duty(self, material_class: str, origin: str, destination: str) -> float:
        """Import duty: general and country rows add up; a customs union charges nothing inside."""
        if self.part[origin] == self.part[destination] == "Europe":
            return 0.0
        return sum(
            float(row.rate)
            for row in self.duties
            if row.material_class == material_class
            and self._at(row)
            and row.origin in (*ANYWHERE, origin, self.part[origin])
            and row.destination in (*ANYWHERE, destination, self.part[destination])
        )

    def leaving(self, material: str, material_class: str, origin: str, destination: str) -> float:
        """Export tax and value-added tax not refunded, as a share of the price inside."""
        tax = 0.0
        for row in self.export_taxes:
            here = row.origin in (origin, self.part[origin]) and row.destination in (*ANYWHERE, destination)
            if here and self._at(row) and row.material_class in (material_class, "all"):
                if row.material == material:
                    tax = float(row.rate)
                    break
                if not row.material:
                    tax = float(row.rate)
        value_added = refund = 0.0
        for row in self.refunds:
            if row.origin == origin and self._at(row) and row.material_class in (material_class, "all"):
                if row.kind == "vat":
                    value_added = float(row.rate)
                else:
                    refund = float(row.rate)
        return (1 + tax) * (1 + max(value_added - refund, 0.0)) - 1

    def _at(self, row: Any) -> bool:
        return int(row.year_from) <= self.year <= int(row.year_to)


def read_tariffs(facts: FactTables, year: int) -> Tariffs:
    """Charges in force in `year`."""
    part = {row.region: row.group for row in facts.rows("regions")}
    return Tariffs(
        tuple(facts.rows("tariffs")),
        tuple(facts.rows("export_taxes")),
        tuple(facts.rows("vat_refund")),
        part,
        year,
    )


class Distances:
    """Time and freight between parts of the world, and within them."""

    def __init__(self, facts: FactTables) -> None:
        self._days = {
            (row.origin_group, row.destination_group): float(row.days)
            for row in facts.rows("transit")
            if row.mode != "air"
        }
        self._freight = {
            (row.origin_group, row.destination_group, row.material_class): row
            for row in facts.rows("freight")
        }

    def months(self, origin: str, destination: str) -> float:
        """Time door to door, to the nearest quarter month."""
        return round(self._days[origin, destination] / DAYS_PER_MONTH * 4) / 4

    def freight(self, origin: str, destination: str, material_class: str) -> Any:
        """The freight row (USD/t)."""
        return self._freight[origin, destination, material_class]


def build_routes(
    facts: FactTables,
    numbers: Numbers,
    year: int,
    stages: Mapping[str, str],
    activities: Sequence[Activity],
    uses: Sequence[Use],
    worth: Mapping[str, float],
) -> list[Route]:
    """Lanes from regions that make a material to regions that take it, and resale among trading hubs.

    `worth` is a first idea of each material's price (USD/t), the base of the merchant's margin.
    """
    tariffs, distances = read_tariffs(facts, year), Distances(facts)
    makers, takers, weight = _ends(activities, uses)
    hubs = _hubs(uses)
    traded = {(r.material_class, r.origin, r.destination) for r in facts.rows("trade") if int(r.year) == year}
    used = {use.material for use in uses}
    homes = {row.feed: row.region for row in facts.rows("feeds")}
    found: list[Route] = []
    for material, stage in sorted(stages.items()):
        material_class = CLASS_OF_STAGE.get(stage)
        if material_class is None:
            continue
        supply, need = makers.get(material, {}), takers.get(material, {})
        origins = set(supply)
        merchants = hubs[: int(numbers.get(f"resale_hubs_{material_class}", 0))]
        origins |= {hub for hub in merchants if hub in need}
        for origin in sorted(origins):
            for destination in sorted(need):
                known = origin in supply and (material_class, origin, destination) in traded
                if (
                    stage in KEPT_HOME
                    and not known
                    and not _leaves_home(stage, material, origin, need, homes)
                ):
                    continue
                share = need[destination] / max(weight.get(material, 0.0), 1e-12)
                made_on = origin in supply and material not in used and share >= numbers["plant_taker_share"]
                likely = (
                    known
                    or made_on
                    or _plausible(
                        material,
                        origin,
                        destination,
                        supply,
                        need,
                        weight,
                        numbers,
                        merchants,
                    )
                )
                if origin == destination or not likely:
                    continue
                found.append(
                    _route(
                        material,
                        material_class,
                        origin,
                        destination,
                        tariffs,
                        distances,
                        numbers,
                        worth,
                        supply,
                        need,
                        known,
                    )
                )
    return found


def _leaves_home(
    stage: str, material: str, origin: str, need: Mapping[str, float], homes: Mapping[str, str]
) -> bool:
    """Carbonate is sold by its mine's country only; heavy cuts and swarf by those who cannot treat them."""
    if stage == "mixed_carbonate":
        return homes[material.removeprefix("mixed_carbonate_")] == origin
    return need.get(origin, 0.0) <= 0


def _ends(
    activities: Sequence[Activity], uses: Sequence[Use]
) -> tuple[dict[str, dict[str, float]], dict[str, dict[str, float]], dict[str, float]]:
    """Expected make and take of each material by region (t/month), and the world's take."""
    makers: dict[str, dict[str, float]] = {}
    takers: dict[str, dict[str, float]] = {}
    for activity in activities:
        for material, amount in activity.flows:
            side = makers if amount > 0 else takers
            here = side.setdefault(material, {})
            here[activity.region] = here.get(activity.region, 0.0) + abs(amount) * activity.expected
    for use in uses:
        here = takers.setdefault(use.material, {})
        here[use.region] = here.get(use.region, 0.0) + use.quantity
    for material in [name for name in makers if name.endswith("_carbonate") and not name.startswith("mixed")]:
        oxide = makers.setdefault(material.replace("_carbonate", "_oxide"), {})
        for region in oxide:
            oxide[region] += makers[material].get(region, 0.0)
    return makers, takers, {material: sum(regions.values()) for material, regions in takers.items()}


def _hubs(uses: Sequence[Use]) -> list[str]:
    """The regions that use most tonnes after the largest: merchants sit there and resell abroad."""
    total: dict[str, float] = {}
    for use in uses:
        total[use.region] = total.get(use.region, 0.0) + use.quantity
    ranked = sorted(
        (region for region in total if not region.startswith("ROW")), key=lambda r: (-total[r], r)
    )
    return ranked[1:]


def _plausible(
    material: str,
    origin: str,
    destination: str,
    supply: Mapping[str, float],
    need: Mapping[str, float],
    weight: Mapping[str, float],
    numbers: Numbers,
    hubs: Sequence[str],
) -> bool:
    """Main makers ship anywhere, others to hubs and large takers; hubs resell to each other.

    The first hub resells to everyone, so that no user depends on one country for lack of a lane.
    """
    world = max(weight.get(material, 0.0), 1e-12)
    taken = need[destination] / world
    made = supply.get(origin, 0.0) / world
    if made >= numbers["main_maker_share"]:
        return True
    if origin in supply and taken >= numbers["lane_taker_share"]:
        return True
    if origin not in hubs and made < numbers["lane_maker_share"]:
        return False
    return destination in hubs or origin in hubs[:1]


def _uphill(
    material_class: str, origin: str, destination: str, supply: Mapping[str, float], numbers: Numbers
) -> bool:
    """Goods sold into the region that makes most of them, with no trade fact that says so."""
    made = max(sum(supply.values()), 1e-12)
    dominant = supply.get(destination, 0.0) / made >= numbers["dominant_maker_share"]
    return material_class in RESOLD and (dominant or origin not in supply)


def _route(
    material: str,
    material_class: str,
    origin: str,
    destination: str,
    tariffs: Tariffs,
    distances: Distances,
    numbers: Numbers,
    worth: Mapping[str, float],
    supply: Mapping[str, float],
    need: Mapping[str, float],
    known: bool,
) -> Route:
    from_part, to_part = tariffs.part[origin], tariffs.part[destination]
    row = distances.freight(from_part, to_part, material_class)
    duty = tariffs.duty(material_class, origin, destination)
    leaving = tariffs.leaving(material, material_class, origin, destination)
    resale = origin not in supply
    margin = numbers["merchant_margin"] + (numbers["resale_margin"] if resale else 0.0)
    share = supply.get(origin, 0.0) / max(sum(supply.values()), 1e-12)
    taken = need[destination]
    main = share >= numbers["main_maker_share"]
    expected = share * max(taken - supply.get(destination, 0.0), 0.0) if main else 0.0
    reach = taken if main else min(supply.get(origin, taken), taken)
    return Route(
        material=material,
        origin=origin,
        destination=destination,
        cost=float(row.freight) + margin * worth[material],
        tariff=duty,
        export_tax=leaving,
        lag_months=distances.months(from_part, to_part),
        expected=expected,
        spread=max(numbers["spread_of_lane"] * reach, 1e-6),
        used=known or not _uphill(material_class, origin, destination, supply, numbers),
        burden=(float(row.freight) / worth[material] + margin + duty + leaving),
        source=row.source,
        grade=row.grade,
        note="resale" if resale else "",
    )
