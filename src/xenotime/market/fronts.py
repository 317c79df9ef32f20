"""LU of Newton's matrix, whose pattern never changes: numbers run through the dense fronts of its plan.

Entries are paired, (i, j) with (j, i), and the diagonal dominates, so there are no pivots and no searching.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

from xenotime.market.elimination import Plan

Array = npt.NDArray[np.float64]

LARGE = 40  # rows of a front from which a product of matrices is quicker than loops ...
PANEL = 24  # ... after this many pivots


@dataclass(frozen=True, slots=True)
class Factor:
    """A factorised matrix, rows in the order of its plan."""

    plan: Plan
    store: Array

    def solve(self, right: Array) -> Array:
        """The solution for one right-hand side; not finite where the matrix is singular."""
        plan = self.plan
        return np.asarray(solve_fronts(plan.first, plan.starts, plan.rows, plan.panel, self.store, right))


def factorise(plan: Plan, data: Array) -> Factor:
    """LU of the matrix with stored entries `data`; where a pivot is zero no solution is finite."""
    return Factor(
        plan,
        factorise_fronts(
            plan.first, plan.starts, plan.into, plan.parent, plan.begins, plan.cell, plan.entry,
            plan.panel, plan.stack, plan.largest, data,
        ),
    )  # fmt: skip


@njit(cache=True, error_model="numpy")
def eliminate(F: Any, width: int, height: int) -> None:
    """The first `width` pivots of a front, four at a time so that what is left is passed over less often."""
    p = 0
    while p < width:
        block = min(4, width - p)
        for k in range(p, p + block):
            pivot = 1.0 / F[k, k]
            for i in range(k + 1, height):
                factor = F[i, k] * pivot
                F[i, k] = factor
                for j in range(k + 1, p + block):
                    F[i, j] -= factor * F[k, j]
            # the rows of the block itself, beyond its columns
            for i in range(k + 1, p + block):
                factor = F[i, k]
                for j in range(p + block, height):
                    F[i, j] -= factor * F[k, j]
        beyond = p + block
        if block == 4:
            for i in range(beyond, height):
                a, b, c, d = F[i, p], F[i, p + 1], F[i, p + 2], F[i, p + 3]
                for j in range(beyond, height):
                    F[i, j] -= a * F[p, j] + b * F[p + 1, j] + c * F[p + 2, j] + d * F[p + 3, j]
        else:
            for k in range(p, beyond):
                for i in range(beyond, height):
                    factor = F[i, k]
                    for j in range(beyond, height):
                        F[i, j] -= factor * F[k, j]
        p = beyond


@njit(cache=True, error_model="numpy")
def eliminate_large(F: Any, width: int, height: int, columns: Any, across: Any, product: Any) -> None:
    """The first `width` pivots of a large front: a panel of columns apart, the rest by a product of matrices.

    columns, across, product : room for the panel, its rows beyond it, and what it takes from the rest
    """
    for p in range(0, width, PANEL):
        end = min(p + PANEL, width)
        wide, tall, rest = end - p, height - p, height - end
        L = columns[: tall * wide].reshape((tall, wide))
        L[:, :] = F[p:height, p:end]
        for k in range(wide):
            pivot = 1.0 / L[k, k]
            for i in range(k + 1, tall):
                factor = L[i, k] * pivot
                L[i, k] = factor
                for j in range(k + 1, wide):
                    L[i, j] -= factor * L[k, j]
        F[p:height, p:end] = L
        U = across[: wide * rest].reshape((wide, rest))
        U[:, :] = F[p:end, end:height]
        for i in range(1, wide):
            for k in range(i):
                factor = L[i, k]
                for j in range(rest):
                    U[i, j] -= factor * U[k, j]
        F[p:end, end:height] = U
        made = product[: rest * rest].reshape((rest, rest))
        np.dot(L[wide:], U, made)
        for i in range(rest):
            for j in range(rest):
                F[end + i, end + j] -= made[i, j]


@njit(cache=True, error_model="numpy")
def factorise_fronts(
    first: Any, starts: Any, into: Any, parent: Any, begins: Any, cell: Any, entry: Any, panel: Any,
    stack_size: int, largest: int, data: Any,
) -> Any:  # fmt: skip
    """Factors of all fronts in turn: the columns of L with U's square, then U's other columns."""
    store = np.empty(panel[-1])
    stack = np.empty(stack_size)
    top = 0
    front_of = np.empty(largest * largest)
    columns_of, across_of, product_of = (
        np.empty(largest * PANEL), np.empty(PANEL * largest), np.empty(largest * largest),
    )  # fmt: skip
    fronts = len(parent)
    children = np.zeros(fronts + 1, dtype=np.int64)
    for number in range(fronts):
        if parent[number] >= 0:
            children[parent[number]] += 1
    waiting = np.empty(fronts, dtype=np.int64)
    where = np.empty(fronts, dtype=np.int64)
    waits = 0
    for number in range(fronts):
        height = starts[number + 1] - starts[number]
        width = first[number + 1] - first[number]
        left = height - width
        F = front_of[: height * height].reshape((height, height))
        F[:, :] = 0.0
        for k in range(begins[number], begins[number + 1]):
            front_of[cell[k]] += data[entry[k]]
        for _ in range(children[number]):
            waits -= 1
            child = waiting[waits]
            begin = starts[child] + first[child + 1] - first[child]
            count = starts[child + 1] - begin
            base = where[waits]
            for i in range(count):
                row = into[begin + i]
                for j in range(count):
                    F[row, into[begin + j]] += stack[base + i * count + j]
            top = base
        if height < LARGE:
            eliminate(F, width, height)
        else:
            eliminate_large(F, width, height, columns_of, across_of, product_of)
        at = panel[number]
        for i in range(height):
            for j in range(width):
                store[at] = F[i, j]
                at += 1
        for i in range(width):
            for j in range(width, height):
                store[at] = F[i, j]
                at += 1
        if left > 0:
            waiting[waits] = number
            where[waits] = top
            waits += 1
            for i in range(left):
                for j in range(left):
                    stack[top] = F[width + i, width + j]
                    top += 1
    return store


@njit(cache=True, error_model="numpy")
def solve_fronts(first: Any, starts: Any, rows: Any, panel: Any, store: Any, right: Any) -> Any:
    """Solution of L U x = right."""
    x = right.copy()
    fronts = len(first) - 1
    for number in range(fronts):
        begin, width = first[number], first[number + 1] - first[number]
        height, at = starts[number + 1] - starts[number], panel[number]
        for j in range(width):
            value = x[begin + j]
            if value != 0.0:
                for i in range(j + 1, height):
                    x[rows[starts[number] + i]] -= store[at + i * width + j] * value
    for number in range(fronts - 1, -1, -1):
        begin, width = first[number], first[number + 1] - first[number]
        height, at = starts[number + 1] - starts[number], panel[number]
        left, beyond = height - width, at + height * width
        for i in range(width - 1, -1, -1):
            value = x[begin + i]
            for j in range(left):
                value -= store[beyond + i * left + j] * x[rows[starts[number] + width + j]]
            for j in range(i + 1, width):
                value -= store[at + i * width + j] * x[begin + j]
            x[begin + i] = value / store[at + i * width + i]
    return x
