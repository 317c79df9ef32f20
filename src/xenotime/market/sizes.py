"""Typical size of every column, so that scaling and relative errors have something to be relative to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from xenotime.market.layout import Layout
from xenotime.market.network import Array, Index, Network
from xenotime.market.terms import open_terms

if TYPE_CHECKING:
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
    use, plants = program.layout.block(0, "use"), program.layout.block(0, "plant")
    most = _shared_capacity(program.network, program.high[plants])
    return node_sizes(program.network, program.high[use], program.segment_owner, most)


def column_sizes(program: Program) -> Array:
    """Typical amount of each column of a program as it stands, positive."""
    use, plants = program.layout.block(0, "use"), program.layout.block(0, "plant")
    owners = (program.segment_owner, program.supply_owner)
    one = _sizes(program.network, program.layout, program.high[plants], program.high[use], *owners)
    return np.tile(one, len(program.horizon))


def usual_sizes(network: Network, layout: Layout, widths: Array, owner: Index, supplier: Index) -> Array:
    """Typical amount of each column of a tree node while nothing is imposed, positive.

    Nothing of a month or of a state goes in, so that whatever is scaled by it is the same in all months.
    """
    return _sizes(network, layout, open_terms(network).plant_high, widths, owner, supplier)


def _sizes(
    network: Network, layout: Layout, plant_high: Array, widths: Array, owner: Index, supplier: Index
) -> Array:
    node = node_sizes(network, widths, owner, _shared_capacity(network, plant_high))
    made = np.asarray(abs(network.recipes).T @ np.ones(len(network.nodes))).ravel()
    reach = np.asarray(abs(network.recipes).T @ node).ravel() / np.where(made > 0, made, 1.0) ** 2
    lanes = network.lanes
    sizes = {
        "plant": np.where(np.isfinite(plant_high) & (plant_high > 0), plant_high, reach),
        "lane": np.minimum(node[lanes.origin], node[lanes.destination]),
        "use": np.where(np.isfinite(widths), widths, node[network.demand_node[owner]]),
        "supply": node[network.supply_node[supplier]],
        "disposal": node[network.disposal_node],
        "working": node[network.stock_node][: layout.size["working"]],
        "free": node[network.stock_node][: layout.size["free"]],
    }
    one = np.concatenate([sizes[kind] for kind in layout.offset])
    tiny = SMALLEST * (float(np.max(one, initial=0.0)) or 1.0)
    return np.asarray(np.maximum(one, tiny))


def _shared_capacity(network: Network, plant_high: Array) -> Array:
    """Own bound, or the shared capacity where recipes of one plant share it."""
    high = plant_high.copy()
    for limit in network.joint:
        if limit.kind == "capacity":
            for member, weight in limit.facilities:
                high[member] = limit.allowance / (weight or 1.0)
    return high
