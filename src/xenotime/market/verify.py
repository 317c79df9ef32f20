"""Every solve is checked before anyone sees a number: the conditions themselves, not a solver's word."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xenotime.errors import InternalFault
from xenotime.market.engines import QP, Array
from xenotime.market.polish import Point

BALANCE_TOLERANCE = 1e-6  # of a node's throughput, note 2.8; elements are held to 1e-9 over a run
PRICE_TOLERANCE = 1e-6  # of the values compared in one column: the accuracy promised for prices
GAP_TOLERANCE = 1e-6  # of the sum of the absolute terms of the objective

NOTHING = (
    1e-6  # of the largest value in any column: below it a good is free, and relative errors mean nothing
)


@dataclass(frozen=True, slots=True)
class Verification:
    """Largest relative breach of each condition.

    balance : M1, per node, over its throughput;  bound : of columns and limits, over their size
    identity : price identity of active columns (value made = cost + rents + taxes), over the values in it
    sign : reduced cost of the wrong sign, over the values in it
    gap : complementarity, over the sum of absolute payments
    """

    balance: float
    bound: float
    identity: float
    sign: float
    gap: float
    exact: bool
    ran: str
    iterations: int

    def passed(self) -> bool:
        """Whether every condition is within its tolerance."""
        return (
            self.balance <= BALANCE_TOLERANCE
            and self.bound <= BALANCE_TOLERANCE
            and self.identity <= PRICE_TOLERANCE
            and self.sign <= PRICE_TOLERANCE
            and self.gap <= GAP_TOLERANCE
        )


def verify(qp: QP, point: Point, size: Array, ran: str, iterations: int) -> Verification:
    """Measure all conditions of optimality at `point`."""
    x, y, m = point.x, point.y, point.m
    passing, prices, rents = abs(qp.A), qp.price_side, qp.rent_side  # made once: they are new matrices
    residual = np.abs(qp.A @ x - qp.b)
    throughput = passing @ np.abs(x) + np.abs(qp.b)
    nodes = passing @ size
    balance = residual / np.maximum(throughput, 1e-6 * np.maximum(nodes, 1e-300))
    cost = qp.P * x + qp.c - prices.T @ y + rents.T @ m
    values = np.abs(qp.P * x) + np.abs(qp.c) + abs(prices).T @ np.abs(y) + abs(rents).T @ np.abs(m)
    values = np.maximum(values, NOTHING * float(np.max(values, initial=0.0)) + 1e-300)
    near = 1e-9 * np.maximum(size, np.abs(x))
    at_low, at_high = x - qp.low <= near, qp.high - x <= near
    inside = ~at_low & ~at_high
    wrong = np.where(at_low & at_high, 0.0, np.where(at_low, -cost, np.where(at_high, cost, 0.0)))
    finite = np.isfinite(qp.h)
    slack = np.where(finite, qp.h - qp.G @ x, 0.0)
    limit_size = np.maximum(abs(qp.G) @ size, 1e-300)
    outside = np.maximum(np.maximum(qp.low - x, x - qp.high), 0.0) / np.maximum(size, np.abs(x))
    payments = float(np.sum(values * np.abs(x))) + 1e-300
    gap = float(np.sum(np.abs(cost[inside] * x[inside])) + np.sum(np.abs(slack * m)))
    return Verification(
        balance=_worst(balance),
        bound=max(_worst(outside), _worst(-slack / limit_size)),
        identity=_worst(np.abs(cost[inside]) / values[inside]),
        sign=_worst(wrong / values),
        gap=gap / payments,
        exact=point.exact,
        ran=ran,
        iterations=iterations,
    )


def _worst(values: Array) -> float:
    return float(np.max(values, initial=0.0))


def require(result: Verification, where: str) -> None:
    """Raise InternalFault when a condition fails: no number leaves unverified."""
    if not result.passed():
        raise InternalFault(
            f"{where}: found a solution that fails its checks (balance {result.balance:.1e}, "
            f"bound {result.bound:.1e}, "
            f"price identity {result.identity:.1e}, sign {result.sign:.1e}, gap {result.gap:.1e}, "
            f"{result.ran}); "
            "expected all within tolerance; please report this world and case, or try --engine highs"
        )
