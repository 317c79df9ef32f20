"""Make the facts balance: weighted least squares on the mass balances of every node.

minimise  sum ((v - fact) / spread)^2 + toll . v   subject to   N v = 0,  0 <= v <= capacity

`toll` is a small charge on moving goods, so that of two ways to balance the shorter one is taken.
Every figure that moved is reported, largest first; nothing is silently filled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.sparse.linalg import spsolve

from xenotime.errors import InternalFault
from xenotime.world.cycles import cancel_cycles
from xenotime.world.incidence import Incidence
from xenotime.world.parts import Measure, Sketch
from xenotime.world.quadratic import solve_diagonal

Array = npt.NDArray[np.float64]

NOTHING = 3e-4  # of what passes through each of its nodes: below it a flow is none
BALANCED = 1e-12  # of a node's throughput


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One fact and what became of it; `deviation` is the difference in standard deviations."""

    what: str
    fact: float
    reconciled: float
    difference: float
    deviation: float
    unit: str
    grade: str
    source: str


@dataclass(frozen=True, slots=True)
class Flows:
    """Reconciled flows per column of the incidence, and the capacity columns that are full."""

    values: Array
    full: npt.NDArray[np.bool_]
    adjustments: tuple[Adjustment, ...]


def reconcile(
    sketch: Sketch, incidence: Incidence, measures: Sequence[Measure], toll: float, fullness: float
) -> Flows:
    """Reconciled flows of `sketch`.

    Parameters
    ----------
    toll : penalty per spread of goods moved by a route that costs all they are worth, in squared
        standard deviations
    fullness : share of capacity from which a plant counts as full

    Raises NoAnswer when capacities leave no balanced answer.
    """
    expected, spread, high = _priors(sketch)
    scale = np.maximum(np.maximum(expected, spread), 1e-9)
    ceiling, members = _shared_capacity(sketch)
    values = _least_squares(
        sketch, incidence, measures, expected, spread, high, scale, ceiling, members, toll
    )
    values[_negligible(incidence, values)] = 0.0
    routes = incidence.block("route")
    moved = cancel_cycles(sketch.routes, values[routes])
    values[routes] = moved
    values = _polish(incidence, values, scale)
    full = _full(sketch, values, ceiling, members, fullness)
    found = _adjustments(sketch, incidence, measures, values)
    return Flows(values, full, found)


def _priors(sketch: Sketch) -> tuple[Array, Array, Array]:
    """Expected value, standard deviation and upper bound of every column."""
    rows = [(a.expected, a.spread, np.inf if a.runs else 0.0) for a in sketch.activities]
    rows += [(r.expected, r.spread, np.inf if r.used else 0.0) for r in sketch.routes]
    rows += [(u.quantity, range_spread(u.low, u.high, u.quantity), np.inf) for u in sketch.uses]
    rows += [(o.expected, o.spread, np.inf if o.used else 0.0) for o in sketch.outlets]
    table = np.array(rows, dtype=float).reshape(len(rows), 3)
    return table[:, 0], table[:, 1], table[:, 2]


def range_spread(low: float, high: float, value: float) -> float:
    """Standard deviation of a range read as the middle nine tenths of a normal law; at least 1 %."""
    return max((high - low) / 3.29, 0.01 * abs(value), 1e-9)


def _shared_capacity(sketch: Sketch) -> tuple[Array, list[list[int]]]:
    """Capacity and member columns of each plant that has one."""
    plants: dict[str, list[int]] = {}
    for column, activity in enumerate(sketch.activities):
        if activity.capacity is not None and activity.runs:
            plants.setdefault(activity.facility, []).append(column)
    ceilings = [sketch.activities[columns[0]].capacity or 0.0 for columns in plants.values()]
    return np.array(ceilings, dtype=float), list(plants.values())


