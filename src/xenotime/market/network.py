"""A world as arrays: nodes, and the columns of the program that join them.

A node is (material, region, pool).  The pool ``""`` is the open market; a named pool serves one
sector only, fed by the market, by contracts and by that sector's own stock (M5, M6).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from xenotime.market.pools import Allocation, Pools, allocations, make_pools
from xenotime.months import month_number
from xenotime.world.tables import Contract, Demand, Facility, Stock, Supply
from xenotime.world.world import World

Array = npt.NDArray[np.float64]
Index = npt.NDArray[np.int64]
Node = tuple[str, str, str]
_Entry = tuple[tuple[str, str, str, str], Node, Node, tuple[float, ...]]  # label, from, to, numbers

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
    """Arrays of one world, in the order of its tables.

    `facilities` are the world's `plants`, then one column per :class:`~xenotime.market.pools.Allocation`.

    orders : demand rows that wait for their price and are closed until terms open them; what they do
        not get is no shortage and what they get is not used up
    releases : supply rows that hand out what lies somewhere, closed until terms open them
    """

    nodes: tuple[Node, ...]
    place: dict[Node, int]
    facilities: tuple[Facility, ...]
    plants: int
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
    orders: tuple[int, ...] = ()
    releases: tuple[int, ...] = ()

    def users(self) -> list[int]:
        """Demand rows of users, who use up what they get; orders do not."""
        return [index for index in range(len(self.demand)) if index not in self.orders]

    def market_nodes(self) -> list[int]:
        """Indices of the nodes of the open market."""
        return [index for index, node in enumerate(self.nodes) if node[2] == ""]


def _collect_nodes(world: World, pools: Pools) -> tuple[Node, ...]:
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
        found[demand.material, demand.region, pools.of_demand(demand)] = None
    for supply in world.supply:
        found[supply.material, supply.region, ""] = None
    for stock in world.stocks:
        found[stock.material, stock.region, ""] = None
    for contract in world.contracts:
        found[contract.material, contract.origin, ""] = None
        found[contract.material, contract.destination, ""] = None
        found[contract.material, contract.destination, pools.delivers[contract.contract]] = None
    return tuple(sorted(found))


def build_network(world: World, month: str = "") -> Network:
    """Index `world`; contracts not alive in `month` (YYYY-MM, blank is any) keep a column, closed."""
    pools = make_pools(world)
    nodes = _collect_nodes(world, pools)
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
    shared = allocations(world)
    for column, item in enumerate(shared, len(world.facilities)):
        market = place[item.material, item.region, ""]
        pool_nodes = [place[item.material, item.region, pool] for pool, _ in item.shares]
        rows += [market, *pool_nodes]
        cols += [column] * (1 + len(pool_nodes))
        amounts += [-1.0, *(share for _, share in item.shares)]
    facilities = (*world.facilities, *(_contracts_of(item) for item in shared))
    recipes = sp.csc_matrix((amounts, (rows, cols)), shape=(len(nodes), len(facilities)))
    cost_of = {m.material: m.disposal_cost for m in world.materials if m.disposable}
    known = {m.material for m in world.materials}
    disposal = [i for i, (m, _, pool) in enumerate(nodes) if not pool and (m in cost_of or m not in known)]
    return Network(
        nodes=nodes,
        place=place,
        facilities=facilities,
        plants=len(world.facilities),
        recipes=recipes,
        lanes=_lanes(world, place, pools, month),
        demand=world.demand,
        demand_node=_where(place, [(d.material, d.region, pools.of_demand(d)) for d in world.demand]),
        supply=world.supply,
        supply_node=_where(place, [(s.material, s.region, "") for s in world.supply]),
        disposal_node=np.array(disposal, dtype=np.int64),
        disposal_cost=np.array([cost_of.get(nodes[i][0], 0.0) for i in disposal]),
        stocks=world.stocks,
        stock_node=_where(place, [(s.material, s.region, pools.of_stock(s)) for s in world.stocks]),
        joint=_table_limits(world),
    )


def _contracts_of(item: Allocation) -> Facility:
    """The column that hands out what a sector gets under contract."""
    name = f"term contracts of {item.sector} for {item.material} in {item.region}"
    return Facility(facility=name, region=item.region, recipe=f"allocate {item.material}", name=name)


def _where(place: dict[Node, int], wanted: list[Node]) -> Index:
    return np.array([place[node] for node in wanted], dtype=np.int64)


def _lanes(world: World, place: dict[Node, int], pools: Pools, month: str) -> LaneArrays:
    """Trade lanes, then contracts, then the moves between a market node and its pools."""
    entries: list[_Entry] = []
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
        to = (c.material, c.destination, pools.delivers[c.contract])
        entries.append(
            (("contract", c.material, c.origin, c.contract), (c.material, c.origin, ""), to, numbers)
        )
    entries += _pool_lanes(world, place, pools)
    table = np.array([numbers for *_, numbers in entries], dtype=float).reshape(len(entries), 7)
    return LaneArrays(
        tuple(label for label, *_ in entries),
        _where(place, [origin for _, origin, _, _ in entries]),
        _where(place, [destination for _, _, destination, _ in entries]),
        *(np.ascontiguousarray(column) for column in table.T),
    )


def _pool_lanes(world: World, place: dict[Node, int], pools: Pools) -> list[_Entry]:
    """Purchases on the market and from shared pools; resale only where a stock says what it costs."""
    resale = {
        (row.material, row.region, pools.of_stock(row)): row.resale_cost for row in world.stocks if row.sector
    }
    spot = {
        (row.material, row.region, pools.of_demand(row)): (
            row.spot_cost,
            row.spot_share * (row.quantity or 0.0),
        )
        for row in world.demand
        if row.cover_class and row.spot_share is not None
    }
    entries: list[_Entry] = []
    for material, region, pool in sorted(node for node in place if node[2]):
        market, user = (material, region, ""), (material, region, pool)
        bought = ("purchase", material, region, pool)
        if (material, region, pool) in pools.feeds:
            cost, most = spot.get((material, region, pool), (0.0, np.inf))
            entries.append((bought, market, user, (cost,) + (0.0,) * 5 + (most,)))
        back = resale.get((material, region, pool))
        if back is not None:
            label = ("resale", material, region, pool)
            entries.append((label, user, market, (back,) + (0.0,) * 5 + (np.inf,)))
        for shared in pools.feeds.get((material, region, pool), ()):
            entries.append((bought, (material, region, shared), user, (0.0,) * 6 + (np.inf,)))
    return entries


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
