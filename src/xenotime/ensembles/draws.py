"""Draws of behaviour: each a pure function of a seed and a number, the same for every case and episode."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from statistics import NormalDist
from typing import Any

import numpy as np

from xenotime.dynamics.behaviour import Behaviour
from xenotime.market.network import Array
from xenotime.policy.control_rows import Range
from xenotime.world.numbers import FactTables

MODEL_ERROR, SHARED_ERROR = "model_error", "model_error_shared"
_NORMAL = NormalDist()
TAIL = _NORMAL.inv_cdf(0.95)  # priors state the values one in twenty lies below and above
REACH = _NORMAL.inv_cdf(0.99)  # nobody draws further out than one in a hundred


@dataclass(frozen=True, slots=True)
class Prior:
    """A lognormal prior: `middle`, and `spread` as standard deviation of the logarithm."""

    name: str
    middle: float
    spread: float

    def at(self, z: float) -> float:
        """Value at a standard normal score."""
        return float(self.middle * np.exp(self.spread * z))


@dataclass(frozen=True, slots=True)
class Posterior:
    """What was learnt: a normal law of the scores z of `names`, z being (ln value - ln middle) / spread."""

    names: tuple[str, ...]
    mean: tuple[float, ...]
    covariance: tuple[tuple[float, ...], ...]


def read_priors(facts: FactTables) -> dict[str, Prior]:
    """All priors by name."""
    return {
        row.name: Prior(row.name, float(row.value), float(np.log(row.high / row.low)) / (2 * TAIL))
        for row in facts.rows("priors")
    }


def fitted_names(priors: Mapping[str, Prior]) -> tuple[str, ...]:
    """Names of behavioural numbers that are fitted, in the order of their table."""
    known = {item.name for item in fields(Behaviour)}
    return tuple(name for name in priors if name in known)


def unit_point(seed: int, number: int, dimensions: int) -> Array:
    """Point `number` of a shifted additive recurrence, even in (0, 1)^dimensions for any count of points.

    u = frac(shift + number / g^k), k = 1 .. dimensions, g the root of g^(dimensions + 1) = g + 1; the
    shift is drawn from the seed.
    """
    ratio = 2.0
    for _ in range(64):  # a contraction: 64 steps are past the last bit
        ratio = (1 + ratio) ** (1 / (dimensions + 1))
    shift = np.random.default_rng(seed).random(dimensions)
    point = (shift + number * ratio ** -np.arange(1.0, dimensions + 1)) % 1.0
    return np.asarray(np.clip(point, 1e-9, 1 - 1e-9))


def normal_scores(seed: int, number: int, dimensions: int) -> Array:
    """Standard normal scores of a point, none beyond one in a hundred."""
    return np.clip([_NORMAL.inv_cdf(float(u)) for u in unit_point(seed, number, dimensions)], -REACH, REACH)


def prior_draw(priors: Mapping[str, Prior], names: Sequence[str], seed: int, number: int) -> dict[str, float]:
    """Values of `names` drawn from their priors."""
    scores = normal_scores(seed, number, len(names))
    return {name: priors[name].at(float(z)) for name, z in zip(names, scores, strict=True)}


def posterior_draw(
    posterior: Posterior, priors: Mapping[str, Prior], seed: int, number: int
) -> dict[str, float]:
    """Values drawn from what was learnt."""
    root = np.linalg.cholesky(np.array(posterior.covariance) + 1e-12 * np.eye(len(posterior.names)))
    scores = np.array(posterior.mean) + root @ normal_scores(seed, number, len(posterior.names))
    reached = np.clip(scores, -REACH, REACH)
    return {name: priors[name].at(float(z)) for name, z in zip(posterior.names, reached, strict=True)}


def scores_of(values: Mapping[str, float], priors: Mapping[str, Prior], names: Sequence[str]) -> Array:
    """Scores z of drawn values: (ln value - ln middle) / spread."""
    return np.array([np.log(values[name] / priors[name].middle) / priors[name].spread for name in names])


def control_draw(ranges: Sequence[Range], seed: int, number: int) -> dict[str, float]:
    """Numbers of controls drawn from their ranges, by ``control.name``.

    Half of the draws lie on each side of the value, one in twenty at either end.  The same number of two
    controls is drawn at the same place of its range: one office decides both.
    """
    names = sorted({item.name for item in ranges})
    point = dict(zip(names, unit_point(seed, number, len(names)), strict=True)) if names else {}
    return {
        f"{item.control}.{item.name}": float(
            np.interp(point[item.name], (0.05, 0.5, 0.95), (item.low, item.value or 0.0, item.high))
        )
        for item in ranges
    }


def with_values(behaviour: Behaviour, values: Mapping[str, float]) -> Behaviour:
    """`behaviour` with some of its numbers replaced."""
    changed: dict[str, Any] = dict(values)
    return replace(behaviour, **changed)
