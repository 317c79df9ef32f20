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
from xenotime.market.scaling import Scale, apply_scale

REGULARISATION = 1e-9  # relative to the scaled system; its effect is refined away
REFINEMENTS = 6
ROUNDS = 60
PATIENCE = 2  # rounds without fewer wrong sides before they are changed one at a time
IDLE = 1e-9  # scaled flow or value below which there is none
ROUNDING = 1e-13  # scaled residual of the equations that is rounding
SOLVED_WELL = 1e-10  # scaled residual above which full pivoting is tried
SIDE_TOLERANCE = 1e-10  # scaled violation of a bound or sign that still counts as none

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


def reduced_cost(qp: QP, A_tax: sp.csc_matrix, G_tax: sp.csc_matrix, x: Array, y: Array, m: Array) -> Array:
    """P x + c - (A - A_tax)'y + (G + G_tax)'m: zero between bounds, positive at lower, negative at upper."""
    return np.asarray(qp.P * x + qp.c - qp.A.T @ y + A_tax.T @ y + qp.G.T @ m + G_tax.T @ m)


def polish(
    qp: QP, A_tax: sp.csc_matrix, G_tax: sp.csc_matrix, raw: Raw | Point, scale: Scale, most: int = ROUNDS
) -> Point:
    """Solve the optimality conditions of `qp` with taxes exactly, in at most `most` rounds.

    raw : an engine's answer, or the exact point of a program like this one, whose sides are tried first
    `exact` is False when the sides did not settle; the point is then the one with fewest wrong sides.
    """
    money = float(np.median(np.abs(qp.c * scale.column)[qp.c != 0])) if np.any(qp.c) else 1.0
    scaled = apply_scale(qp, scale, money)
    tax = (sp.diags(scale.equality) @ A_tax @ sp.diags(scale.column)).tocsc()
    limit_tax = (sp.diags(scale.limit) @ G_tax @ sp.diags(scale.column)).tocsc()
    x = raw.x / scale.column
    y = raw.y / (scale.equality * money)
    m = raw.m / (scale.limit * money)
    if isinstance(raw, Point):
        fixed = scaled.high <= scaled.low
        side, binding = np.where(fixed, -1, raw.side).astype(np.int8), raw.binding & np.isfinite(scaled.h)
        side[(side > 0) & ~np.isfinite(scaled.high)] = 0
    else:
        side, binding = _guess(scaled, tax, limit_tax, x, y, m)
    best, patience = (np.inf, side, binding), PATIENCE
    alone: set[int] = set()
    kept = (x, y, m)
    for rounds in range(1, most + 1):
        side = _loosen(scaled, x, reduced_cost(scaled, tax, limit_tax, x, y, m), side)
        nx, ny, nm = _solve_sides(scaled, tax, limit_tax, x, y, m, side, binding)
        cost = reduced_cost(scaled, tax, limit_tax, nx, ny, nm)
        slack = scaled.h - scaled.G @ nx
        if _violation(scaled, nx, cost, slack, nm, side, binding) <= SIDE_TOLERANCE:
            return _unscaled(qp, scale, money, (nx, ny, nm), side, binding, True, rounds)
        new_side, new_binding = _switch(scaled, nx, cost, slack, nm, side, binding)
        wrong = np.concatenate([new_side != side, new_binding != binding])
        count = int(wrong.sum())
        if count < best[0]:
            best, patience = (count, side, binding), PATIENCE
            breach = np.concatenate([_breach(scaled, nx, cost), np.abs(slack) + np.abs(nm)])
            order = [int(i) for i in np.argsort(-np.where(wrong, breach, -1.0))[:count]]
            flipped, alone = (new_side, new_binding), set()
            x, y, m = nx, ny, nm
            kept = (nx, ny, nm)
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


def _breach(qp: QP, x: Array, cost: Array) -> Array:
    """How far each column is outside its bounds, or on the wrong side of its price."""
    return np.maximum(np.maximum(qp.low - x, x - qp.high), 0.0) + np.abs(cost)


