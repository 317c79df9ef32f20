"""How a matrix with a symmetric pattern is eliminated: planned once, for all numbers it will ever hold.

Columns with alike patterns are eliminated together in a small dense matrix, the front; what is left of it
goes to the front of the parent in the elimination tree (the multifrontal method, Duff and Reid 1983).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

PADDING = 48


@dataclass(frozen=True, slots=True)
class Plan:
    """Fronts in the order they are worked off, children before parents.

    first : first column of each front and the end of the last;  rows, starts : rows of each front, its own
    columns first;  parent : front that takes what is left, -1 for none;  into : of each row left over, its
    place in the parent, at `starts`;  cell, entry, begins : where entries of the matrix go in each front
    panel : where each front's factors are stored;  size : of the stack of what is left over
    """

    first: Places
    starts: Places
    rows: Places
    into: Places
    parent: Places
    begins: Places
    cell: Places
    entry: Places
    panel: Places
    stack: int
    largest: int


def postorder(indptr: Places, indices: Places) -> Places:
    """An order with the same fill in which every branch of the elimination tree is in one piece."""
    bounds, below = _below(indptr.astype(np.int64), indices.astype(np.int64))
    children: dict[int, list[int]] = {}
    for column in range(len(bounds) - 1):
        above = int(below[bounds[column]]) if bounds[column + 1] > bounds[column] else -1
        children.setdefault(above, []).append(column)
    order, waiting = [], [(root, False) for root in reversed(children.get(-1, []))]
    while waiting:
        column, seen = waiting.pop()
        if seen:
            order.append(column)
        else:
            waiting.append((column, True))
            waiting += [(child, False) for child in reversed(children.get(column, []))]
    return np.array(order, dtype=np.int64)


@njit(cache=True)
def _below(indptr: Any, indices: Any) -> Any:
    """Bounds and rows below the diagonal of each column of the factor: its own and its children's."""
    size = len(indptr) - 1
    bounds = np.zeros(size + 1, dtype=np.int64)
    rows = np.empty(max(16, 4 * len(indices)), dtype=np.int64)
    seen = np.full(size, -1, dtype=np.int64)
    child, sibling = np.full(size, -1, dtype=np.int64), np.full(size, -1, dtype=np.int64)
    end = 0
    for column in range(size):
        if end + size > len(rows):
            more = np.empty(2 * len(rows) + size, dtype=np.int64)
            more[:end] = rows[:end]
            rows = more
        begin = end
        for p in range(indptr[column], indptr[column + 1]):
            row = indices[p]
            if row > column and seen[row] != column:
                seen[row] = column
                rows[end] = row
                end += 1
        other = child[column]
        while other >= 0:
            for p in range(bounds[other], bounds[other + 1]):
                row = rows[p]
                if row > column and seen[row] != column:
                    seen[row] = column
                    rows[end] = row
                    end += 1
            other = sibling[other]
        rows[begin:end] = np.sort(rows[begin:end])
        bounds[column + 1] = end
        if end > begin:
            sibling[column] = child[rows[begin]]
            child[rows[begin]] = column
    return bounds, rows[:end]


def make_plan(indptr: Places, indices: Places) -> Plan:
    """Plan the elimination of a matrix with a symmetric pattern, in postorder, held by columns."""
    size = len(indptr) - 1
    ends, under = _below(indptr.astype(np.int64), indices.astype(np.int64))
    bounds, rows = _join(np.split(under, ends[1:-1]) if size else [])
    fronts = len(rows)
    owner = np.repeat(np.arange(fronts), np.diff(bounds))
    parent = np.full(fronts, -1, dtype=np.int64)
    into: list[Places] = []
    for front in range(fronts):
        width = bounds[front + 1] - bounds[front]
        left = rows[front][width:]
        if len(left):
            parent[front] = owner[left[0]]
            into.append(np.searchsorted(rows[parent[front]], left))
        else:
            into.append(np.zeros(0, dtype=np.int64))
    cells, entries = _scatter(indptr, indices, bounds, rows, owner)
    heights = np.array([len(part) for part in rows])
    widths = np.diff(bounds)
    leftover = heights - widths
    return Plan(
        np.asarray(bounds, dtype=np.int64),
        np.concatenate([[0], np.cumsum(heights)]).astype(np.int64),
        np.concatenate(rows).astype(np.int64) if size else np.zeros(0, dtype=np.int64),
        np.concatenate(
            [np.concatenate([np.full(w, -1), part]) for w, part in zip(widths, into, strict=True)]
        ).astype(np.int64),
        parent,
        np.concatenate([[0], np.cumsum([len(part) for part in cells])]).astype(np.int64),
        np.concatenate(cells).astype(np.int64),
        np.concatenate(entries).astype(np.int64),
        np.concatenate([[0], np.cumsum(widths * (heights + leftover))]).astype(np.int64),
        _stack(parent, leftover),
        int(heights.max(initial=0)),
    )


def _join(below: list[Places]) -> tuple[list[int], list[Places]]:
    """Columns with alike patterns in one front: bounds of fronts, and their rows."""
    bounds, rows, padded = [0], [], 0
    for column in range(len(below)):
        if column and len(below[column - 1]) and below[column - 1][0] == column:
            grown = len(below[column]) + 1 - len(below[column - 1])
            if padded + grown <= PADDING:
                padded += grown
                continue
        if column:
            bounds.append(column)
        padded = 0
    bounds.append(len(below))
    for front in range(len(bounds) - 1):
        last = bounds[front + 1] - 1
        rows.append(np.concatenate([np.arange(bounds[front], last + 1), below[last]]))
    return bounds, rows


def _scatter(
    indptr: Places, indices: Places, bounds: list[int], rows: list[Places], owner: Places
) -> tuple[list[Places], list[Places]]:
    """For each front the cells, row by row, that entries of the matrix are added to, and those entries."""
    column = np.repeat(np.arange(len(indptr) - 1), np.diff(indptr))
    front = owner[np.minimum(column, indices)]
    order = np.argsort(front, kind="stable")
    ends = np.searchsorted(front[order], np.arange(len(rows) + 1))
    cells, entries = [], []
    for number, part in enumerate(rows):
        mine = order[ends[number] : ends[number + 1]]
        across, down = np.searchsorted(part, column[mine]), np.searchsorted(part, indices[mine])
        cells.append(down * len(part) + across)
        entries.append(mine)
    return cells, entries


def _stack(parent: Places, leftover: Places) -> int:
    """Most numbers ever left over and not yet taken."""
    held = most = 0
    taken = np.zeros(len(parent), dtype=np.int64)
    for front in range(len(parent)):
        held += leftover[front] ** 2
        most = max(most, held)
        held -= taken[front]
        if parent[front] >= 0:
            taken[parent[front]] += leftover[front] ** 2
    return int(most)
