"""Users learn to do with less, and some of what they learn stays (M8)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from xenotime.market.demand import HIGHEST_PRICE, LOWEST_PRICE
from xenotime.market.network import Array, Index
from xenotime.world.tables import Demand


@dataclass(frozen=True, slots=True)
class Users:
    """How each demand row adapts; arrays of one entry per row.

    price : at which the row's reference quantity holds (USD/unit);  top : choke price (USD/unit)
    gap : long-run less short-run elasticity, zero for rows that do not adapt
    speed : share of the way to full adaptation gone in a month
    quantity : reference use (unit/month);  node : where it buys
    """

    price: Array
    top: Array
    gap: Array
    speed: Array
    quantity: Array
    node: Index


@dataclass(frozen=True, slots=True)
class Adapted:
    """Logarithm of reference demand over that of the base, and of the part of its fall that is for good."""

    level: Array
    redesigned: Array

    def scale(self) -> Array:
        """Reference demand as a multiple of the base's."""
        return np.exp(self.level)


def read_users(rows: tuple[Demand, ...], node: Index) -> Users:
    """Arrays from demand rows; only isoelastic rows with a long-run elasticity and a time adapt."""
    price = np.array([row.price or 0.0 for row in rows])
    gap = np.array([_gap(row) for row in rows])
    months = np.array([row.adapt_months or np.inf for row in rows])
    return Users(
        price=price,
        top=np.array([row.choke or (row.price or 0.0) * HIGHEST_PRICE for row in rows]),
        gap=gap,
        speed=np.where(gap < 0, -np.expm1(-1 / months), 0.0),
        quantity=np.array([row.quantity or 0.0 for row in rows]),
        node=node,
    )


def _gap(row: Demand) -> float:
    if row.form != "isoelastic" or row.elasticity is None or row.elasticity_long is None:
        return 0.0
    return min(row.elasticity_long - row.elasticity, 0.0) if row.adapt_months else 0.0


def unadapted(users: Users) -> Adapted:
    """Demand as in the base."""
    return Adapted(np.zeros(len(users.price)), np.zeros(len(users.price)))


def long_run_level(users: Users, adapted: Adapted, price: Array) -> Array:
    """(M8) where demand is heading: ln Q*/Q = (eps_long - eps_short) ln(p / p_ref), per row.

    price : per node (USD/unit), felt between a thirtieth of the reference and the choke price.
    What was redesigned for good holds it back: between that level and the base's, demand does not return.
    """
    paid = price[users.node]
    low, reference = users.price * LOWEST_PRICE, np.where(users.price > 0, users.price, 1.0)
    felt = np.where(users.gap < 0, np.clip(paid, low, users.top), reference)
    level = users.gap * np.log(felt / reference)
    return np.asarray(np.minimum(level, adapted.redesigned + np.maximum(level, 0.0)))


def level_after(users: Users, adapted: Adapted, price: Array, months: float) -> Array:
    """(M8) level after `months` at the same price: the gap to its goal shrinks by `speed` a month."""
    goal = long_run_level(users, adapted, price)
    return np.asarray(goal + (adapted.level - goal) * (1 - users.speed) ** months)


def long_run_rows(rows: tuple[Demand, ...], users: Users) -> tuple[Demand, ...]:
    """Rows as users answer who have had all the time they need: long-run elasticity where a row adapts."""
    return tuple(
        replace(row, elasticity=row.elasticity_long) if gap < 0 else row
        for row, gap in zip(rows, users.gap, strict=True)
    )


def long_run_scale(users: Users, adapted: Adapted, price: Array) -> Array:
    """(M8) reference demand of long-run curves over the base: exp(min(r - gap max(ln(p / p_ref), 0), 0)).

    r is what was redesigned for good.  At the reference price it is missing from demand; where the price
    alone would have taken as much away, the curve has it already.

    price : per node (USD/unit), felt between a thirtieth of the reference and the choke price
    """
    reference = np.where(users.price > 0, users.price, 1.0)
    felt = np.where(
        users.gap < 0, np.clip(price[users.node], users.price * LOWEST_PRICE, users.top), reference
    )
    dearer = np.maximum(np.log(felt / reference), 0.0)
    return np.asarray(np.exp(np.minimum(adapted.redesigned - users.gap * dearer, 0.0)))


def adapt(users: Users, adapted: Adapted, price: Array, kept: float) -> Adapted:
    """(M8) a month at `price`; `kept` is the share of the deepest fall that later stays for good."""
    level = level_after(users, adapted, price, 1.0)
    return Adapted(level, np.minimum(adapted.redesigned, kept * np.minimum(level, 0.0)))
