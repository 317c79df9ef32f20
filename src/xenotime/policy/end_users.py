"""Which goods may reach an end user, or leave a third country, where those of one origin may not (M4, M13).

A market mixes origins.  What it may hand on is what last month's trace leaves free of the origin; goods
with papers go to the user directly, from wherever they are made.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from xenotime.market.network import JointLimit, Network
from xenotime.policy.side_lanes import SideLane
from xenotime.policy.tracing import Tag, Traced, free_of
from xenotime.world.tables import Control

LEAVING = ("lane", "contract", "slow", "direct")


@dataclass(frozen=True, slots=True)
class CleanLimit:
    """Goods from one node that must not come from an origin, as one joint limit of the network."""

    row: Control
    node: int
    tag: int
    joint: int


@dataclass(frozen=True, slots=True)
class EndUsers:
    """Limits on goods of mixed origin, the origins traced for them, and the direct ways they open.

    direct : per control and its row, lanes to the class from elsewhere, which are open while the row binds
    """

    tags: tuple[Tag, ...]
    limits: tuple[CleanLimit, ...]
    direct: tuple[tuple[Control, tuple[int, ...]], ...]


def find_end_users(
    network: Network, rows: tuple[Control, ...], sides: tuple[SideLane, ...]
) -> tuple[Network, EndUsers]:
    """Limits for controls of one class of users or on goods made elsewhere, one per control and node."""
    tags: dict[Tag, int] = {}
    members: dict[tuple[str, int, int], list[int]] = {}
    first: dict[tuple[str, int, int], Control] = {}
    direct: list[tuple[Control, tuple[int, ...]]] = []
    for row in rows:
        if not row.sector and row.instrument != "extraterritorial":
            continue
        tag = tags.setdefault((row.origin, row.threshold is not None), len(tags))
        if row.sector:
            bought, shipped = _into_class(network, row, sides)
            direct.append((row, shipped))
            lanes = (*bought, *(lane for lane in shipped if _origin(network, lane) != row.origin))
        else:
            lanes = _out_of_third_countries(network, row)
        for lane in lanes:
            key = (row.control, int(network.lanes.origin[lane]), tag)
            first.setdefault(key, row)
            members.setdefault(key, [])
            if lane not in members[key]:
                members[key].append(lane)
    joint = list(network.joint)
    limits = []
    for (control, node, tag), lanes_of in members.items():
        row = first[control, node, tag]
        material, region, _ = network.nodes[node]
        name = f"{control}: {material} in {region} not from {row.origin}"
        limits.append(CleanLimit(row, node, tag, len(joint)))
        joint.append(
            JointLimit("control", name, tuple((lane, 1.0) for lane in lanes_of), (), float("inf"), region)
        )
    return replace(network, joint=tuple(joint)), EndUsers(tuple(tags), tuple(limits), tuple(direct))


def _origin(network: Network, lane: int) -> str:
    return network.lanes.label[lane][2]


def _into_class(
    network: Network, row: Control, sides: tuple[SideLane, ...]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Purchases of the class from its markets, and direct ways to it."""
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
    return bought, tuple(lane for lane in ours if lane in straight)


def _out_of_third_countries(network: Network, row: Control) -> tuple[int, ...]:
    """Ways of the material out of countries other than the origin, to anywhere but the origin."""
    found = []
    for lane, (kind, material, origin, _) in enumerate(network.lanes.label):
        to = network.nodes[network.lanes.destination[lane]][1]
        abroad = origin not in (row.origin, to) and to != row.origin
        if kind in LEAVING and abroad and row.material in ("", material) and row.destination in ("", to):
            found.append(lane)
    return tuple(found)


def clean_allowance(limit: CleanLimit, row: Control, traced: Traced) -> float:
    """Units a month the limit lets pass; `row` is how its control binds (a ban licenses nothing)."""
    licensed = float(row.value or 0.0) if row.instrument == "extraterritorial" else 0.0
    return free_of(traced, limit.tag, limit.node, row.threshold, licensed)
