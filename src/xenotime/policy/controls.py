"""Controls compiled to what the market understands: bounds, rates and joint limits by month (M4, M16).

A control is seen from the month it is announced, binds from the month it is in force, and ends
after `until`.  A look-ahead from month t knows the controls announced by t, with their dates.  What
depends on what happened before - balances, queues, traces - is added by :mod:`xenotime.policy.foresight`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from xenotime.market.clearing import Clearing
from xenotime.market.network import Array, JointLimit, Network
from xenotime.market.terms import Terms, open_terms
from xenotime.months import month_number, month_text
from xenotime.policy.control_rows import INSTRUMENTS, expand
from xenotime.policy.dates import binds
from xenotime.policy.end_users import EndUsers, find_end_users
from xenotime.policy.queues import QueueBook, decision_months, find_queues
from xenotime.policy.quotas import PeriodQuota, find_quotas, monthly_allowance
from xenotime.policy.regimes import AS_WRITTEN, regime_of, under_regime
from xenotime.policy.side_lanes import SideLane, find_side_lanes, touches
from xenotime.policy.tracing import Traced, trace_base, untraced
from xenotime.world.tables import Control
from xenotime.world.world import World

__all__ = [
    "INSTRUMENTS",
    "Compiled",
    "Policy",
    "binding",
    "compile_policy",
    "expand",
    "month_after",
    "normal_flows",
    "stages_of",
    "terms_for",
]
QUOTAS = ("quota", "production_quota")
LIMITED = (*QUOTAS, "port")


@dataclass(frozen=True, slots=True)
class Compiled:
    """A control with the lanes, plants and joint limit it touches."""

    row: Control
    lanes: tuple[int, ...]
    plants: tuple[tuple[int, float], ...]
    joint: int


@dataclass(frozen=True, slots=True)
class Policy:
    """All controls of a run, compiled against one network.

    normal : flow of each lane in normal times, the base of licence shares
    price : of the base, per node (USD/unit)
    sides : ways beside the lanes of the tables;  quotas, queues, users : what has a memory
    traced : shares of controlled origins in the base
    draw : seed by which approvals are sampled; None is their expectation
    """

    network: Network
    controls: tuple[Compiled, ...]
    normal: Array
    price: Array
    sides: tuple[SideLane, ...]
    quotas: tuple[PeriodQuota, ...]
    queues: QueueBook
    users: EndUsers
    traced: Traced
    draw: int | None = None


def compile_policy(
    network: Network,
    rows: tuple[Control, ...],
    normal: Array,
    base: Clearing | None = None,
    stages: Mapping[str, str] | None = None,
    draw: int | None = None,
) -> Policy:
    """Find what each control touches and give quotas a joint limit of their own.

    Rows of one quota (same `control`) share one limit.  The network returned inside has those limits.

    network : with the ways beside its lanes (:func:`side_lanes.with_side_lanes`)
    base : the clearing of normal times, whose prices and flows leaks, end users and traces are measured by
    stages : stage of each material, which tells queues apart
    """
    sides = find_side_lanes(network)
    normal = _with_direct(network, sides, normal, base)
    joint = list(network.joint)
    compiled: list[Compiled] = []
    limit_of: dict[str, int] = {}
    for row in rows:
        lanes = tuple(i for i in range(len(network.lanes.label)) if touches(row, network, i))
        plants: tuple[tuple[int, float], ...] = ()
        if row.instrument == "production_quota":
            lanes, plants = (), _producers(network, row)
        if row.instrument in ("extraterritorial", "technology_ban"):
            lanes = ()
        index = -1
        if row.instrument in LIMITED and row.value is not None:
            index = limit_of.setdefault(row.control, len(joint))
            if index == len(joint):
                joint.append(_limit_of(row))
            joint[index] = _with_members(joint[index], _and_slow(lanes, sides), plants)
        compiled.append(Compiled(row, lanes, plants, index))
    for index in limit_of.values():
        joint[index] = replace(joint[index], holders=_holders([c.row for c in compiled if c.joint == index]))
    wider, users = find_end_users(replace(network, joint=tuple(joint)), rows, sides)
    return Policy(
        wider,
        tuple(compiled),
        normal,
        base.price() if base is not None else np.zeros(len(network.nodes)),
        sides,
        find_quotas([(item.row, item.joint) for item in compiled]),
        find_queues(tuple((c.row, c.lanes) for c in compiled), wider, normal, stages or {}, sides),
        users,
        _traced(network, users, base),
        draw,
    )


def _limit_of(row: Control) -> JointLimit:
    recipient = row.recipient or row.origin
    return JointLimit("control", row.control, (), (), np.inf, recipient, row.instrument == "quota")


def _with_members(
    limit: JointLimit, lanes: tuple[int, ...], plants: tuple[tuple[int, float], ...]
) -> JointLimit:
    lanes = tuple(lane for lane in lanes if (lane, 1.0) not in limit.lanes)
    plants = tuple(plant for plant in plants if plant not in limit.facilities)
    more = tuple((lane, 1.0) for lane in lanes)
    return replace(limit, lanes=limit.lanes + more, facilities=limit.facilities + plants)


def _and_slow(lanes: tuple[int, ...], sides: tuple[SideLane, ...]) -> tuple[int, ...]:
    """Lanes and the ways round a port beside them."""
    return (*lanes, *(side.lane for side in sides if side.kind == "slow" and side.parent in lanes))


def _holders(rows: list[Control]) -> tuple[tuple[str, float], ...]:
    """Who receives the rent of a quota divided among holders, in proportion to their shares."""
    share = {row.holder: (row.recipient or row.origin, float(row.value or 0.0)) for row in rows}
    total = sum(value for _, value in share.values())
    if len(share) < 2 or total <= 0:
        return ()
    return tuple((recipient, value / total) for recipient, value in share.values())


def _with_direct(
    network: Network, sides: tuple[SideLane, ...], normal: Array, base: Clearing | None
) -> Array:
    """Normal flows; a direct way has the lane's, in the proportion the class buys of its market."""
    found = np.concatenate([normal, np.zeros(len(network.lanes.label) - len(normal))])
    if base is None:
        return found
    volume, lanes = base.volume(), network.lanes
    for side in sides:
        if side.kind == "direct":
            market = int(lanes.destination[side.parent])
            bought = sum(
                normal[lane]
                for lane in np.flatnonzero(lanes.destination[: len(normal)] == lanes.destination[side.lane])
                if lanes.origin[lane] == market
            )
            if volume[market] > 0:
                found[side.lane] = normal[side.parent] * min(float(bought / volume[market]), 1.0)
    return found


