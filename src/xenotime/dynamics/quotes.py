"""What goods would fetch and cost at each place, also where nothing moves: read off the neighbours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xenotime.market.clearing import Clearing
from xenotime.market.network import Array, Network
from xenotime.market.terms import Terms

MOVES = 1e-9  # of the largest amount: less than this passes a node where nothing does


@dataclass(frozen=True, slots=True)
class Quotes:
    """Per node, what a seller gets and what a buyer pays (USD/unit); the same wherever goods pass."""

    sell: Array
    buy: Array

    def times(self, level: float) -> Quotes:
        """All quotes at a multiple."""
        return Quotes(level * self.sell, level * self.buy)


def quotes_of(network: Network, terms: Terms, price: Array, moves: Array) -> Quotes:
    """Quotes from prices where goods move, over lanes that are open.

    A buyer where nothing moves pays the cheapest landed price, (p (1 + export tax) + freight) (1 + tariff),
    or what a plant without inputs there asks, open or not; a seller gets the best price less the way there.
    Where nobody sells or buys within one lane the price stays as it is.
    """
    lanes = network.lanes
    live = moves.astype(bool)
    freight, leaving, entering = lanes.cost + terms.lane_adder, 1 + terms.export_tax, 1 + terms.tariff
    open_lane = terms.lane_high > 0
    known_from, known_to = open_lane & live[lanes.origin], open_lane & live[lanes.destination]
    landed = (price[lanes.origin] * leaving + freight) * entering
    netted = (price[lanes.destination] / entering - freight) / leaving
    offer, bid = np.full(len(price), np.inf), np.full(len(price), -np.inf)
    np.minimum.at(offer, lanes.destination[known_from], landed[known_from])
    np.maximum.at(bid, lanes.origin[known_to], netted[known_to])
    for node, asked in _sources(network, terms):
        offer[node] = min(offer[node], asked)
    buy = np.where(live | ~np.isfinite(offer), price, offer)
    sell = np.where(live | ~np.isfinite(bid), price, np.maximum(bid, 0.0))
    return Quotes(sell=sell, buy=buy)


def _sources(network: Network, terms: Terms) -> list[tuple[int, float]]:
    """Nodes at which a plant makes one thing without inputs, and what its first unit costs."""
    recipes = network.recipes
    found = []
    for column in range(network.plants):
        begin, end = recipes.indptr[column], recipes.indptr[column + 1]
        if end - begin == 1 and recipes.data[begin] > 0:
            cost = network.facilities[column].cost + terms.plant_adder[column]
            found.append((int(recipes.indices[begin]), float(cost / recipes.data[begin])))
    return found


def quotes_now(clearing: Clearing) -> Quotes:
    """Quotes of the month cleared."""
    return _quotes(clearing, (0,))


def quotes_ahead(clearing: Clearing) -> Quotes:
    """Quotes at the mean price over the look-ahead and its branches."""
    return _quotes(clearing, tuple(range(len(clearing.program.horizon))))


def _quotes(clearing: Clearing, periods: tuple[int, ...]) -> Quotes:
    program = clearing.program
    chance, length = np.array(program.horizon.probability), np.array(program.horizon.length, dtype=float)
    weight = (chance * length)[list(periods)]
    price = weight @ np.stack([clearing.price(period) for period in periods]) / weight.sum()
    volume = np.max([clearing.volume(period) for period in periods], axis=0)
    moves = volume > MOVES * max(float(volume.max(initial=0.0)), 1e-300)
    return quotes_of(program.network, program.terms[0], np.asarray(price), moves)
