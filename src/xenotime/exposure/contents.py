"""What goods hold: shares by mass of each element, low, middle and high, of magnets, oxides, metals,
alloys.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from xenotime.facts.grading import worst
from xenotime.market.network import Array
from xenotime.world.numbers import Numbers, year_rows

if TYPE_CHECKING:
    from xenotime.facts.load import Facts

LOW, MIDDLE, HIGH = range(3)
MAGNET, OXIDE, METAL, ALLOY = "sintered_magnet", "separated_oxide", "metal", "alloy"


@dataclass(frozen=True, slots=True)
class Content:
    """Shares of a good: elements x (low, middle, high), and the grade of the worst figure behind them."""

    shares: Array
    grade: str
    source: str


@dataclass(frozen=True)
class Contents:
    """Contents of every good the facts know, as of a year.

    elements : symbols, the rows of all shares
    """

    facts: Facts
    year: int

    @cached_property
    def elements(self) -> tuple[str, ...]:
        """Symbols in the order of the facts."""
        return tuple(row.element for row in self.facts.rows("elements"))

    @cached_property
    def metal_share(self) -> Mapping[str, float]:
        """Metal in oxide, by element."""
        return MappingProxyType({row.element: row.oxide_to_metal for row in self.facts.rows("elements")})

    def none(self) -> Array:
        """No element at all."""
        return np.zeros((len(self.elements), 3))

    def split_didymium(self, mass: bool) -> dict[str, float]:
        """Shares of Nd and Pr in what is sold as NdPr: of metal (`mass`) or of oxide."""
        nd = Numbers(self.facts)["NdPr_oxide_share_Nd"]
        if not mass:
            return {"Nd": nd, "Pr": 1 - nd}
        metal = {"Nd": nd * self.metal_share["Nd"], "Pr": (1 - nd) * self.metal_share["Pr"]}
        total = sum(metal.values())
        return {name: share / total for name, share in metal.items()}

    def magnet(self, magnet_class: str) -> Content:
        """Content of a magnet class, the heavy elements scaled from the grade that stands for it."""
        row = next(r for r in self.facts.rows("magnet_classes") if r.magnet_class == magnet_class)
        return self.market_grade(row.stands_for, row.heavy_ratio, row.grade)

    @cached_property
    def _kept(self) -> dict[tuple[str, float, str], Content]:
        return {}

    def market_grade(self, name: str, heavy_ratio: float = 1.0, grade: str = "A") -> Content:
        """Content of a grade of the market model."""
        key = (name, heavy_ratio, grade)
        if key not in self._kept:
            self._kept[key] = self._market_grade(*key)
        return self._kept[key]

    def _market_grade(self, name: str, heavy_ratio: float, grade: str) -> Content:
        found, sources = self.none(), []
        heavy = {row.element for row in self.facts.rows("elements") if row.group == "heavy"}
        for row in year_rows(self.facts.select("grades", magnet_grade=name), self.year):
            parts = self.split_didymium(mass=True) if row.component == "NdPr" else {row.component: 1.0}
            for element, part in parts.items():
                if element in self.elements:
                    scale = part * (heavy_ratio if element in heavy else 1.0)
                    at = self.elements.index(element)
                    found[at] += scale * np.array([row.low, row.share, row.high])
                    grade = worst((grade, row.grade))
                    sources.append(row.source)
        return Content(found, grade, "; ".join(dict.fromkeys(sources)))

    def oxide(self, element: str) -> Content:
        """Metal content of an oxide; NdPr is the mixture as sold."""
        parts = self.split_didymium(mass=False) if element == "NdPr" else {element: 1.0}
        found = self.none()
        for name, part in parts.items():
            found[self.elements.index(name)] = part * self.metal_share[name]
        return Content(found, "D" if element == "NdPr" else "A", "iupac-2021-atomic-weights")

    def metal(self, element: str) -> Content:
        """A metal as sold, taken as pure; NdPr is the mixture as sold."""
        parts = self.split_didymium(mass=True) if element == "NdPr" else {element: 1.0}
        found = self.none()
        for name, part in parts.items():
            found[self.elements.index(name)] = part
        return Content(found, "D" if element == "NdPr" else "A", "xenotime-2026-estimate")

    def alloy(self, name: str) -> Content:
        """An alloy with iron, by the assumed content of its element."""
        row: Any = next(r for r in self.facts.rows("assumptions") if r.name == f"content_{name}")
        found = self.none()
        found[self.elements.index(name.removesuffix("Fe_alloy"))] = [row.low, row.value, row.high]
        return Content(found, row.grade, row.source)

    def alloys(self) -> tuple[str, ...]:
        """Alloys there are figures of."""
        names = (r.name.removeprefix("content_") for r in self.facts.rows("assumptions"))
        return tuple(name for name in names if name.endswith("Fe_alloy"))
