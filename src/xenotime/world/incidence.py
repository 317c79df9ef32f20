"""The network as a matrix: one row per node (material, region), one column per flow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from xenotime.world.parts import Sketch

Array = npt.NDArray[np.float64]
Node = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Incidence:
    """What each unit of a flow adds to each node.

    matrix : nodes x columns; columns are activities, routes, uses, outlets, in this order
    first : column where each kind begins
    """

    nodes: tuple[Node, ...]
    place: dict[Node, int]
    matrix: sp.csc_matrix
    first: dict[str, int]

    def block(self, kind: str) -> slice:
        """Columns of `kind`: activity, route, use or outlet."""
        starts = [*sorted(self.first.values()), self.matrix.shape[1]]
        begin = self.first[kind]
        return slice(begin, starts[starts.index(begin) + 1] if kind != "outlet" else self.matrix.shape[1])


def build_incidence(sketch: Sketch) -> Incidence:
    """Number the nodes and fill the matrix (M1 without stocks)."""
    found: dict[Node, None] = {}
    for activity in sketch.activities:
        for material, _ in activity.flows:
            found[material, activity.region] = None
    for route in sketch.routes:
        found[route.material, route.origin] = None
        found[route.material, route.destination] = None
    for use in sketch.uses:
        found[use.material, use.region] = None
    nodes = tuple(sorted(found))
    place = {node: index for index, node in enumerate(nodes)}
    rows, columns, values = [], [], []
    column = 0
    first = {"activity": 0}
    for activity in sketch.activities:
        for material, amount in activity.flows:
            rows.append(place[material, activity.region])
            columns.append(column)
            values.append(amount)
        column += 1
    first["route"] = column
    for route in sketch.routes:
        rows += [place[route.material, route.origin], place[route.material, route.destination]]
        columns += [column, column]
        values += [-1.0, 1.0]
        column += 1
    first["use"] = column
    for use in sketch.uses:
        rows.append(place[use.material, use.region])
        columns.append(column)
        values.append(-1.0)
        column += 1
    first["outlet"] = column
    for outlet in sketch.outlets:
        if (outlet.material, outlet.region) in place:
            rows.append(place[outlet.material, outlet.region])
            columns.append(column)
            values.append(-1.0)
        column += 1
    matrix = sp.csc_matrix((values, (rows, columns)), shape=(len(nodes), column))
    return Incidence(nodes, place, matrix, first)
