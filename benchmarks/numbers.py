"""The two numbers under every time: arithmetic of the factorisations, and bytes that must move.

Whichever needs longer at the machine's measured rates is the floor; a measured time over it is the gap.
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import highspy
import numpy as np
import scipy.sparse as sp
import scipy.sparse.linalg as spla

from benchmarks.instances import Instance, read_problem
from benchmarks.machine import Machine
from xenotime.market.engines import QP

ORDERINGS = ("MMD_AT_PLUS_A", "COLAMD")
ALMOST_NOTHING = 1e-12  # added to the diagonal so that empty rows do not stop a count
LARGEST = 6000  # rows of normal equations for which SuperLU's own orderings are counted too
DOUBLE, ENTRY = 8, 12  # bytes of a number, and of a stored entry with its row


@dataclass(frozen=True, slots=True)
class Factor:
    """One factorisation of the normal equations."""

    ordering: str
    entries: float
    flops: float


@dataclass(frozen=True, slots=True)
class Floor:
    """What an interior point must do on an instance, and what its active set alone would need."""

    instance: Instance
    rows: int
    columns: int
    best: Factor
    iterations: int
    bytes_moved: float
    active: Factor
    arithmetic: float  # seconds
    traffic: float  # seconds

    @property
    def seconds(self) -> float:
        """The floor."""
        return max(self.arithmetic, self.traffic)


def floor_of(instance: Instance, path: Path, machine: Machine, limit: float) -> Floor | None:
    """The floor of one instance; None where HiGHS does not end in `limit` seconds."""
    problem = read_problem(path)
    qp = problem.qp
    told = nested_dissection(path, limit)
    if told is None:
        return None
    nested, iterations = told
    candidates = [nested]
    rows = _equalities(qp)
    if rows.shape[0] <= LARGEST:
        candidates += [_count(rows, ordering) for ordering in ORDERINGS]
    best = min(candidates, key=lambda factor: factor.flops)
    active = _count(_equalities(qp)[:, problem.free], ORDERINGS[0])
    # each iteration writes the factor, reads it for two solves there and back, and passes over the data twice
    vectors = 10 * DOUBLE * (qp.A.shape[1] + rows.shape[0])
    moved = iterations * (5 * DOUBLE * best.entries + 2 * ENTRY * (qp.A.nnz + qp.G.nnz) + vectors)
    return Floor(
        instance,
        rows.shape[0],
        qp.A.shape[1],
        best,
        iterations,
        moved,
        active,
        best.flops * iterations / machine.flops,
        moved / machine.bandwidth,
    )


def _equalities(qp: QP) -> sp.csc_matrix:
    """Balances and finite limits."""
    return sp.vstack([qp.A, qp.G.tocsr()[np.isfinite(qp.h)]]).tocsc()


def _count(rows: sp.csc_matrix, ordering: str) -> Factor:
    """Entries and operations of a symmetric factorisation, counted from SuperLU's."""
    pattern = (abs(rows) @ abs(rows).T + sp.identity(rows.shape[0]) * ALMOST_NOTHING).tocsc()
    pattern.data[:] = 1.0
    heavy = pattern + sp.diags(np.asarray(pattern.sum(axis=1)).ravel())  # dominant: no pivoting
    factor = spla.splu(
        heavy.tocsc(), permc_spec=ordering, diag_pivot_thresh=0.0, options={"SymmetricMode": True}
    )
    below = np.diff(factor.L.tocsc().indptr).astype(float)
    return Factor(f"SuperLU {ordering}", float(below.sum()), float(np.sum(below**2)))


def nested_dissection(path: Path, limit: float) -> tuple[Factor, int] | None:
    """The factor as HiGHS's HiPO reports it, and its iterations; it tells them to its console only."""
    command = [sys.executable, "-m", "benchmarks.numbers", str(path)]
    where = Path(__file__).parents[1]
    try:
        told = subprocess.run(command, capture_output=True, text=True, timeout=limit, cwd=where, check=False)
    except subprocess.TimeoutExpired:
        return None
    statistics = told.stdout.partition("Factorisation statistics")[2]
    entries = re.search(r"Nnz:\s+([\d.e+]+)", statistics)
    flops = re.search(r"Flops:\s+([\d.e+]+)", statistics)
    iterations = re.search(r"HiPO iterations:\s+(\d+)", statistics)
    if entries is None or flops is None or iterations is None:
        return None
    return Factor("nested dissection", float(entries[1]), float(flops[1])), int(iterations[1])


def run_hipo(qp: QP) -> None:
    """Solve by HiPO, which talks on the console."""
    rows = sp.vstack([qp.A, qp.G]).tocsc()
    model = highspy.HighsModel()
    lp = model.lp_
    lp.num_col_, lp.num_row_ = rows.shape[1], rows.shape[0]
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = qp.c, qp.low, qp.high
    lp.row_lower_ = np.concatenate([qp.b, np.full(len(qp.h), -np.inf)])
    lp.row_upper_ = np.concatenate([qp.b, qp.h])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = rows.indptr, rows.indices, rows.data
    n = rows.shape[1]
    model.hessian_.dim_ = n
    model.hessian_.format_ = highspy.HessianFormat.kTriangular
    model.hessian_.start_, model.hessian_.index_ = np.arange(n + 1), np.arange(n)
    model.hessian_.value_ = qp.P
    solver = highspy.Highs()
    solver.setOptionValue("solver", "hipo")
    solver.setOptionValue("threads", 1)
    solver.passModel(model)
    solver.run()


if __name__ == "__main__":
    run_hipo(read_problem(Path(sys.argv[1])).qp)
