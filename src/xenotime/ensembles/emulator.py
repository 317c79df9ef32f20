"""A cheap stand-in for runs that take minutes: a Gaussian process over behavioural scores, per target."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from xenotime.market.network import Array

LENGTHS = (1.0, 2.0, 4.0)  # of scores; priors are about four scores wide
NUGGETS = (1e-4, 1e-2, 1e-1)  # variance of a run's own roughness, of the variance of the outputs
LINEAR = 4.0  # prior variance of constant and slopes, of the variance of the outputs


@dataclass(frozen=True, slots=True)
class Emulator:
    """Fitted to runs at `points` (runs x scores): predicts outputs at any scores.

    noise : variance by leaving each run out in turn, per output; what the stand-in does not know
    """

    points: Array
    centre: Array
    weights: Array
    length: float
    noise: Array

    def mean(self, scores: Array) -> Array:
        """Outputs at `scores` (places x scores): places x outputs."""
        return np.asarray(self.centre + _kernel(scores, self.points, self.length) @ self.weights)


def fit_emulator(points: Array, outputs: Array) -> Emulator:
    """Choose length and roughness by the error of leaving each run out, summed over outputs.

    points : runs x scores;  outputs : runs x outputs
    """
    centre = outputs.mean(axis=0)
    spread = np.maximum(outputs.std(axis=0), 1e-9)
    scaled = (outputs - centre) / spread
    tried = [
        (*_leave_one_out(points, scaled, length, nugget), length)
        for length, nugget in product(LENGTHS, NUGGETS)
    ]
    weights, errors, length = min(tried, key=lambda item: float((item[1] ** 2).mean()))
    return Emulator(points, centre, weights * spread, length, (errors**2).mean(axis=0) * spread**2)


def _leave_one_out(points: Array, scaled: Array, length: float, nugget: float) -> tuple[Array, Array]:
    """Weights K^-1 y, and errors of each run predicted from the others: (K^-1 y)_i / (K^-1)_ii."""
    inverse = np.linalg.inv(_kernel(points, points, length) + nugget * np.eye(len(points)))
    weights = inverse @ scaled
    return weights, weights / np.diag(inverse)[:, None]


def _kernel(one: Array, other: Array, length: float) -> Array:
    """Straight lines plus smooth bends: linear (1 + x.x') + exp(-|x - x'|^2 / 2 length^2)."""
    squares = ((one[:, None, :] - other[None, :, :]) ** 2).sum(axis=2)
    return np.asarray(LINEAR * (1 + one @ other.T) + np.exp(-squares / (2 * length**2)))
