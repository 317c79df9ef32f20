"""The equations of equilibrium once it is known who is at a bound: solved to the rounding of doubles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
import scipy.sparse.linalg as spla

from xenotime.market.engines import QP, Array

REGULARISATION = 1e-9  # relative to the scaled system; its effect is refined away
YIELD_SHARE = 1e-2  # of what a row's own columns yield: the most that is shifted
REFINEMENTS = 10
KRYLOV = 20  # directions kept: more than there are clusters of steep curves
IDLE = 1e-6  # scaled flow or value below which breaches are not relative: a billionth of it is rounding
ROUNDING = 1e-14  # relative residual of the equations that cannot be bettered
SOLVED_WELL = 1e-11  # relative residual above which full pivoting is tried

Flags = npt.NDArray[np.int8]


def reduced_cost(qp: QP, x: Array, y: Array, m: Array) -> Array:
    """P x + c - (A - A_tax)'y + (G + G_tax)'m: zero between bounds, positive at lower, negative at upper."""
    return np.asarray(qp.P * x + qp.c - qp.price_side.T @ y + qp.rent_side.T @ m)


@dataclass(frozen=True, slots=True)
class Yardsticks:
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


def yardsticks(qp: QP, x: Array, y: Array, m: Array) -> Yardsticks:
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
    return Yardsticks(
        amount, np.maximum(value, IDLE), through, np.maximum(used, IDLE), np.maximum(rent, IDLE)
    )


def solve_sides(
    qp: QP,
    x0: Array,
    y0: Array,
    m0: Array,
    side: Flags,
    binding: npt.NDArray[np.bool_],
    steep: bool = False,
) -> tuple[Array, Array, Array]:
    """Newton step on the equations of one set of sides; duals nothing determines stay where they were.

    steep : solve by GMRES what refinement leaves, for sides known to be right; wrong sides may contradict
        each other, and then prices would run away where refinement leaves them near where they were
    """
    x = np.where(side < 0, qp.low, np.where(side > 0, qp.high, x0))
    free, active = np.flatnonzero(side == 0), np.flatnonzero(binding)
    y, m = y0.copy(), np.where(binding, m0, 0.0)
    A, G = qp.A[:, free], qp.G[active][:, free]
    across = sp.vstack([-qp.price_side[:, free], qp.rent_side[active][:, free]]).T
    down = sp.vstack([-A, G])
    n, rows = len(free), down.shape[0]
    exact = sp.bmat([[sp.diags(qp.P[free]), across], [down, sp.csc_matrix((rows, rows))]], format="csc")
    # a row whose columns are all steep yields so little that the usual shift would outweigh it
    yielding = down.multiply(down) @ (1.0 / (qp.P[free] + REGULARISATION))
    held = np.where(yielding > 0, np.minimum(REGULARISATION, YIELD_SHARE * yielding), REGULARISATION)
    shift = sp.diags(np.concatenate([np.full(n, REGULARISATION), -held]))
    shifted = (exact + shift).tocsc()

    def missed(x: Array, y: Array, m: Array) -> Array:
        cost = reduced_cost(qp, x, y, m)
        return np.concatenate([-cost[free], qp.A @ x - qp.b, (qp.h - qp.G @ x)[active]])

    per = yardsticks(qp, x, y, m)
    yard = np.concatenate([per.value[free], per.through, per.used[active]])
    best = (np.inf, x, y, m)
    for factorise in (_quick_factor, _careful_factor):
        factor = factorise(shifted)
        solve = _krylov(exact, factor) if steep else factor.solve
        x, y, m = (part.copy() for part in best[1:])
        for _ in range(REFINEMENTS):
            residual = missed(x, y, m)
            norm = float(np.max(np.abs(residual) / yard, initial=0.0))
            if norm < best[0]:
                best = (norm, x.copy(), y.copy(), m.copy())
            if norm < ROUNDING or not np.isfinite(norm):
                break
            step = solve(residual)
            x[free] += step[:n]
            y += step[n : n + len(y)]
            m[active] += step[n + len(y) :]
        if best[0] < SOLVED_WELL:
            break
    return best[1:]


def _krylov(exact: sp.csc_matrix, factor: spla.SuperLU) -> Callable[[Array], Array]:
    """Steps by GMRES: where the shift outweighs what steep curves yield, plain refinement creeps."""
    shifted_inverse = spla.LinearOperator(exact.shape, factor.solve)

    def step(residual: Array) -> Array:
        with np.errstate(
            all="ignore"
        ):  # sides that contradict each other overflow; the caller looks at norms
            found = spla.gmres(exact, residual, rtol=ROUNDING, restart=KRYLOV, maxiter=1, M=shifted_inverse)
        return np.asarray(found[0])

    return step


def _quick_factor(matrix: sp.csc_matrix) -> spla.SuperLU:
    """Symmetric ordering, pivots on the diagonal where they serve."""
    return spla.splu(
        matrix, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.01, options={"SymmetricMode": True}
    )


def _careful_factor(matrix: sp.csc_matrix) -> spla.SuperLU:
    """Full partial pivoting, for systems the quick one leaves inaccurate."""
    return spla.splu(matrix, permc_spec="COLAMD")
