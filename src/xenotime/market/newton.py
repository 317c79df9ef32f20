"""A warm engine for look-ahead programs: proximal semismooth Newton on the dual.

With prices y given, every column answers by itself,

    x_j(y) = clip((A_j'y - c_j + rho_j centre_j) / (P_j + rho_j), low_j, high_j),

and the dual is a concave function of y, once differentiable and quadratic in pieces.  Newton's
matrix is A_F (P_F + rho_F)^-1 A_F' over the columns F between their bounds only, a fraction of what
an interior point factorises; a search along each step makes the method converge from anywhere.
Around it the proximal weight rho falls and the centre moves to the last answer, which ends at the
program itself also where P is zero.  Limits are rows with a slack column.  A start close to the answer
(last month's, or the last round of charges) saves most of the steps.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
import scipy.sparse.linalg as spla

from xenotime.market.engines import QP, Array, Raw

WARM, COLD, LAST = 3, 0, 9  # proximal weights 10^-WARM (10^-COLD without a start) to 10^-LAST, of values
SMALL_VALUE = 1e-3  # of the median value: what a column without cost or price counts with
OPEN = 1e-9  # scaled residual of a balance that counts as closed
SETTLED = 1e-9  # pull of the proximal term, relative to values, that counts as none
MOST_STEPS = 120  # Newton steps in all: from a start nearby some dozens do, and from afar others are faster
SLOPE_KEPT = 0.1  # the search along a step ends where the slope has fallen to this share
WIDEST = 1e8  # multiple of a Newton step beyond which the dual grows without end
HALVINGS = 50
PIVOT = 1e-12  # relative and, with the next, absolute regularisation of Newton's matrix
PIVOT_FAR = 1e-9


@dataclass(frozen=True, slots=True)
class _Rows:
    """Equalities only: limits have got slack columns."""

    A: sp.csc_matrix
    across: sp.csr_matrix
    P: Array
    c: Array
    b: Array
    low: Array
    high: Array
    limits: npt.NDArray[np.int64]  # those that are finite


def newton(qp: QP, start: Raw | None = None) -> Raw:
    """Solve `qp` from `start`, of its shape and units; without one from zero prices, which takes longer.

    The status is ``solved`` or ``stalled``.
    """
    rows = _with_slacks(qp)
    y = np.zeros(len(rows.b))
    x = np.clip(np.zeros(len(rows.c)), rows.low, rows.high)
    if start is not None:
        y = np.concatenate([start.y, -start.m[rows.limits]])
        slack = qp.h[rows.limits] - (qp.G @ start.x)[rows.limits]
        x = np.clip(np.concatenate([start.x, slack]), rows.low, rows.high)
    size = abs(rows.A).T.tocsr()
    steps, status = 0, "stalled"
    for power in range(COLD if start is None else WARM, LAST + 1):
        weight = 10.0**-power
        values = size @ np.abs(y) + np.abs(rows.c)
        values = np.maximum(values, SMALL_VALUE * float(np.median(values[values > 0], axis=0) or 1.0))
        y, found, taken, closed = _climb(rows, y, x, weight * values, MOST_STEPS - steps)
        steps += taken
        pull = float(np.max(weight * np.abs(found - x), initial=0.0))
        x = found
        if not closed:
            break
        if pull <= SETTLED:
            status = "solved"
            break
    m = np.zeros(len(qp.h))
    m[rows.limits] = np.maximum(-y[len(qp.b) :], 0.0)
    return Raw(x[: len(qp.c)], y[: len(qp.b)], m, status, "newton", steps)


def _with_slacks(qp: QP) -> _Rows:
    finite = np.flatnonzero(np.isfinite(qp.h))
    none = np.zeros(len(finite))
    A = qp.A.tocsc()
    if len(finite):
        A = sp.bmat([[qp.A, None], [qp.G.tocsr()[finite], sp.identity(len(finite))]], format="csc")
    return _Rows(
        A,
        A.T.tocsr(),
        np.concatenate([qp.P, none]),
        np.concatenate([qp.c, none]),
        np.concatenate([qp.b, qp.h[finite]]),
        np.concatenate([qp.low, none]),
        np.concatenate([qp.high, none + np.inf]),
        finite,
    )


def _climb(rows: _Rows, y: Array, centre: Array, rho: Array, most: int) -> tuple[Array, Array, int, bool]:
    """Maximise the dual with the proximal term: prices, amounts, steps, and whether balances closed."""
    curve = rows.P + rho
    wish = (rows.across @ y + rho * centre - rows.c) / curve
    x = np.clip(wish, rows.low, rows.high)
    for step in range(most):
        gap = rows.b - rows.A @ x
        worst = float(np.max(np.abs(gap), initial=0.0))
        if worst <= OPEN:
            return y, x, step, True
        free = np.flatnonzero((wish > rows.low) & (wish < rows.high))
        between = rows.A[:, free]
        matrix = between @ sp.diags(1.0 / curve[free]) @ between.T
        shift = PIVOT * matrix.diagonal() + PIVOT_FAR * min(1.0, worst) + PIVOT**1.2
        factor = spla.splu(
            (matrix + sp.diags(shift)).tocsc(),
            permc_spec="MMD_AT_PLUS_A",
            diag_pivot_thresh=0.0,
            options={"SymmetricMode": True},
        )
        towards = factor.solve(gap)
        pulls = rows.across @ towards
        length = _search(rows, wish, pulls, pulls / curve, towards, float(gap @ towards))
        if not 0.0 < length < WIDEST:
            return y, x, step, False
        y = y + length * towards
        wish = (rows.across @ y + rho * centre - rows.c) / curve
        x = np.clip(wish, rows.low, rows.high)
    return y, x, most, False


def _search(rows: _Rows, wish: Array, pulls: Array, moves: Array, towards: Array, slope: float) -> float:
    """Step length where the dual's slope along the step has nearly vanished: doubled out, then halved in."""
    right = float(rows.b @ towards)

    def slope_at(length: float) -> float:
        return right - float(pulls @ np.clip(wish + length * moves, rows.low, rows.high))

    low, high, length = 0.0, np.inf, 1.0
    for _ in range(HALVINGS):
        now = slope_at(length)
        if abs(now) <= SLOPE_KEPT * abs(slope):
            break
        if now > 0:
            low = length
            length = min(2.0 * length, WIDEST) if np.isinf(high) else 0.5 * (low + high)
        else:
            high = length
            length = 0.5 * (low + high)
        if low >= WIDEST:
            break
    return length


class Newton:
    """The method above behind the interface of the engines."""

    name = "newton"

    def solve(self, qp: QP, start: Raw | None = None) -> Raw:
        """Solve from `start`; without one it takes longer and may stall."""
        return newton(qp, start)
