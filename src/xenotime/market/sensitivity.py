"""Where one more tonne would go: the response of the optimum to a marginal tonne at a node."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
import scipy.sparse.linalg as spla

from xenotime.market.clearing import Clearing
from xenotime.market.engines import Array
from xenotime.market.program import as_qp
from xenotime.market.scaling import apply_scale, find_scale
from xenotime.market.sizes import column_sizes

REGULARISATION = 1e-10
ROUNDS = 6


def marginal_response(clearing: Clearing, row: int) -> Array:
    """Change of every column per extra unit at balance `row`, sides staying as they are.

    Shape (columns,), unit per unit.  Linear equations of the optimality conditions, taxes included.
    """
    program, point = clearing.program, clearing.point
    scale = find_scale(program.A, program.G, column_sizes(program))
    qp = apply_scale(as_qp(program), scale, 1.0)
    free, active = np.flatnonzero(point.side == 0), np.flatnonzero(point.binding)
    across = sp.vstack([-qp.price_side[:, free], qp.G[active][:, free]]).T
    down = sp.vstack([-qp.A[:, free], qp.G[active][:, free]])
    money = float(np.median(qp.P[free][qp.P[free] > 0])) if np.any(qp.P[free] > 0) else 1.0
    n, rows = len(free), down.shape[0]
    exact = sp.bmat(
        [[sp.diags(qp.P[free] / money), across], [down, sp.csc_matrix((rows, rows))]], format="csc"
    )
    shift = sp.diags(np.concatenate([np.full(n, REGULARISATION), np.full(rows, -REGULARISATION)]))
    factor = spla.splu((exact + shift).tocsc(), permc_spec="MMD_AT_PLUS_A")
    right = np.zeros(n + rows)
    right[n + row] = scale.equality[row]
    answer = factor.solve(right)
    for _ in range(ROUNDS):
        answer += factor.solve(right - exact @ answer)
    change = np.zeros(len(program.c))
    change[free] = answer[:n] * scale.column[free]
    return change
