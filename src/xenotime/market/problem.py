"""A program in its frame: scaled numbers with every limit an equation, and the way there and back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from xenotime.market.column_loops import right_side
from xenotime.market.curves import Knots, Stand, find_knots
from xenotime.market.engines import QP, Array
from xenotime.market.frame import Frame
from xenotime.market.sides import Flags

CLOSED, BELOW, BETWEEN = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Problem:
    """minimise the cost of x  subject to  Q x = r,  low <= x <= high, with prices seen through B.

    Columns are the held ones of the program and a slack for each limit; rows are in the order of the frame.
    The marginal cost of a column is P x + c, and of a curve what its `knots` say: P, c are those at nothing.
    kind : CLOSED for a column that cannot move, whose amount is in `r` already; BELOW for one with a lower
    bound only, BETWEEN for one with both.  money : what values are divided by
    """

    frame: Frame
    amount: Array
    worth: Array
    kind: npt.NDArray[np.int8]
    P: Array
    c: Array
    r: Array
    low: Array
    high: Array
    knots: Knots
    money: float

    @property
    def places(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
        """Starts and rows of the columns."""
        return self.frame.pattern.start, self.frame.pattern.row

    def stand(self) -> Stand:
        """Costs of all columns, every curve in its first segment, to be moved."""
        return Stand(
            self.knots, self.P.copy(), self.c.copy(), np.zeros(len(self.knots.column), dtype=np.int64)
        )

    def inside(self, x: Array, y: Array, m: Array) -> tuple[Array, Array]:
        """A point of the program as amounts, with the slacks of limits, and prices here."""
        frame, scale = self.frame, self.frame.scale
        columns = len(frame.size)
        amounts = frame.columns.sums(x) / frame.size
        own = np.concatenate(
            [np.clip(amounts, self.low[:columns], self.high[:columns]), np.zeros(frame.limits)]
        )
        own[self.kind == CLOSED] = 0.0
        left = np.empty_like(self.r)
        right_side(*self.places, self.amount, np.ones(len(own)), own, self.r, left)
        own[columns:] = np.maximum(left[frame.pattern.position[frame.balances :]], 0.0)
        own = np.where(self.kind == CLOSED, self.low, own)
        prices = np.concatenate([y / (scale.equality * self.money), -m / (scale.limit * self.money)])
        return own, prices[frame.pattern.order]

    def outside(self, x: Array, y: Array) -> tuple[Array, Array, Array]:
        """Amounts, prices and rents of the program; a curve's segments are filled one after another."""
        frame, scale = self.frame, self.frame.scale
        prices = np.empty_like(y)
        prices[frame.pattern.order] = y
        amounts = (x[: len(frame.size)] * frame.size)[frame.columns.group]
        segments, owner = self.segments
        knots = self.knots
        size = frame.size[knots.column][owner]
        room = np.append(knots.at[1:], 0.0)
        room[knots.first[1:] - 1] = self.high[knots.column]
        filled = np.clip(x[knots.column][owner] - knots.at, 0.0, room - knots.at)
        amounts[segments] = filled * size
        rents = np.maximum(-prices[frame.balances :], 0.0) * scale.limit * self.money
        return amounts, prices[: frame.balances] * scale.equality * self.money, rents

    def sides(self, side: Flags, segment: npt.NDArray[np.int64]) -> Flags:
        """Sides of the columns of the program from those of the held ones and where curves stand."""
        found = side[: len(self.frame.size)][self.frame.columns.group]
        segments, owner = self.segments
        number = np.arange(len(owner)) - self.knots.first[:-1][owner]
        apart_ = np.sign(segment[owner] - number)
        found[segments] = np.where(found[segments] == 0, apart_, found[segments])
        return found.astype(np.int8)

    @property
    def segments(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Column of the program of each segment of a curve, and the curve it belongs to."""
        owner = np.repeat(np.arange(len(self.knots.column)), np.diff(self.knots.first))
        head = self.frame.columns.head[self.knots.column]
        return head[owner] + np.arange(len(owner)) - self.knots.first[:-1][owner], owner


def make_problem(frame: Frame, qp: QP, money: float) -> Problem:
    """The numbers of `qp`, a program of the frame, as methods on columns need them."""
    scale, head, size = frame.scale, frame.columns.head, frame.size
    none, finite = np.zeros(frame.limits), np.isfinite(qp.h)
    P = np.concatenate([qp.P[head] * size**2 / money, none])
    c = np.concatenate([qp.c[head] * size / money, none])
    low = np.concatenate([frame.columns.sums(qp.low) / size, none])
    high = np.concatenate([frame.columns.sums(qp.high) / size, np.where(finite, np.inf, 0.0)])
    kind = np.where(high > low, np.where(np.isfinite(high), BETWEEN, BELOW), CLOSED).astype(np.int8)
    amount, worth = frame.amount, frame.worth(qp)
    r = np.concatenate([qp.b * scale.equality, np.where(finite, qp.h, 0.0) * scale.limit])[
        frame.pattern.order
    ]
    if not finite.all():  # a limit without end is no equation
        endless = frame.pattern.position[frame.balances + np.flatnonzero(~finite)]
        gone = np.isin(frame.pattern.row, endless)
        amount, worth = np.where(gone, 0.0, amount), np.where(gone, 0.0, worth)
    moved = np.empty_like(r)
    start, row = frame.pattern.start, frame.pattern.row
    right_side(start, row, amount, np.ones(len(c)), np.where(kind == CLOSED, low, 0.0), r, moved)
    knots = find_knots(frame.columns, qp, size, money)
    return Problem(frame, amount, worth, kind, P, c, moved, low, high, knots, money)
