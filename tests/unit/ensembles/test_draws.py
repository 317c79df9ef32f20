"""Draws are pure functions of seed and number, and even."""

from __future__ import annotations

import numpy as np
import pytest

from xenotime.dynamics.behaviour import load_behaviour
from xenotime.ensembles.draws import (
    REACH,
    Posterior,
    Prior,
    fitted_names,
    posterior_draw,
    prior_draw,
    scores_of,
    unit_point,
    with_values,
)

PRIORS = {
    "elasticity_scale": Prior("elasticity_scale", 1.0, 0.5),
    "cover_scale": Prior("cover_scale", 2.0, 0.1),
}
NAMES = tuple(PRIORS)


def test_a_draw_depends_on_nothing_but_seed_and_number() -> None:
    first = prior_draw(PRIORS, NAMES, 7, 3)
    for number in range(10):
        prior_draw(PRIORS, NAMES, 7, number)
    assert prior_draw(PRIORS, NAMES, 7, 3) == first
    assert prior_draw(PRIORS, NAMES, 8, 3) != first
    assert prior_draw(PRIORS, NAMES, 7, 4) != first


def test_points_fill_the_square_more_evenly_than_chance() -> None:
    points = np.array([unit_point(1, k, 2) for k in range(64)])
    cells = np.unique((points * 8).astype(int) @ [8, 1])
    assert len(cells) >= 50  # 64 random points hit 41 of 64 cells on average


def test_scores_undo_a_draw() -> None:
    drawn = prior_draw(PRIORS, NAMES, 7, 3)
    back = {name: PRIORS[name].at(z) for name, z in zip(NAMES, scores_of(drawn, PRIORS, NAMES), strict=True)}
    assert back == pytest.approx(drawn)


def test_a_sharp_posterior_draws_its_mean() -> None:
    sharp = Posterior(NAMES, (1.0, -2.0), ((0.0, 0.0), (0.0, 0.0)))
    drawn = posterior_draw(sharp, PRIORS, 7, 3)
    assert drawn["elasticity_scale"] == pytest.approx(np.exp(0.5), rel=1e-4)
    assert drawn["cover_scale"] == pytest.approx(2 * np.exp(-0.2), rel=1e-4)


def test_nobody_draws_beyond_one_in_a_hundred() -> None:
    wide = Posterior(NAMES, (5.0, 0.0), ((1.0, 0.0), (0.0, 1.0)))
    assert posterior_draw(wide, PRIORS, 1, 1)["elasticity_scale"] == pytest.approx(np.exp(0.5 * REACH))


def test_only_numbers_of_behaviour_are_fitted() -> None:
    assert fitted_names({**PRIORS, "model_error": Prior("model_error", 0.5, 0.4)}) == NAMES
    assert with_values(load_behaviour(), {"cover_scale": 2.0}).cover_scale == 2.0
