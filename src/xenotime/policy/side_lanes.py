"""Ways beside the lanes of the tables that controls open: round a port, to one end user, round a control.

All are closed until terms open them, so that a market no control touches is the same with them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

import numpy as np
import scipy.sparse as sp

from xenotime.market.network import Index, JointLimit, LaneArrays, Network, Node
from xenotime.world.tables import Control

NATIVE = ("lane", "contract")


@dataclass(frozen=True, slots=True)
class SideLane:
    """A lane beside `parent`: `kind` is slow, direct or leak; `delay` what it takes longer (months)."""

    lane: int
    parent: int
    kind: str
    delay: float


def touches(row: Control, network: Network, lane: int) -> bool:
    """Whether a trade lane or contract is one of the control's; what stays at home is no export."""
    kind, material, origin, _ = network.lanes.label[lane]
    _, destination, pool = network.nodes[network.lanes.destination[lane]]
    if kind not in (*NATIVE, "direct") or origin == destination or row.material not in ("", material):
        return False
    if row.sector and (pool != row.sector or origin != row.origin):
        return False
    return row.origin in ("", origin) and row.destination in ("", destination)


def with_side_lanes(network: Network, rows: Iterable[Control]) -> Network:
    """The network with every way beside its lanes that `rows` could open, closed."""
    rows = tuple(rows)
    network = _with_pools(network, [row for row in rows if row.sector])
    made: dict[tuple[str, int, str, float], tuple[tuple[str, str, str, str], int, float]] = {}
    for row in rows:
        if row.sector:
            for parent, node in _direct_ways(row, network):
                _, material, origin, _ = network.lanes.label[parent]
                _, region, pool = network.nodes[node]
                label = ("direct", material, origin, f"{region} ({pool})")
                made["direct", parent, pool, 0.0] = (label, node, 0.0)
        for kind, delay in _ways_round(row):
            for parent in range(len(network.lanes.label)):
                if network.lanes.label[parent][0] in NATIVE and touches(row, network, parent):
                    label = (kind, *network.lanes.label[parent][1:])
                    made[kind, parent, "", delay] = (label, int(network.lanes.destination[parent]), delay)
    parents = np.array([parent for _, parent, _, _ in made], dtype=np.int64)
    return _appended(network, parents, list(made.values()))


def _ways_round(row: Control) -> list[tuple[str, float]]:
    ways = [("leak", 0.0)] if row.leak_share > 0 else []
    return [*ways, ("slow", row.delay_months)] if row.delay_months > 0 else ways


def _direct_ways(row: Control, network: Network) -> Iterable[tuple[int, int]]:
    """Lanes from the origin to a region of the class, with the class's own node there."""
    for lane, (kind, material, origin, destination) in enumerate(network.lanes.label):
        node = network.place.get((material, destination, row.sector))
        bound = row.material in ("", material) and row.destination in ("", destination)
        if kind == "lane" and origin == row.origin and bound and node is not None:
            yield lane, node


def _with_pools(network: Network, rows: list[Control]) -> Network:
    """Give every controlled class of users a node of its own, bought for from where it stood before."""
    demand_node = network.demand_node.copy()
    nodes, place = list(network.nodes), dict(network.place)
    bought: list[tuple[int, int]] = []
    for index, user in enumerate(network.demand):
        concerned = any(
            row.sector == user.sector
            and row.material in ("", user.material)
            and row.destination in ("", user.region)
            and row.origin != user.region
            for row in rows
        )
        stood = int(demand_node[index])
        own: Node = (user.material, user.region, user.sector)
        if not concerned or nodes[stood] == own:
            continue
        place[own] = len(nodes)
        nodes.append(own)
        demand_node[index] = place[own]
        sources = {stood, place[user.material, user.region, ""]}
        bought += [(source, place[own]) for source in sorted(sources)]
    added = len(nodes) - len(network.nodes)
    if not added:
        return network
    recipes = sp.vstack([network.recipes, sp.csc_matrix((added, network.recipes.shape[1]))]).tocsc()
    wider = replace(network, nodes=tuple(nodes), place=place, demand_node=demand_node, recipes=recipes)
    return _with_purchases(wider, bought)


def _with_purchases(network: Network, bought: list[tuple[int, int]]) -> Network:
    lanes, count = network.lanes, len(bought)
    label = tuple(("purchase", *network.nodes[own]) for _, own in bought)
    nothing = np.zeros(count)
    added = LaneArrays(
        label=label,
        origin=np.array([source for source, _ in bought], dtype=np.int64),
        destination=np.array([own for _, own in bought], dtype=np.int64),
        cost=nothing,
        slope=nothing,
        lag=nothing,
        export_tax=nothing,
        tariff=nothing,
        low=nothing,
        high=np.full(count, np.inf),
    )
    return replace(network, lanes=_joined(lanes, added))


def _appended(
    network: Network, parents: Index, made: list[tuple[tuple[str, str, str, str], int, float]]
) -> Network:
    """Copies of the parents with another end, more time, and no room until terms give some."""
    lanes = network.lanes
    leaks = np.array([label[0] == "leak" for label, _, _ in made], dtype=bool)
    added = LaneArrays(
        label=tuple(label for label, _, _ in made),
        origin=lanes.origin[parents],
        destination=np.array([node for _, node, _ in made], dtype=np.int64),
        cost=lanes.cost[parents],
        slope=lanes.slope[parents],
        lag=lanes.lag[parents] + np.array([delay for _, _, delay in made]),
        export_tax=np.where(
            leaks, 0.0, lanes.export_tax[parents]
        ),  # who goes round the border pays nothing there
        tariff=lanes.tariff[parents],
        low=np.zeros(len(made)),
        high=np.zeros(len(made)),
    )
    first = len(lanes.label)
    beside: dict[int, list[int]] = {}
    for position, (parent, leak) in enumerate(zip(parents, leaks, strict=True)):
        if not leak:
            beside.setdefault(int(parent), []).append(first + position)
    joint = tuple(_shared(limit, beside) for limit in network.joint)
    return replace(network, lanes=_joined(lanes, added), joint=joint)


def _shared(limit: JointLimit, beside: dict[int, list[int]]) -> JointLimit:
    more = [(lane, weight) for parent, weight in limit.lanes for lane in beside.get(parent, ())]
    return replace(limit, lanes=(*limit.lanes, *more)) if more else limit


def _joined(lanes: LaneArrays, added: LaneArrays) -> LaneArrays:
    arrays = {
        item.name: np.concatenate([getattr(lanes, item.name), getattr(added, item.name)])
        for item in fields(LaneArrays)
        if item.name != "label"
    }
    return LaneArrays(label=(*lanes.label, *added.label), **arrays)


def find_side_lanes(network: Network) -> tuple[SideLane, ...]:
    """The ways beside the lanes of a network, with the lane each is beside."""
    native = {label: lane for lane, label in enumerate(network.lanes.label) if label[0] in NATIVE}
    found = []
    for lane, (kind, material, origin, to) in enumerate(network.lanes.label):
        if kind not in ("slow", "direct", "leak"):
            continue
        if kind == "direct":
            to = network.nodes[network.lanes.destination[lane]][1]
        parent = native.get(("lane", material, origin, to), -1)
        if parent < 0 or (
            kind != "direct" and network.lanes.destination[parent] != network.lanes.destination[lane]
        ):
            parent = native["contract", material, origin, to]
        delay = float(network.lanes.lag[lane] - network.lanes.lag[parent])
        found.append(SideLane(lane, parent, kind, delay))
    return tuple(found)
