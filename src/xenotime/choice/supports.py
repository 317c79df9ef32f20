"""What sponsors pay and what they get, month by month."""

from __future__ import annotations

import numpy as np

from xenotime.choice.entries import FloorEntry, LoanEntry
from xenotime.choice.prices import Paths
from xenotime.dynamics.financing import annuity
from xenotime.market.network import Array

MONTHS = 12


def is_on(paths: Paths, start: str, until: str) -> Array:
    """Months of the paths from `start` to `until`, both included, as ones; blanks are no limit."""
    at = np.arange(paths.months)
    on = np.ones(paths.months)
    if start:
        on[at < paths.position(start)] = 0.0
    if until:
        on[at > paths.position(until)] = 0.0
    return on


def index_prices(price: Array, lag: int, average: int) -> Array:
    """(M32) index of each month: mean of `average` months, the last of them `lag` months before.

    price : draws x months;  months before the first are as the first is
    """
    before = lag + average - 1
    padded = np.concatenate([np.repeat(price[:, :1], before, axis=1), price], axis=1)
    total = np.concatenate([np.zeros((len(price), 1)), np.cumsum(padded, axis=1)], axis=1)
    ends = np.arange(price.shape[1]) + average
    return np.asarray((total[:, ends] - total[:, ends - average]) / average)


def floor_due(floor: float, index: Array, upside_share: Array) -> Array:
    """(M32) due per unit from sponsor to plant: t = max(0, F - i) - s max(0, i - F), as (M6) over arrays."""
    return np.asarray(np.maximum(0.0, floor - index) - upside_share * np.maximum(0.0, index - floor))


def due_per_unit(entry: FloorEntry, index: Array, paths: Paths) -> Array:
    """What a floor pays for each unit it holds for, draws x months (USD/unit); below zero the plant pays."""
    share = entry.upside_share * is_on(paths, entry.upside_from, "")
    due = floor_due(entry.price, index_prices(index, entry.lag_months, entry.average_months), share)
    return np.asarray(due * is_on(paths, entry.start, entry.until))


def loan_flow(entry: LoanEntry, paths: Paths, begin: int) -> Array:
    """(M33) a sponsor's loan by month (USD): in when it is paid out, out in even payments after its grace.

    B = A (1 + i)^g is owed after g months of grace, and B i / (1 - (1 + i)^-n) due n times.
    """
    flow = np.zeros(paths.months)
    out = paths.position(entry.start) if entry.start else begin
    count = round(entry.years * MONTHS)
    monthly = (1 + entry.rate) ** (1 / MONTHS) - 1
    owed = entry.amount * (1 + monthly) ** entry.grace_months
    first = out + 1 + entry.grace_months
    if 0 <= out < paths.months:
        flow[out] += entry.amount
    due = range(max(first, 0), min(first + count, paths.months))
    flow[list(due)] -= owed * annuity(entry.rate, count)
    return flow
