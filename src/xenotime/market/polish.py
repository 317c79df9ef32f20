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
import scipy.sparse as sp
import scipy.sparse.linalg as spla

from xenotime.market.engines import QP, Array, Raw
from xenotime.market.idle import price_idle, whole_routes
from xenotime.market.scaling import Scale, apply_scale, money_of

REGULARISATION = 1e-9  # relative to the scaled system; its effect is refined away
REFINEMENTS = 10
ROUNDS = 60
PATIENCE = 2  # rounds without fewer wrong sides before they are changed one at a time
IDLE = 1e-6  # scaled flow or value below which breaches are not relative: a billionth of it is rounding
UNSOLVED = 1e-3  # of the values in a column: sides whose equations contradict each other
LOST = 10  # times as many wrong sides as the best round had: the start was too far away
ROUNDING = 1e-14  # relative residual of the equations that cannot be bettered
SOLVED_WELL = 1e-11  # relative residual above which full pivoting is tried
SIDE_TOLERANCE = 1e-10  # relative violation of a bound, sign or balance that still counts as none

Flags = npt.NDArray[np.int8]


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


def reduced_cost(qp: QP, x: Array, y: Array, m: Array) -> Array:
    """P x + c - (A - A_tax)'y + (G + G_tax)'m: zero between bounds, positive at lower, negative at upper."""
    return np.asarray(qp.P * x + qp.c - qp.price_side.T @ y + qp.rent_side.T @ m)


@dataclass(frozen=True, slots=True)
class _Yardsticks:
    """What breaches are measured against, so that grams and thousands of tonnes are judged alike.

    amount : per column, what passes the poorest node it touches;  value : the values a column compares
    through : per balance, what passes it;  used : per limit, what counts against it;  rent : per limit,
    the values of the columns it limits
    """

    amount: Array
    value: Array
    through: Array
    used: Array
    rent: Array


def _yardsticks(qp: QP, x: Array, y: Array, m: Array) -> _Yardsticks:
    through = np.maximum(abs(qp.A) @ np.abs(x), IDLE)
    weights = abs(qp.A).tocsc()
    per_entry = np.repeat(np.arange(len(x)), np.diff(weights.indptr))
    amount = np.full(len(x), np.inf)
    np.minimum.at(amount, per_entry, through[weights.indices] / weights.data)
    amount = np.where(np.isfinite(amount), amount, 1.0)
    value = abs(qp.price_side).T @ np.abs(y) + abs(qp.rent_side).T @ m + np.abs(qp.c) + np.abs(qp.P * x)
    limits = abs(qp.G)
    used = limits @ np.abs(x) + np.where(np.isfinite(qp.h), np.abs(qp.h), 0.0)
    rent = limits @ value / np.maximum(np.diff(qp.G.tocsr().indptr), 1)
    return _Yardsticks(
        amount, np.maximum(value, IDLE), through, np.maximum(used, IDLE), np.maximum(rent, IDLE)
    )


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
    if isinstance(raw, Point):
        fixed = scaled.high <= scaled.low
        side, binding = np.where(fixed, -1, raw.side).astype(np.int8), raw.binding & np.isfinite(scaled.h)
        side[(side > 0) & ~np.isfinite(scaled.high)] = 0
    else:
        side, binding = _guess(scaled, x, y, m)
    best, patience = (np.inf, side, binding), PATIENCE
    alone: set[int] = set()
    kept = (x, y, m)
    for rounds in range(1, most + 1):
        side = _loosen(scaled, x, reduced_cost(scaled, x, y, m), side)
        nx, ny, nm = _solve_sides(scaled, x, y, m, side, binding)
        resting = (side < 0) & (scaled.low == 0) & (scaled.high > 0)
        idle = _idle_rows(scaled, side)
        ny = price_idle(scaled, idle, resting, nx, ny, nm)
        cost, slack = reduced_cost(scaled, nx, ny, nm), scaled.h - scaled.G @ nx
        per = _yardsticks(scaled, nx, ny, nm)
        if _violation(scaled, per, nx, cost, slack, nm, side, binding) <= SIDE_TOLERANCE:
            return _unscaled(qp, scale, money, (nx, ny, nm), side, binding, True, rounds)
        new_side, new_binding = _switch(scaled, per, nx, cost, slack, nm, side, binding)
        freed = (new_side == 0) & (side < 0)
        new_side[whole_routes(scaled, freed, idle, resting, cost, per.value)] = 0
        wrong = np.concatenate([new_side != side, new_binding != binding])
        count = int(wrong.sum())
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


def _unsolved(per: _Yardsticks, cost: Array, side: Flags) -> float:
    """How far the price identities of free columns are from holding."""
    return float(np.max(np.abs(cost / per.value)[side == 0], initial=0.0))


