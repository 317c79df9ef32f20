"""A world as arrays: nodes, and the columns of the program that join them.

A node is (material, region, pool).  The pool ``""`` is the open market; a named pool serves one
sector only, fed by the market, by contracts and by that sector's own stock (M5, M6).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from xenotime.months import month_number
from xenotime.world.tables import Contract, Demand, Facility, Stock, Supply
from xenotime.world.world import World

Array = npt.NDArray[np.float64]
Index = npt.NDArray[np.int64]
Node = tuple[str, str, str]

# Lanes beside those of the tables, closed until terms open them: slower ways round a port, shipments to one
# named end user, and ways round a control.
BESIDE = ("slow", "direct", "leak")
SHIPPED = ("lane", "contract", *BESIDE)  # goods that go from place to place


@dataclass(frozen=True, slots=True)
class LaneArrays:
    """Everything that moves goods from node to node; arrays of one entry per lane."""

    label: tuple[tuple[str, str, str, str], ...]  # kind, material, origin, destination (or contract)
    origin: Index
    destination: Index
    cost: Array
    slope: Array
    lag: Array
    export_tax: Array
    tariff: Array
    low: Array
    high: Array


@dataclass(frozen=True, slots=True)
class JointLimit:
    """One row: weighted flows and activities together stay below an allowance (M3, M4).

    `recipient` is who receives the rent; `held_by_exporter` puts the rent into the base of tariffs.
    `holders` are the shares of those the allowance is divided among, where it is.  `supplies` are members
    among the supply rows; what brings goods that may be used further has a weight below zero.
    """

    kind: str
    name: str
    lanes: tuple[tuple[int, float], ...]
    facilities: tuple[tuple[int, float], ...]
    allowance: float
    recipient: str = ""
    held_by_exporter: bool = False
    holders: tuple[tuple[str, float], ...] = ()
    supplies: tuple[tuple[int, float], ...] = ()

    def weights(self) -> tuple[float, ...]:
        """Weight of each member: lanes, then plants, then supply rows."""
        return tuple(weight for _, weight in (*self.lanes, *self.facilities, *self.supplies))


@dataclass(frozen=True, slots=True)
class Network:
    """Arrays of one world, in the order of its tables."""

    nodes: tuple[Node, ...]
    place: dict[Node, int]
    facilities: tuple[Facility, ...]
    recipes: sp.csc_matrix  # nodes x facilities, amount per unit of activity
    lanes: LaneArrays
    demand: tuple[Demand, ...]
    demand_node: Index
    supply: tuple[Supply, ...]
    supply_node: Index
    disposal_node: Index
    disposal_cost: Array
    stocks: tuple[Stock, ...]
    stock_node: Index
    joint: tuple[JointLimit, ...]

    def market_nodes(self) -> list[int]:
        """Indices of the nodes of the open market."""
        return [index for index, node in enumerate(self.nodes) if node[2] == ""]


def _pools(world: World) -> tuple[dict[tuple[str, str, str], str], dict[str, str]]:
    """Pool of each demand row, and pool each contract delivers to.

    A contract without a sector feeds all users of its destination; where nobody there consumes
    the material as it is, it is processed, and the contract delivers to the market node.
    """
    users = {(row.material, row.region, row.sector) for row in world.demand}
    private = {(s.material, s.region, s.sector) for s in world.stocks if s.sector}
    private |= {(c.material, c.destination, c.sector) for c in world.contracts if c.sector}
    shared = {(c.material, c.destination) for c in world.contracts if not c.sector}
    pool_of = {}
    for material, region, sector in users:
        if (material, region, sector) in private:
            pool_of[material, region, sector] = sector
        elif (material, region) in shared:
            pool_of[material, region, sector] = "contract"
        else:
            pool_of[material, region, sector] = ""
    delivers = {}
    for c in world.contracts:
        pools = {pool for (m, r, _), pool in pool_of.items() if (m, r) == (c.material, c.destination)}
        wanted = c.sector or "contract"
        delivers[c.contract] = wanted if wanted in pools else ""
    return pool_of, delivers


def _collect_nodes(world: World, pool_of: dict[tuple[str, str, str], str]) -> tuple[Node, ...]:
    flows: dict[str, list[str]] = {}
    for row in world.recipes:
        flows.setdefault(row.recipe, []).append(row.material)
    found: dict[Node, None] = {}
    for plant in world.facilities:
        for material in flows.get(plant.recipe, ()):
            found[material, plant.region, ""] = None
    for lane in world.lanes:
        found[lane.material, lane.origin, ""] = None
        found[lane.material, lane.destination, ""] = None
    for demand in world.demand:
        found[demand.material, demand.region, ""] = None
        found[demand.material, demand.region, pool_of[demand.material, demand.region, demand.sector]] = None
    for supply in world.supply:
        found[supply.material, supply.region, ""] = None
    for stock in world.stocks:
        found[stock.material, stock.region, ""] = None
    for contract in world.contracts:
        found[contract.material, contract.origin, ""] = None
        found[contract.material, contract.destination, ""] = None
    return tuple(sorted(found))


def build_network(world: World, month: str = "") -> Network:
    """Index `world`; contracts not alive in `month` (YYYY-MM, blank is any) keep a column, closed."""
    pool_of, delivers = _pools(world)
    nodes = _collect_nodes(world, pool_of)
    place = {node: index for index, node in enumerate(nodes)}
    flows: dict[str, list[tuple[str, float]]] = {}
    for row in world.recipes:
        flows.setdefault(row.recipe, []).append((row.material, row.amount))
    rows, cols, amounts = [], [], []
    for column, plant in enumerate(world.facilities):
        for material, amount in flows.get(plant.recipe, ()):
            rows.append(place[material, plant.region, ""])
            cols.append(column)
            amounts.append(amount)
    recipes = sp.csc_matrix((amounts, (rows, cols)), shape=(len(nodes), len(world.facilities)))
    cost_of = {m.material: m.disposal_cost for m in world.materials if m.disposable}
    known = {m.material for m in world.materials}
    disposal = [i for i, (m, _, pool) in enumerate(nodes) if not pool and (m in cost_of or m not in known)]
    return Network(
        nodes=nodes,
        place=place,
        facilities=world.facilities,
        recipes=recipes,
        lanes=_lanes(world, place, pool_of, delivers, month),
        demand=world.demand,
        demand_node=_where(
            place, [(d.material, d.region, pool_of[d.material, d.region, d.sector]) for d in world.demand]
        ),
        supply=world.supply,
        supply_node=_where(place, [(s.material, s.region, "") for s in world.supply]),
        disposal_node=np.array(disposal, dtype=np.int64),
        disposal_cost=np.array([cost_of.get(nodes[i][0], 0.0) for i in disposal]),
        stocks=world.stocks,
        stock_node=_where(place, [_stock_node(s, pool_of) for s in world.stocks]),
        joint=_table_limits(world),
    )


def _where(place: dict[Node, int], wanted: list[Node]) -> Index:
    return np.array([place[node] for node in wanted], dtype=np.int64)


def _stock_node(stock: Stock, pool_of: dict[tuple[str, str, str], str]) -> Node:
    return (stock.material, stock.region, pool_of.get((stock.material, stock.region, stock.sector), ""))


def _lanes(
    world: World,
    place: dict[Node, int],
    pool_of: dict[tuple[str, str, str], str],
    delivers: dict[str, str],
    month: str,
) -> LaneArrays:
    """Trade lanes, then contracts, then the moves between a market node and its pools."""
    entries: list[tuple[tuple[str, str, str, str], Node, Node, tuple[float, ...]]] = []
    for lane in world.lanes:
        high = np.inf if lane.limit is None else lane.limit
        numbers = (lane.cost, lane.cost_slope, lane.lag_months, lane.export_tax, lane.tariff, 0.0, high)
        label = ("lane", lane.material, lane.origin, lane.destination)
        entries.append(
            (label, (lane.material, lane.origin, ""), (lane.material, lane.destination, ""), numbers)
        )
    for c in world.contracts:
        alive = _alive(c, month)
        numbers = (
            c.cost,
            0.0,
            c.lag_months,
            0.0,
            0.0,
            alive * c.take_or_pay * c.quantity,
            alive * c.quantity,
        )
        to = (c.material, c.destination, delivers[c.contract])
        entries.append(
            (("contract", c.material, c.origin, c.contract), (c.material, c.origin, ""), to, numbers)
        )
    resale = {(s.material, s.region, s.sector): s.resale_cost for s in world.stocks if s.sector}
    for material, region, pool in sorted({(m, r, p) for (m, r, _), p in pool_of.items() if p}):
        market, user = (material, region, ""), (material, region, pool)
        entries.append((("purchase", material, region, pool), market, user, (0.0,) * 6 + (np.inf,)))
        back = resale.get((material, region, pool))
        if back is not None:
            entries.append(
                (("resale", material, region, pool), user, market, (back,) + (0.0,) * 5 + (np.inf,))
            )
        if pool != "contract" and (material, region, "contract") in place:
            shared = (material, region, "contract")
            entries.append((("purchase", material, region, pool), shared, user, (0.0,) * 6 + (np.inf,)))
    table = np.array([numbers for *_, numbers in entries], dtype=float).reshape(len(entries), 7)
    return LaneArrays(
        tuple(label for label, *_ in entries),
        _where(place, [origin for _, origin, _, _ in entries]),
        _where(place, [destination for _, _, destination, _ in entries]),
        *(np.ascontiguousarray(column) for column in table.T),
    )


def _alive(contract: Contract, month: str) -> float:
    if not month:
        return 1.0
    now = month_number(month)
    begun = not contract.start or month_number(contract.start) <= now
    return float(begun and (not contract.end or now <= month_number(contract.end)))


def _table_limits(world: World) -> tuple[JointLimit, ...]:
    """Shared capacity of plants with several recipes (M2) and the limits table (M3)."""
    rows: list[JointLimit] = []
    by_plant: dict[str, list[int]] = {}
    for column, plant in enumerate(world.facilities):
        by_plant.setdefault(plant.facility, []).append(column)
    for name, columns in by_plant.items():
        capacity = world.facilities[columns[0]].capacity
        if capacity is not None and len(columns) > 1:
            weights = tuple((column, world.facilities[column].capacity_use) for column in columns)
            rows.append(
                JointLimit("capacity", name, (), weights, capacity, world.facilities[columns[0]].region)
            )
    for limit in world.limits:
        members = tuple(
            (i, lane.weight) for i, lane in enumerate(world.lanes) if lane.limit_group == limit.limit_group
        )
        rows.append(JointLimit("limit_group", limit.limit_group, members, (), limit.limit))
    return tuple(rows)
