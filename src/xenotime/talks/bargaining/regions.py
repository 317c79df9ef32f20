"""Where in political weights an equilibrium is one: exact, as payoffs are linear in each player's weight."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from xenotime.market.network import Array

ENDLESS = float("inf")
ROOT = 1e-7  # imaginary part, in units of the range looked at, below which a root is a real one
SLACK = 1e-9  # relative: a tie that rounding has broken is still a tie


@dataclass(frozen=True, slots=True)
class Interval:
    """A range of one player's weight; ends may be infinite."""

    low: float
    high: float

    def holds(self, weight: float) -> bool:
        """Whether a weight lies in it."""
        room = SLACK * max(1.0, abs(weight))
        return self.low - room <= weight <= self.high + room

    def meets(self, other: Interval) -> Interval | None:
        """What both have in common; None where that is nothing."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return Interval(low, high) if low <= high else None


EVERY = Interval(-ENDLESS, ENDLESS)


def where_no_less(own: tuple[float, float], others: Iterable[tuple[float, float]]) -> Interval | None:
    """Weights w at which e + w v of one outcome is no less than that of every other; None where nowhere.

    own, others : (e, v) pairs.  Each comparison  (e - e') + w (v - v') >= 0  cuts a half-line.
    """
    found: Interval | None = EVERY
    for other in others:
        gain, wins = own[0] - other[0], own[1] - other[1]
        size = max(abs(own[0]), abs(other[0]), 1.0)
        if abs(wins) <= SLACK:
            half = EVERY if gain >= -SLACK * size else None
        elif wins > 0:
            half = Interval(-gain / wins, ENDLESS)
        else:
            half = Interval(-ENDLESS, -gain / wins)
        if found is None or half is None:
            return None
        found = found.meets(half)
    return found


def where_signs_hold(
    conditions: Callable[[float], Array], degree: int, reach: Interval
) -> tuple[Interval, ...]:
    """Ranges of a weight within `reach` in which every condition is at least zero.

    conditions : continuous but for poles, each a ratio of polynomials of at most `degree` in the weight with
        one common denominator, which is its last entry;  reach : finite
    Signs can change at roots of numerators and of the denominator only, which are found from as many
    samples as the polynomials have coefficients; between roots one point decides.
    """
    centre, half = (reach.low + reach.high) / 2, max((reach.high - reach.low) / 2, 1e-12)
    points = np.cos(np.pi * (np.arange(degree + 1) + 0.5) / (degree + 1))
    samples = np.stack([conditions(centre + half * float(at)) for at in points])
    roots: list[float] = []
    for column in samples.T:
        top = float(np.max(np.abs(column)))
        if top == 0.0:
            continue
        fitted = np.polynomial.Chebyshev.fit(points, column / top, degree, domain=[-1, 1])
        every = np.asarray(fitted.roots()).astype(complex)
        real = every.real[np.abs(every.imag) < ROOT]
        roots += [float(root) for root in real if abs(float(root)) < 1]
    ends = [-1.0, *sorted(roots), 1.0]
    found: list[Interval] = []
    for low, high in pairwise(ends):
        middle = (low + high) / 2
        values = conditions(centre + half * middle)
        if values[-1] != 0 and np.all(values[:-1] / values[-1] >= -SLACK):
            part = Interval(centre + half * low, centre + half * high)
            if found and abs(found[-1].high - part.low) <= 1e-9 * max(half, 1.0):
                found[-1] = Interval(found[-1].low, part.high)
            else:
                found.append(part)
    return tuple(found)
