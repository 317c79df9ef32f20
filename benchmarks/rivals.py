"""The rivals: linopy with HiGHS at its best setting, Clarabel and PIQP called directly; one thread each."""

from __future__ import annotations

import time
import warnings
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import scipy.sparse as sp

from xenotime.market.engines import QP, Array

ACCURACY = 1e-11  # asked of every rival: the loosest power of ten at which the prices of a month met 1e-6
HIPO_ACCURACY = ((1e-10, 1e-12), (1e-7, 1e-8))  # the finest HiGHS offers; where that has no answer, its own
UNBOUNDED = 1e30


@dataclass(frozen=True, slots=True)
class Answer:
    """Duals of the balances (price sign), seconds to hand over and to solve, what really ran."""

    y: Array
    build: float
    solve: float
    ran: str
    iterations: int
    status: str


class Rival(Protocol):
    """A solver that may keep what it can between programs of one structure."""

    def solve(self, qp: QP) -> Answer:
        """Solve one program."""
        ...


class LinopyHighs:
    """A modelling layer as its users use it, with HiGHS's interior point HiPO (``highspy[extras]``)."""

    def solve(self, qp: QP) -> Answer:
        """At the finest accuracy, else at the usual one; only the attempt that counts is timed."""
        for accuracy, gap in HIPO_ACCURACY:
            answer = self._solve(qp, accuracy, gap)
            if answer.status == "solved":
                return answer
        return answer

    def _solve(self, qp: QP, accuracy: float, gap: float) -> Answer:
        """Build the model from labelled arrays and solve it; the solver that ran is read back."""
        import linopy

        begun = time.perf_counter()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of pandas and xarray inside linopy
            model = linopy.Model()
            x = model.add_variables(lower=_labelled(qp.low, "c"), upper=_labelled(qp.high, "c"), name="x")
            model.add_constraints(_product(model, qp.A), "=", _labelled(qp.b, "r"), name="balance")
            finite = np.flatnonzero(np.isfinite(qp.h))
            if len(finite):
                limits = _product(model, qp.G.tocsr()[finite])
                model.add_constraints(limits, "<=", _labelled(qp.h[finite], "r"), name="limit")
            model.add_objective((0.5 * _labelled(qp.P, "c") * x * x).sum() + (_labelled(qp.c, "c") * x).sum())
            _, condition = model.solve(
                solver_name="highs",
                io_api="direct",
                progress=False,
                solver="hipo",
                threads=1,
                output_flag=False,
                primal_feasibility_tolerance=accuracy,
                dual_feasibility_tolerance=accuracy,
                ipm_optimality_tolerance=gap,
            )
        total = time.perf_counter() - begun
        highs = model.solver_model
        info, run = highs.getInfo(), float(highs.getRunTime())
        ran = "HiPO" if info.ipm_iteration_count > 0 and info.qp_iteration_count <= 0 else "active set"
        solved = condition == "optimal"
        y = model.dual["balance"].to_numpy() if solved else np.full(len(qp.b), np.nan)
        iterations = int(max(info.ipm_iteration_count, info.qp_iteration_count))
        return Answer(y, total - run, run, ran, iterations, "solved" if solved else str(condition))


def _labelled(values: Array, dim: str) -> Any:
    import xarray

    return xarray.DataArray(values, dims=dim, coords={dim: np.arange(len(values))})


def _product(model: Any, matrix: sp.csc_matrix) -> Any:
    """Rows of a sparse matrix times x as linopy's own expression: terms padded to the longest row."""
    import linopy
    import xarray

    rows = sp.csr_matrix(matrix)
    counts = np.diff(rows.indptr)
    position = np.arange(rows.nnz) - np.repeat(rows.indptr[:-1], counts)
    line = np.repeat(np.arange(rows.shape[0]), counts)
    shape = (rows.shape[0], max(1, int(counts.max(initial=1))))
    labels, values = np.full(shape, -1), np.full(shape, np.nan)
    labels[line, position], values[line, position] = rows.indices, rows.data
    data = xarray.Dataset(
        {
            "coeffs": (("r", "_term"), values),
            "vars": (("r", "_term"), labels),
            "const": (("r",), np.zeros(shape[0])),
        },
        coords={"r": np.arange(shape[0])},
    )
    return linopy.LinearExpression(data, model)


class Clarabel:
    """Clarabel with its default settings but for the accuracy asked of all."""

    def solve(self, qp: QP) -> Answer:
        """Solve in a fresh instance."""
        import clarabel

        begun = time.perf_counter()
        low, high = np.flatnonzero(np.isfinite(qp.low)), np.flatnonzero(np.isfinite(qp.high))
        limits = np.flatnonzero(np.isfinite(qp.h))
        eye = sp.identity(len(qp.c), format="csr")
        rows = sp.vstack([qp.A, qp.G.tocsr()[limits], -eye[low], eye[high]]).tocsc()
        right = np.concatenate([qp.b, qp.h[limits], -qp.low[low], qp.high[high]])
        cones = [clarabel.ZeroConeT(len(qp.b)), clarabel.NonnegativeConeT(len(right) - len(qp.b))]
        settings = clarabel.DefaultSettings()
        settings.verbose = False
        settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = ACCURACY
        solver = clarabel.DefaultSolver(sp.diags(qp.P).tocsc(), qp.c, rows, right, cones, settings)
        built = time.perf_counter()
        solution = solver.solve()
        done = time.perf_counter()
        status = "solved" if str(solution.status) == "Solved" else str(solution.status)
        y = -np.array(solution.z)[: len(qp.b)]
        return Answer(y, built - begun, done - built, "Clarabel", int(solution.iterations), status)


class Piqp:
    """PIQP, updated in place where the structure allows."""

    def __init__(self) -> None:
        self._solver: Any = None
        self._structure = b""

    def solve(self, qp: QP) -> Answer:
        """Solve; set up afresh only when the structure changes."""
        import piqp

        begun = time.perf_counter()
        n = len(qp.c)
        hessian = sp.csc_matrix((qp.P, np.arange(n), np.arange(n + 1)), shape=(n, n))
        low, high = np.maximum(qp.low, -UNBOUNDED), np.minimum(qp.high, UNBOUNDED)
        structure = qp.A.indices.tobytes() + qp.A.indptr.tobytes() + qp.G.indices.tobytes()
        given = (hessian, qp.c, qp.A, qp.b, qp.G, np.full(len(qp.h), -np.inf), qp.h, low, high)
        if self._solver is None or structure != self._structure:
            self._solver, self._structure = piqp.SparseSolver(), structure
            settings = self._solver.settings
            settings.eps_abs = settings.eps_rel = ACCURACY
            settings.eps_duality_gap_abs = settings.eps_duality_gap_rel = ACCURACY
            settings.num_threads = 1
            self._solver.setup(*given)
        else:
            self._solver.update(*given)
        built = time.perf_counter()
        status = self._solver.solve()
        done = time.perf_counter()
        word = "solved" if status == piqp.PIQP_SOLVED else str(status).rsplit(".", 1)[-1]
        result = self._solver.result
        return Answer(-np.array(result.y), built - begun, done - built, "PIQP", int(result.info.iter), word)


RIVALS: dict[str, type[Rival]] = {"linopy + HiGHS HiPO": LinopyHighs, "Clarabel": Clarabel, "PIQP": Piqp}
