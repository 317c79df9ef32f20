"""What elements and goods are worth: USD per gram, from the latest prices known at a date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from xenotime.exposure.contents import HIGH, LOW, MIDDLE, Contents
from xenotime.market.network import Array

if TYPE_CHECKING:
    from xenotime.facts.load import Facts

MARKETS = ("europe", "fob_china", "usa", "world", "inside_china")  # the first that has a price
GRAMS_IN_TONNE = 1e6


@dataclass(frozen=True, slots=True)
class Worth:
    """Prices by element and by material of the market.

    element : elements x (low, middle, high), USD per gram of contained element, as oxide
    missing : elements without any price, which count as worth nothing and are told
    """

    element: Array
    missing: tuple[str, ...]
    market: str


def element_worth(facts: Facts, contents: Contents, market: str = "") -> Worth:
    """(M26) USD per gram of element: the price of its oxide over the metal in it."""
    found = np.zeros((len(contents.elements), 3))
    missing = []
    for place, element in enumerate(contents.elements):
        price = price_of(facts, f"{element}_oxide", market)
        if price is None:
            missing.append(element)
            continue
        found[place] = np.array(price) / (contents.metal_share[element] * GRAMS_IN_TONNE)
    return Worth(found, tuple(missing), market or MARKETS[0])


def price_of(facts: Facts, material: str, market: str = "") -> tuple[float, float, float] | None:
    """Low, middle and high price (USD/t) of the last year known, in the first market that has one."""
    rows = [row for row in facts.rows("prices") if row.material == material and row.kind == "annual_average"]
    markets: Sequence[str] = (market, *MARKETS) if market else MARKETS
    for name in markets:
        own = [row for row in rows if row.market == name]
        if own:
            best = max(own, key=lambda row: row.period)
            found = [0.0, 0.0, 0.0]
            found[LOW], found[MIDDLE], found[HIGH] = best.low, best.price, best.high
            return found[0], found[1], found[2]
    return None
