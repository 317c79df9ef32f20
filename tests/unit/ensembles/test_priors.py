"""Priors come from before the episodes they are scored on."""

from __future__ import annotations

from dataclasses import fields

import pytest

from xenotime.dynamics.behaviour import Behaviour, load_behaviour
from xenotime.ensembles.draws import MODEL_ERROR, SHARED_ERROR, fitted_names, read_priors
from xenotime.ensembles.episodes import load_episodes
from xenotime.ensembles.periods import months_of
from xenotime.facts.load import load_facts

PRIORS = load_facts().rows("priors")


@pytest.mark.parametrize("row", PRIORS, ids=lambda row: row.name)
def test_a_prior_cites_no_episode_it_is_scored_on_and_nothing_after_2015(row: object) -> None:
    about, known = months_of(row.refers_to), row.knowable_from  # type: ignore[attr-defined]
    assert about[1] <= "2015-12"
    assert known <= "2015-12"
    for episode in load_episodes():
        if episode.sample != "forecast":
            assert about[1] < episode.start, f"refers to the months of {episode.episode}"


@pytest.mark.parametrize("row", PRIORS, ids=lambda row: row.name)
def test_the_source_of_a_prior_is_no_later_than_2015(row: object) -> None:
    source = row.source  # type: ignore[attr-defined]
    if source != "assumed":
        assert load_facts().sources()[source].date[:4] <= "2015"


def test_every_prior_says_why_and_holds_its_middle() -> None:
    for row in PRIORS:
        assert row.low < row.value < row.high
        assert row.note


def test_six_numbers_are_fitted_at_most() -> None:
    names = fitted_names(read_priors(load_facts()))
    assert 4 <= len(names) <= 6
    assert set(names) < {item.name for item in fields(Behaviour)}
    assert {MODEL_ERROR, SHARED_ERROR} <= {row.name for row in PRIORS}


def test_the_shipped_behaviour_stands_at_the_middle_of_the_priors() -> None:
    shipped, priors = load_behaviour(), read_priors(load_facts())
    for name in fitted_names(priors):
        assert getattr(shipped, name) == priors[name].middle


def test_a_lognormal_prior_by_hand() -> None:
    prior = read_priors(load_facts())["elasticity_scale"]
    # the ends 0.3 and 3 are tenfold apart and 3.290 standard deviations: one is ln 10 / 3.290
    assert prior.at(0.0) == 1.0
    assert prior.at(1.0) == pytest.approx(2.0136, rel=1e-3)
