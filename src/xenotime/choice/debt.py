"""What banks lend and are paid, and whether the project can."""

from __future__ import annotations

import numpy as np

from xenotime.choice.prices import Paths
from xenotime.choice.project import Debt, Project
from xenotime.dynamics.financing import annuity
from xenotime.dynamics.fleet import Flags
from xenotime.market.network import Array

MONTHS = 12
HAIR = 1e-9  # of all payments: rounding of sums is no default


def debt_payments(debt: Debt, lent: float, begin: int, build: int, paths: Paths) -> Array:
    """(M38) payments to banks by month (USD): drawn evenly while building, interest added up to the first.

    B = sum_b (lent / build) (1 + i)^(first - 1 - b), paid back in n even payments from `first` on: planned
    start and time of grace.  Lenders do not wait for a slip.
    """
    due = np.zeros(paths.months)
    if lent <= 0 or debt.months <= 0:
        return due
    monthly = (1 + debt.rate) ** (1 / MONTHS) - 1
    first = begin + build + debt.grace
    owed = sum(lent / build * (1 + monthly) ** (first - 1 - begin - place) for place in range(build))
    places = range(max(first, 0), min(first + debt.months, paths.months))
    due[list(places)] = owed * annuity(debt.rate, debt.months)
    return due


def lent_by_banks(project: Project, capex: float, helped: float) -> float:
    """What banks lend (USD): their share of what grants and sponsors' loans leave to find."""
    return project.debt.share * max(0.0, capex - helped)


def covers(cash: Array, due: Array, reserve: float) -> Flags:
    """(M39) whether every payment is made, per draw: b_t = b_(t-1) + cash_t - due_t is never below zero.

    cash : draws x months, before payments;  due : months;  reserve : in the account at first (USD).
    What is earned stays in the account until the last payment; losses before the first are the owners'.
    """
    places = np.flatnonzero(due > 0)
    if not len(places):
        return np.ones(len(cash), dtype=bool)
    first, end = int(places[0]), int(places[-1]) + 1
    saved = reserve + np.maximum(0.0, cash[:, :first].sum(axis=1))
    balance = saved[:, None] + np.cumsum(cash[:, first:end] - due[first:end], axis=1)
    return np.asarray((balance >= -HAIR * float(due.sum())).all(axis=1))


def cover_ratio(cash: Array, due: Array) -> Array:
    """(M40) least ratio of a year's cash to the payments of the year, per draw; nan where nothing is due."""
    places = np.flatnonzero(due > 0)
    if not len(places):
        return np.full(len(cash), np.nan)
    ratios = []
    for begin in range(int(places[0]), int(places[-1]) + 1, MONTHS):
        end = min(begin + MONTHS, int(places[-1]) + 1)
        ratios.append(cash[:, begin:end].sum(axis=1) / due[begin:end].sum())
    return np.asarray(np.min(ratios, axis=0))
