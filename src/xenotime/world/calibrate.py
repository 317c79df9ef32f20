"""Prices, rents and wedges under which the reconciled flows are an equilibrium.

Positive mathematical programming:

    active recipe      value of outputs - value of inputs - rent = sourced cost + wedge
    idle recipe        value of outputs - value of inputs - rent <= sourced cost
    active lane        p_destination = (1 + tariff) ((1 + export tax) p_origin + sourced cost + wedge)
    idle lane          p_destination <= (1 + tariff) ((1 + export tax) p_origin + sourced cost)
    surplus put away   p = - cost of putting it away

The sum of |wedge| / price over tonnes is minimised, with a heavier charge beyond a quarter of price and on
prices outside their observed range.  Small squares keep prices near what is observed and make the
answer unique.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from xenotime.world.incidence import Incidence
from xenotime.world.parts import Observed, Sketch
from xenotime.world.quadratic import solve_diagonal
from xenotime.world.reconcile import Flows

Array = npt.NDArray[np.float64]

CURVE = 1e-3  # weight of squares beside the absolute values, small enough to break ties only
MISSED = 1e5  # charge on a price outside its observed range, per share of price
LARGE_WEDGE = 0.25  # of price: beyond it the charge rises
LARGE_CHARGE = 6.0
CLEARLY = 2e-3  # of value: idle columns stay this far from pay, full plants this far into rent; no ties
SHY_OF_DISPOSAL = 0.05  # prices of goods not put away stay this share of the cost above doing so


@dataclass(frozen=True, slots=True)
class Calibrated:
    """Node prices (USD/t), rent per plant (USD/activity) and calibrated marginal cost per activity and route.

    marginal : cost at the reference flow; for idle columns the cost at zero flow
    wedge : marginal minus sourced cost
    """

    price: Array
    rent: dict[str, float]
    marginal: Array
    wedge: Array


@dataclass(frozen=True, slots=True)
class _Side:
    """Rows of one program part: coefficients on prices, sourced cost, room below, weight, and scale."""

    on_price: sp.csr_matrix
    cost: Array
    room: Array
    tonnes: Array
    value: Array
    active: npt.NDArray[np.bool_]


def calibrate(
    sketch: Sketch,
    incidence: Incidence,
    flows: Flows,
    observed: Sequence[Observed],
    guess: Array,
    slopes: Array,
) -> Calibrated:
    """Solve for prices, rents and wedges.

    Parameters
    ----------
    guess : first idea of each node's price (USD/t), used for scale and ties
    slopes : slope of marginal cost per activity and route column
    """
    side = _conditions(sketch, incidence, flows, guess, slopes)
    plants = sorted({a.facility for a, full in zip(sketch.activities, flows.full, strict=False) if full})
    price, rent = _solve(sketch, incidence, flows, observed, guess, side, plants)
    marginal = side.on_price @ price
    for column, activity in enumerate(sketch.activities):
        if activity.facility in rent:
            marginal[column] -= rent[activity.facility]
    charged = _surcharge(sketch)
    marginal = marginal / charged
    sourced = side.cost / charged
    idle = ~side.active
    apart = CLEARLY * side.value[idle] / charged[idle]
    marginal[idle] = np.maximum(marginal[idle] + apart, sourced[idle])
    return Calibrated(price, rent, marginal, marginal - sourced)


def _surcharge(sketch: Sketch) -> Array:
    """One plus the tariff on routes, one on activities: what a dollar of cost does to the landed price."""
    return np.array([1.0] * len(sketch.activities) + [1 + route.tariff for route in sketch.routes])


def _conditions(sketch: Sketch, incidence: Incidence, flows: Flows, guess: Array, slopes: Array) -> _Side:
    """One row per activity and route, in dollars per unit of it."""
    plants, lanes = len(sketch.activities), len(sketch.routes)
    rows = incidence.matrix[:, : plants + lanes].T.tocsr().copy()
    for offset, route in enumerate(sketch.routes):
        row = plants + offset
        begin, end = rows.indptr[row], rows.indptr[row + 1]
        factor = (1 + route.export_tax) * (1 + route.tariff)
        entries = rows.data[begin:end]
        rows.data[begin:end] = np.where(entries < 0, -factor, entries)
    charged = _surcharge(sketch)
    sourced = np.array([a.cost for a in sketch.activities] + [r.cost for r in sketch.routes])
    values = flows.values[: plants + lanes]
    active = values > 0
    outputs = rows.multiply(rows > 0)
    made = np.asarray(outputs.sum(axis=1)).ravel()
    value = np.maximum(np.asarray(outputs @ guess), 1e-3 * np.abs(made))
    # cost at zero flow may not be negative
    room = np.where(active, np.maximum(sourced - slopes * values, 0.0), 0.0) * charged
    return _Side(rows, sourced * charged, room, values * made, np.maximum(value, 1.0), active)


def _solve(
    sketch: Sketch,
    incidence: Incidence,
    flows: Flows,
    observed: Sequence[Observed],
    guess: Array,
    side: _Side,
    plants: list[str],
) -> tuple[Array, dict[str, float]]:
    """Columns: price, rent, wedge up and beyond a quarter, down and beyond, slack, seen over and under."""
    nodes, rows, seen = len(incidence.nodes), len(side.cost), len(observed)
    unit = np.maximum(guess, 1.0)
    scaled = sp.diags(1 / side.value) @ side.on_price @ sp.diags(unit)
    at = {name: index for index, name in enumerate(plants)}
    worth = np.array([_worth(sketch, side, name) for name in plants], dtype=float)
    rents = [
        (row, at[a.facility], -worth[at[a.facility]] / side.value[row])
        for row, a in enumerate(sketch.activities)
        if a.facility in at
    ]
    rent_rows = _sparse(rents, (rows, len(plants)))
    eye = sp.identity(rows)
    watch = _sparse(
        [
            (
                i,
                incidence.place[o.material, o.region],
                o.factor * unit[incidence.place[o.material, o.region]] / o.value,
            )
            for i, o in enumerate(observed)
        ],
        (seen, nodes),
    )
    look = sp.identity(seen)
    system = sp.bmat(
        [
            [scaled, rent_rows, -eye, -eye, eye, eye, eye, None, None],
            [watch, None, None, None, None, None, None, -look, look],
        ]
    ).tocsc()
    right = np.concatenate([side.cost / side.value, np.ones(seen)])
    weight = _weights(side)
    reach = np.array([[(o.low / o.value - 1), (o.high / o.value - 1)] for o in observed]).reshape(seen, 2)
    # a price may move inside its range at a small charge; beyond it at a large one, by two more columns
    beyond = sp.vstack([sp.csc_matrix((rows, seen)), -look])
    below = sp.vstack([sp.csc_matrix((rows, seen)), look])
    system = sp.hstack([system, beyond, below]).tocsc()
    stress = np.ones(seen)
    none, many = np.zeros(rows), np.full(rows, np.inf)
    idle = np.where(side.active, 0.0, np.inf)
    down = np.where(side.active, side.room / side.value, 0.0)
    low_price, high_price = _price_bounds(sketch, incidence, flows, unit)
    rent_low = np.where(_at_bound(sketch, flows, plants), CLEARLY, 0.0)
    low = np.concatenate([low_price, rent_low, none, none, none, none, none, np.zeros(4 * seen)])
    high = np.concatenate(
        [
            high_price,
            np.full(len(plants), np.inf),
            np.full(rows, LARGE_WEDGE),
            many,
            np.minimum(down, LARGE_WEDGE),
            np.maximum(down - LARGE_WEDGE, 0.0),
            idle,
            np.maximum(reach[:, 1], 0),
            np.maximum(-reach[:, 0], 0),
            np.full(2 * seen, np.inf),
        ]
    )
    linear = np.concatenate(
        [
            -CURVE * CURVE * np.ones(nodes),
            np.zeros(len(plants)),
            weight,
            LARGE_CHARGE * weight,
            weight,
            LARGE_CHARGE * weight,
            none,
            np.zeros(2 * seen),
            MISSED * stress,
            MISSED * stress,
        ]
    )
    curvature = np.concatenate(
        [
            CURVE * CURVE * np.ones(nodes),
            CURVE * CURVE * np.ones(len(plants)),
            *([CURVE * weight] * 4),
            none,
            CURVE * stress,
            CURVE * stress,
            CURVE * stress,
            CURVE * stress,
        ]
    )
    answer = solve_diagonal(curvature, linear, system, right, low, high, "calibration of the base year")
    price = answer[:nodes] * unit
    rent = {name: float(answer[nodes + i] * worth[i]) for name, i in at.items()}
    return price, {
        name: value
        for (name, value), unit_value in zip(rent.items(), worth, strict=True)
        if value > CLEARLY / 2 * unit_value
    }


def _at_bound(sketch: Sketch, flows: Flows, plants: list[str]) -> npt.NDArray[np.bool_]:
    """Whether each plant works at the capacity its facts give."""
    load: dict[str, float] = {}
    for activity, value in zip(sketch.activities, flows.values, strict=False):
        load[activity.facility] = load.get(activity.facility, 0.0) + float(value)
    capacity = {a.facility: a.capacity for a in sketch.activities}
    return np.array([load[name] >= (capacity[name] or np.inf) * (1 - 1e-6) for name in plants], dtype=bool)


def _worth(sketch: Sketch, side: _Side, plant: str) -> float:
    """Largest value of output per activity among a plant's recipes: the unit its rent is solved in."""
    return max(float(side.value[row]) for row, a in enumerate(sketch.activities) if a.facility == plant)


def _weights(side: _Side) -> Array:
    """Share of all tonnes, with a floor so that idle columns count a little."""
    total = side.tonnes.sum()
    return np.asarray(np.maximum(side.tonnes / total * len(side.tonnes), 1e-2))


def _price_bounds(sketch: Sketch, incidence: Incidence, flows: Flows, unit: Array) -> tuple[Array, Array]:
    """Prices are not negative but where surplus may be put away, and there not below minus its cost."""
    low = np.zeros(len(incidence.nodes))
    high = np.full(len(incidence.nodes), np.inf)
    for use in sketch.uses:
        node = incidence.place[use.material, use.region]
        low[node] = 0.01
    start = incidence.first["outlet"]
    for offset, outlet in enumerate(sketch.outlets):
        place = incidence.place.get((outlet.material, outlet.region))
        if place is None:
            continue
        low[place] = -outlet.cost * (1 - SHY_OF_DISPOSAL) / unit[place]
        if flows.values[start + offset] > 0:
            low[place] = high[place] = -outlet.cost / unit[place]
    return low, high


def _sparse(entries: list[tuple[int, int, float]], shape: tuple[int, int]) -> sp.csc_matrix:
    rows, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
    return sp.csc_matrix((values, (rows, columns)), shape=shape)
