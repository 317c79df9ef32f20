"""Where the columns of a program stand, and how its stocks are valued."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xenotime.market.network import Array, Network

KINDS = ("plant", "lane", "use", "supply", "disposal", "working", "free")


@dataclass(frozen=True, slots=True)
class Storage:
    """How stocks are valued; arrays of one entry per stock row.

    working : amount below which a unit in stock saves its holder trouble (unit)
    ease : marginal value of the first working unit, falling to zero at `working` (USD/unit/month)
    holding : cost of holding (USD/unit/month)
    capacity : most that fits (unit)
    terminal : per leaf of the tree, value of a unit at the end at `terminal_at` units (USD/unit)
    terminal_at, terminal_slope : the value falls by `terminal_slope` per unit above `terminal_at`
    sea_value : per leaf, value of goods still at sea by destination node (USD/unit)
    usual : price by node at which the capital goods tie up on their way is in their lane's cost already
    """

    working: Array
    ease: Array
    holding: Array
    capacity: Array
    terminal: dict[int, Array]
    terminal_at: Array
    terminal_slope: Array
    sea_value: dict[int, Array]
    usual: Array


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each kind of column starts within a tree node, and how many there are."""

    offset: dict[str, int]
    size: dict[str, int]
    width: int

    def block(self, node: int, kind: str) -> slice:
        """Columns of `kind` in tree node `node`."""
        begin = node * self.width + self.offset[kind]
        return slice(begin, begin + self.size[kind])


def make_layout(network: Network, segments: int, supplies: int, stocks: int) -> Layout:
    sizes = (
        len(network.facilities),
        len(network.lanes.cost),
        segments,
        supplies,
        len(network.disposal_node),
        stocks,
        stocks,
    )
    starts = np.concatenate([[0], np.cumsum(sizes)])
    return Layout(
        dict(zip(KINDS, (int(s) for s in starts), strict=False)),
        dict(zip(KINDS, sizes, strict=True)),
        int(starts[-1]),
    )