def _traced(network: Network, users: EndUsers, base: Clearing | None) -> Traced:
    return untraced(users.tags, network) if base is None else trace_base(users.tags, base)


def _producers(network: Network, row: Control) -> tuple[tuple[int, float], ...]:
    found = []
    for node, (material, region, pool) in enumerate(network.nodes):
        if material == row.material and not pool and row.origin in ("", region):
            made = network.recipes.getrow(node).tocoo()
            found += [
                (int(plant), float(amount))
                for plant, amount in zip(made.col, made.data, strict=True)
                if amount > 0
            ]
    return tuple(found)


def normal_flows(clearing: Clearing) -> Array:
    """Flow of each lane in the base clearing."""
    return clearing.amount("lane")


def stages_of(world: World) -> dict[str, str]:
    """Stage of each material."""
    return {row.material: row.stage for row in world.materials}


def binding(
    policy: Policy, seen_in: str, month: str, regime: str = AS_WRITTEN
) -> Iterator[tuple[Compiled, Control]]:
    """Controls that bind in `month` as foreseen in `seen_in`, each with its row under `regime`."""
    for item in policy.controls:
        row = under_regime(item.row, regime_of(item.row.control, regime), month)
        if row is not None and binds(row, seen_in, month):
            yield item, row


def terms_for(
    policy: Policy, seen_in: str, month: str, terms: Terms | None = None, regime: str = AS_WRITTEN
) -> Terms:
    """What binds in `month` as foreseen in `seen_in`: controls announced by then and in force in `month`.

    Blank months mean a time when every control is announced, in force and past its processing.

    terms : what binds without the controls; the world's own tables where none is given
    regime : what is made of controls whose future is in doubt
    """
    network = policy.network
    terms = terms if terms is not None else open_terms(network, month)
    high, tax, tariff = terms.lane_high.copy(), terms.export_tax.copy(), terms.tariff.copy()
    allowance = terms.allowance.copy()
    cause: dict[int, tuple[str, str]] = dict(terms.lane_cause)
    rows = list(binding(policy, seen_in, month, regime))
    general = general_shares(policy, rows)
    _open_direct(policy, rows, high)
    limited: dict[int, list[Control]] = {}
    for item, row in rows:
        lanes = np.array(item.lanes, dtype=np.int64)
        if row.instrument == "ban" or (row.instrument == "licence" and row.value is not None):
            share = 0.0 if row.instrument == "ban" or _waiting(row, month) else float(row.value or 0.0)
            exempt = general[lanes] if row.instrument == "licence" else 0.0
            cap(policy, row, item.lanes, (share + exempt) * policy.normal[lanes], high, cause)
        elif row.instrument == "export_tax":
            tax[lanes] += float(row.value or 0.0)
        elif row.instrument == "tariff":
            tariff[lanes] += float(row.value or 0.0)
        elif item.joint >= 0 and row.instrument in LIMITED:
            limited.setdefault(item.joint, []).append(row)
    for joint, members in limited.items():
        allowance[joint] = monthly_allowance(members)
    return replace(
        terms,
        lane_low=np.minimum(terms.lane_low, high),
        lane_high=high,
        export_tax=np.maximum(tax, 0.0),
        tariff=np.maximum(tariff, 0.0),
        allowance=allowance,
        lane_cause=cause,
    )


