"""Packages held against each other: expected and tail loss, saving with its error, frontier, regret.

Losses of a package are a cube, cases x variants x draws (USD); the same draws serve every package.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from xenotime.choice.menu import Pick
from xenotime.market.network import Array

WORST = 0.1  # share of outcomes, by their odds, whose mean is the tail loss
ERRORS = 2.0  # standard errors a saving must exceed to be told from none
LEAST = 1e-4  # of the loss of doing nothing: less is within what months are settled to


@dataclass(frozen=True, slots=True)
class Saving:
    """Loss of doing nothing less that of a package: mean over draws (USD) and its standard error."""

    mean: float
    error: float
    least: float

    def is_sure(self) -> bool:
        """(M52) mean - 2 s / sqrt(n) > least: more than sampling and the settling of months could make."""
        return self.mean - ERRORS * self.error > self.least


def expected(losses: Array, odds: Array) -> float:
    """(M48) E = sum_c o_c mean over variants and draws of L (USD): every variant and draw alike."""
    return float(odds @ losses.mean(axis=(1, 2)))


def tail(losses: Array, odds: Array, worst: float = WORST) -> float:
    """(M49) mean of the worst `worst` of all outcomes by their odds (USD): conditional value at risk.

    min_z z + 1/a sum_i w_i max(0, L_i - z), whose best z is an outcome: the last one takes only a part.
    """
    weight = np.broadcast_to((odds / losses[0].size)[:, None, None], losses.shape).ravel()
    value = losses.ravel()
    order = np.argsort(-value, kind="stable")
    before = np.cumsum(weight[order]) - weight[order]
    counted = np.clip(worst - before, 0.0, weight[order])
    return float(counted @ value[order] / worst)


def by_draw(losses: Array, odds: Array) -> Array:
    """Loss of each draw, over cases by their odds and variants alike (USD)."""
    return np.asarray(np.tensordot(odds, losses.mean(axis=1), axes=1))


def saving(losses: Array, nothing: Array, odds: Array) -> Saving:
    """What a package saves, draw by draw against doing nothing with the same draws."""
    gained = by_draw(nothing - losses, odds)
    error = float(gained.std(ddof=1) / np.sqrt(len(gained))) if len(gained) > 1 else 0.0
    return Saving(float(gained.mean()), error, LEAST * abs(expected(nothing, odds)))


@dataclass(frozen=True, slots=True)
class Point:
    """A package that was run: expected loss and the outlay a budget must allow (USD)."""

    loss: float
    outlay: float


def frontier(points: Mapping[Pick, Point], budget: float, least: float) -> tuple[Pick, ...]:
    """Packages within the budget that no cheaper one matches, by outlay; each saves `least` on the last.

    Of two alike the one with fewer levers stands, so what does nothing is never bought.
    """
    affordable = [pick for pick, point in points.items() if point.outlay <= budget]
    order = sorted(affordable, key=lambda pick: (points[pick].outlay, points[pick].loss, len(pick), pick))
    kept: list[Pick] = []
    for pick in order:
        rivals = [one for one in kept if points[one].loss <= points[pick].loss + least]
        if not rivals:
            kept.append(pick)
    return tuple(kept)


def best_within(points: Mapping[Pick, Point], budget: float, least: float) -> Pick:
    """The package on the frontier with the least expected loss; doing nothing is always on it."""
    return frontier(points, budget, least)[-1]


def regrets(losses: Mapping[Pick, Array]) -> dict[Pick, Array]:
    """(M53) R_p(c, v) = L_p(c, v) - min_q L_q(c, v): what it costs not to have known (USD)."""
    means = {pick: cube.mean(axis=2) for pick, cube in losses.items()}
    best = np.min(np.stack(list(means.values())), axis=0)
    return {pick: mean - best for pick, mean in means.items()}


def minimax(regret: Mapping[Pick, Array], among: Sequence[Pick]) -> Pick:
    """The package whose largest regret is least; of those alike the one that stands first."""
    return min(among, key=lambda pick: float(regret[pick].max()))
