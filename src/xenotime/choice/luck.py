"""What is left to chance in a project's life: its slip, its ramp-up, how long a scarcity lasts, floods.

The same draws serve every variant of the project, so variants differ by what was changed alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xenotime.choice.project import Project
from xenotime.dynamics.project_times import Span
from xenotime.market.network import Array

SPELLS = 400  # more times of a spell than the longest life has


@dataclass(frozen=True, slots=True)
class Luck:
    """Quantiles, one row per draw.

    slip, ramp, lasts : draws;  flood : draws x spells
    """

    slip: Array
    ramp: Array
    lasts: Array
    flood: Array

    @property
    def draws(self) -> int:
        """How many."""
        return len(self.slip)


def make_luck(draws: int, seed: int) -> Luck:
    """Draws of one seed; more draws begin as fewer do."""
    table = np.stack([np.random.default_rng((seed, draw)).random(SPELLS + 3) for draw in range(draws)])
    return Luck(table[:, 0], table[:, 1], table[:, 2], table[:, 3:])


def no_luck() -> Luck:
    """One draw: every span at its middle, a scarcity that lasts, no flood."""
    return Luck(np.full(1, 0.5), np.full(1, 0.5), np.zeros(1), np.ones((1, SPELLS)))


def quantiles(span: Span, u: Array) -> Array:
    """Months of a span at each quantile."""
    return np.array([span.quantile(float(value)) for value in u])


def slips(project: Project, luck: Luck) -> Array:
    """Whole months by which the start comes late, per draw."""
    return np.round(quantiles(project.slip, luck.slip))
