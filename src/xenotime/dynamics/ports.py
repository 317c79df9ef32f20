"""Goods may wait in port where nobody keeps a stock, for foresight with long periods.

Within a long period goods that arrive in one month can be used in another, so planners send more than the
month of arrival can take.  With a stock of their own at the place of arrival they wait there, at the usual
cost of holding and without any value at the end of the look-ahead: nobody plans to leave them there.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from xenotime.market.clearing import Clearing
from xenotime.market.horizon import Horizon
from xenotime.market.network import Network
from xenotime.world.tables import Stock

PORT = "port"
DEAR = 25.0  # times what holding costs elsewhere: nobody plans to, but what has come can wait


def is_coarse(horizon: Horizon) -> bool:
    """Whether the look-ahead has a longer period right after the month."""
    return len(horizon) > 1 and min(horizon.length[1:2]) > 1


def with_ports(network: Network, base: Clearing) -> Network:
    """`network` with a stock at every place where goods arrive by sea and nobody keeps one."""
    lanes = network.lanes
    arrivals = np.unique(lanes.destination[lanes.lag > 0])
    nodes = [int(node) for node in arrivals if node not in set(network.stock_node.tolist())]
    price, share = np.maximum(base.price(), 0.0), _holding_share(network, base)
    rows = tuple(
        Stock(
            material=network.nodes[node][0],
            region=network.nodes[node][1],
            holder=PORT,
            holding_cost=float(DEAR * share * price[node]),
            note="goods that wait where they arrived",
        )
        for node in nodes
    )
    return replace(
        network,
        stocks=(*network.stocks, *rows),
        stock_node=np.concatenate([network.stock_node, np.array(nodes, dtype=network.stock_node.dtype)]),
    )


def _holding_share(network: Network, base: Clearing) -> float:
    """What holding costs a month as a share of price, by the middle of all holders."""
    price = np.maximum(base.price()[network.stock_node], 0.0)
    cost = np.array([row.holding_cost for row in network.stocks], dtype=float)
    known = (price > 0) & (cost > 0)
    return float(np.median(cost[known] / price[known])) if known.any() else 0.0
