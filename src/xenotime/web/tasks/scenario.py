"""A scenario: a case, edited or not, rolled beside its baseline, then drawn over what is not known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import numpy as np

from xenotime.ensembles.draw_files import Kept, from_bytes
from xenotime.market.clearing import Clearing
from xenotime.market.network import Array
from xenotime.policy.case import Case
from xenotime.web.asked_case import case_of
from xenotime.web.worker import Task
from xenotime.world.world import World

SHOWN = 8  # prices drawn while months are made
FANS = 3  # prices whose bands are drawn while draws are made
ENDS = (5, 50, 95)  # per cent of draws
TRADED = ("separated_oxide", "metal", "alloy", "sintered_magnet")  # stages people quote prices of


def work(task: Task) -> None:
    """Run it; publishes the run as soon as it is whole, and again with bands where draws were asked for."""
    from xenotime.api import load_world
    from xenotime.beside import cores
    from xenotime.runs import run_case, save_run

    case = case_of(task.request)
    world = load_world(case.data.world)
    watch = Watch(task, wanted(case, world))
    done = run_case(
        world,
        case,
        task.request.get("months"),
        progress=task.tell,
        keep=task.keep("months"),
        processes=cores(),
        seen=watch.see,
    )
    document = done.document()
    save_run(done, task.folder / "run", case.data.world, document)
    task.publish(document)
    if draws := int(task.request.get("draws", 0)):
        from xenotime.api import ensemble
        from xenotime.report.ensembled import with_bands

        place = task.keep("draws")
        fans = Fans(task, place, tuple((row["material"], row["region"]) for row in watch.leading()[:FANS]))
        study = ensemble(
            case.data.world,
            case,
            draws,
            out=place,
            months=task.request.get("months"),
            tell=fans.tell,
        )
        task.publish(with_bands(document, study.document()))


def wanted(case: Case, world: World) -> frozenset[str]:
    """Goods whose prices are watched: those controlled that people quote prices of; all without a control."""
    patterns = {p for row in case.data.control for p in row.materials} or {"*"}
    named = [row for row in world.materials if any(fnmatchcase(row.material, p) for p in patterns)]
    quoted = [row for row in named if row.stage in TRADED]
    return frozenset(row.material for row in quoted or named)


@dataclass(slots=True)
class Watch:
    """Prices of controlled goods while months are made: a first look, before there is a document.

    goods : watched;  prices : USD per unit by good and region, a value a month
    """

    task: Task
    goods: frozenset[str]
    months: list[str] = field(default_factory=list)
    prices: dict[tuple[str, str], list[float]] = field(default_factory=dict)

    def see(self, month: str, clearing: Clearing) -> None:
        """Take a month's prices and tell those that moved most."""
        price, volume = clearing.price(), clearing.volume()
        self.months.append(month)
        for at, (material, region, pool) in enumerate(clearing.program.network.nodes):
            key = (material, region)
            if pool or material not in self.goods:
                continue
            if key in self.prices or (len(self.months) == 1 and volume[at] > 0 and price[at] > 0):
                self.prices.setdefault(key, []).append(float(price[at]))
        self.task.partial({"months": self.months, "prices": self.leading(), "bands": []})

    def leading(self) -> list[dict[str, Any]]:
        """The prices that moved most."""
        return moved(self.prices, SHOWN)


@dataclass(slots=True)
class Fans:
    """Bands of a few prices while draws are made, each over the same draw without the control.

    paths : by good and region, draws x months
    """

    task: Task
    folder: Path
    goods: tuple[tuple[str, str], ...]
    read: set[str] = field(default_factory=set)
    months: list[str] = field(default_factory=list)
    paths: dict[tuple[str, str], list[Array]] = field(default_factory=dict)

    def tell(self, done: int, total: int, label: str) -> None:
        """Pass on how far it is, and the bands of the draws so far."""
        for file in sorted(self.folder.glob("*.parquet")):
            if file.name not in self.read:
                self.read.add(file.name)
                self._take(from_bytes(file.read_bytes()))
        if self.paths:
            self.task.partial({"months": self.months, "prices": [], "bands": list(self._bands())})
        self.task.tell(done, total, label)

    def _take(self, draw: Kept) -> None:
        if draw.said["failure"]:
            return
        rows = [row for row in draw.table.to_pylist() if row["outcome"] == "price"]
        self.months = sorted({row["month"] for row in rows})
        for good in self.goods:
            own = {row["month"]: row for row in rows if (row["name"], row["region"]) == good}
            if set(own) == set(self.months):
                path = [own[month]["value"] / own[month]["baseline"] for month in self.months]
                self.paths.setdefault(good, []).append(np.array(path))

    def _bands(self) -> Iterator[dict[str, Any]]:
        for (material, region), paths in self.paths.items():
            low, median, high = np.nanpercentile(np.stack(paths), ENDS, axis=0)
            yield {
                "material": material,
                "region": region,
                "low": low.tolist(),
                "value": median.tolist(),
                "high": high.tolist(),
                "draws": len(paths),
                "unit": "multiple of the same month without the control",
            }


def moved(prices: dict[tuple[str, str], list[float]], most: int) -> list[dict[str, Any]]:
    """The prices that moved most from their first month, one region a good, as multiples of it."""
    by_move: dict[str, tuple[float, str]] = {}
    for (material, region), path in prices.items():
        move = float(np.max(np.abs(np.log(np.maximum(path, 1e-9) / path[0]))))
        if material not in by_move or move > by_move[material][0]:
            by_move[material] = (move, region)
    chosen = sorted(by_move, key=lambda material: -by_move[material][0])[:most]
    return [
        {
            "material": material,
            "region": (region := by_move[material][1]),
            "value": [value / prices[material, region][0] for value in prices[material, region]],
            "unit": "multiple of the first month",
        }
        for material in chosen
    ]
