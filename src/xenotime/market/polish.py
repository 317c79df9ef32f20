"""From an interior point's answer to the exact one: guess who is at a bound, solve the rest as equations.

A primal-dual active-set method started from the engine's answer.  Given the set of columns at
bounds and of binding limits, the optimality conditions (taxes included, whose base is a dual) are
linear equations; one sparse factorisation solves them to machine precision.  Whoever then violates
a bound or a sign changes sides, and the step repeats.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from xenotime.market.engines import QP, Array, Raw
from xenotime.market.idle import price_idle, whole_routes
from xenotime.market.scaling import Scale, apply_scale, money_of
from xenotime.market.sides import Flags, Yardsticks, reduced_cost, solve_sides, yardsticks

ROUNDS = 60
PATIENCE = 2  # rounds without fewer wrong sides before they are changed one at a time
UNSOLVED = 1e-3  # of the values in a column: sides whose equations contradict each other
FAR = 100  # wrong sides at once of a like program's point: an engine begun there is quicker
LOST = 10  # times as many wrong sides as the best round had: the start was too far away
SIDE_TOLERANCE = 1e-10  # relative violation of a bound, sign or balance that still counts as none
WELL_CLOSED = 1e-8  # relative: balances of small nodes where no side is wrong and rounding leaves no better


@dataclass(frozen=True, slots=True)
class Point:
    """A primal-dual point; `side` is -1 at the lower bound, 1 at the upper, 0 between."""

    x: Array
    y: Array
    m: Array
    side: Flags
    binding: npt.NDArray[np.bool_]
    exact: bool
    rounds: int


@dataclass(frozen=True, slots=True)
class _Trial:
    """The answer to one set of sides, and what it leaves: reduced costs and slacks of limits."""

    qp: QP
    per: Yardsticks
    x: Array
    m: Array
    cost: Array
    slack: Array
    side: Flags
    binding: npt.NDArray[np.bool_]


def polish(qp: QP, raw: Raw | Point, scale: Scale, most: int = ROUNDS) -> Point:
    """Solve the optimality conditions of `qp`, charges included, exactly, in at most `most` rounds.

    raw : an engine's answer, or the exact point of a program like this one, whose sides are tried first
    `exact` is False when the sides did not settle; the point is then the one with fewest wrong sides.
    """
    money = money_of(qp, scale)
    scaled = apply_scale(qp, scale, money)
    x = raw.x / scale.column
    y = raw.y / (scale.equality * money)
    m = raw.m / (scale.limit * money)
    warm = isinstance(raw, Point)
    if isinstance(raw, Point):
        fixed = scaled.high <= scaled.low
        side, binding = np.where(fixed, -1, raw.side).astype(np.int8), raw.binding & np.isfinite(scaled.h)
        side[(side > 0) & ~np.isfinite(scaled.high)] = 0
    else:
        side, binding = _guess(scaled, x, y, m)
    best, patience = (np.inf, side, binding), PATIENCE
    alone: set[int] = set()
    kept, settled = (x, y, m), False
    for rounds in range(1, most + 1):
        side = _loosen(scaled, x, reduced_cost(scaled, x, y, m), side)
        nx, ny, nm = solve_sides(scaled, x, y, m, side, binding, settled)
        resting = (side < 0) & (scaled.low == 0) & (scaled.high > 0)
        idle = _idle_rows(scaled, side)
        ny = price_idle(scaled, idle, resting, nx, ny, nm)
        cost, slack = reduced_cost(scaled, nx, ny, nm), scaled.h - scaled.G @ nx
        per = yardsticks(scaled, nx, ny, nm)
        trial = _Trial(scaled, per, nx, nm, cost, slack, side, binding)
        off = _violation(trial)
        new_side, new_binding = _switch(trial)
        settled = np.array_equal(new_side, side) and np.array_equal(new_binding, binding)
        if off <= SIDE_TOLERANCE or (settled and off <= WELL_CLOSED):
            return _unscaled(qp, scale, money, (nx, ny, nm), side, binding, True, rounds)
        freed = (new_side == 0) & (side < 0)
        new_side[whole_routes(scaled, freed, idle, resting, cost, per.value)] = 0
        wrong = np.concatenate([new_side != side, new_binding != binding])
        count = int(wrong.sum())
        if warm and rounds == 1 and count > FAR:
            break
        if count < best[0]:
            best, patience = (count, side, binding), PATIENCE
            breach = np.concatenate(
                [_breach(scaled, per, nx, cost), np.abs(slack) / per.used + np.abs(nm) / per.rent]
            )
            order = [int(i) for i in np.argsort(-np.where(wrong, breach, -1.0))[:count]]
            flipped, alone = (new_side, new_binding), set()
            x, y, m = nx, ny, nm
            kept = (nx, ny, nm)
        elif count > LOST * best[0] + most or _unsolved(per, cost, side) > UNSOLVED:
            break  # far from any answer, each round leads farther
        else:
            patience -= 1
        if patience >= 0:
            side, binding = new_side, new_binding
            continue
        # all at once leads in circles: from the best sides seen, change one at a time, worst first
        one = next((i for i in order if i not in alone), None)
        if one is None:
            break
        alone.add(one)
        side, binding = best[1].copy(), best[2].copy()
        if one < len(side):
            side[one] = flipped[0][one]
        else:
            binding[one - len(side)] = flipped[1][one - len(side)]
    return _unscaled(qp, scale, money, kept, best[1], best[2], False, most)


def _unscaled(
    qp: QP,
    scale: Scale,
    money: float,
    found: tuple[Array, Array, Array],
    side: Flags,
    binding: npt.NDArray[np.bool_],
    exact: bool,
    rounds: int,
) -> Point:
    """The point in the units of `qp`, columns at their bounds exactly there."""
    x, y, m = found
    amounts = np.clip(x * scale.column, qp.low, qp.high)
    amounts = np.where(side < 0, qp.low, np.where(side > 0, qp.high, amounts))
    return Point(
        amounts,
        y * scale.equality * money,
        np.maximum(m, 0.0) * scale.limit * money,
        side,
        binding,
        exact,
        rounds,
    )


def _unsolved(per: Yardsticks, cost: Array, side: Flags) -> float:
    """How far the price identities of free columns are from holding."""
    return float(np.max(np.abs(cost / per.value)[side == 0], initial=0.0))


def _breach(qp: QP, per: Yardsticks, x: Array, cost: Array) -> Array:
    """How far each column is outside its bounds, or on the wrong side of its price."""
    return np.maximum(np.maximum(qp.low - x, x - qp.high), 0.0) / per.amount + np.abs(cost) / per.value


def _guess(qp: QP, x: Array, y: Array, m: Array) -> tuple[Flags, npt.NDArray[np.bool_]]:
    """A bound is taken to hold where the distance to it is smaller than the push against it."""
    cost, per = reduced_cost(qp, x, y, m), yardsticks(qp, x, y, m)
    away, push = 1.0 / per.amount, 1.0 / per.value
    fixed = qp.high <= qp.low
    side = np.zeros(len(x), dtype=np.int8)
    side[((x - qp.low) * away < cost * push) | fixed] = -1
    side[((qp.high - x) * away < -cost * push) & ~fixed] = 1
    return side, np.asarray(((qp.h - qp.G @ x) / per.used < m / per.rent) & np.isfinite(qp.h))


def _idle_rows(qp: QP, side: Flags) -> npt.NDArray[np.bool_]:
    """Balances that nothing can pass as sides stand."""
    moving = (side == 0) | (np.where(side > 0, qp.high, qp.low) != 0)
    return np.asarray((qp.b == 0) & (abs(qp.A) @ moving.astype(float) == 0))


def _loosen(qp: QP, x: Array, cost: Array, side: Flags) -> Flags:
    """Free the cheapest column of every balance that has none free and does not close as it stands."""
    settled = np.where(side < 0, qp.low, np.where(side > 0, qp.high, x))
    pattern = qp.A.tocsr()
    has_free = (abs(pattern) @ (side == 0).astype(float)) > 0
    off = np.abs(qp.A @ np.where(np.isfinite(settled), settled, x) - qp.b) > SIDE_TOLERANCE
    movable = qp.high > qp.low
    new = side.copy()
    for row in np.flatnonzero(off & ~has_free):
        columns = pattern.indices[pattern.indptr[row] : pattern.indptr[row + 1]]
        columns = columns[movable[columns]]
        if len(columns):
            new[columns[np.argmin(np.abs(cost[columns]))]] = 0
    return new


def _violation(at: _Trial) -> float:
    """Largest breach of a bound, of a sign, or of the equations themselves, relative."""
    qp, per, side = at.qp, at.per, at.side
    movable, finite = qp.high > qp.low, np.isfinite(qp.h)
    push = at.cost / per.value
    breaches = [
        (np.maximum(qp.low - at.x, at.x - qp.high) / per.amount)[side == 0],
        np.abs(push[side == 0]),
        -push[(side < 0) & movable],
        push[(side > 0) & movable],
        -(at.slack / per.used)[~at.binding & finite],
        -(at.m / per.rent)[at.binding],
        np.abs(qp.A @ at.x - qp.b) / per.through,
    ]
    return float(max((np.max(part, initial=0.0) for part in breaches), default=0.0))


def _switch(at: _Trial) -> tuple[Flags, npt.NDArray[np.bool_]]:
    """Violators change sides."""
    qp, per, side = at.qp, at.per, at.side
    movable, finite = qp.high > qp.low, np.isfinite(qp.h)
    room, push = SIDE_TOLERANCE * per.amount, SIDE_TOLERANCE * per.value
    new = side.copy()
    new[(side == 0) & (at.x < qp.low - room)] = -1
    new[(side == 0) & (at.x > qp.high + room)] = 1
    new[(side < 0) & movable & (at.cost < -push)] = 0
    new[(side > 0) & movable & (at.cost > push)] = 0
    over = (at.slack < -SIDE_TOLERANCE * per.used) & finite
    return new, np.where(at.binding, at.m > -SIDE_TOLERANCE * per.rent, over)