def _guess(
    qp: QP, tax: sp.csc_matrix, limit_tax: sp.csc_matrix, x: Array, y: Array, m: Array
) -> tuple[Flags, npt.NDArray[np.bool_]]:
    """A bound is taken to hold where the distance to it is smaller than the push against it.

    The distance is measured against what passes the poorest node of the column, the push against the
    values the column compares, so that grams and thousands of tonnes are judged alike.
    """
    cost = reduced_cost(qp, tax, limit_tax, x, y, m)
    through = np.maximum(abs(qp.A) @ np.abs(x), IDLE)
    weights = abs(qp.A).tocsc()
    per_entry = np.repeat(np.arange(len(x)), np.diff(weights.indptr))
    size = np.full(len(x), np.inf)
    np.minimum.at(size, per_entry, through[weights.indices] / weights.data)
    size = np.where(np.isfinite(size), size, 1.0)
    value = np.maximum(weights.T @ np.abs(y) + np.abs(qp.c) + np.abs(qp.P * x), IDLE)
    away, push = 1.0 / size, 1.0 / value
    fixed = qp.high <= qp.low
    side = np.zeros(len(x), dtype=np.int8)
    side[((x - qp.low) * away < cost * push) | fixed] = -1
    side[((qp.high - x) * away < -cost * push) & ~fixed] = 1
    return side, np.asarray((qp.h - qp.G @ x < m) & np.isfinite(qp.h))


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
    tax: sp.csc_matrix,
    limit_tax: sp.csc_matrix,
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
    across = sp.vstack([-(A - tax[:, free]), G + limit_tax[active][:, free]]).T
    down = sp.vstack([-A, G])
    n, rows = len(free), down.shape[0]
    exact = sp.bmat([[sp.diags(qp.P[free]), across], [down, sp.csc_matrix((rows, rows))]], format="csc")
    shift = sp.diags(np.concatenate([np.full(n, REGULARISATION), np.full(rows, -REGULARISATION)]))
    shifted = (exact + shift).tocsc()

    def missed(x: Array, y: Array, m: Array) -> Array:
        cost = reduced_cost(qp, tax, limit_tax, x, y, m)
        return np.concatenate([-cost[free], qp.A @ x - qp.b, (qp.h - qp.G @ x)[active]])

    best = (np.inf, x, y, m)
    for factorise in (_quick_factor, _careful_factor):
        factor = factorise(shifted)
        x, y, m = (part.copy() for part in best[1:])
        for _ in range(REFINEMENTS):
            residual = missed(x, y, m)
            norm = float(np.max(np.abs(residual), initial=0.0))
            # small rows go on improving after the largest has reached its rounding
            if norm <= max(best[0], ROUNDING):
                best = (norm, x.copy(), y.copy(), m.copy())
            elif norm > 2 * best[0]:
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
    qp: QP, x: Array, cost: Array, slack: Array, m: Array, side: Flags, binding: npt.NDArray[np.bool_]
) -> float:
    """Largest breach of a bound, of a sign, or of the equations themselves (scaled)."""
    movable = qp.high > qp.low
    breaches = [
        np.maximum(qp.low - x, x - qp.high)[side == 0],
        np.abs(cost[side == 0]),
        -cost[(side < 0) & movable],
        cost[(side > 0) & movable],
        -slack[~binding & np.isfinite(qp.h)],
        -m[binding],
        np.abs(qp.A @ x - qp.b),
    ]
    return float(max((np.max(part, initial=0.0) for part in breaches), default=0.0))


def _switch(
    qp: QP, x: Array, cost: Array, slack: Array, m: Array, side: Flags, binding: npt.NDArray[np.bool_]
) -> tuple[Flags, npt.NDArray[np.bool_]]:
    """Violators change sides."""
    movable = qp.high > qp.low
    new = side.copy()
    new[(side == 0) & (x < qp.low - SIDE_TOLERANCE)] = -1
    new[(side == 0) & (x > qp.high + SIDE_TOLERANCE)] = 1
    new[(side < 0) & movable & (cost < -SIDE_TOLERANCE)] = 0
    new[(side > 0) & movable & (cost > SIDE_TOLERANCE)] = 0
    held = np.where(binding, m > -SIDE_TOLERANCE, (slack < -SIDE_TOLERANCE) & np.isfinite(qp.h))
    return new, held
