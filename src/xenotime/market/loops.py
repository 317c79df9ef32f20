"""Goods that would go round in a circle for nothing do not: of equal optima the one with least flow."""

from __future__ import annotations

import numpy as np

from xenotime.market.network import Array, LaneArrays
from xenotime.market.program import Program


def cancel_loops(program: Program, x: Array) -> Array:
    """Take the smaller of two opposite flows out of both, where both ways together cost nothing and are free.

    Only such pairs can circulate in an optimum; balances and the objective stay as they are.
    """
    lanes = program.network.lanes
    pairs = _opposite(lanes)
    if not pairs:
        return x
    result = x.copy()
    for period, term in enumerate(program.terms):
        begin = program.layout.block(period, "lane").start
        for one, other in pairs:
            both = [one, other]
            charged = lanes.cost[both] + term.lane_adder[both]
            if charged.sum() == 0 and not (term.tariff[both].any() or term.export_tax[both].any()):
                flow = result[[begin + one, begin + other]]
                spare = float(np.min(flow - term.lane_low[both]))
                if spare > 0:
                    result[[begin + one, begin + other]] -= spare
    return result


def _opposite(lanes: LaneArrays) -> list[tuple[int, int]]:
    """Pairs of lanes that lead there and back, at a cost that does not rise and in no time."""
    flat = np.flatnonzero((lanes.slope == 0) & (lanes.lag == 0))[::-1]  # of lanes side by side the last
    nodes = int(max(lanes.origin.max(initial=0), lanes.destination.max(initial=0))) + 1
    there = lanes.origin[flat] * nodes + lanes.destination[flat]
    back = lanes.destination[flat] * nodes + lanes.origin[flat]
    _, one, other = np.intersect1d(there, back, return_indices=True)
    upward = lanes.origin[flat[one]] < lanes.destination[flat[one]]
    return list(zip(flat[one[upward]].tolist(), flat[other[upward]].tolist(), strict=True))
