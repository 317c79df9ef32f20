"""How many pieces of each line go into one product: assembly levels, or parents, multiplied out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from xenotime.exposure.problems import Faults
from xenotime.market.network import Array, Index

DEEPEST = 64  # levels of assembly; deeper is a fault of the file


def by_level(level: Index, quantity: Array, product: Index, lines: Sequence[int], faults: Faults) -> Array:
    """(M24) Pieces of each line in one product, by level; zero for lines that only hold others.

    n_i = q_i n_parent(i), the parent being the last line before it that is one level up; a line whose next
    line is one level down is an assembly, and what it holds is counted there.

    level, quantity, product : per line;  lines : where each stands in the file, for problems
    """
    count = len(level)
    jump = np.zeros(count, dtype=bool)
    same = np.concatenate([[False], product[1:] == product[:-1]])
    before = np.concatenate([[0], level[:-1]])
    jump = np.where(same, level > before + 1, level > 1) | (level < 0) | (level > DEEPEST)
    if jump.any():
        at = np.flatnonzero(jump)
        faults.each(
            "level-jumps",
            (lines[int(i)] for i in at),
            "level",
            (f"{level[i]} after {before[i]}" if same[i] else f"{level[i]} at the start" for i in at),
            "levels that go down one at a time, from 0 or 1 at the start of each product",
            "add the assembly between, or correct the level",
        )
        return np.zeros(count)
    pieces = quantity.astype(float).copy()
    for depth in range(1, int(level.max(initial=0)) + 1):
        own, above = np.flatnonzero(level == depth), np.flatnonzero(level == depth - 1)
        if not len(above):
            continue
        place = np.searchsorted(above, own) - 1
        held = place >= 0
        parent = above[np.maximum(place, 0)]
        held &= product[parent] == product[own]
        with np.errstate(over="ignore"):  # what runs over is told as too many pieces
            pieces[own[held]] *= pieces[parent[held]]
    holds = np.concatenate([same[1:] & (level[1:] == level[:-1] + 1), [False]])
    return np.where(holds, 0.0, pieces)


def by_parent(
    part: Index, parent: Index, quantity: Array, product: Index, lines: Sequence[int], faults: Faults
) -> Array:
    """(M24) Pieces of each line in one product, by parent: they add up over where a part goes.

    part, parent : codes within all parts, -1 where a line has no parent
    """
    count = len(part)
    known = int(max(part.max(initial=0), parent.max(initial=0))) + 1
    key, up = product * known + part, product * known + parent
    names, own = np.unique(key, return_inverse=True)
    place = np.searchsorted(names, np.maximum(up, 0))
    place = np.minimum(place, len(names) - 1)
    found = (parent >= 0) & (names[place] == up)
    lost = (parent >= 0) & ~found
    if lost.any():
        at = np.flatnonzero(lost)
        faults.each(
            "unknown-parent",
            (lines[int(i)] for i in at),
            "parent",
            ("a part that has no line in this product" for _ in at),
            "a part of the same product",
            "add its line, or leave the parent blank for parts of the product itself",
        )
        return np.zeros(count)
    total = np.zeros(len(names))
    np.add.at(total, own[parent < 0], quantity[parent < 0])
    at_top, settled = total.copy(), False
    for _ in range(DEEPEST):
        after = at_top.copy()
        with np.errstate(over="ignore", invalid="ignore"):
            np.add.at(after, own[found], quantity[found] * total[place[found]])
        if not np.isfinite(after).all() or np.allclose(after, total, rtol=1e-12, atol=0.0):
            settled = bool(np.isfinite(after).all())
            total = after
            break
        total = after
    held = np.zeros(len(names), dtype=bool)
    held[place[found]] = True
    circle = not settled or bool((found & (total[own] == 0) & (quantity > 0)).any())
    if circle:
        at = np.flatnonzero(found & ((total[own] == 0) | ~np.isfinite(total[own]) | (not settled)))
        faults.each(
            "bill-circle",
            (lines[int(i)] for i in at),
            "parent",
            ("a part that goes into itself by way of others, or levels without end" for _ in at),
            f"parts that lead up to the product in at most {DEEPEST} steps",
            "correct the parents",
        )
        return np.zeros(count)
    pieces = np.where(found, quantity * total[place], quantity)
    return np.where(held[own], 0.0, pieces)
