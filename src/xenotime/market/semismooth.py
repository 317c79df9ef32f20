"""From a point near the answer to the answer itself: Newton's method on prices alone.

At given prices everyone's amount is known: what makes cost equal value, or a bound.  So supply less use is a
function of prices with kinks where somebody meets a bound, and Newton's method on it needs one factorisation
for each change of sides.  Who is indifferent (a cost without slope) has no such answer; amounts are therefore
held near those of the round before by a small cost of change, prices likewise: the proximal method of
multipliers (Rockafellar 1976), with charges on value as they are.  Once nobody changes sides the equations of
equilibrium are linear; they are solved to rounding by the same steps, and signs are checked.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xenotime.market import column_loops, curve_loops, semismooth_loops
from xenotime.market.curves import Index, Stand
from xenotime.market.engines import QP, Array
from xenotime.market.polish import Point
from xenotime.market.problem import CLOSED, Problem
from xenotime.market.sides import Flags

HOLD = 1e-3  # cost of change, share of a column's value for a change by its size, while sides are sought ...
HOLD_STILL = 1e-7  # ... and when they are known
STEADY = 1e-3  # prices are held as much less than amounts
FLIPS = 6  # times the equations of the sides found are solved, those who would leave theirs changing it
MANY = 50  # of them at once: the sides were not found
STEPS = 20  # factorisations in a round; sides of a like program settle in five
HALVINGS = 6  # of a step that overshoots
RESTLESS, NEAR = 12, 2  # so few that go to and fro, more often in a row: the equations of sides decide
OVERSHOT = 0.5  # of the slope at the beginning, in the other direction: the step is cut
REFINEMENTS = 12
ROUNDING = 1e-14  # relative residual that cannot be bettered
SOLVED = 1e-10  # relative residual of equations, bounds and signs that counts as none
LEAST_SPAN = 1e-3  # of a column's size: what it is held by if its bounds are closer
LEAST_PRICE = 1e-9  # of the median price: below it a good is free
HELD_PRICES = (1.0, 1e6)  # times that: prices are held as if they were no lower, first firmly, then less so
LEAST_THROUGH = 1e-6  # scaled: below it a balance is measured by its size
UNKNOWN = 9  # a side nobody has looked at


@dataclass(frozen=True, slots=True)
class Settled:
    """Amounts, prices, sides, the segments curves stand in; whether every condition holds; factorisations."""

    x: Array
    y: Array
    side: Flags
    segment: Index
    exact: bool
    steps: int


@dataclass(frozen=True, slots=True)
class _Work:
    """Vectors of one attempt, filled again and again."""

    x: Array
    inverse: Array
    slope: Array
    value: Array
    gap: Array
    through: Array
    side: Flags
    stand: Stand


def semismooth(problem: Problem, x: Array, y: Array, few: int | None = None) -> Settled:
    """Settle sides and prices from a point near the answer; `exact` is False where they do not settle.

    few : give up if more columns than this change sides at the first step, where there is another way
    """
    columns, rows = len(x), len(y)
    work = _Work(
        x.copy(),
        np.empty(columns),
        np.empty(columns),
        np.empty(columns),
        np.empty(rows),
        np.empty(rows),
        np.full(columns, UNKNOWN, dtype=np.int8),
        problem.stand(),
    )
    work.stand.at(work.x)
    known = np.abs(y[y != 0])
    floor = LEAST_PRICE * float(np.median(known)) if len(known) else 1.0
    taken = 0
    for least in HELD_PRICES:
        found, used = _seek(problem, work, y, floor, least, few)
        taken += used
        if found is None:
            break
        y = found
        for _ in range(FLIPS):
            y, solved = _solve(problem, work, y, floor)
            taken += 1
            wrong = _switch(problem, work) if solved else MANY
            if not wrong:
                return Settled(work.x, y, work.side, work.stand.segment, True, taken)
            if wrong >= MANY:
                break
    return Settled(work.x, y, work.side, work.stand.segment, False, taken)


def _held(problem: Problem, work: _Work, y: Array, floor: float, hold: float) -> Array:
    """Curvature added to columns that have less of their own; a curve has enough wherever it stands."""
    column_loops.values_of(*problem.places, problem.worth, work.stand.c, y, floor, work.value)
    room = np.where(np.isfinite(problem.high), problem.high - problem.low, 1.0)
    held = np.maximum(hold * work.value / np.clip(room, LEAST_SPAN, 1.0) - problem.P, 0.0)
    held[problem.knots.column] = 0.0
    return np.asarray(held)


def _seek(
    problem: Problem, work: _Work, y: Array, floor: float, least: float, few: int | None
) -> tuple[Array | None, int]:
    """Prices at which nobody changes sides any more, amounts held near where they are; None if never."""
    before, centre = y, work.x.copy()
    held = _held(problem, work, y, floor, HOLD)

    def answer(prices: Array) -> int:
        stand, knots = work.stand, problem.knots
        bent = curve_loops.offered(
            *problem.places, problem.worth, prices, knots.column, knots.first, knots.at, knots.cost,
            knots.slope, stand.P, stand.c, stand.segment,
        )  # fmt: skip
        return bent + semismooth_loops.answer_to(
            *problem.places, problem.amount, problem.worth, problem.kind, stand.P, stand.c, problem.r,
            problem.low, problem.high, prices, centre, held, work.x, work.inverse, work.gap, work.through,
            work.side,
        )  # fmt: skip

    answer(y)
    reserve = HOLD * STEADY * np.maximum(work.through, LEAST_THROUGH) / np.maximum(np.abs(y), least * floor)
    near = 0
    for used in range(1, STEPS + 1):
        factor = problem.frame.newton(problem.amount, problem.worth, work.inverse, reserve)
        move = factor.solve(work.gap - reserve * (y - before))
        if not np.isfinite(move).all():  # compiled maxima pass over what is not a number
            return None, used
        slope, length = float(move @ work.gap), 1.0
        changed = answer(y + move)
        for _ in range(HALVINGS):
            if float(move @ work.gap) >= -OVERSHOT * abs(slope):
                break
            length *= 0.5
            changed += answer(y + length * move)
        y = y + length * move
        near = near + 1 if changed <= RESTLESS else 0
        if not changed or near > NEAR:
            return y, used
        if few is not None and changed > few:
            return None, used
    return None, STEPS


def _solve(problem: Problem, work: _Work, y: Array, floor: float) -> tuple[Array, bool]:
    """The equations of the sides found, to rounding; amounts in `work`."""
    held = _held(problem, work, y, floor, HOLD_STILL)
    free = (work.side == 0) & (problem.kind != CLOSED)
    inverse = np.divide(1.0, work.stand.P + held, out=np.zeros(len(held)), where=free)
    reserve = HOLD_STILL * STEADY * np.maximum(work.through, LEAST_THROUGH) / np.maximum(np.abs(y), floor)
    factor = problem.frame.newton(problem.amount, problem.worth, inverse, reserve)
    right, best = np.empty_like(work.gap), np.inf
    kept = (work.x.copy(), y)
    for _ in range(REFINEMENTS):
        left = max(_unsolved(problem, work, y))
        if left < best:
            best, kept = left, (work.x.copy(), y)
        if left <= ROUNDING or not left < 1e3 * best:
            break
        column_loops.right_side(*problem.places, problem.amount, inverse, work.slope, work.gap, right)
        dy = factor.solve(right)
        if not np.isfinite(dy).all():
            break
        semismooth_loops.moved_by(*problem.places, problem.worth, inverse, work.slope, dy, work.x)
        y = y + dy
    work.x[:], y = kept
    return y, best <= SOLVED


def _unsolved(problem: Problem, work: _Work, y: Array) -> tuple[float, float]:
    return semismooth_loops.unsolved(
        *problem.places, problem.amount, problem.worth, problem.kind, work.side, work.stand.P,
        work.stand.c, problem.r, work.x, y, work.value, work.slope, work.gap, work.through, LEAST_THROUGH,
    )  # fmt: skip


def _switch(problem: Problem, work: _Work) -> int:
    """How many columns are on a side, or curves in a segment, they would leave; they are put on the other."""
    knots, stand = problem.knots, work.stand
    spare = np.empty(len(work.x))
    semismooth_loops.poorest(
        *problem.places, problem.amount, problem.kind, work.through, LEAST_THROUGH, spare
    )
    bent = curve_loops.leave(
        knots.column, knots.first, knots.at, knots.cost, knots.slope, work.side, spare, SOLVED, work.x,
        stand.P, stand.c, stand.segment,
    )  # fmt: skip
    return bent + semismooth_loops.switch_sides(
        problem.kind, work.side, problem.low, problem.high, work.x, work.slope, work.value, spare, SOLVED
    )


def as_point(problem: Problem, settled: Settled, qp: QP) -> Point:
    """The point of `qp`, whose numbers `problem` was made from; who is at a bound is exactly there."""
    columns = len(problem.frame.size)
    x, y, m = problem.outside(settled.x, settled.y)
    side = problem.sides(settled.side, settled.segment)
    x = np.where(side > 0, qp.high, np.where(side < 0, qp.low, x))
    x = np.clip(x, qp.low, qp.high)
    closed = (problem.kind[:columns] == CLOSED)[problem.frame.columns.group]
    side = np.where(closed, -1, side).astype(np.int8)
    binding = (settled.side[columns:] < 0) & (problem.kind[columns:] != CLOSED)
    return Point(x, y, np.where(binding, m, 0.0), side, binding, settled.exact, settled.steps)
