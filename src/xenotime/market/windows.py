"""Allowances over a span of months: which flows of a look-ahead are added together in one joint limit.

A limit is met month by month, or over a window of months whose balance is what is left of it.  The
window of a limit in a tree node is a number in :attr:`Terms.window`; nodes on one path with the same number
draw on one balance.
"""

from __future__ import annotations

import numpy as np

from xenotime.market.horizon import Horizon
from xenotime.market.network import Array
from xenotime.market.terms import Terms

MONTHLY = -1.0


def shares_in_rows(horizon: Horizon, terms: tuple[Terms, ...]) -> Array:
    """(M4) how flows per month of a tree node enter the row of a limit in another; rows x nodes x limits.

    Month by month a flow enters the row of its own node once; in a window it enters every later row of
    the window on its path with the length of its node, so that units add up (months).
    """
    count = len(horizon)
    window = np.stack([term.window for term in terms]) if terms else np.zeros((0, 0))
    found = np.zeros((count, count, window.shape[1]))
    for row in range(count):
        found[row, row] = np.where(window[row] == MONTHLY, 1.0, horizon.length[row])
        same = window[row] != MONTHLY
        node = horizon.parent[row]
        while node >= 0 and same.any():
            same = same & (window[node] == window[row])
            found[row, node] = np.where(same, horizon.length[node], 0.0)
            node = horizon.parent[node]
    return found


def close_windows(horizon: Horizon, terms: tuple[Terms, ...]) -> tuple[Array, ...]:
    """Allowances with a balance only where its window ends on a path: earlier rows would say the same again.

    A node whose child goes on in the same window, with no larger an allowance, needs no row of its own.
    """
    allowance = [term.allowance.copy() for term in terms]
    for child, parent in enumerate(horizon.parent):
        if parent >= 0:
            goes_on = (terms[child].window != MONTHLY) & (terms[child].window == terms[parent].window)
            implied = goes_on & (terms[child].allowance <= terms[parent].allowance)
            allowance[parent] = np.where(implied, np.inf, allowance[parent])
    return tuple(allowance)
