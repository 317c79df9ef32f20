"""What adapting costs users: a tonne is adapted away when its substitute has become worth it (M8)."""

from __future__ import annotations

import numpy as np

from xenotime.dynamics.adaptation import Users
from xenotime.market.demand import Chain
from xenotime.market.network import Array


def switching_cost(users: Users, level: Array) -> Array:
    """Cost above the reference price of doing without what was adapted away (USD/month per demand row).

        C(l) = Q int_l^1 (u(k) - p_ref) dk,   u(k) = p_ref k^(1/gap)

    u is the price at which a user of place k in the order of switching leaves, by the long-run curve of M8;
    no switch costs more than the choke price.  For l > 1 the users are those who come in below p_ref, and C
    is what they would have paid too much for.

    level : reference demand over that of the base, without growth
    """
    gap, price = users.gap, users.price
    moving = (gap < 0) & (price > 0)
    slope = np.where(moving, gap, -1.0)
    power = 1.0 / slope  # u = p_ref k^power
    top = np.where(moving, users.top, np.inf)
    at_top = np.where(moving, (np.maximum(top, 1e-300) / np.where(moving, price, 1.0)) ** slope, 0.0)
    bound = np.maximum(level, at_top)  # below it a switch costs the choke price
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        whole = np.where(
            np.abs(power + 1.0) < 1e-9, -np.log(bound), (1.0 - bound ** (power + 1.0)) / (power + 1.0)
        )
    beyond = np.maximum(at_top - level, 0.0) * np.where(np.isfinite(top), top, 0.0)
    cost = np.where(moving, price * whole + beyond - price * (1.0 - level), 0.0)
    return np.asarray(users.quantity * cost)


def reference_surplus(chain: Chain, price: float) -> float:
    """Area of a curve above a price: what the users of a row have at their reference price (USD/month)."""
    finite = np.isfinite(chain.width)
    first, last, width = chain.first[finite], chain.last[finite], chain.width[finite]
    fall = first - last
    with np.errstate(divide="ignore", invalid="ignore"):
        part = np.where(fall > 0, np.clip((first - price) / fall, 0.0, 1.0), (first > price).astype(float))
    return float(np.sum(part * width * (first - price - 0.5 * part * fall)))
