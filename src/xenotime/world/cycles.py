"""Trade in circles: a homogeneous good that leaves and comes back is netted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from xenotime.world.parts import Route

Array = npt.NDArray[np.float64]


def cancel_cycles(routes: Sequence[Route], flows: Array) -> Array:
    """Flows with each directed circle of a material reduced by its smallest leg; balances stay."""
    flows = flows.copy()
    by_material: dict[str, list[int]] = {}
    for index, route in enumerate(routes):
        by_material.setdefault(route.material, []).append(index)
    for indices in by_material.values():
        while True:
            circle = _find_circle(routes, [i for i in indices if flows[i] > 0])
            if not circle:
                break
            least = min(circle, key=lambda i: flows[i])
            amount = flows[least]
            for i in circle:
                flows[i] -= amount
            flows[least] = 0.0
    return flows


def _find_circle(routes: Sequence[Route], active: list[int]) -> list[int]:
    """Indices of the legs of one directed circle, empty when there is none."""
    leaving: dict[str, list[int]] = {}
    for index in active:
        leaving.setdefault(routes[index].origin, []).append(index)
    done: set[str] = set()
    for start in sorted(leaving):
        path: list[int] = []
        circle = _walk(routes, leaving, start, path, {start}, done)
        if circle:
            return circle
    return []


def _walk(
    routes: Sequence[Route],
    leaving: dict[str, list[int]],
    at: str,
    path: list[int],
    seen: set[str],
    done: set[str],
) -> list[int]:
    if at in done:
        return []
    for index in leaving.get(at, ()):
        to = routes[index].destination
        if to in seen:
            legs = [*path, index]
            begin = next(i for i, leg in enumerate(legs) if routes[leg].origin == to)
            return legs[begin:]
        circle = _walk(routes, leaving, to, [*path, index], seen | {to}, done)
        if circle:
            return circle
    done.add(at)
    return []
