"""Solvers behind one small interface: a scaled QP in, primal and dual vectors out.

Our own is in `interior`; PIQP, HiGHS and Clarabel are independent voices and fall-backs, which see every
charge as an amount per unit.  No engine's word is taken: `verify` checks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class QP:
    """minimise 1/2 x'diag(P)x + c'x  subject to  A x = b,  G x <= h,  low <= x <= high.

    Charges in proportion to value, if any, change the conditions of stationarity only: there A - A_tax
    stands for A and G + G_tax for G.  Engines that do not say they settle charges must not be given any.
    """

    P: Array
    c: Array
    A: sp.csc_matrix
    b: Array
    G: sp.csc_matrix
    h: Array
    low: Array
    high: Array
    A_tax: sp.csc_matrix | None = None
    G_tax: sp.csc_matrix | None = None

    @property
    def price_side(self) -> sp.csc_matrix:
        """Balances as values see them."""
        return self.A if self.A_tax is None else self.A - self.A_tax

    @property
    def rent_side(self) -> sp.csc_matrix:
        """Limits as values see them."""
        return self.G if self.G_tax is None else self.G + self.G_tax


@dataclass(frozen=True, slots=True)
class Raw:
    """What an engine returned.

    x : primal; y : duals of A x = b with  P x + c - A'y + G'm - z = 0;  m >= 0 : duals of G x <= h
    status : ``solved``, ``infeasible``, ``unbounded`` or the engine's own word;  ran : what really ran
    """

    x: Array
    y: Array
    m: Array
    status: str
    ran: str
    iterations: int


class Engine(Protocol):
    """Anything that solves a QP; `settles_charges` where charges in proportion to value are part of it."""

    name: str
    settles_charges: bool

    def solve(self, qp: QP, start: Raw | None = None) -> Raw:
        """Solve, from `start` if the method can use one; a hard program is told in `status`, not raised."""
        ...


class Piqp:
    """PIQP, set up once per sparsity structure and updated in place afterwards."""

    name = "piqp"
    settles_charges = False

    def __init__(self) -> None:
        self._solver: Any = None
        self._structure: tuple[bytes, ...] = ()

    def solve(self, qp: QP, start: Raw | None = None) -> Raw:
        """Interior point; the matrices of an unchanged structure are refreshed without new symbolic work."""
        import piqp

        hessian = sp.csc_matrix(
            (qp.P, np.arange(len(qp.P)), np.arange(len(qp.P) + 1)), shape=(len(qp.P), len(qp.P))
        )
        finite_low = np.maximum(qp.low, -1e30)
        finite_high = np.minimum(qp.high, 1e30)
        limited = np.isfinite(qp.h)  # of others it complains
        G, h = qp.G.tocsr()[limited].tocsc(), qp.h[limited]
        structure = tuple(part.tobytes() for m in (qp.A, G) for part in (m.indices, m.indptr))
        bottom = np.full(len(h), -np.inf)
        solver = self._solver
        if solver is None or structure != self._structure:
            solver = piqp.SparseSolver()
            settings = solver.settings
            settings.eps_abs, settings.eps_rel = 1e-9, 1e-9
            settings.eps_duality_gap_abs, settings.eps_duality_gap_rel = 1e-9, 1e-9
            settings.max_iter = 100
            settings.num_threads = 1
            solver.setup(hessian, qp.c, qp.A, qp.b, G, bottom, h, finite_low, finite_high)
            self._solver, self._structure = solver, structure
        else:
            solver.update(hessian, qp.c, qp.A, qp.b, G, bottom, h, finite_low, finite_high)
        status = solver.solve()
        result = solver.result
        word = {
            piqp.PIQP_SOLVED: "solved",
            piqp.PIQP_PRIMAL_INFEASIBLE: "infeasible",
            piqp.PIQP_DUAL_INFEASIBLE: "unbounded",
        }.get(status, str(status))
        m = np.zeros(len(qp.h))
        m[limited] = result.z_u
        return Raw(np.array(result.x), -np.array(result.y), m, word, "piqp", int(result.info.iter))


class Highs:
    """HiGHS: simplex for linear programs, its HiPO interior point for quadratic ones."""

    name = "highs"
    settles_charges = False

    def solve(self, qp: QP, start: Raw | None = None) -> Raw:
        """Solve in a fresh instance; `ran` is read back, because HiGHS falls back quietly."""
        import highspy

        rows = sp.vstack([qp.A, qp.G]).tocsc()
        quadratic = bool(np.any(qp.P))
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("solver", "hipo" if quadratic else "simplex")
        for option in ("primal_feasibility_tolerance", "dual_feasibility_tolerance"):
            solver.setOptionValue(option, 1e-10)
        solver.setOptionValue("ipm_optimality_tolerance", 1e-10)
        model = highspy.HighsModel()
        lp = model.lp_
        lp.num_col_, lp.num_row_ = rows.shape[1], rows.shape[0]
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = qp.c, qp.low, qp.high
        lp.row_lower_ = np.concatenate([qp.b, np.full(len(qp.h), -np.inf)])
        lp.row_upper_ = np.concatenate([qp.b, qp.h])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = rows.indptr, rows.indices, rows.data
        if quadratic:
            model.hessian_.dim_ = rows.shape[1]
            model.hessian_.format_ = highspy.HessianFormat.kTriangular
            model.hessian_.start_ = np.arange(rows.shape[1] + 1)
            model.hessian_.index_ = np.arange(rows.shape[1])
            model.hessian_.value_ = qp.P
        solver.passModel(model)
        solver.run()
        info, solution = solver.getInfo(), solver.getSolution()
        status = solver.getModelStatus()
        word = {
            highspy.HighsModelStatus.kOptimal: "solved",
            highspy.HighsModelStatus.kInfeasible: "infeasible",
            highspy.HighsModelStatus.kUnbounded: "unbounded",
            highspy.HighsModelStatus.kUnboundedOrInfeasible: "infeasible",
        }.get(status, str(status))
        counts = {
            "simplex": info.simplex_iteration_count,
            "ipm": info.ipm_iteration_count,
            "qp": info.qp_iteration_count,
        }
        which = max(counts, key=lambda key: counts[key])
        duals = np.array(solution.row_dual)
        return Raw(
            np.array(solution.col_value),
            duals[: len(qp.b)],
            -duals[len(qp.b) :],
            word,
            f"highs {which}",
            int(counts[which]),
        )


class Clarabel:
    """Clarabel, a conic interior point: the third voice in tests and benchmarks."""

    name = "clarabel"
    settles_charges = False

    def solve(self, qp: QP, start: Raw | None = None) -> Raw:
        """Solve in a fresh instance."""
        import clarabel

        low, high = np.flatnonzero(np.isfinite(qp.low)), np.flatnonzero(np.isfinite(qp.high))
        keep = np.flatnonzero(np.isfinite(qp.h))
        eye = sp.identity(len(qp.c), format="csr")
        rows = sp.vstack([qp.A, qp.G.tocsr()[keep], -eye[low], eye[high]]).tocsc()
        right = np.concatenate([qp.b, qp.h[keep], -qp.low[low], qp.high[high]])
        cones = [clarabel.ZeroConeT(len(qp.b)), clarabel.NonnegativeConeT(len(right) - len(qp.b))]
        settings = clarabel.DefaultSettings()
        settings.verbose = False
        settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = 1e-10
        solver = clarabel.DefaultSolver(sp.diags(qp.P).tocsc(), qp.c, rows, right, cones, settings)
        solution = solver.solve()
        word = {"Solved": "solved", "PrimalInfeasible": "infeasible", "DualInfeasible": "unbounded"}.get(
            str(solution.status), str(solution.status)
        )
        z = np.array(solution.z)
        m = np.zeros(len(qp.h))
        m[keep] = z[len(qp.b) : len(qp.b) + len(keep)]
        return Raw(np.array(solution.x), -z[: len(qp.b)], m, word, "clarabel", int(solution.iterations))
