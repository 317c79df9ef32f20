"""A number that is not known: its range, grade and source, and the cells of the world it moves.

Law of a number stated as low, value, high: half of the draws lie on each side of the value, one in twenty
at either end, and between these points the logarithm is even where all three have one sign, else the number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from xenotime.market.network import Array

QUANTILES = (0.05, 0.5, 0.95)
POSITIONS = (-1.0, 0.0, 1.0)
FACTS = ("elasticity", "choke", "cover", "capacity", "growth", "project", "row")
KINDS = (*FACTS, "control", "regime", "behaviour", "structure")


@dataclass(frozen=True, slots=True)
class Act:
    """One cell of the world a number moves: `share` of its relative change is that of the number."""

    table: str
    row: int
    column: str
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Uncertain:
    """One uncertain number.

    name : unique, such as ``choke/ev_traction/magnet``; it alone names the stream of draws
    kind : one of KINDS
    low, value, high : range and middle; of a choice the places of its first, first and last option
    row : where the number is stated, table and key, for people
    acts : cells of the world that move with it; empty where it acts elsewhere (see `kind`)
    least : no draw lies below this: it is known to be so
    options : names of the options of a choice;  chances : of each; blank where they are the same
    """

    name: str
    kind: str
    low: float
    value: float
    high: float
    grade: str = "D"
    source: str = ""
    refers_to: str = ""
    row: str = ""
    acts: tuple[Act, ...] = ()
    least: float = -np.inf
    options: tuple[str, ...] = ()
    chances: tuple[float, ...] = ()
    unit: str = ""

    def at(self, u: float) -> float:
        """The number at quantile `u` of its law; of a choice the place of an option."""
        if self.options:
            return float(self.places_at(np.array([u]))[0])
        ends = (self.low, self.value, self.high)
        if min(ends) > 0 or max(ends) < 0:
            sign = 1.0 if self.value > 0 else -1.0
            drawn = sign * float(np.exp(np.interp(u, QUANTILES, np.log(np.abs(ends)))))
        else:
            drawn = float(np.interp(u, QUANTILES, ends))
        return max(drawn, self.least)

    def position(self, u: float) -> float:
        """Where in its range a draw lies: -1 low, 0 value, 1 high; options are spaced evenly."""
        if self.options:
            return 2 * self.at(u) / (len(self.options) - 1) - 1
        return float(np.interp(u, QUANTILES, POSITIONS))

    def places_at(self, quantiles: Array) -> Array:
        """Places of options at many quantiles."""
        count = len(self.options)
        ends = np.cumsum(self.chances) if self.chances else np.arange(1, count + 1) / count
        return np.minimum(np.searchsorted(ends, quantiles, side="right"), count - 1).astype(float)

    def text(self, drawn: float) -> str:
        """A drawn number for people."""
        return self.options[int(drawn)] if self.options else f"{drawn:.4g}"


def is_open(low: float | None, value: float | None, high: float | None) -> bool:
    """Whether a range leaves anything to draw."""
    return low is not None and value is not None and high is not None and low < high and low <= value <= high


def by_name(numbers: Sequence[Uncertain]) -> dict[str, Uncertain]:
    """Numbers by name."""
    return {item.name: item for item in numbers}
