"""A scenario: a case, edited or not, rolled beside its baseline, then drawn over what is not known."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

import numpy as np

from xenotime.market.clearing import Clearing
from xenotime.policy.case import Case, load_case
from xenotime.policy.case_edits import edited
from xenotime.web.worker import Task

SHOWN = 8  # prices drawn while months are made


def work(task: Task) -> None:
    """Run it; publishes the run as soon as it is whole, and again with bands where draws were asked for."""
    from xenotime.api import load_world
    from xenotime.beside import cores
    from xenotime.runs import run_case, save_run

    case = case_of(task.request)
    world = load_world(case.data.world)
    watch = Watch(task, controlled(case))
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
    task.publish(document)
    save_run(done, task.folder / "run", case.data.world, document)
    if draws := int(task.request.get("draws", 0)):
        from xenotime.api import ensemble
        from xenotime.report.ensembled import with_bands

        study = ensemble(
            case.data.world,
            case,
            draws,
            out=task.keep("draws"),
            months=task.request.get("months"),
            tell=task.tell,
        )
        task.publish(with_bands(document, study.document()))


def case_of(request: dict[str, Any]) -> Case:
    """The case a request asks for; raises InputProblems for one that cannot be."""
    return edited(load_case(request["case"]), request.get("edits", {}), request.get("title", ""))


def controlled(case: Case) -> tuple[str, ...]:
    """Patterns of the goods the case controls; all goods where it controls none."""
    return tuple(dict.fromkeys(p for row in case.data.control for p in row.materials)) or ("*",)


@dataclass(slots=True)
class Watch:
    """Prices of controlled goods while months are made: a first look, before there is a document.

    patterns : of the goods;  prices : USD per unit by good and region, a value a month
    """

    task: Task
    patterns: tuple[str, ...]
    months: list[str] = field(default_factory=list)
    prices: dict[tuple[str, str], list[float]] = field(default_factory=dict)

    def see(self, month: str, clearing: Clearing) -> None:
        """Take a month's prices and tell those that moved most."""
        price, volume = clearing.price(), clearing.volume()
        self.months.append(month)
        for at, (material, region, pool) in enumerate(clearing.program.network.nodes):
            key = (material, region)
            if pool or not any(fnmatchcase(material, pattern) for pattern in self.patterns):
                continue
            if key in self.prices or (len(self.months) == 1 and volume[at] > 0 and price[at] > 0):
                self.prices.setdefault(key, []).append(float(price[at]))
        self.task.partial({"months": self.months, "prices": moved(self.prices, SHOWN)})


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
