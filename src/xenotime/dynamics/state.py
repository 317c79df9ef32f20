"""What one month hands to the next (M7); every part is a frozen record of arrays of fixed shape."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xenotime.dynamics.adaptation import Adapted
from xenotime.dynamics.backlog import Backlog
from xenotime.dynamics.fleet import Projects
from xenotime.market.network import Array, LaneArrays, Network
from xenotime.policy.control_state import ControlState
from xenotime.policy.lever_state import LeverState


@dataclass(frozen=True, slots=True)
class State:
    """What a month begins with.

    stock : per stock row (unit)
    at_sea : goods at sea, nodes x months ahead (unit)
    price : of the month before, per node (USD/unit)
    adapted : how far users have adapted (M8);  backlog : output not made that is still wanted (M9)
    levers : what levers carry over
    controls : quotas used, licences, and origins traced
    projects : where every plant stands between announced and closed (M10)
    rest : the market at rest as last seen, leaf after leaf (see `rest.kept`); nothing before the first month
    """

    stock: Array
    at_sea: Array
    price: Array
    adapted: Adapted
    backlog: Backlog
    levers: LeverState
    controls: ControlState
    projects: Projects
    rest: Array


def months_at_sea(lanes: LaneArrays) -> int:
    """Months ahead a departure can still be arriving."""
    return int(np.ceil(np.max(lanes.lag, initial=0.0))) + 1


def _overlap(begin: float, month: int) -> float:
    """Share of goods arriving evenly over [begin, begin + 1) that land in `month`."""
    return max(0.0, min(begin + 1, month + 1) - max(begin, month))


def departed(network: Network, flow: Array) -> Array:
    """Arrivals in the months after the one of departure, nodes x months (M3)."""
    ahead = months_at_sea(network.lanes)
    coming = np.zeros((len(network.nodes), ahead))
    for lag in np.unique(network.lanes.lag):
        which = network.lanes.lag == lag
        for month in range(ahead):
            share = _overlap(float(lag), month + 1)
            if share > 0:
                np.add.at(coming[:, month], network.lanes.destination[which], share * flow[which])
    return coming


def sail_on(at_sea: Array) -> Array:
    """A month later everything is a month nearer."""
    return np.concatenate([at_sea[:, 1:], np.zeros((at_sea.shape[0], 1))], axis=1)


def steady_at_sea(network: Network, flow: Array) -> Array:
    """Goods at sea when `flow` (per lane and month) has gone on for ever."""
    coming = departed(network, flow)
    total = coming.copy()
    for _ in range(coming.shape[1]):
        coming = sail_on(coming)
        total += coming
    return total
