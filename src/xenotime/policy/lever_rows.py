"""Rows added to the end of a network's tables, all closed until terms open them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import scipy.sparse as sp

from xenotime.market.network import LaneArrays, Network, Node
from xenotime.world.tables import Demand, Supply

Label = tuple[str, str, str, str]
CLOSED = ("slope", "export_tax", "tariff", "low", "high")  # zero for every lane added


@dataclass(slots=True)
class Draft:
    """What is to be added to `given`; `network` puts it together."""

    given: Network
    nodes: list[Node] = field(default_factory=list)
    demand: list[tuple[Demand, int]] = field(default_factory=list)
    supply: list[tuple[Supply, int]] = field(default_factory=list)
    lanes: list[tuple[Label, int, int, float, float]] = field(default_factory=list)
    made: list[tuple[int, int, float]] = field(default_factory=list)
    thrown: list[int] = field(default_factory=list)

    def place(self, material: str, region: str) -> int:
        """Node of the open market; raises KeyError where the material has none in the region."""
        return self.given.place[material, region, ""]

    def add_node(self, node: Node) -> int:
        """A new node."""
        self.nodes.append(node)
        return len(self.given.nodes) + len(self.nodes) - 1

    def order(self, row: Demand, node: int) -> int:
        """A use that waits for its price."""
        self.demand.append((row, node))
        return len(self.given.demand) + len(self.demand) - 1

    def release(self, row: Supply, node: int) -> int:
        """A supply out of a store."""
        self.supply.append((row, node))
        return len(self.given.supply) + len(self.supply) - 1

    def lane(self, label: Label, origin: int, destination: int, cost: float, lag: float) -> int:
        """A lane that moves nothing until its bound is raised."""
        self.lanes.append((label, origin, destination, cost, lag))
        return len(self.given.lanes.cost) + len(self.lanes) - 1

    def output(self, node: int, column: int, amount: float) -> None:
        """One more output of a plant's recipe."""
        self.made.append((node, column, amount))

    def free_disposal(self, node: int) -> None:
        """Let surplus at a node vanish at no cost."""
        self.thrown.append(node)

    def network(self) -> Network:
        """The network with everything added; the one given where nothing was."""
        if not (self.nodes or self.demand or self.supply or self.lanes):
            return self.given
        old = self.given
        nodes = old.nodes + tuple(self.nodes)
        return replace(
            old,
            nodes=nodes,
            place={node: index for index, node in enumerate(nodes)},
            recipes=self._recipes(len(nodes)),
            lanes=self._lanes(),
            demand=old.demand + tuple(row for row, _ in self.demand),
            demand_node=_longer(old.demand_node, [node for _, node in self.demand]),
            supply=old.supply + tuple(row for row, _ in self.supply),
            supply_node=_longer(old.supply_node, [node for _, node in self.supply]),
            disposal_node=_longer(old.disposal_node, self.thrown),
            disposal_cost=_longer(old.disposal_cost, [0.0] * len(self.thrown)),
            orders=old.orders + _last(len(old.demand), len(self.demand)),
            releases=old.releases + _last(len(old.supply), len(self.supply)),
        )

    def _recipes(self, nodes: int) -> sp.csc_matrix:
        known = self.given.recipes.tocoo()
        rows, columns, amounts = zip(*self.made, strict=True) if self.made else ((), (), ())
        return sp.csc_matrix(
            (
                _longer(known.data, amounts),
                (_longer(known.row.astype(np.int64), rows), _longer(known.col.astype(np.int64), columns)),
            ),
            shape=(nodes, known.shape[1]),
        )

    def _lanes(self) -> LaneArrays:
        old = self.given.lanes
        labels, origin, destination, cost, lag = zip(*self.lanes, strict=True) if self.lanes else ((),) * 5
        closed = {name: _longer(getattr(old, name), [0.0] * len(self.lanes)) for name in CLOSED}
        return replace(
            old,
            label=old.label + tuple(labels),
            origin=_longer(old.origin, origin),
            destination=_longer(old.destination, destination),
            cost=_longer(old.cost, cost),
            lag=_longer(old.lag, lag),
            **closed,
        )


def _longer(array: Any, more: Sequence[Any]) -> Any:
    """The array with `more` behind it, of the same type."""
    return np.concatenate([array, np.array(list(more), dtype=array.dtype)])


def _last(before: int, added: int) -> tuple[int, ...]:
    return tuple(range(before, before + added))
