"""The likelihood against a dense Gaussian, and learning against a case with a known answer."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from xenotime.ensembles.draws import MODEL_ERROR, SHARED_ERROR, Prior, normal_scores
from xenotime.ensembles.emulator import fit_emulator
from xenotime.ensembles.evidence import Evidence
from xenotime.ensembles.posterior import learn, log_likelihood, predictive, weighted_quantiles

PRIORS = {
    "elasticity_scale": Prior("elasticity_scale", 1.0, 1.0),
    MODEL_ERROR: Prior(MODEL_ERROR, 0.1, 0.01),
    SHARED_ERROR: Prior(SHARED_ERROR, 0.5, 0.1),
}


def test_likelihood_equals_the_dense_one() -> None:
    apart = np.array([[0.3, -0.2, 0.5]])
    variance, error, shared = np.array([0.01, 0.04, 0.09]), np.array([0.4]), 0.3
    total = 0.16
    dense = np.diag(variance + total * (1 - shared))
    dense[:2, :2] += total * shared
    dense[2, 2] += total * shared
    expected = multivariate_normal(np.zeros(3), dense).logpdf(apart[0]) + 1.5 * np.log(2 * np.pi)
    found = log_likelihood(apart, variance, error, shared, np.array([0, 0, 1]))
    assert found[0] == pytest.approx(expected)


def _line(seen: float) -> tuple[Evidence, object]:
    """Runs whose one output is the score itself."""
    points = np.array([normal_scores(3, k, 1) for k in range(20)])
    evidence = Evidence((None,), np.array([seen]), np.array([0.05]), np.array([0]))  # type: ignore[arg-type]
    return evidence, fit_emulator(points, points.copy())


def test_a_sharp_observation_is_learnt() -> None:
    evidence, stand_in = _line(1.2)
    learnt = learn(("elasticity_scale",), PRIORS, stand_in, evidence, [0], 1)  # type: ignore[arg-type]
    # prior N(0, 1), likelihood N(1.2, 0.05^2 + 0.1^2): mean 1.2 / (1 + 0.0125)
    assert learnt.normal().mean[0] == pytest.approx(1.185, abs=0.02)
    assert np.sqrt(learnt.normal().covariance[0][0]) == pytest.approx(0.111, abs=0.02)
    assert learnt.quantiles(PRIORS)["elasticity_scale"][1] == pytest.approx(np.exp(1.185), rel=0.03)


def test_many_sharp_observations_leave_a_sample_to_speak_of() -> None:
    points = np.array([normal_scores(3, k, 3) for k in range(40)])
    seen = np.array([1.5, -1.0, 0.5])
    evidence = Evidence((None,) * 3, seen, np.full(3, 0.01), np.arange(3))  # type: ignore[arg-type]
    sharp = PRIORS | {MODEL_ERROR: Prior(MODEL_ERROR, 0.02, 0.01)}
    names = ("elasticity_scale", "choke_scale", "cover_scale")
    learnt = learn(names, sharp, fit_emulator(points, points.copy()), evidence, range(3), 1)
    assert learnt.effective > 0.09 * len(learnt.weights)  # of the prior not one in ten thousand lies there
    shrunk = seen / (1 + 0.01**2 + 0.02**2)
    assert np.allclose(learnt.normal().mean, shrunk, atol=0.005)


def test_foretold_members_hold_the_model_error() -> None:
    evidence, stand_in = _line(0.0)
    learnt = learn(("elasticity_scale",), PRIORS, stand_in, evidence, [0], 1)  # type: ignore[arg-type]
    members = predictive(learnt, [0], 200)
    assert members.shape == (200, 1)
    assert members.std() == pytest.approx(np.hypot(0.111, 0.1), rel=0.25)


def test_weighted_quantiles_by_hand() -> None:
    assert weighted_quantiles(np.array([3.0, 1.0, 2.0]), np.array([0.1, 0.1, 0.8])) == [1.0, 2.0, 2.0]
