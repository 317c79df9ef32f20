"""Blocks of use: who buys how much of which oxide or magnet, and how each answers to price."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from xenotime.world.numbers import FactTables, Numbers
from xenotime.world.parts import Use

MONTHS = 12.0
REST_OF = {
    "Europe": "ROW_EUR",
    "East Asia": "ROW_ASIA",
    "South Asia": "ROW_ASIA",
    "South-East Asia": "ROW_ASIA",
    "North America": "ROW_AMER",
    "Latin America": "ROW_AMER",
    "Africa": "ROW_AFR",
    "Middle East": "ROW_MEA",
    "CIS": "ROW_CIS",
    "Oceania": "ROW_OCE",
    "China": "CHN",
}
GENERAL = "all"
METAL_SECTORS = ("batteries_nimh", "metallurgy")  # buy lanthanum and cerium as metal or mischmetal
METAL_ELEMENTS = ("La", "Ce")


def magnet_material(grade: str) -> str:
    """Name of the material of a magnet grade."""
    return "SmCo" if grade == "SmCo" else f"NdFeB_{grade}"


def read_uses(facts: FactTables, numbers: Numbers, year: int) -> list[Use]:
    """All uses of `year` (t/month), the smallest merged so that the network stays small.

    The merged go to sector `other` of the same region where that region has a use of the material left,
    else to the rest-of group of its part of the world; quantities are kept.
    """
    behaviour = Behaviour(facts)
    factor = {row.element: float(row.oxide_to_metal) for row in facts.rows("elements")}
    found = []
    for row in facts.rows("uses"):
        if int(row.year) == year and float(row.quantity) > 0:
            metal = row.sector in METAL_SECTORS and row.element in METAL_ELEMENTS
            material = f"{row.element}_metal" if metal else f"{row.element}_oxide"
            found.append(_use(behaviour, material, "oxide", row, factor[row.element] if metal else 1.0))
    for row in facts.rows("magnet_demand"):
        if int(row.year) == year and float(row.quantity) > 0:
            found.append(_use(behaviour, magnet_material(row.magnet_grade), "magnet", row))
    part = {row.region: row.group for row in facts.rows("regions")}
    oxides = [use for use in found if use.material.endswith(("_oxide", "_metal"))]
    magnets = [use for use in found if not use.material.endswith(("_oxide", "_metal"))]
    kept = _merge(oxides, part, int(numbers["oxide_rows_kept"]), numbers["least_region_share"])
    kept += _merge(magnets, part, int(numbers["magnet_rows_kept"]), numbers["least_magnet_region_share"])
    return sorted(kept, key=lambda use: (use.material, use.region, use.sector))


def wanted_by_grade(facts: FactTables, year: int) -> dict[str, float]:
    """Use of each magnet grade in the world (t/year)."""
    total: dict[str, float] = {}
    for row in facts.rows("magnet_demand"):
        if int(row.year) == year:
            total[row.magnet_grade] = total.get(row.magnet_grade, 0.0) + float(row.quantity)
    return {grade: amount for grade, amount in sorted(total.items()) if amount > 0}


class Behaviour:
    """Elasticities and choke multiples by sector, with the row `all` or `other` for sectors without one."""

    def __init__(self, facts: FactTables) -> None:
        self._elasticity = {(row.sector, row.horizon): row for row in facts.rows("elasticities")}
        self._choke = {
            (row.sector, row.material_class): float(row.choke_multiple) for row in facts.rows("choke")
        }

    def elasticity(self, sector: str, horizon: str) -> float:
        """Price elasticity, negative."""
        return float(self._row(sector, horizon).elasticity)

    def adapt_months(self, sector: str) -> float:
        """Time constant of adaptation."""
        return float(self._row(sector, "long").adapt_months)

    def _row(self, sector: str, horizon: str) -> Any:
        return self._elasticity.get((sector, horizon), self._elasticity[GENERAL, horizon])

    def choke(self, sector: str, material_class: str) -> float:
        """Multiple of the base price at which use stops."""
        return self._choke.get((sector, material_class), self._choke["other", material_class])


def _use(behaviour: Behaviour, material: str, material_class: str, row: Any, factor: float = 1.0) -> Use:
    return Use(
        material=material,
        region=row.region,
        sector=row.sector,
        quantity=float(row.quantity) * factor / MONTHS,
        low=float(row.low) * factor / MONTHS,
        high=float(row.high) * factor / MONTHS,
        elasticity=behaviour.elasticity(row.sector, "short"),
        elasticity_long=behaviour.elasticity(row.sector, "long"),
        adapt_months=behaviour.adapt_months(row.sector),
        choke_multiple=behaviour.choke(row.sector, material_class),
        source=row.source,
        grade=row.grade,
    )


def _merge(uses: Sequence[Use], part: Mapping[str, str], most: int, least: float) -> list[Use]:
    """Keep the `most` largest blocks as shares of their material's use; merge what is left of each region."""
    world: dict[str, float] = {}
    here: dict[tuple[str, str], float] = {}
    for use in uses:
        world[use.material] = world.get(use.material, 0.0) + use.quantity
        here[use.material, use.region] = here.get((use.material, use.region), 0.0) + use.quantity
    small = {key for key, amount in here.items() if amount < least * world[key[0]]}
    rest: dict[tuple[str, str], float] = {}
    for material, region in sorted(small):
        group = REST_OF[part[region]]
        rest[material, group] = rest.get((material, group), 0.0) + here[material, region]
    buckets: dict[tuple[str, str, str], list[Use]] = {}
    ranked = sorted(
        uses, key=lambda use: (-use.quantity / world[use.material], use.material, use.region, use.sector)
    )
    for rank, use in enumerate(ranked):
        if (use.material, use.region) in small:
            key = (use.material, _group(use.material, REST_OF[part[use.region]], rest, world, least), "other")
        elif rank < most:
            key = (use.material, use.region, use.sector)
        else:
            key = (use.material, use.region, "other")
        buckets.setdefault(key, []).append(use)
    return [_merged(key, members) for key, members in buckets.items()]


def _group(
    material: str, group: str, rest: Mapping[tuple[str, str], float], world: Mapping[str, float], least: float
) -> str:
    """The rest-of group a small use counts to: its own, or the material's largest where that is tiny."""
    if rest[material, group] >= least * world[material]:
        return group
    return max((amount, name) for (other, name), amount in rest.items() if other == material)[1]


def _merged(key: tuple[str, str, str], members: list[Use]) -> Use:
    """One block for several: quantities add, behaviour is their mean by quantity."""
    if len(members) == 1 and (members[0].material, members[0].region, members[0].sector) == key:
        return members[0]
    total = sum(use.quantity for use in members)
    share = [use.quantity / total for use in members]

    def mean(values: list[float]) -> float:
        return sum(weight * value for weight, value in zip(share, values, strict=True))

    sectors = sorted({use.sector for use in members})
    return Use(
        material=key[0],
        region=key[1],
        sector=key[2],
        quantity=total,
        low=sum(use.low for use in members),
        high=sum(use.high for use in members),
        elasticity=mean([use.elasticity for use in members]),
        elasticity_long=mean([use.elasticity_long for use in members]),
        adapt_months=mean([use.adapt_months for use in members]),
        choke_multiple=math.exp(mean([math.log(use.choke_multiple) for use in members])),
        source=members[0].source,
        grade=max(use.grade for use in members),
        note="merged: " + ", ".join(sectors),
    )
