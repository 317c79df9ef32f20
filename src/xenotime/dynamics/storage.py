"""How holders value stock (M5): normal cover, ease of working stock, value at the end of the look-ahead.

The numbers are set so that at base prices and normal stocks nobody wants to change anything:
ease (1 - stock / working) = holding cost + (1 - beta) price.
"""

from __future__ import annotations

import numpy as np

from xenotime.dynamics.behaviour import Behaviour
from xenotime.dynamics.ports import PORT
from xenotime.market.clearing import Clearing
from xenotime.market.horizon import Horizon
from xenotime.market.intervals import is_idle
from xenotime.market.layout import Storage
from xenotime.market.network import Array

DAYS_IN_MONTH = 30.4375  # Julian year over twelve


def normal_stock(base: Clearing) -> Array:
    """Stock each holder keeps in normal times: days of cover times what passes it per month."""
    network = base.program.network
    volume = base.volume()
    volume = np.where(is_idle(base, volume), 0.0, volume)  # nobody holds stock for a trickle of rounding
    days = np.array([row.cover_days or 0.0 for row in network.stocks])
    return days / DAYS_IN_MONTH * volume[network.stock_node]


def opening_stock(base: Clearing) -> Array:
    """The table's opening amount where it gives one, normal stock elsewhere."""
    given = np.array([row.opening for row in base.program.network.stocks], dtype=float)
    return np.where(given > 0, given, normal_stock(base))


def value_storage(
    base: Clearing, horizon: Horizon, end_prices: dict[int, Array], behaviour: Behaviour
) -> Storage:
    """Storage terms; `end_prices` are the prices expected at each leaf once its regime has settled."""
    network = base.program.network
    price = np.maximum(base.price()[network.stock_node], 0.0)
    normal = normal_stock(base)
    holding = np.array([row.holding_cost for row in network.stocks], dtype=float)
    carry = holding + (1 - behaviour.discount) * price
    ease = np.where(normal > 0, behaviour.working_value * price + carry, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        working = np.where(ease > carry, normal / (1 - carry / ease), 0.0)
    capacity = np.array(
        [np.inf if row.capacity is None else row.capacity for row in network.stocks], dtype=float
    )
    kept = np.array(
        [row.holder != PORT for row in network.stocks], dtype=float
    )  # nobody leaves goods in port
    terminal = {
        leaf: kept * np.maximum(prices[network.stock_node], 0.0) for leaf, prices in end_prices.items()
    }
    scale = np.maximum(normal, behaviour.snap + base.volume()[network.stock_node])
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = kept * np.where(scale > 0, behaviour.terminal_fall * price / scale, 0.0)
    return Storage(
        working=working,
        ease=ease,
        holding=holding,
        capacity=capacity,
        terminal=terminal,
        terminal_at=normal,
        terminal_slope=slope,
        sea_value={leaf: np.maximum(prices, 0.0) for leaf, prices in end_prices.items()},
        usual=np.maximum(base.price(), 0.0),
    )
