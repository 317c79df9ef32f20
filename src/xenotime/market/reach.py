"""What can carry anything at all: columns that every feasible point holds at zero are found and left out.

A node nothing can reach (no stock, no open lane, no plant that can run) has no amounts to decide and no
price that the optimum determines; the same holds for a node nothing leaves.  Left in, such nodes leave no
point inside all bounds, which interior points need.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from xenotime.market.engines import QP, Array
from xenotime.market.idle import price_idle
from xenotime.market.reach_loops import spread

Mask = npt.NDArray[np.bool_]
ROUNDING = 1e-9  # of what passes a balance


@dataclass(frozen=True, slots=True)
class Reach:
    """Columns that can carry something; dead rows by why they are: no goods can come, or none can leave."""

    columns: Mask
    unfed: Mask
    undrained: Mask


def find_reach(qp: QP) -> Reach:
    """Follow goods from stocks and columns without inputs on, then from columns without outputs back.

    A column carries only if all its inputs can be had and all its outputs can go somewhere.  In `A`
    positive entries bring goods to a node, negative ones take them, and b < 0 is an amount at hand.
    """
    A = qp.A.tocsc()
    ways = (A.indptr, A.indices, A.data)
    columns = (qp.high > qp.low) | (qp.low > 0)
    unfed, undrained = np.zeros(len(qp.b), dtype=bool), np.zeros(len(qp.b), dtype=bool)
    while True:
        rows, forward = spread(*ways, 1.0, qp.b < 0, columns)
        unfed |= ~rows & ~undrained  # what found a row dead first decides how it is priced
        rows, alive = spread(*ways, -1.0, qp.b > 0, forward)
        undrained |= ~rows & ~unfed
        if np.array_equal(alive, columns):
            return Reach(columns, unfed, undrained)
        columns = alive


def without_dead(qp: QP, reach: Reach) -> QP:
    """The same program with the columns that cannot carry anything held at their lower bound."""
    return replace(qp, high=np.where(reach.columns, qp.high, qp.low))


def impossible(qp: QP, reach: Reach) -> bool:
    """Whether some balance cannot close: what has to pass it can neither come nor go."""
    movable = reach.columns & (qp.high > qp.low)
    passing = abs(qp.A)
    stuck = passing @ movable.astype(float) == 0
    if not stuck.any():
        return False
    fixed = qp.A @ np.where(movable, 0.0, qp.low)
    size = np.abs(qp.b) + passing @ np.abs(np.where(movable, 0.0, qp.low))
    return bool(np.any(np.abs(fixed - qp.b)[stuck] > ROUNDING * size[stuck]))


def price_dead(qp: QP, reach: Reach, x: Array, y: Array, m: Array) -> Array:
    """Prices with those of dead rows put where no column would pay that cannot run.

    A row nothing reaches gets at least the best bid for it, a row nothing leaves at most the lowest offer;
    rows the optimum determines keep their price.
    """
    dead = reach.unfed | reach.undrained
    resting = ~reach.columns & (qp.high > qp.low)
    return price_idle(qp, dead, resting, x, np.where(dead, 0.0, y), m, reach.undrained)
