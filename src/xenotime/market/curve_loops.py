"""Compiled loops over curves: piecewise linear marginal costs, each held as one column.

The segments of curve i are `first[i] .. first[i + 1]`, beginning `at` an amount, where the marginal cost is
`cost` and rises with `slope`.  `column[i]` is its column; P x + c there is its marginal cost where it stands.
"""

from __future__ import annotations

from typing import Any

from numba import njit


@njit(cache=True, error_model="numpy")
def begins(first: Any, width: Any, at: Any) -> None:
    """`at` = sums of the `width` of the segments before, of each curve for itself."""
    for i in range(len(first) - 1):
        reached = 0.0
        for k in range(first[i], first[i + 1]):
            at[k] = reached
            reached += width[k]


@njit(cache=True, error_model="numpy")
def place(begin: int, end: int, k: int, values: Any, value: float) -> int:
    """The last segment of `begin .. end` whose `values` are not above `value`, looked for from k on."""
    while k + 1 < end and value >= values[k + 1]:
        k += 1
    while k > begin and value < values[k]:
        k -= 1
    return k


@njit(cache=True, error_model="numpy")
def stand(i: int, k: int, column: Any, first: Any, at: Any, cost: Any, slope: Any, P: Any, c: Any) -> None:
    """Let curve i stand in segment k: its slope, and the cost that line would have at nothing."""
    P[column[i]] = slope[k]
    c[column[i]] = cost[k] - slope[k] * at[k]


@njit(cache=True, error_model="numpy")
def locate(
    column: Any, first: Any, at: Any, cost: Any, slope: Any, x: Any, P: Any, c: Any, segment: Any
) -> int:
    """Let every curve stand in the segment its amount lies in; give how many stood in another."""
    changed = 0
    for i in range(len(column)):
        begin, before = first[i], first[i] + segment[i]
        k = place(begin, first[i + 1], before, at, x[column[i]])
        changed += k != before
        segment[i] = k - begin
        stand(i, k, column, first, at, cost, slope, P, c)
    return changed


@njit(cache=True, error_model="numpy")
def offered(
    start: Any, row: Any, worth: Any, y: Any, column: Any, first: Any, at: Any, cost: Any, slope: Any, P: Any,
    c: Any, segment: Any,
) -> int:  # fmt: skip
    """Let every curve stand in the segment whose marginal cost prices `y` pay; give how many moved."""
    changed = 0
    for i in range(len(column)):
        begin, before, paid = first[i], first[i] + segment[i], 0.0
        for p in range(start[column[i]], start[column[i] + 1]):
            paid += worth[p] * y[row[p]]
        k = place(begin, first[i + 1], before, cost, paid)
        changed += k != before
        segment[i] = k - begin
        stand(i, k, column, first, at, cost, slope, P, c)
    return changed


@njit(cache=True, error_model="numpy")
def follow(
    column: Any, first: Any, at: Any, cost: Any, slope: Any, high: Any, before: Any, P: Any, c: Any,
    segment: Any, x: Any,
) -> None:  # fmt: skip
    """Take curves from `before`, where they stood, to where a step along their line leads: `x` is its end.

    Off the segment the line is not the curve.  Either its amount is kept or its marginal cost, whichever
    moves the amount less: the one overshoots a curve that gets steeper, the other one that gets flatter.
    """
    for i in range(len(column)):
        j, k, begin, end = column[i], first[i] + segment[i], first[i], first[i + 1]
        inside_low = k == begin or x[j] >= at[k]
        inside_high = k + 1 == end or x[j] < at[k + 1]
        if inside_low and inside_high:
            continue
        value = c[j] + P[j] * x[j]
        k = place(begin, end, k, cost, value)
        kept = min(max(at[k] + (value - cost[k]) / slope[k], 0.0), high[j])
        if abs(kept - before[j]) < abs(x[j] - before[j]):
            x[j] = kept


@njit(cache=True, error_model="numpy")
def leave(
    column: Any, first: Any, at: Any, cost: Any, slope: Any, side: Any, spare: Any, tolerance: float, x: Any,
    P: Any, c: Any, segment: Any,
) -> int:  # fmt: skip
    """Let curves between their bounds that are outside their segment by more than `tolerance` of `spare`
    stand in the one they are in; give how many there were."""
    changed = 0
    for i in range(len(column)):
        j, begin, end = column[i], first[i], first[i + 1]
        k = begin + segment[i]
        if side[j] != 0:
            continue
        short, over = at[k] - x[j], 0.0
        if k + 1 < end:
            over = x[j] - at[k + 1]
        if (k > begin and short > tolerance * spare[j]) or over > tolerance * spare[j]:
            k = place(begin, end, k, at, x[j])
            changed += 1
            segment[i] = k - begin
            stand(i, k, column, first, at, cost, slope, P, c)
    return changed
