"""One month written in linopy from the tables of a world, without any matrix of ours.

Curves that bend are replaced by their tangent at the last price, charges in proportion to value by their
amount at the last price, and the program is solved again until neither moves: a textbook's way (the
PIES method of Hogan and Ahn), which meets the true curves where ours cuts them into segments.
"""

from __future__ import annotations

import warnings
from collections import defaultdict
from dataclasses import dataclass

import linopy
import numpy as np
import xarray

from xenotime.months import month_number
from xenotime.world.tables import Demand, Facility
from xenotime.world.world import World

ROUNDS = 30
SETTLED = 1e-8  # relative move of prices at which tangents and charges stand
HIPO_ACCURACY, HIPO_GAP = 1e-10, 1e-12  # the finest HiGHS offers
LOWEST = 1 / 30  # of its reference price: where a bent curve is left for a straight line to zero
Node = tuple[str, str]
Terms = dict[Node, list[tuple[str, int, float]]]


@dataclass(frozen=True)
class Month:
    """Prices by material and region, flows by lane, activity by plant and recipe, and what really ran."""

    price: dict[Node, float]
    flow: dict[tuple[str, str, str], float]
    activity: dict[tuple[str, str], float]
    use: dict[tuple[str, str, str], float]
    ran_interior_point: bool


def runs(plant: Facility, month: str) -> bool:
    """Whether a plant is open."""
    now = month_number(month)
    return (
        plant.status == "operating"
        and (not plant.start or month_number(plant.start) <= now)
        and (not plant.end or now <= month_number(plant.end))
    )


def wanted_at(row: Demand, price: float) -> tuple[float, float]:
    """Quantity wanted at a price, and its derivative."""
    assert row.price is not None
    assert row.quantity is not None
    assert row.elasticity is not None
    quantity = row.quantity * (price / row.price) ** row.elasticity
    return quantity, row.elasticity * quantity / price


def reference_prices(world: World) -> dict[Node, float]:
    """Where tangents and charges begin when nothing is known."""
    return {(row.material, row.region): row.price or row.intercept or 1.0 for row in world.demand}


def solve_month(world: World, month: str) -> Month:
    """Clear one month, every lag zero and nothing stored, from reference prices."""
    prices = reference_prices(world)
    for _ in range(ROUNDS):
        found = one_round(world, month, prices)
        watched = {(row.material, row.region) for row in world.demand}
        watched |= {(lane.material, lane.origin) for lane in world.lanes if lane.tariff or lane.export_tax}
        moved = max(abs(found.price[n] - prices.get(n, 0.0)) / max(abs(found.price[n]), 1.0) for n in watched)
        prices = found.price
        if moved <= SETTLED:
            return found
    raise AssertionError(f"prices still move by {moved:.1e} after {ROUNDS} rounds")


