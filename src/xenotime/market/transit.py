"""Capital tied up on the way, which a lane's cost holds already at usual prices (M3)."""

from __future__ import annotations

import numpy as np

from xenotime.market.horizon import Horizon, arrival_shares
from xenotime.market.network import Array, Network


def worth_on_arrival(horizon: Horizon, weight: Array, discount: float, leaving: int, lag: float) -> float:
    """What a dollar of goods that leave in tree node `leaving` is worth on arrival, at an unchanged price.

    sum over arrivals of share x (pi beta^t there) / (pi beta^t here), goods at sea at the end included.
    """
    arriving, at_sea = arrival_shares(horizon, leaving, lag)
    there = sum(share * weight[node] for node, share in arriving.items())
    there += sum(share * weight[leaf] * discount ** horizon.length[leaf] for leaf, share in at_sea.items())
    return float(there / weight[leaving])


def transit_credit(network: Network, horizon: Horizon, weight: Array, discount: float, usual: Array) -> Array:
    """(M3) credit per unit by tree node and lane: (1 - worth on arrival) x usual price at the destination.

    Lanes are calibrated in a static month, so their cost holds the interest on goods under way at usual
    prices.  Charging it again would move flows although nothing happened; what prices above the usual add
    to it is charged.
    """
    lanes = network.lanes
    credit = np.zeros((len(horizon), len(lanes.lag)))
    paid = usual[lanes.destination]
    for leaving in range(len(horizon)):
        for lag in np.unique(lanes.lag):
            which = lanes.lag == lag
            lost = 1 - worth_on_arrival(horizon, weight, discount, leaving, float(lag))
            credit[leaving, which] = lost * paid[which]
    return credit
