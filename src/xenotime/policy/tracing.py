"""What part of the goods at a node comes from a controlled origin, by last month's flows and prices (M13).

Two shares are carried for each origin traced.  `touched` is the share of the units at a node that come
from there, or are made with anything that does; `content` is the share of value from there.  A trace is
shallow (goods that change hands keep their origin, goods made from them do not) or deep.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xenotime.market.clearing import Clearing
from xenotime.market.network import Array, Network

Tag = tuple[str, bool]  # origin, and whether what is made from its goods counts
LINKS = 200  # rounds in which shares of the base settle: more than any chain has links, resale included
SETTLED = 1e-12


@dataclass(frozen=True, slots=True)
class Traced:
    """Shares per tag, of nodes and of what plants make, and what passed each node.

    touched, content : tags x nodes;  made : tags x plants, the touched share;  volume : nodes (unit/month)
    """

    touched: Array
    content: Array
    made: Array
    volume: Array


def trace_base(tags: tuple[Tag, ...], base: Clearing) -> Traced:
    """Shares when the base month has always gone on."""
    network = base.program.network
    found = untraced(tags, network)
    for _ in range(LINKS):
        after = trace_month(tags, found, base, np.zeros(len(network.nodes)))
        moved = max(
            np.max(np.abs(after.touched - found.touched), initial=0.0),
            np.max(np.abs(after.content - found.content), initial=0.0),
        )
        found = after
        if moved <= SETTLED:
            break
    return found


def untraced(tags: tuple[Tag, ...], network: Network) -> Traced:
    """Nothing known to come from anywhere."""
    nodes = np.zeros((len(tags), len(network.nodes)))
    plants = np.zeros((len(tags), len(network.facilities)))
    return Traced(nodes, nodes, plants, np.zeros(len(network.nodes)))


def trace_month(tags: tuple[Tag, ...], before: Traced, clearing: Clearing, held: Array) -> Traced:
    """(M13) Shares after a month: what a node held and what came to it, mixed in proportion.

    touched' = (held touched + sum inflow touched at its source) / (held + sum inflow), and so for content;
    goods at sea are taken to be as those at their source now.

    held : opening stock per node
    """
    network = clearing.program.network
    flow, activity = clearing.amount("lane"), clearing.amount("plant")
    price = np.maximum(clearing.price(), 0.0)
    volume = clearing.volume()
    touched, content, made_of = before.touched.copy(), before.content.copy(), before.made.copy()
    for tag, (origin, deep) in enumerate(tags):
        home = np.array([region == origin for _, region, _ in network.nodes])
        made = _made(network, price, before.touched[tag], before.content[tag], origin, deep)
        made_of[tag] = made[0]
        for shares, share_made in ((touched, made[0]), (content, made[1])):
            old = shares[tag].copy()
            coming = network.recipes.maximum(0) @ (activity * share_made)
            np.add.at(coming, network.lanes.destination, flow * old[network.lanes.origin])
            total = held + volume
            with np.errstate(divide="ignore", invalid="ignore"):
                mixed = np.where(total > 0, (held * old + coming) / total, old)
            shares[tag] = np.where(home, 1.0, np.clip(mixed, 0.0, 1.0))
    return Traced(touched, content, made_of, volume)


def _made(
    network: Network, price: Array, touched: Array, content: Array, origin: str, deep: bool
) -> tuple[Array, Array]:
    """Shares of what each plant makes: by value of its inputs, the content over the value of its outputs."""
    at_home = np.array([plant.region == origin for plant in network.facilities])
    if not deep:
        return at_home.astype(float), at_home.astype(float)
    inputs, outputs = (-network.recipes).maximum(0).T, network.recipes.maximum(0).T
    bought, sold = inputs @ price, outputs @ price
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(bought > 0, inputs @ (price * touched) / bought, 0.0)
        part = np.where(sold > 0, inputs @ (price * content) / sold, 0.0)
    return np.where(at_home, 1.0, share), np.where(at_home, 1.0, np.clip(part, 0.0, 1.0))
