"""Curves of use and supply as chains of linear segments, so that the month stays a convex QP.

A chain is a list of segments ``(width, first, last)``: quantity, and marginal value at its two
ends.  Marginal value is continuous along the chain; for use it falls, for supply it rises.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from xenotime.errors import InternalFault
from xenotime.world.tables import Demand, Supply

Array = npt.NDArray[np.float64]

CHORD_ERROR = 0.015  # of price at a given quantity, to first order; 2 % with the higher terms
LOWEST_PRICE = 1 / 30  # of the reference: below it the curve runs straight to price zero
HIGHEST_PRICE = 100.0  # of the reference where no choke price is given: the range prices have shown
CHOKE_RISE = 0.01  # the choke step slopes by this share, so that who goes without is unique


@dataclass(frozen=True, slots=True)
class Chain:
    """Segments of one curve; arrays of equal length (quantity per month, USD per unit)."""

    width: Array
    first: Array
    last: Array

    def area(self) -> Array:
        """Value of each whole segment."""
        return self.width * (self.first + self.last) / 2


def _isoelastic(price: float, quantity: float, elasticity: float, at: Array) -> Array:
    """Q(p) = quantity (p / price)^elasticity."""
    return np.asarray(quantity * (at / price) ** elasticity, dtype=np.float64)


def _price_grid(low: float, high: float, centre: float, elasticity: float) -> Array:
    """Prices from high to low, evenly spaced in the logarithm, `centre` inside a segment, not on its end.

    Along a segment of h e-folds of price the chord is off by (1 + |elasticity|) h^2 / 8 of the price.
    """
    step = float(np.sqrt(8 * CHORD_ERROR / (1 + abs(elasticity))))
    up = max(1, int(np.ceil(np.log(high / centre) / step - 0.5)))
    down = max(1, int(np.ceil(np.log(centre / low) / step - 0.5)))
    powers = np.arange(up - 0.5, -down - 0.5 - 1e-9, -1.0)
    grid = centre * np.exp(powers * step)
    inner = grid[(grid < high) & (grid > low)]
    return np.concatenate([[high], inner, [low]])


def _through_reference(quantities: Array, prices: Array, price: float, quantity: float) -> Array:
    """Shift the two ends of the segment around the reference so that the chord meets it exactly."""
    inside = int(np.searchsorted(quantities, quantity)) - 1
    if not 0 <= inside < len(quantities) - 1:
        return prices
    share = (quantity - quantities[inside]) / (quantities[inside + 1] - quantities[inside])
    chord = prices[inside] + share * (prices[inside + 1] - prices[inside])
    shifted = prices.copy()
    shifted[inside : inside + 2] *= price / chord
    return shifted


def _given(value: float | None, what: str) -> float:
    """A number the checks of the world have made sure of."""
    if value is None:
        raise InternalFault(f"a curve without its {what} reached the market; the checks should refuse it")
    return value


def use_chain(row: Demand, around: float | None = None, finer: float = 1.0) -> Chain:
    """Chain of one demand row; `around` is a price near which the grid is made `finer`.

    Isoelastic between a thirtieth of the reference price and the choke price; the step at the
    choke price is the use whose value no price can exceed, and its unserved part is shortfall.
    """
    if row.form == "linear":
        intercept, slope = _given(row.intercept, "intercept"), _given(row.slope, "slope")
        if slope > 0:
            return _straight(intercept / slope, intercept, 0.0)
        return _straight(np.inf, intercept, intercept)
    quantity = _given(row.quantity, "quantity")
    if row.form == "fixed":
        value = row.shortfall_price or 0.0  # without one the use is a bound, not a choice
        return _straight(quantity, value, value)
    price, elasticity = _given(row.price, "price"), _given(row.elasticity, "elasticity")
    choke = row.choke if row.choke is not None else price * HIGHEST_PRICE
    prices = _grid_around(min(price, choke) * LOWEST_PRICE, choke, price, elasticity, around, finer)
    quantities = _isoelastic(price, quantity, elasticity, prices)
    if around is None:
        prices = _through_reference(quantities, prices, price, quantity)
    tail = quantities[-1] * abs(elasticity)
    return Chain(
        np.concatenate([[quantities[0]], np.diff(quantities), [tail]]),
        np.concatenate([[prices[0] * (1 + CHOKE_RISE)], prices]),
        np.concatenate([prices, [0.0]]),
    )


def _straight(width: float, first: float, last: float) -> Chain:
    return Chain(np.array([width]), np.array([first]), np.array([last]))


def _grid_around(
    low: float, high: float, reference: float, elasticity: float, around: float | None, finer: float
) -> Array:
    if around is None or not low < around < high:
        return _price_grid(low, high, min(max(reference, low * 1.01), high * 0.99), elasticity)
    near = around * np.exp(np.linspace(3, -3, 7) / finer)
    coarse = _price_grid(low, high, around, elasticity)
    outside = coarse[(coarse > near[0]) | (coarse < near[-1])]
    return np.sort(np.concatenate([outside, near[(near < high) & (near > low)]]))[::-1]


def supply_chain(row: Supply, around: float | None = None, finer: float = 1.0) -> Chain:
    """Chain of one supply row, marginal cost rising along it."""
    limit = row.capacity if row.capacity is not None else np.inf
    if row.form == "linear":
        intercept, slope = _given(row.intercept, "intercept"), _given(row.slope, "slope")
        return _straight(limit, intercept, intercept + slope * limit if slope > 0 else intercept)
    quantity = _given(row.quantity, "quantity")
    if row.form == "fixed":
        return _straight(min(quantity, limit), 0.0, 0.0)
    price, elasticity = _given(row.price, "price"), _given(row.elasticity, "elasticity")
    prices = _grid_around(price * LOWEST_PRICE, price * HIGHEST_PRICE, price, elasticity, around, finer)[::-1]
    quantities = _isoelastic(price, quantity, elasticity, prices)
    if around is None:
        prices = _through_reference(quantities, prices, price, quantity)
    return _up_to(
        limit,
        Chain(
            np.concatenate([[quantities[0]], np.diff(quantities)]),
            np.concatenate([[0.0], prices[:-1]]),
            prices,
        ),
    )


def _up_to(limit: float, chain: Chain) -> Chain:
    """The chain cut where its quantities reach `limit`."""
    begin = np.concatenate([[0.0], np.cumsum(chain.width)[:-1]])
    width = np.clip(limit - begin, 0.0, chain.width)
    keep = width > 0
    share = np.divide(width, chain.width, out=np.zeros_like(width), where=chain.width > 0)
    last = chain.first + share * (chain.last - chain.first)
    return Chain(width[keep], chain.first[keep], last[keep])
