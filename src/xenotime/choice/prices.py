"""Prices over a project's whole life: months of a run, then the rule by which lenders look further."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from xenotime.choice.luck import SPELLS, Luck
from xenotime.dynamics.project_times import ProjectNumbers
from xenotime.market.network import Array
from xenotime.months import month_number, month_text

Place = tuple[str, str]
TAIL = 12  # months of a run whose mean is what prices start from after it


@dataclass(frozen=True, slots=True)
class RunPrices:
    """Prices of one run and of the same run without the case's controls.

    start : its first month;  case, calm : by (material, region), prices by month (USD/unit)
    level : multiple of prices at which the cheapest unbuilt capacity of the kind would just pay, one at most
    """

    start: str
    case: Mapping[Place, Array]
    calm: Mapping[Place, Array]
    level: float = 1.0


@dataclass(frozen=True, slots=True)
class Paths:
    """Prices of every month looked at.

    first : month of the first column;  price : by (material, region), draws x months (USD/unit)
    """

    first: str
    months: int
    price: Mapping[Place, Array]

    def position(self, month: str) -> int:
        """Column of a month, which may lie outside."""
        return month_number(month) - month_number(self.first)

    def month(self, position: int) -> str:
        """Month of a column."""
        return month_text(month_number(self.first) + position)


def long_run_price(now: Array, goal: Array, since: Array, half_life: float) -> Array:
    """(M31) price `since` months after a run: p = G + (P - G) 2^(-t/h), halves of the gap to the goal G.

    G is the level at which the cheapest unbuilt capacity would pay, times the price at the end of the run
    where its scarcity lasts, of the run without controls where it does not.
    """
    return np.asarray(goal + (now - goal) * 2.0 ** (-np.maximum(since, 0.0) / half_life))


def is_flooded(luck: Luck, months: Array, numbers: ProjectNumbers, spell: float) -> Array:
    """(M31) months after a run, draws x months, in which the controller sells below cost.

    Each spell of the same length is one with the chance that is the share of months.
    """
    place = np.clip(months // spell, 0, SPELLS - 1).astype(np.int64)
    return np.asarray((luck.flood[:, place] < numbers.flood_risk) & (months >= 0)[None, :])


def make_paths(
    runs: Sequence[RunPrices],
    places: Sequence[Place],
    first: str,
    months: int,
    luck: Luck,
    numbers: ProjectNumbers,
    spell: float,
) -> Paths:
    """Prices of `places` from `first` on; draw i takes run i modulo their number.

    Before its first month a run's prices are those of that month.
    """
    price = {place: np.zeros((luck.draws, months)) for place in places}
    lasts = luck.lasts < numbers.control_lasts
    for draw in range(luck.draws):
        run = runs[draw % len(runs)]
        offset = month_number(first) - month_number(run.start)
        at = np.arange(months, dtype=float) + offset
        for place in places:
            price[place][draw] = _path(
                run.case[place], run.calm[place], run.level, bool(lasts[draw]), at, numbers
            )
    count = len(next(iter(runs[0].case.values()))) if places else 0
    after = np.arange(months) + month_number(first) - month_number(runs[0].start) - count if runs else None
    if after is not None and places:
        flooded = is_flooded(luck, np.asarray(after, dtype=float), numbers, spell)
        for place in places:
            calm = np.array(
                [_end(runs[draw % len(runs)].calm[place]) for draw in range(luck.draws)], dtype=float
            )
            low = numbers.flood_depth * calm[:, None]
            price[place] = np.where(flooded, np.minimum(price[place], low), price[place])
    return Paths(first, months, price)


def _end(series: Array) -> float:
    return float(np.mean(series[-TAIL:]))


def _path(case: Array, calm: Array, level: float, lasts: bool, at: Array, numbers: ProjectNumbers) -> Array:
    count = len(case)
    now = _end(case)
    goal = level * (now if lasts else _end(calm))
    later = long_run_price(np.array(now), np.array(goal), at - (count - 1), numbers.price_half_life)
    return np.where(at < count, case[np.clip(at, 0, count - 1).astype(np.int64)], later)


def constant_paths(prices: Mapping[Place, float], first: str, months: int, draws: int = 1) -> Paths:
    """Prices that never move."""
    return Paths(first, months, {place: np.full((draws, months), value) for place, value in prices.items()})
