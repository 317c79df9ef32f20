"""Sourced operating cost of a recipe: the plant's own, else its region's, else the rest of the world's."""

from __future__ import annotations

from xenotime.errors import NoAnswer
from xenotime.world.chain import LIGHT_CUT
from xenotime.world.numbers import FactTables, Numbers
from xenotime.world.parts import Recipe

REST = "ROW"
LIGHT_NAMES = (*LIGHT_CUT, "NdPr")
PROCESS = {"mine": "mining", "recycling": "swarf_recovery", "magnet_smco": "smco_making"}


class Costs:
    """Costs in USD per unit of a recipe's activity, in the money of the base year."""

    def __init__(self, facts: FactTables, numbers: Numbers, year: int) -> None:
        self._numbers = numbers
        self._rows: dict[tuple[str, str, str], tuple[int, float, str, str]] = {}
        for row in facts.rows("costs"):
            key = (row.process, row.facility_or_region, row.product_basis)
            at = int(str(row.refers_to)[:4])
            kept = self._rows.get(key)
            if kept is None or abs(at - year) < abs(kept[0] - year):
                self._rows[key] = (at, float(row.cost), row.source, row.grade)
        self._year = year

    def of(self, step: Recipe, facility: str, region: str) -> tuple[float, str, str]:
        """Cost, source and grade of one recipe in one place; raises NoAnswer where nothing is known."""
        stage, recipe = step.stage, step.recipe
        if stage in ("finishing", "splitting", "collection"):
            name = (
                f"finishing_cost_{recipe.removeprefix('finish_')}"
                if stage == "finishing"
                else f"{stage}_cost"
            )
            return self._deflated(self._numbers[name], 2024), "xenotime-2026-estimate", "D"
        if stage == "magnet_ndfeb":
            cast = self._find("strip_casting", ("alloy",), facility, region)
            made = self._find("sintering_machining", ("finished_magnet",), facility, region)
            return cast[0] * self._numbers["alloy_per_magnet"] + made[0], made[1], made[2]
        process = PROCESS.get(stage, stage)
        if recipe.startswith("recycle_eol"):
            process = "eol_recovery"
        if stage in ("metal", "alloy"):
            process = "reduction"
        value, source, grade = self._find(process, self._bases(step), facility, region)
        if stage == "mine":
            value += self._rows.get(("levy", facility, "REO"), (0, 0.0, "", ""))[1]
        return value, source, grade

    def _bases(self, step: Recipe) -> tuple[str, ...]:
        stage, recipe = step.stage, step.recipe
        if stage == "separation":
            made = sum(amount for _, amount in step.outputs())
            light = sum(amount for name, amount in step.outputs() if name.split("_")[0] in LIGHT_NAMES)
            heavy = light < made * (1 - self._numbers["heavy_feed_share"])
            cut = any(name.startswith("heavy_concentrate") for name, _ in step.outputs())
            return ("REO_heavy",) if heavy and not cut else ("REO_light",)
        if stage in ("metal", "alloy"):
            metal = recipe.removeprefix("reduce_")
            like = "DyFe_alloy" if metal.endswith("Fe_alloy") else "light_metal"
            return (metal, like)
        return ("finished_magnet",) if stage == "magnet_smco" else ("REO",)

    def _find(
        self, process: str, bases: tuple[str, ...], facility: str, region: str
    ) -> tuple[float, str, str]:
        for place in (facility, region, REST):
            for basis in bases:
                row = self._rows.get((process, place, basis))
                if row is not None:
                    return self._deflated(row[1], row[0]), row[2], row[3]
        fallback = f"cost_{process}"
        if fallback in self._numbers:
            return self._deflated(self._numbers[fallback], 2024), "xenotime-2026-estimate", "D"
        raise NoAnswer(
            f"costs of {process} at {facility or region}",
            "no row",
            "a cost for the plant, its region or ROW",
            "add a row to costs.csv",
        )

    def _deflated(self, value: float, at: int) -> float:
        """Carry a figure of another decade over to the money and wages of the base year."""
        return value * self._numbers["cost_level_2009"] if self._year < 2015 <= at else value
