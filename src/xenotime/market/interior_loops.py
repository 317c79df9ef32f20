"""Compiled loops of the interior point: each passes once over the columns and touches each once.

A program is held by columns: entries `start[j] .. start[j + 1]` of column j stand in rows `row`, with
`amount` in the balances and limits (Q) and `worth` in the price identities (B, Q less charges on value).
`kind` is 0 for a column that cannot move, 1 for one with a lower bound only, 2 for one with both.
"""

from __future__ import annotations

from typing import Any

from numba import njit

CLOSEST = 1e-16  # of a column's size: rounding may not put it on its bound
FLATTEST = 1e-150  # curvature of a column without any: a step without end is cut short anyway


@njit(cache=True, error_model="numpy")
def distance(
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
    x: Any,
    y: Any,
    zl: Any,
    zu: Any,
    size: Any,
    through: Any,
    gap: Any,
    slope: Any,
    floor: float,
) -> tuple[float, float]:
    """Fill `through`, `gap` = r - Q x and `slope` = B'y - P x - c; give the largest complementarity
    per column (of `size`) and the largest gap of a balance or a price identity (relative)."""
    worst, unequal = 0.0, 0.0
    for i in range(len(r)):
        gap[i] = r[i]
        through[i] = abs(r[i])
    for j in range(len(x)):
        if kind[j] == 0:
            slope[j] = 0.0
            continue
        made, compared = 0.0, abs(P[j] * x[j]) + abs(c[j])
        for p in range(start[j], start[j + 1]):
            i = row[p]
            value = worth[p] * y[i]
            made += value
            compared += abs(value)
            passed = amount[p] * x[j]
            gap[i] -= passed
            through[i] += abs(passed)
        slope[j] = made - P[j] * x[j] - c[j]
        worst = max(worst, (x[j] - low[j]) * zl[j] / size[j])
        if kind[j] == 2:
            worst = max(worst, (high[j] - x[j]) * zu[j] / size[j])
        unequal = max(unequal, abs(slope[j] + zl[j] - zu[j]) / max(compared, 1e-300))
    for i in range(len(r)):
        unequal = max(unequal, abs(gap[i]) / max(through[i], floor))
    return worst, unequal


@njit(cache=True, error_model="numpy")
def invert(
    kind: Any, P: Any, low: Any, high: Any, x: Any, zl: Any, zu: Any, inverse: Any
) -> tuple[float, int]:
    """Fill `inverse`, the diagonal of D^-1; give the sum of all products and how many there are."""
    total, count = 0.0, 0
    for j in range(len(x)):
        if kind[j] == 0:
            inverse[j] = 0.0
            continue
        below = max(x[j] - low[j], CLOSEST)
        curve = P[j] + zl[j] / below
        total += below * zl[j]
        count += 1
        if kind[j] == 2:
            above = max(high[j] - x[j], CLOSEST)
            curve += zu[j] / above
            total += above * zu[j]
            count += 1
        inverse[j] = 1.0 / max(curve, FLATTEST)
    return total, count


@njit(cache=True, error_model="numpy")
def aims(
    kind: Any,
    low: Any,
    high: Any,
    x: Any,
    zl: Any,
    zu: Any,
    dx: Any,
    dzl: Any,
    dzu: Any,
    slope: Any,
    aim: float,
    now: float,
    correction: float,
    low_aim: Any,
    high_aim: Any,
    pull: Any,
) -> None:
    """Fill the products aimed at, second order of the step `dx` included, and the pull towards them."""
    for j in range(len(x)):
        if kind[j] == 0:
            pull[j] = 0.0
            continue
        below = max(x[j] - low[j], CLOSEST)
        most = correction * max(now, below * zl[j])
        low_aim[j] = min(max(aim - dx[j] * dzl[j], -most), most)
        pull[j] = slope[j] + low_aim[j] / below
        if kind[j] == 2:
            above = max(high[j] - x[j], CLOSEST)
            most = correction * max(now, above * zu[j])
            high_aim[j] = min(max(aim + dx[j] * dzu[j], -most), most)
            pull[j] -= high_aim[j] / above


@njit(cache=True, error_model="numpy")
def left_over(
    start: Any,
    row: Any,
    amount: Any,
    worth: Any,
    inverse: Any,
    dy: Any,
    right: Any,
    through: Any,
    floor: float,
    left: Any,
) -> float:
    """`left` = right - Q D^-1 B'dy, the largest of it over what passes the balance."""
    left[:] = right
    for j in range(len(inverse)):
        if inverse[j] == 0.0:
            continue
        made = 0.0
        for p in range(start[j], start[j + 1]):
            made += worth[p] * dy[row[p]]
        made *= inverse[j]
        for p in range(start[j], start[j + 1]):
            left[row[p]] -= amount[p] * made
    worst = 0.0
    for i in range(len(left)):
        worst = max(worst, abs(left[i]) / (through[i] + floor))
    return worst


@njit(cache=True, error_model="numpy")
def moves(
    start: Any,
    row: Any,
    worth: Any,
    kind: Any,
    low: Any,
    high: Any,
    x: Any,
    zl: Any,
    zu: Any,
    inverse: Any,
    pull: Any,
    low_aim: Any,
    high_aim: Any,
    dy: Any,
    dx: Any,
    dzl: Any,
    dzu: Any,
) -> tuple[float, float]:
    """Fill the step of amounts and pushes that goes with `dy`; give how far each can go, at most one."""
    amounts, pushes = 1.0, 1.0
    for j in range(len(x)):
        if kind[j] == 0:
            dx[j], dzl[j], dzu[j] = 0.0, 0.0, 0.0
            continue
        made = pull[j]
        for p in range(start[j], start[j + 1]):
            made += worth[p] * dy[row[p]]
        step = inverse[j] * made
        dx[j] = step
        below = max(x[j] - low[j], CLOSEST)
        change = (low_aim[j] - zl[j] * step) / below - zl[j]
        dzl[j] = change
        if step < 0.0:
            amounts = min(amounts, -below / step)
        if change < 0.0:
            pushes = min(pushes, -zl[j] / change)
        if kind[j] == 2:
            above = max(high[j] - x[j], CLOSEST)
            change = (high_aim[j] + zu[j] * step) / above - zu[j]
            dzu[j] = change
            if step > 0.0:
                amounts = min(amounts, above / step)
            if change < 0.0:
                pushes = min(pushes, -zu[j] / change)
        else:
            dzu[j] = 0.0
    return amounts, pushes


@njit(cache=True, error_model="numpy")
def product_ahead(
    kind: Any,
    low: Any,
    high: Any,
    x: Any,
    zl: Any,
    zu: Any,
    dx: Any,
    dzl: Any,
    dzu: Any,
    amounts: float,
    pushes: float,
) -> float:
    """Sum of products after the step."""
    total = 0.0
    for j in range(len(x)):
        if kind[j] != 0:
            below = max(x[j] - low[j], CLOSEST)
            total += (below + amounts * dx[j]) * (zl[j] + pushes * dzl[j])
            if kind[j] == 2:
                above = max(high[j] - x[j], CLOSEST)
                total += (above - amounts * dx[j]) * (zu[j] + pushes * dzu[j])
    return total
