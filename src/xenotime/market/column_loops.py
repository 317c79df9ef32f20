"""Compiled loops over the columns that every method needs.

A program is held by columns: entries `start[j] .. start[j + 1]` of column j stand in rows `row`, with
`amount` in the balances and limits (Q) and `worth` in the price identities (B, Q less charges on value).
`kind` is 0 for a column that cannot move, 1 for one with a lower bound only, 2 for one with both.

Sums run in the order of columns and nothing is reassociated, so the same numbers give the same bytes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit


@njit(cache=True)
def fill(start: Any, amount: Any, worth: Any, place: Any, links: Any, inverse: Any, data: Any) -> None:
    """`data` = the stored entries of Q diag(inverse) B'; `place` of each pair of entries of a column."""
    data[:] = 0.0
    at = 0
    for j in range(len(inverse)):
        if not links[j]:
            continue
        first, last = start[j], start[j + 1]
        weight = inverse[j]
        if weight == 0.0:
            at += (last - first) * (last - first)
            continue
        for p in range(first, last):
            part = amount[p] * weight
            for q in range(first, last):
                data[place[at]] += part * worth[q]
                at += 1


@njit(cache=True)
def right_side(start: Any, row: Any, amount: Any, inverse: Any, pull: Any, gap: Any, right: Any) -> None:
    """`right` = gap - Q (inverse pull)."""
    right[:] = gap
    for j in range(len(pull)):
        moved = inverse[j] * pull[j]
        if moved != 0.0:
            for p in range(start[j], start[j + 1]):
                right[row[p]] -= amount[p] * moved


@njit(cache=True)
def values_of(start: Any, row: Any, worth: Any, c: Any, y: Any, floor: float, value: Any) -> None:
    """`value` = |c| + |B|'|y|, prices counted with at least `floor`: what a column compares."""
    for j in range(len(c)):
        compared = abs(c[j])
        for p in range(start[j], start[j + 1]):
            compared += abs(worth[p]) * max(abs(y[row[p]]), floor)
        value[j] = compared


def empty(count: int, size: int) -> list[Any]:
    """Vectors to be filled."""
    return [np.zeros(size) for _ in range(count)]
