"""What observations say of behaviour: weighted samples, on the stand-in for runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from xenotime.ensembles.draws import MODEL_ERROR, REACH, SHARED_ERROR, Posterior, Prior, normal_scores
from xenotime.ensembles.emulator import Emulator
from xenotime.ensembles.evidence import Evidence
from xenotime.errors import NoAnswer
from xenotime.market.network import Array, Index

SAMPLES = 4096  # cheap: the stand-in takes microseconds
QUANTILES = (0.1, 0.5, 0.9)
ROUNDS = 40
ENOUGH = 0.1  # of the sample must carry weight
WIDER = 1.2  # than the last round's sample, for the tails to be seen
HALVINGS = 30
TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Learnt:
    """A weighted sample of the posterior.

    scores : samples x numbers (standard normal under the prior);  error : model error of each sample
    weights : sum to one;  said : ln of targets by the stand-in, samples x targets;  blur : its variance
    """

    names: tuple[str, ...]
    scores: Array
    error: Array
    weights: Array
    said: Array
    blur: Array

    @property
    def effective(self) -> float:
        """Samples that carry weight: 1 / sum w^2."""
        return float(1 / np.sum(self.weights**2))

    def normal(self) -> Posterior:
        """The normal law with the sample's mean and covariance."""
        mean = self.weights @ self.scores
        apart = self.scores - mean
        covariance = (apart * self.weights[:, None]).T @ apart
        rows = tuple(tuple(float(v) for v in row) for row in covariance)
        return Posterior(self.names, tuple(float(v) for v in mean), rows)

    def quantiles(self, priors: Mapping[str, Prior]) -> dict[str, list[float]]:
        """Tenth, half and ninetieth hundredth of each number, and of the model's error."""
        columns = {name: priors[name].at for name in self.names}
        found = {
            name: [at(float(z)) for z in weighted_quantiles(self.scores[:, k], self.weights)]
            for k, (name, at) in enumerate(columns.items())
        }
        found[MODEL_ERROR] = [float(v) for v in weighted_quantiles(self.error, self.weights)]
        return found


def weighted_quantiles(values: Array, weights: Array) -> list[float]:
    """The values below which the weights of QUANTILES lie."""
    order = np.argsort(values)
    below = np.cumsum(weights[order])
    at = np.minimum(np.searchsorted(below, QUANTILES), len(values) - 1)
    return [float(v) for v in values[order][at]]


def learn(
    names: Sequence[str],
    priors: Mapping[str, Prior],
    emulator: Emulator,
    evidence: Evidence,
    columns: Sequence[int],
    seed: int,
    samples: int = SAMPLES,
) -> Learnt:
    """Weigh a sample by prior and likelihood of `evidence`, drawn nearer and nearer to where both are high.

    The likelihood comes in by powers that rise to one, each round's sample drawn from the moments of the
    last (annealed importance sampling, Neal 2001; the power by effective sample size, Del Moral 2006).

    columns : which outputs of the emulator the evidence is about
    Raises NoAnswer when the sample does not reach the whole likelihood within ROUNDS.
    """
    drawn = np.array([normal_scores(seed, i, len(names) + 1) for i in range(samples)])
    at, blur = np.asarray(columns, dtype=np.int64), emulator.noise
    mean: Array = np.zeros(drawn.shape[1])
    root: Array = np.eye(drawn.shape[1])
    for _ in range(ROUNDS):
        sample = mean + drawn @ root.T
        said, error = emulator.mean(sample[:, :-1]), _error(priors, sample[:, -1])
        likelihood = log_likelihood(
            evidence.seen - said[:, at],
            evidence.spread**2 + blur[at],
            error,
            priors[SHARED_ERROR].middle,
            evidence.group,
        )
        prior = np.where((np.abs(sample) > REACH).any(axis=1), -np.inf, -0.5 * (sample**2).sum(axis=1))
        weights, whole = _tempered(prior + 0.5 * (drawn**2).sum(axis=1), likelihood)
        if whole:
            break
        mean = weights @ sample
        apart = sample - mean
        covariance = (apart * weights[:, None]).T @ apart + TINY * np.eye(len(mean))
        root = np.asarray(WIDER * np.linalg.cholesky(covariance))
    else:
        raise NoAnswer(
            "the fit",
            f"a sample that holds too little of the posterior after {ROUNDS} rounds",
            f"{ENOUGH:.0%} of {samples} samples that carry weight",
            "widen the priors of the numbers that lie at their ends, or give more points",
        )
    return Learnt(tuple(names), sample[:, :-1], error, weights, said, blur)


def _error(priors: Mapping[str, Prior], scores: Array) -> Array:
    return np.asarray(priors[MODEL_ERROR].middle * np.exp(priors[MODEL_ERROR].spread * scores))


def _tempered(known: Array, likelihood: Array) -> tuple[Array, bool]:
    """Weights exp(known + power * likelihood) with the highest power that leaves ENOUGH of the sample.

    Returns them and whether the power is one.
    """

    def at(power: float) -> Array:
        total = known + power * likelihood
        weights = np.exp(total - total.max())
        return np.asarray(weights / weights.sum())

    def enough(power: float) -> bool:
        return bool(1 / np.sum(at(power) ** 2) >= ENOUGH * len(known))

    if enough(1.0):
        return at(1.0), True
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if enough(middle) else (low, middle)
    return at(low), False


def log_likelihood(apart: Array, variance: Array, error: Array, shared: float, group: Index) -> Array:
    """ln of the Gaussian density of errors `apart` (samples x targets), per sample, up to a constant.

    Covariance within a group: diag(variance + error^2 (1 - shared)) + error^2 shared 1 1'; else none.
    """
    total = np.zeros(len(apart))
    for number in np.unique(group):
        member = group == number
        own = variance[member] + (error**2 * (1 - shared))[:, None]
        common = error**2 * shared
        part = apart[:, member]
        weight = (1 / own).sum(axis=1)
        grown = 1 + common * weight
        squares = (part**2 / own).sum(axis=1) - common * (part / own).sum(axis=1) ** 2 / grown
        total -= 0.5 * (squares + np.log(own).sum(axis=1) + np.log(grown))
    return total


def predictive(learnt: Learnt, columns: Sequence[int], members: int) -> Array:
    """Members of ln targets as the fit foretells them, model error included: members x targets.

    Systematic resampling; errors are stratified normal scores, the same for all targets of a member.
    """
    below = np.cumsum(learnt.weights)
    which = np.searchsorted(below, (np.arange(members) + 0.5) / members)
    which = np.minimum(which, len(below) - 1)
    scores = np.array([normal_scores(members, i, 1)[0] for i in range(members)])
    at = np.asarray(columns, dtype=np.int64)
    spread = np.sqrt(learnt.error[which][:, None] ** 2 + learnt.blur[at][None, :])
    return np.asarray(learnt.said[which][:, at] + spread * scores[:, None])
