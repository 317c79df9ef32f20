"""What a holder could get where nothing moves: the best bid for a good at an idle node.

Where nothing moves any price between the best bid and the cheapest offer is an equilibrium price.
A stock is worth the bid: what the keenest user there would pay, or what the good fetches elsewhere
less the way there.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from xenotime.market.clearing import Clearing
from xenotime.market.network import Array

IDLE = 1e-9  # of base throughput: below it a node is idle
ROUNDS = 6  # links a good may pass to its best bidder: more than any chain here has


def bid_prices(settled: Clearing, base: Clearing) -> Array:
    """Price of busy nodes, best bid at idle ones; shape (nodes,), USD per unit, not below zero."""
    program = settled.program
    network, terms = program.network, program.terms[0]
    price = np.maximum(settled.price(), 0.0)
    idle = settled.volume() <= IDLE * np.maximum(base.volume(), 1e-300)
    bid = np.where(idle, 0.0, price)
    use = program.layout.block(0, "use")
    first = np.searchsorted(program.segment_owner, np.arange(len(network.demand)))
    worth = -program.c[use][first]
    wants = idle[network.demand_node] & (terms.use_scale > 0)
    np.maximum.at(bid, network.demand_node[wants], worth[wants])
    lanes = network.lanes
    open_lane = (terms.lane_high > 0) & idle[lanes.origin]
    for _ in range(ROUNDS):
        before = bid.copy()
        landed = bid[lanes.destination] / (1 + terms.tariff) - lanes.cost - terms.lane_adder
        np.maximum.at(bid, lanes.origin[open_lane], (landed / (1 + terms.export_tax))[open_lane])
        _processing_bids(settled, idle, bid)
        if np.array_equal(before, bid):
            break
    return bid


def _processing_bids(settled: Clearing, idle: npt.NDArray[np.bool_], bid: Array) -> None:
    """Raise the bid for an idle input to what its plant could pay, everything else at its bid."""
    network, terms = settled.program.network, settled.program.terms[0]
    recipes = network.recipes
    for plant, row in enumerate(network.facilities):
        if terms.plant_high[plant] <= 0:
            continue
        nodes = recipes.indices[recipes.indptr[plant] : recipes.indptr[plant + 1]]
        amounts = recipes.data[recipes.indptr[plant] : recipes.indptr[plant + 1]]
        inputs = nodes[amounts < 0]
        waiting = inputs[idle[inputs]]
        if len(waiting) == 1:
            margin = float(amounts @ bid[nodes]) - row.cost
            own = int(waiting[0])
            need = -float(amounts[nodes == own][0])
            bid[own] = max(bid[own], bid[own] + margin / need)