def _breach(qp: QP, per: _Yardsticks, x: Array, cost: Array) -> Array:
    """How far each column is outside its bounds, or on the wrong side of its price."""
    return np.maximum(np.maximum(qp.low - x, x - qp.high), 0.0) / per.amount + np.abs(cost) / per.value


def _guess(qp: QP, x: Array, y: Array, m: Array) -> tuple[Flags, npt.NDArray[np.bool_]]:
    """A bound is taken to hold where the distance to it is smaller than the push against it."""
    cost, per = reduced_cost(qp, x, y, m), _yardsticks(qp, x, y, m)
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


def _solve_sides(
    qp: QP,
    x0: Array,
    y0: Array,
    m0: Array,
    side: Flags,
    binding: npt.NDArray[np.bool_],
) -> tuple[Array, Array, Array]:
    """Newton step on the equations of one set of sides; duals nothing determines stay where they were."""
    x = np.where(side < 0, qp.low, np.where(side > 0, qp.high, x0))
    free, active = np.flatnonzero(side == 0), np.flatnonzero(binding)
    y, m = y0.copy(), np.where(binding, m0, 0.0)
    A, G = qp.A[:, free], qp.G[active][:, free]
    across = sp.vstack([-qp.price_side[:, free], qp.rent_side[active][:, free]]).T
    down = sp.vstack([-A, G])
    n, rows = len(free), down.shape[0]
    exact = sp.bmat([[sp.diags(qp.P[free]), across], [down, sp.csc_matrix((rows, rows))]], format="csc")
    shift = sp.diags(np.concatenate([np.full(n, REGULARISATION), np.full(rows, -REGULARISATION)]))
    shifted = (exact + shift).tocsc()

    def missed(x: Array, y: Array, m: Array) -> Array:
        cost = reduced_cost(qp, x, y, m)
        return np.concatenate([-cost[free], qp.A @ x - qp.b, (qp.h - qp.G @ x)[active]])

    per = _yardsticks(qp, x, y, m)
    yard = np.concatenate([per.value[free], per.through, per.used[active]])
    best = (np.inf, x, y, m)
    for factorise in (_quick_factor, _careful_factor):
        factor = factorise(shifted)
        x, y, m = (part.copy() for part in best[1:])
        for _ in range(REFINEMENTS):
            residual = missed(x, y, m)
            norm = float(np.max(np.abs(residual) / yard, initial=0.0))
            if norm < best[0]:
                best = (norm, x.copy(), y.copy(), m.copy())
            if norm < ROUNDING or not np.isfinite(norm):
                break
            step = factor.solve(residual)
            x[free] += step[:n]
            y += step[n : n + len(y)]
            m[active] += step[n + len(y) :]
        if best[0] < SOLVED_WELL:
            break
    return best[1:]


def _quick_factor(matrix: sp.csc_matrix) -> spla.SuperLU:
    """Symmetric ordering, pivots on the diagonal where they serve."""
    return spla.splu(
        matrix, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.01, options={"SymmetricMode": True}
    )


def _careful_factor(matrix: sp.csc_matrix) -> spla.SuperLU:
    """Full partial pivoting, for systems the quick one leaves inaccurate."""
    return spla.splu(matrix, permc_spec="COLAMD")


def _violation(
    qp: QP,
    per: _Yardsticks,
    x: Array,
    cost: Array,
    slack: Array,
    m: Array,
    side: Flags,
    binding: npt.NDArray[np.bool_],
) -> float:
    """Largest breach of a bound, of a sign, or of the equations themselves, relative."""
    movable, finite = qp.high > qp.low, np.isfinite(qp.h)
    push = cost / per.value
    breaches = [
        (np.maximum(qp.low - x, x - qp.high) / per.amount)[side == 0],
        np.abs(push[side == 0]),
        -push[(side < 0) & movable],
        push[(side > 0) & movable],
        -(slack / per.used)[~binding & finite],
        -(m / per.rent)[binding],
        np.abs(qp.A @ x - qp.b) / per.through,
    ]
    return float(max((np.max(part, initial=0.0) for part in breaches), default=0.0))


def _switch(
    qp: QP,
    per: _Yardsticks,
    x: Array,
    cost: Array,
    slack: Array,
    m: Array,
    side: Flags,
    binding: npt.NDArray[np.bool_],
) -> tuple[Flags, npt.NDArray[np.bool_]]:
    """Violators change sides."""
    movable, finite = qp.high > qp.low, np.isfinite(qp.h)
    room, push = SIDE_TOLERANCE * per.amount, SIDE_TOLERANCE * per.value
    new = side.copy()
    new[(side == 0) & (x < qp.low - room)] = -1
    new[(side == 0) & (x > qp.high + room)] = 1
    new[(side < 0) & movable & (cost < -push)] = 0
    new[(side > 0) & movable & (cost > push)] = 0
    over = (slack < -SIDE_TOLERANCE * per.used) & finite
    return new, np.where(binding, m > -SIDE_TOLERANCE * per.rent, over)
