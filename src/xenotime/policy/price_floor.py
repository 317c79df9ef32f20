"""A difference-payment floor as the contracts have it: an earlier period's published price, topped up."""

from __future__ import annotations

from xenotime.market.network import Array
from xenotime.months import month_number
from xenotime.policy.levers import Lever


def top_up(floor: float, index: float, upside_share: float = 0.0) -> float:
    """(M6) t = max(0, floor - index) - s max(0, index - floor), USD per unit, from the sponsor to the plant.

    `index` is the price of an earlier period, so t is known before the month clears; `upside_share` s
    is what the plant pays back of a price above the floor.
    """
    return max(0.0, floor - index) - upside_share * max(0.0, index - floor)


def index_price(history: Array, lag: int, average: int, ahead: int) -> float:
    """(M6) mean of the prices of `average` months, the last of them `lag` months before the one paid for.

    history : prices of the months before the present one, the latest first (USD/unit)
    ahead : months from the present one to the one paid for; what is not published yet is taken to be
        as the latest price is
    """
    places = [lag - 1 + step - ahead for step in range(average)]
    return float(sum(history[max(place, 0)] for place in places) / average)


def share_due(lever: Lever, month: str) -> float:
    """Share of the upside in a month: none before the contract lets it begin."""
    if lever.upside_from and month and month_number(month) < month_number(lever.upside_from):
        return 0.0
    return lever.upside_share


def months_kept(lever: Lever) -> int:
    """Months of prices its index looks back on."""
    return lever.lag_months + lever.average_months - 1
