"""Next month's shipments from the belief: a mixture over regimes of what has been seen in each."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from xenotime.talks.belief.frozen import Parameters
from xenotime.talks.belief.practice import LEAST_SHARE, PRACTICE, regime_of_share

POINTS = 9  # quantiles that stand for a lognormal month


@dataclass(frozen=True, slots=True)
class Forecast:
    """Shares of normal flow held possible, with weights that sum to one."""

    shares: tuple[float, ...]
    weights: tuple[float, ...]

    @property
    def mean(self) -> float:
        return float(np.dot(self.shares, self.weights))

    def quantile(self, level: float) -> float:
        """Smallest share with at least `level` of the weight at or below it."""
        order = np.argsort(self.shares)
        reached = np.cumsum(np.array(self.weights)[order])
        return float(np.array(self.shares)[order][int(np.searchsorted(reached, level - 1e-12))])


def forecast_shares(chances: Mapping[str, float], last: float | None, parameters: Parameters) -> Forecast:
    """Mixture over regimes: where a regime goes on, the last month known with the scatter of a month at rest;
    else the shares seen under it before 2025, and for an open flow the normal one with that scatter.
    """
    numbers = parameters.numbers
    going_on = regime_of_share(last, numbers) if last is not None else ""
    shares: list[float] = []
    weights: list[float] = []
    for regime in PRACTICE:
        chance = chances.get(regime, 0.0) + (chances.get("suspended", 0.0) if regime == "open" else 0.0)
        if last is not None and regime == going_on:
            members = _scattered(last, numbers.share_noise)
        elif regime == "open":
            members = _scattered(1.0, numbers.share_noise)
        else:
            members = list(parameters.seen[regime])
        shares += members
        weights += [chance / len(members)] * len(members)
    return Forecast(tuple(shares), tuple(weights))


def _scattered(centre: float, noise: float) -> list[float]:
    levels = (np.arange(POINTS) + 0.5) / POINTS
    return [max(centre, LEAST_SHARE) * math.exp(noise * float(norm.ppf(level))) for level in levels]


def crps(forecast: Forecast, observed: float) -> float:
    """Continuous ranked probability score of a weighted ensemble: E|X - y| - E|X - X'| / 2."""
    x, w = np.array(forecast.shares), np.array(forecast.weights)
    return float(w @ np.abs(x - observed) - 0.5 * w @ np.abs(x[:, None] - x[None, :]) @ w)


def point(share: float) -> Forecast:
    """A forecast that knows no doubt; its score is the absolute error."""
    return Forecast((share,), (1.0,))


def log_score(chances: Mapping[str, float], came: Sequence[str], least: float) -> float:
    """Minus the logarithm of the chance given to what came; `least` keeps a chance of nothing finite."""
    return -math.log(max(sum(chances.get(name, 0.0) for name in came), least))


def brier(chances: Mapping[str, float], classes: Sequence[Sequence[str]], came: Sequence[str]) -> float:
    """Sum over classes of the squared error of their chances; 0 perfect, 2 worst."""
    return sum(
        (sum(chances.get(name, 0.0) for name in names) - float(names == came)) ** 2 for names in classes
    )
