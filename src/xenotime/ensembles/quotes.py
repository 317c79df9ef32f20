"""Observed quotes to one footing: dollars a tonne without value-added tax, and gaps between two markets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xenotime.ensembles.periods import days_apart, length_of, middle_day
from xenotime.errors import NoAnswer
from xenotime.world.numbers import FactTables

NEAR_DAYS = 60  # two markets are compared only where both have a quote within this many days
LONGEST_QUOTE = 1  # months; averages of longer periods are no quotes
OUTSIDE = ("fob_china", "world")  # bases that export tax and licence premium are in; no tax of the buyer's
INSIDE = "inside_china"

Rates = Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Quote:
    """One observed figure: value and range, in the unit of its target."""

    value: float
    low: float
    high: float


def read_rates(facts: FactTables) -> Rates:
    """Yuan for a dollar by year."""
    return {int(row.year): float(row.value) for row in facts.rows("exchange_rates") if row.currency == "CNY"}


def in_dollars(row: Any, rates: Rates) -> Quote:
    """Price of a row in USD/t without value-added tax: value / (1 + vat) / (CNY for a USD).

    Raises NoAnswer where the year has no exchange rate.
    """
    factor = 1 / (1 + row.vat)
    if row.unit == "CNY/t":
        year = int(row.period[:4])
        if year not in rates:
            raise NoAnswer("exchange_rates.csv", f"no rate of {year}", "one", "add the mean of the year")
        factor /= rates[year]
    return Quote(row.value * factor, row.low * factor, row.high * factor)


def ratio(over: Quote, under: Quote) -> Quote:
    """One quote over another; the range is that of the ratio with both at their ends."""
    return Quote(over.value / under.value, over.low / under.high, over.high / under.low)


def near_pairs(
    rows: Sequence[Any], outside: Sequence[str] = OUTSIDE, inside: str = INSIDE
) -> tuple[tuple[Any, Any], ...]:
    """(outside, inside) quotes of one good at most 60 days apart, each inside quote with its nearest.

    Goods are the same material, so the same form; only materials, markets and dates are looked at.
    """
    quotes = [row for row in rows if length_of(row.period) <= LONGEST_QUOTE and row.kind != "year_end"]
    found = []
    for inner in (row for row in quotes if row.market == inside):
        outer = [row for row in quotes if row.market in outside and row.material == inner.material]
        apart = sorted(((_apart(row, inner), place) for place, row in enumerate(outer)), key=lambda p: p)
        if apart and apart[0][0] <= NEAR_DAYS:
            found.append((outer[apart[0][1]], inner))
    return tuple(found)


def _apart(one: Any, other: Any) -> int:
    return days_apart(middle_day(one.period, one.day), middle_day(other.period, other.day))
