"""Goods that would go round in a circle for nothing do not: of equal optima the one with least flow."""

from __future__ import annotations

import numpy as np

from xenotime.market.network import Array
from xenotime.market.program import Program


def cancel_loops(program: Program, x: Array) -> Array:
    """Take the smaller of two opposite flows out of both, where both ways together cost nothing and are free.

    Only such pairs can circulate in an optimum; balances and the objective stay as they are.
    """
    lanes = program.network.lanes
    where = {
        (int(origin), int(destination)): index
        for index, (origin, destination) in enumerate(zip(lanes.origin, lanes.destination, strict=True))
        if lanes.slope[index] == 0 and lanes.lag[index] == 0
    }
    pairs = [(a, where[d, o]) for (o, d), a in where.items() if o < d and (d, o) in where]
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