def cap(
    policy: Policy,
    row: Control,
    lanes: tuple[int, ...],
    bounds: Array,
    high: Array,
    cause: dict[int, tuple[str, str]],
) -> None:
    """Lower `high` where the bound is tighter, and name who holds the lane back."""
    for lane, bound in zip(lanes, bounds, strict=True):
        if bound < high[lane]:
            high[lane] = bound
            cause[int(lane)] = (row.control, row.recipient or policy.network.lanes.label[lane][2])


def past_processing(policy: Policy) -> Policy:
    """The same controls once the first applications have been worked off: what a market settles under.

    Queues keep their rows: what they can decide in a month is worked out elsewhere.
    """
    controls = tuple(
        replace(item, row=replace(item.row, processing_months=0.0)) if item.row.value is not None else item
        for item in policy.controls
    )
    return replace(policy, controls=controls)


def general_shares(policy: Policy, rows: list[tuple[Compiled, Control]]) -> Array:
    """Share of normal trade of each lane that needs no licence of its own."""
    found = np.zeros(len(policy.network.lanes.label))
    for item, row in rows:
        if row.instrument == "general_licence":
            found[list(item.lanes)] += float(row.value or 0.0)
    return found


def _open_direct(policy: Policy, rows: list[tuple[Compiled, Control]], high: Array) -> None:
    """Goods with papers go straight to a class while it is controlled, as far as the lane beside goes."""
    parent = {side.lane: side.parent for side in policy.sides}
    bound = {item.row for item, _ in rows}
    for row, lanes in policy.users.direct:
        if row in bound:
            for lane in lanes:
                high[lane] = policy.network.lanes.high[parent[lane]]


def _waiting(row: Control, month: str) -> bool:
    """No licence is out before the first application has been processed."""
    return bool(row.in_force and month) and month_number(month) < month_number(
        row.in_force
    ) + decision_months(row)


def month_after(month: str, steps: int) -> str:
    """`steps` months later."""
    return month_text(month_number(month) + steps)
