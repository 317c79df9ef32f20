"""What observations say of behaviour: importance weights over the prior, on the stand-in for runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from xenotime.ensembles.draws import MODEL_ERROR, SHARED_ERROR, Posterior, Prior, normal_scores
from xenotime.ensembles.emulator import Emulator
from xenotime.ensembles.evidence import Evidence
from xenotime.market.network import Array, Index

SAMPLES = 4096  # cheap: the stand-in takes microseconds
QUANTILES = (0.1, 0.5, 0.9)


@dataclass(frozen=True, slots=True)
class Learnt:
    """A weighted sample of the prior.

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
    """Weigh samples of the prior by the likelihood of `evidence`.

    columns : which outputs of the emulator the evidence is about
    """
    drawn = np.array([normal_scores(seed, i, len(names) + 1) for i in range(samples)])
    scores, error = (
        drawn[:, :-1],
        priors[MODEL_ERROR].middle * np.exp(priors[MODEL_ERROR].spread * drawn[:, -1]),
    )
    said, blur = emulator.mean(scores), emulator.noise
    at = np.asarray(columns, dtype=np.int64)
    likelihood = log_likelihood(
        evidence.seen - said[:, at],
        evidence.spread**2 + blur[at],
        error,
        priors[SHARED_ERROR].middle,
        evidence.group,
    )
    weights = np.exp(likelihood - likelihood.max())
    return Learnt(tuple(names), scores, error, weights / weights.sum(), said, blur)


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
