"""Typical size of every column, so that scaling and relative errors have something to be relative to."""

from __future__ import annotations

import numpy as np

from xenotime.market.network import Array, Index, Network
from xenotime.market.program import Program

LINKS = 8  # of a chain, more than any has from mine to user
SMALLEST = 1e-6  # of the largest node: below it a size says nothing


def node_sizes(network: Network, widths: Array, owner: Index, plant_high: Array) -> Array:
    """Throughput a node could have: what is wanted there, and what plants that can run make and take."""
    size = np.zeros(len(network.nodes))
    np.add.at(size, network.demand_node[owner], np.where(np.isfinite(widths), widths, 0.0))
    activity = np.where(np.isfinite(plant_high), plant_high, 0.0)
    size += abs(network.recipes) @ activity
    for row, node in zip(network.supply, network.supply_node, strict=True):
        size[node] += row.quantity or 0.0
    through = _handed_on(network, size)
    largest = float(np.max(through, initial=0.0)) or 1.0
    return np.maximum(np.where(size > 0, size, through), SMALLEST * largest)


def _handed_on(network: Network, size: Array) -> Array:
    """Give nodes without plants of known size or users what their neighbours, or their products, handle."""
    lanes, recipes = network.lanes, network.recipes.tocoo()
    through = size.copy()
    for _ in range(LINKS):
        before = through.copy()
        empty = size <= 0
        for one, other in ((lanes.origin, lanes.destination), (lanes.destination, lanes.origin)):
            known = empty[one]
            np.maximum.at(through, one[known], before[other[known]])
        per_plant = np.zeros(recipes.shape[1])
        np.maximum.at(per_plant, recipes.col, before[recipes.row] / np.abs(recipes.data))
        known = empty[recipes.row]
        wanted = np.abs(recipes.data) * per_plant[recipes.col]
        np.maximum.at(through, recipes.row[known], wanted[known] * (before[recipes.row[known]] <= 0))
        if np.array_equal(before, through):
            break
    return through


def node_sizes_of(program: Program) -> Array:
    """Throughput each node of a program could have in a month, positive."""
    use = program.layout.block(0, "use")
    plants = _plant_high(program, program.layout.block(0, "plant"))
    return node_sizes(program.network, program.high[use], program.segment_owner, plants)


def column_sizes(program: Program) -> Array:
    """Typical amount of each column, positive."""
    network, layout = program.network, program.layout
    plants = layout.block(0, "plant")
    use = layout.block(0, "use")
    node = node_sizes_of(program)
    made = np.asarray(abs(network.recipes).T @ np.ones(len(network.nodes))).ravel()
    reach = np.asarray(abs(network.recipes).T @ node).ravel() / np.where(made > 0, made, 1.0) ** 2
    lanes = network.lanes
    sizes = {
        "plant": np.where(
            np.isfinite(program.high[plants]) & (program.high[plants] > 0), program.high[plants], reach
        ),
        "lane": np.minimum(node[lanes.origin], node[lanes.destination]),
        "use": np.where(
            np.isfinite(program.high[use]),
            program.high[use],
            node[network.demand_node[program.segment_owner]],
        ),
        "supply": node[network.supply_node[program.supply_owner]],
        "disposal": node[network.disposal_node],
        "working": node[network.stock_node][: layout.size["working"]],
        "free": node[network.stock_node][: layout.size["free"]],
    }
    one = np.concatenate([sizes[kind] for kind in layout.offset])
    tiny = SMALLEST * (float(np.max(one, initial=0.0)) or 1.0)
    return np.tile(np.maximum(one, tiny), len(program.horizon))


def _plant_high(program: Program, plants: slice) -> Array:
    """Own bound, or the shared capacity where recipes of one plant share it."""
    high = program.high[plants].copy()
    for limit in program.network.joint:
        if limit.kind == "capacity":
            for member, weight in limit.facilities:
                high[member] = limit.allowance / (weight or 1.0)
    return high
