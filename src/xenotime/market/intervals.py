"""Which prices the optimum determines, and the interval of those it does not (note 2.8).

All duals that meet the optimality conditions at the solution form a face.  A price is a point where
the face is flat in its direction.  First the equations of the interior columns settle duals one after
another, and one factorisation of what is left finds the directions in which the rest may move; then two
linear programs per suspect give its interval.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
import scipy.sparse.linalg as spla
from scipy.sparse.csgraph import connected_components

from xenotime.market.clearing import Clearing
from xenotime.market.engines import Array
from xenotime.market.program import as_qp
from xenotime.market.sides import reduced_cost
from xenotime.market.sizes import column_sizes
from xenotime.market.windows import shares_in_rows

WIDTH_TOLERANCE = 1e-6  # of the price: the accuracy promised
FREE_DIRECTION = 1e-6  # length of a random vector's shadow on the free directions that counts as none
AT_BOUND = 1e-9  # of a column's size: closer than that it is at its bound
NUDGE = 1e-12


def _stationarity_matrix(clearing: Clearing) -> tuple[sp.csr_matrix, npt.NDArray[np.int64]]:
    """Rows: columns of the program.  Columns: duals of balances, then of binding limits."""
    program, point = clearing.program, clearing.point
    finite = np.isfinite(program.h)
    size = abs(program.G) @ np.abs(point.x) + np.where(finite, np.abs(program.h), 0.0)
    slack = np.where(finite, program.h, np.inf) - program.G @ point.x
    binding = np.flatnonzero(slack <= AT_BOUND * np.maximum(size, 1e-300))
    matrix = sp.vstack([-(program.A - program.A_tax), (program.G + program.G_tax)[binding]]).T.tocsr()
    return matrix, binding.astype(np.int64)


def _sides(clearing: Clearing) -> npt.NDArray[np.int8]:
    """-1 at the lower bound, 1 at the upper, 0 strictly between: where the column is, not what held it there.

    A column that happens to sit at its bound bounds the duals from one side only.
    """
    program, x = clearing.program, clearing.point.x
    near = AT_BOUND * np.maximum(column_sizes(program), np.abs(x))
    side = np.zeros(len(x), dtype=np.int8)
    side[program.high - x <= near] = 1
    side[x - program.low <= near] = -1
    return side


def undetermined(clearing: Clearing, period: int = 0) -> npt.NDArray[np.bool_]:
    """Flag per node of tree node `period`: may its price move along the equations of interior columns?"""
    count = len(clearing.program.network.nodes)
    loose, _ = _loose(clearing)
    return loose[period * count : (period + 1) * count]


def undetermined_limits(clearing: Clearing, period: int = 0) -> set[int]:
    """Joint limits of tree node `period` whose rent the equations of interior columns leave open."""
    program = clearing.program
    count, balances = len(program.network.joint), len(program.b)
    loose, binding = _loose(clearing)
    rows = binding[loose[balances:]]
    entered = shares_in_rows(program.horizon, program.terms)[:, period]
    return {int(row) % count for row in rows if entered[row // count, row % count] > 0}


def _loose(clearing: Clearing) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.int64]]:
    """Flag per balance and binding limit, and which limits bind; found once for prices and rents."""
    if not clearing.loose:
        clearing.loose.append(_find_loose(clearing))
    return clearing.loose[0]


def _find_loose(clearing: Clearing) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.int64]]:
    """See :func:`_loose`."""
    matrix, binding = _stationarity_matrix(clearing)
    inside = matrix[np.flatnonzero(_sides(clearing) == 0)]
    loose = _unsettled(inside)
    left = inside[:, loose]
    left = left[np.diff(left.indptr) > 0]
    if left.shape[0]:
        loose[loose] = _moves_freely(left)
    return loose, binding


def _unsettled(inside: sp.csr_matrix) -> npt.NDArray[np.bool_]:
    """Flag per dual: not settled by equations of interior columns taken one after another.

    An equation with one dual left settles it.  Users, mines and lanes settle all but a handful so; what is
    left hangs together in rings, or hangs on nothing.
    """
    inside.eliminate_zeros()
    size = np.abs(inside.data)
    owner = np.repeat(np.arange(inside.shape[0]), np.diff(inside.indptr))
    largest = np.zeros(inside.shape[0])
    np.maximum.at(largest, owner, size)
    solid = (
        size > FREE_DIRECTION * largest[owner]
    )  # a dual that an equation hardly holds is not settled by it
    unsettled = np.ones(inside.shape[1], dtype=bool)
    while True:
        open_here = unsettled[inside.indices]
        left = np.bincount(owner[open_here], minlength=inside.shape[0])
        settles = open_here & (left[owner] == 1) & solid
        if not settles.any():
            return unsettled
        unsettled[inside.indices[settles]] = False


def _moves_freely(inside: sp.csr_matrix) -> npt.NDArray[np.bool_]:
    """Flag per dual: does a random direction, cast on the null space of `inside`, move it?"""
    scale = 1.0 / np.maximum(np.sqrt(np.asarray(inside.multiply(inside).sum(axis=1)).ravel()), 1e-300)
    inside = sp.diags(scale) @ inside
    rows, n = inside.shape
    system = sp.bmat([[sp.identity(n), inside.T], [inside, -NUDGE * sp.identity(rows)]], format="csc")
    factor = spla.splu(
        system, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.01, options={"SymmetricMode": True}
    )
    signs = np.random.default_rng(0).normal(size=n)  # fixed seed: same inputs, same answer
    right = np.concatenate([signs, np.zeros(rows)])
    shadow = factor.solve(right)
    shadow += factor.solve(right - system @ shadow)
    return np.asarray(np.abs(shadow[:n]) > FREE_DIRECTION)


def is_idle(clearing: Clearing, volume: Array) -> npt.NDArray[np.bool_]:
    """Nodes that nothing passes but an engine's rounding."""
    return np.asarray(
        volume <= AT_BOUND * (abs(clearing.program.A) @ column_sizes(clearing.program))[: len(volume)]
    )


