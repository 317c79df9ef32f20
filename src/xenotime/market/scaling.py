"""Scaling and reduction before any engine: tonnes of cerium and grams of lutetium live in one matrix."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from xenotime.market.engines import QP, Array, Engine, Raw


@dataclass(frozen=True, slots=True)
class Scale:
    """Column, equality-row and limit-row factors; the program solved is in x / column."""

    column: Array
    equality: Array
    limit: Array


def find_scale(A: sp.csc_matrix, G: sp.csc_matrix, size: Array) -> Scale:
    """Columns in units of their typical size, rows in units of their largest entry then.

    size : typical amount of each column (same units as x), positive
    """

    def rows(matrix: sp.csc_matrix) -> Array:
        if matrix.shape[0] == 0 or matrix.nnz == 0:
            return np.ones(matrix.shape[0])
        top = np.asarray(abs(matrix @ sp.diags(size)).max(axis=1).todense(), dtype=float).ravel()
        return 1.0 / np.where(top > 0, top, 1.0)

    return Scale(size, rows(A), rows(G))


def no_scale(qp: QP) -> Scale:
    """The program as it is."""
    return Scale(np.ones(len(qp.c)), np.ones(len(qp.b)), np.ones(len(qp.h)))


def apply_scale(qp: QP, scale: Scale, money: float) -> QP:
    """The same program in scaled units; `money` divides the objective."""
    d = scale.column

    def rows(matrix: sp.csc_matrix | None, factor: Array) -> sp.csc_matrix | None:
        return None if matrix is None else (sp.diags(factor) @ matrix @ sp.diags(d)).tocsc()

    return QP(
        qp.P * d * d / money,
        qp.c * d / money,
        rows(qp.A, scale.equality),
        qp.b * scale.equality,
        rows(qp.G, scale.limit),
        qp.h * scale.limit,
        qp.low / d,
        qp.high / d,
        rows(qp.A_tax, scale.equality),
        rows(qp.G_tax, scale.limit),
    )


def money_of(qp: QP, scale: Scale) -> float:
    """A typical payment: what the objective is measured in."""
    payments = np.abs(qp.c * scale.column)[qp.c != 0]
    return float(np.median(payments)) if len(payments) else 1.0


def solve_scaled(engine: Engine, qp: QP, scale: Scale, start: Raw | None = None) -> Raw:
    """Drop fixed columns, scale, solve, and undo both.  Raw and `start` are in the units of `qp`."""
    free = qp.high > qp.low
    reduced = QP(
        qp.P[free],
        qp.c[free],
        qp.A[:, free],
        qp.b - qp.A[:, ~free] @ qp.low[~free],
        qp.G[:, free],
        qp.h - qp.G[:, ~free] @ qp.low[~free],
        qp.low[free],
        qp.high[free],
        None if qp.A_tax is None else qp.A_tax[:, free],
        None if qp.G_tax is None else qp.G_tax[:, free],
    )
    part = Scale(scale.column[free], scale.equality, scale.limit)
    money = money_of(reduced, part)
    begin = None
    if start is not None:
        begin = Raw(
            np.clip(start.x[free] / part.column, reduced.low / part.column, reduced.high / part.column),
            start.y / (scale.equality * money),
            start.m / (scale.limit * money),
            "",
            "",
            0,
        )
    raw = engine.solve(apply_scale(reduced, part, money), begin)
    x = qp.low.copy()
    x[free] = np.clip(raw.x * part.column, reduced.low, reduced.high)
    return Raw(
        x, raw.y * scale.equality * money, raw.m * scale.limit * money, raw.status, raw.ran, raw.iterations
    )
