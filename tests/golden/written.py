"""A program as text: one line per column, balance and limit, by name, free of order.

Numbers are written with ten digits, so a change of the formulation shows and a rounding does not.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from xenotime.market.clearing import Clearing
from xenotime.market.identity import column_name, locate, row_name
from xenotime.market.polish import Point
from xenotime.market.program import Program
from xenotime.market.verify import Verification

EMPTY = Verification(0.0, 0.0, 0.0, 0.0, 0.0, False, "not solved", 0)


def number(value: float) -> str:
    """Ten digits, without a sign on nothing."""
    return f"{value + 0.0:.10g}"


def written(program: Program) -> str:
    """The whole program, sorted."""
    nothing = np.zeros(len(program.c))
    unsolved = Clearing(
        program,
        Point(
            nothing,
            np.zeros(len(program.b)),
            np.zeros(len(program.h)),
            np.zeros(len(nothing), np.int8),
            np.zeros(len(program.h), bool),
            False,
            0,
        ),
        EMPTY,
    )
    names, seen = [], dict[str, int]()
    for index in range(len(program.c)):
        column = locate(unsolved, index)
        part = f" {column.kind}" if column.kind in ("working", "free") else ""
        name = f"{column_name(unsolved, column)}{part} @{column.period}"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if column.kind not in ("use", "supply") else f"{name} #{seen[name]}")
    assert len(set(names)) == len(names), "two columns of one name"
    lines = [
        f"column {names[j]}: cost {number(program.c[j])}, curve {number(program.P[j])}, "
        f"from {number(program.low[j])} to {number(program.high[j])}"
        for j in range(len(names))
    ]
    nodes, limits = len(program.network.nodes), max(len(program.network.joint), 1)
    for row in range(len(program.b)):
        lines.append(
            f"balance {row_name(unsolved, row)} @{row // nodes}: "
            f"{entries(program.A, row, names)} = {number(program.b[row])}"
        )
    for row in range(len(program.h)):
        limit = program.network.joint[row % limits]
        lines.append(
            f"limit {limit.kind} {limit.name} @{row // limits}: "
            f"{entries(program.G, row, names)} <= {number(program.h[row])}"
        )
    for kind, matrix in (("price", program.A_tax), ("rent", program.G_tax)):
        for row in np.unique(matrix.tocoo().row):
            what = (
                row_name(unsolved, int(row)) if kind == "price" else program.network.joint[row % limits].name
            )
            lines.append(f"charged by {kind} {what}: {entries(matrix, int(row), names)}")
    return "\n".join(sorted(lines)) + "\n"


def entries(matrix: sp.csc_matrix, row: int, names: list[str]) -> str:
    """`+ 2 [name]` for each entry, sorted by name."""
    line = matrix.getrow(row).tocoo()
    pairs = sorted((names[j], value) for j, value in zip(line.col, line.data, strict=True) if value)
    return (
        " ".join(f"{'-' if value < 0 else '+'} {number(abs(value))} [{name}]" for name, value in pairs) or "0"
    )
