"""What a package costs its sponsor: money out and back by month, what is at risk, what stays tied up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xenotime.market.network import Array
from xenotime.policy.lever_money import annuity
from xenotime.policy.levers import Lever

MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Purse:
    """The sponsor's payments over a run.

    bought : for stock held at the start, before the first month (USD)
    paid, received : per month, by the levers of the package (USD)
    held : worth of the sponsor's stock at each month's end, at prices without the control (USD)
    owed : what is still due to the sponsor on loans after the last month, at its discount (USD)
    discount : factor a month at which stocks earn their return
    """

    bought: float
    paid: Array
    received: Array
    held: Array
    owed: float
    discount: float


def outlay(purse: Purse) -> float:
    """(M45) O = b + max(0, max_t sum_{s <= t} (p_s - r_s)): the most that is out at any month's end (USD).

    b is what stock held at the start was bought for, p what is paid and r what comes back.
    """
    out = np.cumsum(purse.paid - purse.received)
    return purse.bought + max(0.0, float(out.max(initial=0.0)))


def cost(purse: Purse) -> float:
    """(M46) C = b + sum_t d^t (p_t - r_t) - d^T (H_T + A): present value, less what is still owned (USD).

    d is the discount factor a month, H_T stock at its worth after the last month T, A loans outstanding.
    Stock that keeps its worth so costs the return its money would have earned.  Shares are taken at nothing.
    """
    months = len(purse.paid)
    factor = purse.discount ** np.arange(1, months + 1)
    flow = float(factor @ (purse.paid - purse.received))
    last = float(purse.held[-1]) if months else purse.bought
    return purse.bought + flow - purse.discount**months * (last + purse.owed)


def tied_up(purse: Purse) -> Array:
    """(M47) K_t = (1/d - 1) sum_{s <= t} H_{s-1}: return forgone on stock held, by month (USD, cumulated)."""
    opening = np.concatenate([[purse.bought], purse.held[:-1]])
    return np.asarray(np.cumsum((1 / purse.discount - 1) * opening))


def still_owed(lever: Lever, months_since_paid: int, discount: float) -> float:
    """Worth of the payments of a loan that are still to come (USD); nothing before it is paid out whole."""
    if lever.kind != "loan" or months_since_paid < 0:
        return 0.0
    years = float(lever.years or 0.0)
    payment = annuity(float(lever.amount or 0.0), float(lever.rate or 0.0), years)
    left = round(years * MONTHS_A_YEAR) - months_since_paid
    return float(payment * (discount ** np.arange(1, left + 1)).sum()) if left > 0 else 0.0
