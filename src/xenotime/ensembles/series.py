"""What a run shows of itself month by month, under the names observations go by.

``inside/M`` price where the good comes from;  ``fob/M`` the same at its border: price + tax + licence rent;
``outside/M/P`` mean price elsewhere, P one of world, europe, usa, japan;  ``export/X/R`` tonnes of product X
to region R or WLD;  ``mined/R`` t of oxide mined;  ``missing/R/S`` share of a sector's need not served, by
value;  ``use/M/inside|outside`` tonnes used.  Prices in USD/unit, amounts per month.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

import numpy as np

from xenotime.dynamics.backlog import missing_input
from xenotime.dynamics.step import Setup
from xenotime.market.clearing import Clearing
from xenotime.market.network import Array, Network
from xenotime.months import month_number
from xenotime.world.world import World

MINED = ("concentrate", "mixed_carbonate", "heavy_concentrate")
MAGNETS = ("NdFeB*", "SmCo*")
AROUND = ("leak",)  # ways that customs do not see
DIGITS = 8


@dataclass(frozen=True, slots=True)
class Series:
    """Named monthly values of a run, and what each was in the base month."""

    months: tuple[str, ...]
    base: Mapping[str, float]
    values: Mapping[str, Sequence[float]]

    def mean(self, name: str, first: str, last: str) -> float | None:
        """Mean over the months of the run in [first, last]; None where the run lacks one or the series."""
        part = self._part(name, first, last)
        return float(np.mean(part)) if part else None

    def total(self, name: str, first: str, last: str) -> float | None:
        """Sum over [first, last]; None where the run lacks a month of it."""
        part = self._part(name, first, last)
        return float(np.sum(part)) if part else None

    def _part(self, name: str, first: str, last: str) -> Sequence[float]:
        if name not in self.values or not self.months or first < self.months[0] or last > self.months[-1]:
            return ()
        start = month_number(first) - month_number(self.months[0])
        return self.values[name][start : month_number(last) - month_number(self.months[0]) + 1]

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "months": list(self.months),
            "base": dict(self.base),
            "values": {name: list(row) for name, row in self.values.items()},
        }


def series_from(document: Mapping[str, Any]) -> Series:
    """Inverse of :meth:`Series.plain`."""
    return Series(tuple(document["months"]), document["base"], document["values"])


class Reader:
    """Takes the named values off a clearing; cut once for a setup."""

    def __init__(self, world: World, setup: Setup, origin: str, quota: Sequence[str]) -> None:
        self._network = setup.policy.network
        self._origin, self._base = origin, setup.base
        self._volume = setup.base.volume()
        self._europe = {row.region for row in world.regions if "urope" in row.group}
        self._materials = sorted({m for m, _, pool in self._network.nodes if not pool})
        self._lanes = self._trade_lanes()
        self._products = self._name_products(quota)
        self._mines = self._find_mines(world)

    def base(self) -> dict[str, float]:
        """Values of the base month."""
        return self.read(self._base)

    def read(self, clearing: Clearing) -> dict[str, float]:
        """Every value of one month, to eight digits so that files stay small and alike."""
        found: dict[str, float] = {}
        self._prices(clearing, found)
        self._exports(clearing, found)
        self._mining(clearing, found)
        self._users(clearing, found)
        return {name: float(f"{value:.{DIGITS}g}") for name, value in found.items()}

    def _trade_lanes(self) -> dict[str, list[tuple[int, str]]]:
        lanes: dict[str, list[tuple[int, str]]] = {}
        network = self._network
        for index, (kind, material, origin, _) in enumerate(network.lanes.label):
            goes_to = network.nodes[network.lanes.destination[index]][1]
            if origin == self._origin != goes_to and kind not in AROUND:
                lanes.setdefault(material, []).append((index, goes_to))
        return lanes

    def _name_products(self, quota: Sequence[str]) -> dict[str, list[str]]:
        products: dict[str, list[str]] = {}
        for name in self._lanes:
            if any(fnmatchcase(name, pattern) for pattern in MAGNETS):
                products.setdefault("magnets", []).append(name)
            if any(fnmatchcase(name, pattern) for pattern in quota):
                products.setdefault("quota", []).append(name)
            element, _, form = name.partition("_")
            if form in ("oxide", "metal"):
                products.setdefault(element, []).append(name)
            products.setdefault(name, []).append(name)
        return products

    def _find_mines(self, world: World) -> list[tuple[int, str, float]]:
        """Plants that take nothing with contents in: (column, region, oxide per unit of activity)."""
        oxide: dict[str, float] = {}
        for row in world.contents:
            oxide[row.material] = oxide.get(row.material, 0.0) + row.share
        stage = {row.material: row.stage for row in world.materials}
        flows: dict[str, list[tuple[str, float]]] = {}
        for flow in world.recipes:
            flows.setdefault(flow.recipe, []).append((flow.material, flow.amount))
        found = []
        for column, plant in enumerate(self._network.facilities[: self._network.plants]):
            parts = flows.get(plant.recipe, [])
            made = sum(a * oxide.get(m, 0.0) for m, a in parts if a > 0 and stage.get(m) in MINED)
            if made > 0 and not any(a < 0 and oxide.get(m, 0.0) > 0 for m, a in parts):
                found.append((column, plant.region, made))
        return found

    def _prices(self, clearing: Clearing, found: dict[str, float]) -> None:
        price, place = clearing.price(), self._network.place
        border = self._border(clearing, price)
        for material in self._materials:
            if (material, self._origin, "") in place:
                found[f"inside/{material}"] = float(price[place[material, self._origin, ""]])
            if material in self._lanes:
                found[f"fob/{material}"] = border[material]
            for name, mean in self._elsewhere(material, price).items():
                found[f"outside/{material}/{name}"] = mean

    def _border(self, clearing: Clearing, price: Array) -> dict[str, float]:
        """FOB = price x (1 + export tax) + rent of controls, weighted by what sails or usually does."""
        # the base month was cleared before the controls had limits of their own
        network, terms = clearing.program.network, clearing.program.terms[0]
        rent = np.maximum(clearing.margin("lane"), 0.0)
        duals = clearing.joint_rent()
        for limit, dual in zip(network.joint, duals, strict=True):
            if limit.kind == "control":
                for lane, weight in limit.lanes:
                    rent[lane] += weight * dual
        at_border = price[network.lanes.origin] * (1 + terms.export_tax) + rent
        flow, usual = clearing.amount("lane"), self._base.amount("lane")
        found = {}
        for material, members in self._lanes.items():
            which = [lane for lane, _ in members]
            weights = flow[which] if flow[which].sum() > 0 else usual[which]
            weights = weights if weights.sum() > 0 else np.ones(len(which))
            found[material] = float(np.average(at_border[which], weights=weights))
        return found

    def _elsewhere(self, material: str, price: Array) -> dict[str, float]:
        groups: dict[str, list[int]] = {}
        for (name, region, pool), node in self._network.place.items():
            if name != material or pool or region == self._origin or self._volume[node] <= 0:
                continue
            groups.setdefault("world", []).append(node)
            for group, members in (("europe", self._europe), ("usa", {"USA"}), ("japan", {"JPN"})):
                if region in members:
                    groups.setdefault(group, []).append(node)
        return {
            name: float(np.average(price[nodes], weights=self._volume[nodes]))
            for name, nodes in groups.items()
        }

    def _exports(self, clearing: Clearing, found: dict[str, float]) -> None:
        flow = clearing.amount("lane")
        for product, materials in self._products.items():
            found[f"export/{product}/WLD"] = 0.0
            for lane, region in (item for name in materials for item in self._lanes[name]):
                for to in (region, "WLD"):
                    key = f"export/{product}/{to}"
                    found[key] = found.get(key, 0.0) + float(flow[lane])

    def _mining(self, clearing: Clearing, found: dict[str, float]) -> None:
        activity = clearing.amount("plant")
        for column, region, oxide in self._mines:
            for place in (region, "WLD"):
                key = f"mined/{place}"
                found[key] = found.get(key, 0.0) + oxide * float(activity[column])

    def _users(self, clearing: Clearing, found: dict[str, float]) -> None:
        network: Network = self._network
        used, missing = clearing.consumption(), missing_input(clearing)
        lost: dict[tuple[str, str], list[float]] = {}
        for index, row in enumerate(network.demand):
            side = "inside" if row.region == self._origin else "outside"
            key = f"use/{row.material}/{side}"
            found[key] = found.get(key, 0.0) + float(used[index])
            worth = row.price or 0.0
            parts = lost.setdefault((row.region, row.sector), [0.0, 0.0])
            parts[0] += worth * float(missing[index])
            parts[1] += worth * float(missing[index] + used[index])
        for (region, sector), (gone, wanted) in lost.items():
            found[f"missing/{region}/{sector}"] = gone / wanted if wanted > 0 else 0.0