def price_intervals(clearing: Clearing, period: int = 0) -> tuple[Array, Array]:
    """Lowest and highest price of each node over the optimal dual face; equal where it is determined.

    Shapes: (nodes,), (nodes,), USD per unit.  Only nodes that something passes or somebody wants are
    examined further; the others keep an infinite interval when their equations leave them free.
    """
    program = clearing.program
    price = clearing.price(period)
    low, high = price.copy(), price.copy()
    all_loose, _ = _loose(clearing)
    loose = all_loose[period * len(price) : (period + 1) * len(price)]
    volume = clearing.volume(period)
    wanted = np.zeros(len(volume), dtype=bool)
    wanted[program.network.demand_node] = True
    idle = loose & is_idle(clearing, volume) & ~wanted
    low[idle], high[idle] = -np.inf, np.inf
    suspects = np.flatnonzero(loose & ~idle)
    if len(suspects) == 0:
        return low, high
    count, weight = len(program.network.nodes), program.weight[period]
    bounds = _dual_face(clearing, all_loose)
    for node in suspects:
        least, most = bounds(period * count + int(node))
        low[node], high[node] = least / weight, most / weight
    narrow = high - low <= WIDTH_TOLERANCE * np.maximum(np.abs(price), 1e-12)
    low[narrow & loose], high[narrow & loose] = price[narrow & loose], price[narrow & loose]
    return low, high


def _dual_face(clearing: Clearing, loose: npt.NDArray[np.bool_]) -> Callable[[int], tuple[float, float]]:
    """A function from a loose row of A to the range of its dual, by two linear programs in HiGHS.

    Duals that the equations of interior columns determine cannot move, so only loose ones are unknowns; and
    those that share no column move on their own, so each of the many small parts is a program for itself.
    """
    import highspy

    program, point = clearing.program, clearing.point
    matrix, binding = _stationarity_matrix(clearing)
    qp = as_qp(program)
    here = np.concatenate([point.y, point.m[binding]])
    slack = reduced_cost(qp, point.x, point.y, point.m)
    movable = program.high > program.low
    # moves d of the duals: inside columns stay at zero, others keep their sign
    keep = np.flatnonzero(movable)
    side = _sides(clearing)[keep]
    lower = np.where(side == 0, 0.0, np.where(side < 0, -np.maximum(slack[keep], 0.0), -np.inf))
    upper = np.where(side == 0, 0.0, np.where(side < 0, np.inf, np.maximum(-slack[keep], 0.0)))
    unknown = np.flatnonzero(loose)
    rows = matrix[keep][:, unknown].tocsc()
    least = np.where(unknown < len(program.b), -np.inf, -here[unknown])
    place = {int(row): index for index, row in enumerate(unknown)}
    _, part = connected_components(abs(rows).T @ abs(rows), directed=False)
    asked: dict[int, tuple[Any, dict[int, int]]] = {}

    def extreme(row: int, sense: float) -> float:
        mine = int(part[place[row]])
        if mine not in asked:
            together = np.flatnonzero(part == mine)
            within = rows[:, together]
            touched = np.flatnonzero(np.bincount(within.indices, minlength=rows.shape[0]))
            solver = _moves(within[touched], lower[touched], upper[touched], least[together])
            asked[mine] = solver, {int(unknown[column]): at for at, column in enumerate(together)}
        solver, at = asked[mine]
        solver.changeColCost(at[row], sense)
        solver.run()
        bounded = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        move = solver.getSolution().col_value[at[row]] if bounded else -sense * np.inf
        solver.changeColCost(at[row], 0.0)
        return float(here[row] + move)

    return lambda row: (extreme(row, 1.0), extreme(row, -1.0))


def _moves(rows: sp.csc_matrix, lower: Array, upper: Array, least: Array) -> Any:
    """The linear program of moves of duals, at least `least`, that keep `rows` of them within bounds."""
    import highspy

    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = rows.shape[1], rows.shape[0]
    lp.col_cost_ = np.zeros(rows.shape[1])
    lp.col_lower_, lp.col_upper_ = least, np.full(rows.shape[1], np.inf)
    lp.row_lower_, lp.row_upper_ = lower, upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = rows.indptr, rows.indices, rows.data
    solver.passModel(lp)
    return solver
