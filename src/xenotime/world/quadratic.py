"""A convex quadratic program with a diagonal, solved once and checked."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import piqp
import scipy.sparse as sp

from xenotime.errors import InternalFault, NoAnswer

Array = npt.NDArray[np.float64]

TOLERANCE = 1e-9


def solve_diagonal(
    curvature: Array, linear: Array, rows: sp.csc_matrix, right: Array, low: Array, high: Array, what: str
) -> Array:
    """Minimise 1/2 x'diag(curvature)x + linear'x subject to rows x = right, low <= x <= high.

    The caller scales.  Raises NoAnswer when no x satisfies the constraints, InternalFault when the
    solver's answer violates them.
    """
    size = len(linear)
    solver = piqp.SparseSolver()
    solver.settings.eps_abs = solver.settings.eps_rel = TOLERANCE
    solver.settings.eps_duality_gap_abs = solver.settings.eps_duality_gap_rel = TOLERANCE
    solver.settings.max_iter = 500
    hessian = sp.csc_matrix((curvature, np.arange(size), np.arange(size + 1)), shape=(size, size))
    solver.setup(
        hessian, linear, rows.tocsc(), right, None, None, None, np.maximum(low, -1e30), np.minimum(high, 1e30)
    )
    status = solver.solve()
    if status == piqp.PIQP_PRIMAL_INFEASIBLE:
        raise NoAnswer(
            what, "constraints that contradict each other", "facts that leave room", "widen a range"
        )
    x: Array = np.clip(np.array(solver.result.x, dtype=np.float64), low, high)
    if len(right):
        miss = float(np.max(np.abs(rows @ x - right)))
        if status != piqp.PIQP_SOLVED and miss > TOLERANCE**0.5:
            raise InternalFault(f"{what}: the solver stopped with {status} and rows missed by {miss:g}")
    return x
