"""How far one month's news can move a price: its spread across the branches of what is believed (M19)."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from xenotime.dynamics.trajectory import Trajectory
from xenotime.market.clearing import Clearing
from xenotime.market.horizon import Horizon
from xenotime.market.network import Array
from xenotime.market.sizes import column_sizes

IDLE = 1e-7  # of a node's typical throughput: below it nobody trades and no price is known


def volatility(clearing: Clearing) -> Array:
    """(M19) dispersion of monthly log price changes over the split, per node (log price per root month).

    Of the branches b with probability pi_b, price p_b once the look-ahead has split and p just before it,

        sqrt( sum_b pi_b (r_b - mean r)^2 / months ),   r_b = ln(p_b / p),

    `months` being the time between the middles of the two periods.  Zero without branches, NaN where some
    branch trades nothing or has no positive price.
    """
    program = clearing.program
    horizon = program.horizon
    nodes = len(program.network.nodes)
    before, after = _split(horizon)
    if not after:
        return np.zeros(nodes)
    known = np.all([_traded(clearing, period) for period in (before, *after)], axis=0)
    prices = np.array([clearing.price(period) for period in (before, *after)])
    known &= np.all(prices > 0, axis=0)
    change = np.log(np.where(known, prices[1:], 1.0) / np.where(known, prices[0], 1.0))
    chance = np.array([horizon.probability[period] for period in after])
    chance = chance / chance.sum()
    spread = np.sqrt(chance @ (change - chance @ change) ** 2 / _months(horizon, before, after[0]))
    return np.where(known, spread, np.nan)


def _split(horizon: Horizon) -> tuple[int, tuple[int, ...]]:
    """The last period of the trunk and the first of each branch; none where nothing splits."""
    for period in range(len(horizon)):
        children = tuple(node for node in range(len(horizon)) if horizon.parent[node] == period)
        if len(children) > 1:
            return period, children
    return 0, ()


def _months(horizon: Horizon, before: int, after: int) -> float:
    """Months between the middles of two periods."""
    middle = [horizon.start[period] + horizon.length[period] / 2 for period in (before, after)]
    return float(middle[1] - middle[0])


def _traded(clearing: Clearing, period: int) -> npt.NDArray[np.bool_]:
    """Nodes that anything passes, is put into or taken from stock at."""
    program = clearing.program
    count = len(program.network.nodes)
    rows = program.A[period * count : (period + 1) * count]
    return np.asarray(
        abs(rows) @ np.abs(clearing.point.x) > IDLE * (abs(rows) @ column_sizes(program)), dtype=np.bool_
    )


def volatility_table(run: Trajectory) -> list[dict[str, Any]]:
    """Tidy rows of a run: month, material, region, value; months in which nothing is in doubt have none."""
    rows = []
    for position, month in enumerate(run.labels()):
        clearing = run.clearing(position)
        if not _split(clearing.program.horizon)[1]:
            continue
        values = volatility(clearing)
        network = clearing.program.network
        for node in network.market_nodes():
            if np.isfinite(values[node]):
                material, region, _ = network.nodes[node]
                rows.append(
                    {"month": month, "material": material, "region": region, "value": float(values[node])}
                )
    return rows
