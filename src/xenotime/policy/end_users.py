"""Goods of one origin kept from an end user, or from leaving a third country (M4, M13).

A market mixes origins, so nobody there can say which tonne he hands on.  What may be handed on is matched
with what comes in clean, month by month: purchases of the class, or exports, are at most what is made
there without the origin's goods and what is brought in without them.  Whoever brings clean goods to a
market that is short of them earns the difference; goods of the origin with papers go to the class directly.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from xenotime.market.network import Array, JointLimit, Network
from xenotime.policy.side_lanes import SideLane
from xenotime.policy.tracing import Tag, Traced
from xenotime.world.tables import Control

LEAVING = ("lane", "contract", "slow")  # with papers or round a control goods are bound elsewhere, or nowhere
SHARES = ("extraterritorial",)


@dataclass(frozen=True, slots=True)
class CleanLimit:
    """A joint limit on what a control lets pass of the goods at `node`; `first` is its first member."""

    row: Control
    node: int
    tag: int
    joint: int
    first: int


@dataclass(frozen=True, slots=True)
class EndUsers:
    """Limits on goods of mixed origin, the origins traced for them, and the direct ways they open.

    direct : per row of a class, the lanes with papers from its origin, open while it binds
    """

    tags: tuple[Tag, ...]
    limits: tuple[CleanLimit, ...]
    direct: tuple[tuple[Control, tuple[int, ...]], ...]


def find_end_users(
    network: Network, rows: tuple[Control, ...], sides: tuple[SideLane, ...]
) -> tuple[Network, EndUsers]:
    """Limits for controls of one class of users or on goods made elsewhere, one per control and node."""
    tags: dict[Tag, int] = {}
    held: dict[tuple[str, int, int], dict[int, None]] = {}
    first: dict[tuple[str, int, int], Control] = {}
    direct: list[tuple[Control, tuple[int, ...]]] = []
    for row in rows:
        if not row.sector and row.instrument != "extraterritorial":
            continue
        tag = tags.setdefault((row.origin, row.threshold is not None), len(tags))
        if row.sector:
            bought, shipped = _into_class(network, row, sides)
            direct.append((row, shipped))
        else:
            bought = _out_of_third_countries(network, row)
        for lane in bought:
            key = (row.control, int(network.lanes.origin[lane]), tag)
            first.setdefault(key, row)
            held.setdefault(key, {})[lane] = None
    joint, limits = list(network.joint), []
    members = sum(len(limit.weights()) for limit in joint)
    for (control, node, tag), lanes in held.items():
        row = first[control, node, tag]
        limits.append(CleanLimit(row, node, tag, len(joint), members))
        joint.append(_clean_limit(network, row, node, tuple(lanes)))
        members += len(joint[-1].weights())
    return replace(network, joint=tuple(joint)), EndUsers(tuple(tags), tuple(limits), tuple(direct))


def _clean_limit(network: Network, row: Control, node: int, lanes: tuple[int, ...]) -> JointLimit:
    """What goes out less what comes in clean; the shares of clean goods are those of last month (M13)."""
    material, region, _ = network.nodes[node]
    into = np.flatnonzero(network.lanes.destination == node)
    brought = [int(lane) for lane in into if _may_be_clean(network, row, int(lane))]
    made = network.recipes.getrow(node).tocoo()
    plants = [
        (int(plant), -float(amount)) for plant, amount in zip(made.col, made.data, strict=True) if amount > 0
    ]
    offers = [int(offer) for offer in np.flatnonzero(network.supply_node == node)]
    return JointLimit(
        "control",
        f"{row.control}: {material} in {region} not from {row.origin}",
        (*((lane, 1.0) for lane in lanes), *((lane, -1.0) for lane in brought)),
        tuple(plants),
        np.inf,
        region,
        supplies=tuple((offer, -1.0) for offer in offers),
    )


def _may_be_clean(network: Network, row: Control, lane: int) -> bool:
    kind, _, origin, _ = network.lanes.label[lane]
    return kind in LEAVING and origin != row.origin


def _into_class(
    network: Network, row: Control, sides: tuple[SideLane, ...]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Purchases of the class from its markets, and the ways with papers."""
    lanes = network.lanes
    ours = [
        lane
        for lane, node in enumerate(lanes.destination)
        if network.nodes[node][2] == row.sector
        and row.material in ("", network.nodes[node][0])
        and row.destination in ("", network.nodes[node][1])
        and network.nodes[node][1] != row.origin
    ]
    straight = {side.lane for side in sides if side.kind == "direct"}
    bought = tuple(lane for lane in ours if lanes.label[lane][0] == "purchase")
    return bought, tuple(lane for lane in ours if lane in straight and lanes.label[lane][2] == row.origin)


def _out_of_third_countries(network: Network, row: Control) -> tuple[int, ...]:
    """Ways of the material out of countries other than the origin, to anywhere but the origin."""
    found = []
    for lane, (kind, material, origin, _) in enumerate(network.lanes.label):
        to = network.nodes[network.lanes.destination[lane]][1]
        abroad = origin not in (row.origin, to) and to != row.origin
        if kind in LEAVING and abroad and row.material in ("", material) and row.destination in ("", to):
            found.append(lane)
    return tuple(found)


def impose_clean(
    network: Network,
    users: EndUsers,
    binding: dict[Control, Control],
    traced: Traced,
    weight: Array,
    allowance: Array,
) -> None:
    """Enter allowances and last month's clean shares of the limits that bind, in place.

    (M13) out - sum_plants (1 - made) a x - supply - sum_lanes (1 - touched at the source) f <= licensed.
    Goods whose share of value from the origin is at most the threshold are free.

    binding : rows that bind, as written and as they bind
    """
    for clean in users.limits:
        row = binding.get(clean.row)
        if row is None:
            continue
        touched = traced.touched[clean.tag]
        if row.threshold is not None and traced.content[clean.tag, clean.node] <= row.threshold:
            allowance[clean.joint] = np.inf
            continue
        limit, place = network.joint[clean.joint], clean.first
        for lane, sign in limit.lanes:
            weight[place] = 1.0 if sign > 0 else -(1.0 - touched[network.lanes.origin[lane]])
            place += 1
        for plant, amount in limit.facilities:
            weight[place] = amount * (1.0 - traced.made[clean.tag, plant])
            place += 1
        licensed = float(row.value or 0.0) if row.instrument in SHARES else 0.0
        allowance[clean.joint] = licensed * touched[clean.node] * traced.volume[clean.node]
