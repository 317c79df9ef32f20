"""What levers carry from month to month: published prices, government stocks, what the obliged used."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xenotime.market.clearing import Clearing
from xenotime.market.network import Array
from xenotime.policy.lever_orders import Plan, used_at
from xenotime.policy.price_floor import months_kept


@dataclass(frozen=True, slots=True)
class LeverState:
    """Before a month.

    index : prices of the months before, the latest first; slots of the plan x months (USD/unit)
    holding : per government stock (unit)
    used : per mandate, what the obliged used in the month before (unit/month)
    """

    index: Array
    holding: Array
    used: Array


def first_levers(plan: Plan, base: Clearing) -> LeverState:
    """As if the base month had gone on for ever; stocks as stated."""
    months = max((months_kept(order.lever) for order in plan.indexed()), default=1)
    price = base.price()
    now = np.array([price[order.node] for order in plan.indexed()], dtype=float)
    return LeverState(
        np.repeat(now[:, None], months, axis=1),
        np.array([order.lever.opening for order in plan.stores], dtype=float),
        _used(plan, base),
    )


def advance_levers(plan: Plan, before: LeverState, clearing: Clearing) -> LeverState:
    """After a month: its prices are published, its purchases and releases booked."""
    price = clearing.price()
    now = np.array([price[order.node] for order in plan.indexed()], dtype=float)
    return LeverState(
        np.concatenate([now[:, None], before.index[:, :-1]], axis=1),
        before.holding + bought(plan, clearing) - released(plan, clearing),
        _used(plan, clearing),
    )


def bought(plan: Plan, clearing: Clearing) -> Array:
    """What each government stock took in (unit/month)."""
    use = clearing.consumption()
    return np.array([use[order.use] if order.use >= 0 else 0.0 for order in plan.stores], dtype=float)


def released(plan: Plan, clearing: Clearing) -> Array:
    """What each government stock gave out (unit/month)."""
    given = clearing.supplied()
    return np.array([given[order.supply] for order in plan.stores], dtype=float)


def _used(plan: Plan, clearing: Clearing) -> Array:
    activity, use = clearing.amount("plant"), clearing.consumption()
    network = clearing.program.network
    return np.array([used_at(network, order.obliged, activity, use) for order in plan.mandates], dtype=float)