def one_round(world: World, month: str, last: dict[Node, float]) -> Month:
    """The month with curves and charges as they stand at the prices `last`."""
    model = linopy.Model()
    balance: Terms = defaultdict(list)
    recipes = defaultdict(list)
    for row in world.recipes:
        recipes[row.recipe].append((row.material, row.amount))

    plants = [plant for plant in world.facilities if runs(plant, month)]
    sharing = defaultdict(list)
    for index, plant in enumerate(plants):
        sharing[plant.facility].append(index)
        for material, amount in recipes[plant.recipe]:
            balance[material, plant.region].append(("plant", index, amount))
    for index, lane in enumerate(world.lanes):
        balance[lane.material, lane.origin].append(("lane", index, -1.0))
        balance[lane.material, lane.destination].append(("lane", index, 1.0))
    for index, want in enumerate(world.demand):
        balance[want.material, want.region].append(("use", index, -1.0))
    free = {row.material: row.disposal_cost for row in world.materials if row.disposable}
    waste = [node for node in list(balance) if node[0] in free]
    for index, node in enumerate(waste):
        balance[node].append(("waste", index, -1.0))

    # value of use: a straight line, or the tangent of a bent curve at the last price
    height, fall, most = [], [], []
    for want in world.demand:
        if want.form == "linear":
            assert want.intercept is not None
            assert want.slope is not None
            height.append(want.intercept)
            fall.append(want.slope)
            most.append(np.inf)
            continue
        assert want.price is not None
        assert want.choke is not None
        at = float(np.clip(last[want.material, want.region], LOWEST * want.price, want.choke))
        quantity, turn = wanted_at(want, at)
        height.append(at - quantity / turn)
        fall.append(-1.0 / turn)
        most.append(np.inf)
    charge = [
        (lane.export_tax + lane.tariff * (1 + lane.export_tax)) * last.get((lane.material, lane.origin), 0.0)
        for lane in world.lanes
    ]
    shares = {name: members for name, members in sharing.items() if len(members) > 1}
    own = [
        np.inf
        if plant.capacity is None or plant.facility in shares
        else plant.capacity / (plant.capacity_use or 1.0)
        for plant in plants
    ]
    limits = np.array([np.inf if lane.limit is None else lane.limit for lane in world.lanes])
    x = {
        "plant": _variable(model, "plant", len(plants), np.array(own)),
        "lane": _variable(model, "lane", len(world.lanes), limits),
        "use": _variable(model, "use", len(world.demand), np.array(most)),
        "waste": _variable(model, "waste", len(waste), np.full(len(waste), np.inf)),
    }
    nodes = list(balance)
    model.add_constraints(_expression(model, [balance[node] for node in nodes], x), "=", 0.0, name="balance")
    rows = []
    room = []
    for members in shares.values():
        capacity = plants[members[0]].capacity
        if capacity is not None:
            rows.append([("plant", i, plants[i].capacity_use) for i in members])
            room.append(capacity)
    for limit in world.limits:
        rows.append(
            [("lane", i, y.weight) for i, y in enumerate(world.lanes) if y.limit_group == limit.limit_group]
        )
        room.append(limit.limit)
    if rows:
        right = xarray.DataArray(np.array(room), dims="row")
        model.add_constraints(_expression(model, rows, x), "<=", right, name="limit")
    cost = {
        "plant": ([p.cost for p in plants], [p.cost_slope for p in plants]),
        "lane": (
            [(1 + y.tariff) * y.cost + c for y, c in zip(world.lanes, charge, strict=True)],
            [(1 + y.tariff) * y.cost_slope for y in world.lanes],
        ),
        "use": ([-value for value in height], fall),
        "waste": ([free[material] for material, _ in waste], [0.0] * len(waste)),
    }
    objective = sum(
        (0.5 * _array(kind, slope) * x[kind] * x[kind]).sum() + (_array(kind, linear) * x[kind]).sum()
        for kind, (linear, slope) in cost.items()
        if linear
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pandas and xarray inside linopy
        model.add_objective(objective)
        status, condition = model.solve(
            solver_name="highs",
            io_api="direct",
            progress=False,
            solver="hipo",
            threads=1,
            output_flag=False,
            primal_feasibility_tolerance=HIPO_ACCURACY,
            dual_feasibility_tolerance=HIPO_ACCURACY,
            ipm_optimality_tolerance=HIPO_GAP,
        )
    assert (status, condition) == ("ok", "optimal")
    info = model.solver_model.getInfo()
    value = {kind: np.asarray(model.solution[kind]) for kind in x}
    dual = np.asarray(model.dual["balance"])
    return Month(
        price=dict(zip(nodes, (float(p) for p in dual), strict=True)),
        flow={
            (y.material, y.origin, y.destination): float(v)
            for y, v in zip(world.lanes, value["lane"], strict=True)
        },
        activity={(p.facility, p.recipe): float(v) for p, v in zip(plants, value["plant"], strict=True)},
        use={
            (d.material, d.region, d.sector): float(v)
            for d, v in zip(world.demand, value["use"], strict=True)
        },
        ran_interior_point=info.ipm_iteration_count > 0 and info.qp_iteration_count <= 0,
    )


def _array(kind: str, values: list[float]) -> xarray.DataArray:
    return xarray.DataArray(np.array(values, dtype=float), dims=kind)


def _variable(model: linopy.Model, name: str, count: int, most: np.ndarray) -> linopy.Variable:
    upper = xarray.DataArray(most, dims=name, coords={name: np.arange(count)})
    return model.add_variables(lower=xarray.zeros_like(upper), upper=upper, name=name)


def _expression(
    model: linopy.Model, rows: list[list[tuple[str, int, float]]], x: dict[str, linopy.Variable]
) -> linopy.LinearExpression:
    """Rows of (kind, index, coefficient) as linopy's expression, padded to the longest row."""
    labels = {kind: np.asarray(variable.labels) for kind, variable in x.items()}
    longest = max(len(row) for row in rows)
    which = np.full((len(rows), longest), -1)
    amount = np.full((len(rows), longest), np.nan)
    for number, row in enumerate(rows):
        for place, (kind, index, coefficient) in enumerate(row):
            which[number, place] = labels[kind][index]
            amount[number, place] = coefficient
    data = xarray.Dataset(
        {
            "coeffs": (("row", "_term"), amount),
            "vars": (("row", "_term"), which),
            "const": (("row",), np.zeros(len(rows))),
        },
        coords={"row": np.arange(len(rows))},
    )
    return linopy.LinearExpression(data, model)
