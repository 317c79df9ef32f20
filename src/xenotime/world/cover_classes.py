"""Users of a sector hold different stocks: five classes from the spread of days of cover (M5).

A sector does not pool its stocks, so its leanest plants stop while others still run.  Days of cover are taken
to be lognormal among users, each class an equal share of use.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import log
from statistics import NormalDist

from xenotime.world.tables import Demand, Stock
from xenotime.world.world import World

TAIL = NormalDist().inv_cdf(0.9)  # a range of cover is read as the first to the last tenth of users


def class_means(days: float, spread: float, classes: int) -> tuple[float, ...]:
    """Mean days of cover of each of `classes` equal shares of users, ascending; their mean is `days`.

    spread : standard deviation of the logarithm of days of cover among users

    The mean of a lognormal between its quantiles a and b is proportional to
    Phi(spread - z_a) - Phi(spread - z_b), which needs no location.
    """
    normal = NormalDist()
    edges = [normal.inv_cdf(k / classes) for k in range(1, classes)]
    below = [0.0, *(1 - normal.cdf(spread - edge) for edge in edges), 1.0]
    return tuple(days * classes * (upper - lower) for lower, upper in pairwise(below))


def spread_of(low: float, high: float) -> float:
    """Standard deviation of the logarithm, from the tenth and the ninetieth hundredth of users."""
    return log(high / low) / (2 * TAIL) if 0 < low < high else 0.0


def split_users(
    demand: tuple[Demand, ...],
    stocks: tuple[Stock, ...],
    classes: int,
    spot_share: float | None = None,
    spot_margin: float = 0.0,
) -> tuple[tuple[Demand, ...], tuple[Stock, ...]]:
    """Every use with a stock of its own becomes `classes` uses, each with its part of the stock.

    spot_share : share of its need a class can buy outside the sector's term contracts; None is all of it
    spot_margin : what that costs more, share of price
    """
    own = {(row.material, row.region, row.sector): row for row in stocks if row.sector}
    uses: list[Demand] = []
    held = [row for row in stocks if not row.sector]
    for row in demand:
        stock = own.get((row.material, row.region, row.sector))
        if stock is None or not row.quantity:
            uses.append(row)
            held += [stock] if stock is not None else []
            continue
        spread = spread_of(stock.low or 0.0, stock.high or 0.0)
        for number, share in enumerate(class_means(1.0, spread, classes), 1):
            name = str(number)
            part = _part(row, name, classes)
            cost = spot_margin * (row.price or 0.0) if spot_share is not None else 0.0
            uses.append(replace(part, spot_share=spot_share, spot_cost=cost))
            held.append(
                replace(
                    stock,
                    cover_class=name,
                    opening=stock.opening * share / classes,
                    cover_days=None if stock.cover_days is None else stock.cover_days * share,
                    low=None,
                    high=None,
                )
            )
    return tuple(uses), tuple(held)


def _part(row: Demand, name: str, classes: int) -> Demand:
    return replace(
        row,
        cover_class=name,
        quantity=(row.quantity or 0.0) / classes,
        low=None if row.low is None else row.low / classes,
        high=None if row.high is None else row.high / classes,
    )


def pool_users(world: World) -> World:
    """The structural variant in which a sector shares its stocks: classes merged, sums kept."""
    uses: dict[tuple[str, str, str], Demand] = {}
    for row in world.demand:
        key = (row.material, row.region, row.sector)
        before = uses.get(key)
        total = row.quantity if before is None else (before.quantity or 0.0) + (row.quantity or 0.0)
        uses[key] = replace(row, cover_class="", quantity=total, spot_share=None, spot_cost=0.0)
    share = {
        (row.material, row.region, row.sector, row.cover_class): (row.quantity or 0.0)
        / (uses[row.material, row.region, row.sector].quantity or 1.0)
        for row in world.demand
    }
    held: dict[tuple[str, str, str, str], Stock] = {}
    for stock in world.stocks:
        place = (stock.material, stock.region, stock.holder, stock.sector)
        merged = replace(stock, cover_class="")
        if stock.cover_class:
            weight = share[stock.material, stock.region, stock.sector, stock.cover_class]
            others = held.get(place, replace(merged, opening=0.0, cover_days=0.0))
            days = (others.cover_days or 0.0) + weight * (stock.cover_days or 0.0)
            merged = replace(merged, opening=others.opening + stock.opening, cover_days=days)
        held[place] = merged
    return world.with_tables(demand=tuple(uses.values()), stocks=tuple(held.values()))