def _least_squares(
    sketch: Sketch,
    incidence: Incidence,
    measures: Sequence[Measure],
    expected: Array,
    spread: Array,
    high: Array,
    scale: Array,
    ceiling: Array,
    members: list[list[int]],
    toll: float,
) -> Array:
    """The program in scaled columns, with one residual per measure and one slack per plant."""
    count, known, plants = incidence.matrix.shape[1], len(measures), len(ceiling)
    balance = incidence.matrix @ sp.diags(scale)
    size = np.maximum(abs(balance).max(axis=1).toarray().ravel(), 1e-12)
    balance = sp.diags(1 / size) @ balance
    picks = [
        (row, col, weight * scale[col] / m.spread)
        for row, m in enumerate(measures)
        for col, weight in m.terms
    ]
    measured = _matrix(picks, (known, count))
    loads = [(row, col, scale[col] / ceiling[row]) for row, cols in enumerate(members) for col in cols]
    loaded = _matrix(loads, (plants, count))
    rows = sp.bmat(
        [[balance, None, None], [measured, -sp.identity(known), None], [loaded, None, sp.identity(plants)]]
    ).tocsc()
    right = np.concatenate(
        [np.zeros(balance.shape[0]), [m.value / m.spread for m in measures], np.ones(plants)]
    )
    ratio = scale / spread
    charge = np.zeros(count)
    burden = np.array([route.burden for route in sketch.routes])
    charge[incidence.block("route")] = toll * burden * ratio[incidence.block("route")]
    last = incidence.block("outlet")
    charge[last] = np.array([outlet.toll for outlet in sketch.outlets]) * ratio[last]
    curvature = np.concatenate([ratio**2, np.ones(known), np.zeros(plants)])
    linear = np.concatenate([-ratio * expected / spread + charge, np.zeros(known + plants)])
    low = np.concatenate([np.zeros(count), np.full(known, -np.inf), np.zeros(plants)])
    top = np.concatenate([high / scale, np.full(known, np.inf), np.ones(plants)])
    answer = solve_diagonal(curvature, linear, rows, right, low, top, "reconciliation of the base year")
    return np.asarray(answer[:count] * scale)


def _matrix(entries: list[tuple[int, int, float]], shape: tuple[int, int]) -> sp.csc_matrix:
    rows, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
    return sp.csc_matrix((values, (rows, columns)), shape=shape)


def _negligible(incidence: Incidence, values: Array) -> npt.NDArray[np.bool_]:
    """Columns that matter at none of their nodes."""
    throughput = np.maximum(abs(incidence.matrix) @ values / 2, 1e-9)
    moved = abs(incidence.matrix) @ sp.diags(values)
    share = sp.diags(1 / throughput) @ moved
    return np.asarray(share.max(axis=0).toarray()).ravel() < NOTHING


def _polish(incidence: Incidence, values: Array, scale: Array) -> Array:
    """Close the balances to rounding by the smallest relative change of the flows that are there."""
    throughput = np.maximum(abs(incidence.matrix) @ values, 1e-12)
    for _ in range(8):
        miss = incidence.matrix @ values
        if np.max(np.abs(miss) / throughput) < BALANCED:
            return values
        weight = values**2
        rows = sp.diags(1 / throughput) @ incidence.matrix
        normal = rows @ sp.diags(weight) @ rows.T + 1e-13 * sp.diags(
            np.maximum((rows.multiply(rows)) @ weight, 1e-30)
        )
        values = np.maximum(values - weight * (rows.T @ spsolve(normal.tocsc(), miss / throughput)), 0.0)
    worst = int(np.argmax(np.abs(incidence.matrix @ values) / throughput))
    raise InternalFault(f"reconciliation: node {incidence.nodes[worst]} does not balance")


def _full(
    sketch: Sketch, values: Array, ceiling: Array, members: list[list[int]], fullness: float
) -> npt.NDArray[np.bool_]:
    """Columns of plants that may earn a rent: nearly at capacity, or under a quota used in full."""
    full = np.zeros(len(values), dtype=bool)
    for most, columns in zip(ceiling, members, strict=True):
        bound = all(sketch.activities[column].at_quota for column in columns)
        if values[columns].sum() >= most * fullness or (bound and values[columns].sum() > 0):
            full[columns] = True
    return full


def _adjustments(
    sketch: Sketch, incidence: Incidence, measures: Sequence[Measure], values: Array
) -> tuple[Adjustment, ...]:
    """Every fact against its reconciled value, largest deviation first."""
    found = []
    for m in measures:
        now = sum(weight * values[col] for col, weight in m.terms)
        found.append(_adjusted(m.name, m.value, float(now), m.spread, m.unit, m.grade, m.source))
    for column, use in enumerate(sketch.uses, incidence.first["use"]):
        name = f"use of {use.material} in {use.region} by {use.sector}"
        spread = range_spread(use.low, use.high, use.quantity)
        found.append(
            _adjusted(name, use.quantity, float(values[column]), spread, "t/month", use.grade, use.source)
        )
    return tuple(sorted(found, key=lambda item: (-abs(item.deviation), item.what)))


def _adjusted(
    what: str, fact: float, now: float, spread: float, unit: str, grade: str, source: str
) -> Adjustment:
    return Adjustment(what, fact, now, now - fact, (now - fact) / spread, unit, grade, source)
