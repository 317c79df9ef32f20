"""The stand-in for runs: exact on straight lines, and honest about what it does not know."""

from __future__ import annotations

import numpy as np
import pytest

from xenotime.ensembles.draws import normal_scores
from xenotime.ensembles.emulator import fit_emulator

POINTS = np.array([normal_scores(3, k, 2) for k in range(24)])


def test_a_plane_is_learnt() -> None:
    outputs = (2.0 + 0.7 * POINTS[:, :1] - 0.2 * POINTS[:, 1:]) @ np.ones((1, 1))
    stand_in = fit_emulator(POINTS, outputs)
    assert stand_in.mean(np.array([[1.0, 1.0]]))[0, 0] == pytest.approx(2.5, abs=0.02)
    assert stand_in.noise[0] < 1e-3


def test_a_bend_is_learnt_better_than_by_a_plane() -> None:
    bent = np.abs(POINTS[:, :1]) ** 1.5
    plane, *_ = np.linalg.lstsq(np.column_stack([np.ones(24), POINTS]), bent[:, 0], rcond=None)
    left = bent[:, 0] - np.column_stack([np.ones(24), POINTS]) @ plane
    assert fit_emulator(POINTS, bent).noise[0] < 0.5 * np.mean(left**2)


def test_noise_is_owned_up_to() -> None:
    rough = np.random.default_rng(0).normal(size=(24, 1))
    assert fit_emulator(POINTS, rough).noise[0] > 0.5
