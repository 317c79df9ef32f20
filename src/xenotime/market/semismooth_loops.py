"""Compiled loops of Newton's method on prices.

A program is held by columns: entries `start[j] .. start[j + 1]` of column j stand in rows `row`, with
`amount` in the balances and limits (Q) and `worth` in the price identities (B, Q less charges on value).
`kind` is 0 for a column that cannot move, 1 for one with a lower bound only, 2 for one with both.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit


@njit(cache=True, error_model="numpy")
def answer_to(
    start: Any,
    row: Any,
    amount: Any,
    worth: Any,
    kind: Any,
    P: Any,
    c: Any,
    r: Any,
    low: Any,
    high: Any,
    y: Any,
    centre: Any,
    hold: Any,
    x: Any,
    inverse: Any,
    gap: Any,
    through: Any,
    side: Any,
) -> int:
    """What everyone does at prices `y`, held near `centre` by `hold`: fills amounts `x`, their yield
    `inverse` to prices, `gap` = r - Q x, `through` and `side`; gives how many changed sides."""
    changed = 0
    for i in range(len(r)):
        gap[i] = r[i]
        through[i] = abs(r[i])
    for j in range(len(x)):
        if kind[j] == 0:
            inverse[j] = 0.0
            continue
        made = hold[j] * centre[j] - c[j]
        for p in range(start[j], start[j + 1]):
            made += worth[p] * y[row[p]]
        curve = P[j] + hold[j]
        wish = made / curve
        if wish <= low[j]:
            wish, inverse[j], new = low[j], 0.0, -1
        elif kind[j] == 2 and wish >= high[j]:
            wish, inverse[j], new = high[j], 0.0, 1
        else:
            inverse[j], new = 1.0 / curve, 0
        if new != side[j]:
            side[j] = new
            changed += 1
        x[j] = wish
        for p in range(start[j], start[j + 1]):
            passed = amount[p] * wish
            gap[row[p]] -= passed
            through[row[p]] += abs(passed)
    return changed


@njit(cache=True, error_model="numpy")
def unsolved(
    start: Any,
    row: Any,
    amount: Any,
    worth: Any,
    kind: Any,
    side: Any,
    P: Any,
    c: Any,
    r: Any,
    x: Any,
    y: Any,
    value: Any,
    slope: Any,
    gap: Any,
    through: Any,
    least: float,
) -> tuple[float, float]:
    """Fill `slope` = B'y - P x - c of every column, `gap` = r - Q x and `through`; give the largest gap of a
    balance and the largest slope of a column between its bounds, both relative."""
    for i in range(len(r)):
        gap[i] = r[i]
        through[i] = abs(r[i])
    worst = 0.0
    for j in range(len(x)):
        if kind[j] == 0:
            slope[j] = 0.0
            continue
        made = -P[j] * x[j] - c[j]
        for p in range(start[j], start[j + 1]):
            i = row[p]
            made += worth[p] * y[i]
            passed = amount[p] * x[j]
            gap[i] -= passed
            through[i] += abs(passed)
        slope[j] = made
        if side[j] == 0:
            worst = max(worst, abs(made) / value[j])
    open_ = 0.0
    for i in range(len(r)):
        open_ = max(open_, abs(gap[i]) / max(through[i], least))
    return open_, worst


@njit(cache=True, error_model="numpy")
def switch_sides(
    kind: Any, side: Any, low: Any, high: Any, x: Any, slope: Any, value: Any, spare: Any, tolerance: float
) -> int:
    """Put columns that are outside a bound by more than `tolerance` of `spare` on it, and free those that
    would rather leave theirs by more than `tolerance` of their value; give how many there were."""
    count = 0
    for j in range(len(x)):
        if kind[j] == 0:
            continue
        if side[j] == 0:
            if low[j] - x[j] > tolerance * spare[j]:
                side[j], x[j] = -1, low[j]
                count += 1
            elif kind[j] == 2 and x[j] - high[j] > tolerance * spare[j]:
                side[j], x[j] = 1, high[j]
                count += 1
        elif side[j] * slope[j] < -tolerance * value[j]:
            side[j] = 0
            count += 1
    return count


@njit(cache=True, error_model="numpy")
def moved_by(start: Any, row: Any, worth: Any, inverse: Any, slope: Any, dy: Any, x: Any) -> None:
    """Add D^-1 (B'dy + slope) to `x`."""
    for j in range(len(x)):
        if inverse[j] != 0.0:
            made = slope[j]
            for p in range(start[j], start[j + 1]):
                made += worth[p] * dy[row[p]]
            x[j] += inverse[j] * made


@njit(cache=True, error_model="numpy")
def poorest(start: Any, row: Any, amount: Any, kind: Any, through: Any, least: float, spare: Any) -> None:
    """`spare` of a column: what passes the poorest balance it stands in, in its own units."""
    for j in range(len(spare)):
        smallest = np.inf
        for p in range(start[j], start[j + 1]):
            if amount[p] != 0.0:
                smallest = min(smallest, max(through[row[p]], least) / abs(amount[p]))
        spare[j] = smallest if smallest < np.inf else 1.0
