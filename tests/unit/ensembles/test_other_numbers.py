"""Growth, projects, controls and behaviour as uncertain numbers."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from unit.dynamics.dynamic_worlds import START, floating
from xenotime.dynamics.trajectory import prepare
from xenotime.ensembles.draws import Posterior, Prior
from xenotime.ensembles.other_numbers import (
    behaviour_numbers,
    control_numbers,
    drawn_behaviour,
    drawn_controls,
    drawn_growth,
    growth_numbers,
    project_numbers,
    with_project_numbers,
)
from xenotime.policy.control_rows import Range
from xenotime.policy.package import NOTHING
from xenotime.world.growth import GrowthPath

ODDS = (
    Range("april", "approval_odds", 0.8, 0.4, 1.0),
    Range("october", "approval_odds", 0.6, 0.3, 0.9),
    Range("april", "order_ceiling", 2.0, 1.2, 4.0),
)


def test_the_same_number_of_two_controls_is_one_number() -> None:
    numbers = control_numbers(ODDS)
    assert [item.name for item in numbers] == ["control/approval_odds", "control/order_ceiling"]
    drawn = drawn_controls(ODDS, {"control/approval_odds": 0.05, "control/order_ceiling": 0.95})
    assert drawn == pytest.approx(
        {"april.approval_odds": 0.4, "october.approval_odds": 0.3, "april.order_ceiling": 4.0}
    )


PRIORS = {
    "elasticity_scale": Prior("elasticity_scale", 1.0, 0.5),
    "choke_scale": Prior("choke_scale", 2.0, 0.8),
}
LAW = Posterior(("elasticity_scale", "choke_scale"), (1.0, -0.5), ((0.25, 0.1), (0.1, 0.16)))


def test_fitted_behaviour_is_drawn_from_what_was_learnt_the_rest_as_stated() -> None:
    numbers = {item.name: item for item in behaviour_numbers(PRIORS, LAW, "frozen x")}
    fitted = numbers["behaviour/elasticity_scale"]
    assert fitted.value == pytest.approx(np.exp(0.5))
    assert fitted.high == pytest.approx(np.exp(0.5 * (1 + 1.6448536 * 0.5)))
    assert fitted.source == "frozen x"
    assert numbers["behaviour/discount_annual"].low == pytest.approx(0.05)
    assert "behaviour/snap" not in numbers


def test_numbers_fitted_together_are_drawn_together() -> None:
    numbers = behaviour_numbers(PRIORS, LAW, "x")
    quantiles = {item.name: 0.5 for item in numbers}
    scores = {item.name: 0.0 for item in numbers}
    middle = drawn_behaviour(numbers, PRIORS, LAW, scores, quantiles)
    assert middle["choke_scale"] == pytest.approx(2 * np.exp(0.8 * -0.5))
    moved = drawn_behaviour(numbers, PRIORS, LAW, scores | {"behaviour/elasticity_scale": 1.0}, quantiles)
    assert np.log(moved["elasticity_scale"] / middle["elasticity_scale"]) == pytest.approx(0.5 * 0.5)
    assert np.log(moved["choke_scale"] / middle["choke_scale"]) == pytest.approx(0.8 * 0.1 / 0.5)


def test_behaviour_that_was_not_fitted_is_drawn_from_its_prior() -> None:
    numbers = {item.name: item for item in behaviour_numbers(PRIORS, None)}
    assert numbers["behaviour/choke_scale"].value == pytest.approx(2.0)
    assert numbers["behaviour/choke_scale"].source == "priors"


def test_growth_is_drawn_between_the_ends_of_its_path() -> None:
    path = GrowthPath(
        np.array([[1.0, 1.02], [1.0, 1.10]]),
        np.array([[1.0, 1.0], [1.0, 1.05]]),
        np.array([[1.0, 1.08], [1.0, 1.2]]),
        (),
        (),
    )
    named = (("growth/a",), ("growth/a", "growth/b"))
    np.testing.assert_allclose(drawn_growth(path, named, {"growth/a": 0.0, "growth/b": 0.0}), path.scale)
    up = drawn_growth(path, named, {"growth/a": 1.0, "growth/b": 0.0})
    np.testing.assert_allclose(up, [[1.0, 1.08], [1.0, 1.15]])
    down = drawn_growth(path, named, {"growth/a": -1.0, "growth/b": -1.0})
    np.testing.assert_allclose(down, path.low)


def test_growth_numbers_are_the_rates_in_use() -> None:
    def rate(sector: str, cagr: float) -> SimpleNamespace:
        return SimpleNamespace(
            sector=sector, from_=2024, to=2030, scenario="", cagr=cagr, low=cagr - 0.02, high=cagr + 0.03,
            grade="C", source="s", refers_to="2024", knowable_from="2024-06",
        )  # fmt: skip

    facts = SimpleNamespace(rows=lambda table: (rate("mill", 0.05), rate("unused", 0.2)))
    numbers, named = growth_numbers(floating(), facts, "2025-01", "2025-01", "")
    assert [item.name for item in numbers] == ["growth/mill"]
    assert named == (("growth/mill",), ("growth/mill",))


def test_project_numbers_reach_the_fleet_and_nothing_else() -> None:
    numbers = {item.name: item for item in project_numbers()}
    setup = prepare(floating(), NOTHING, START)
    drawn = {name: item.high for name, item in numbers.items()}
    after = with_project_numbers(setup, drawn)
    for name, item in numbers.items():
        assert getattr(after.fleet.numbers, name.removeprefix("project/")) == item.high
    assert (after.fleet.required_return == numbers["project/required_return_ROW"].high).all()
    assert replace(after, fleet=setup.fleet) == replace(setup, fleet=setup.fleet)
    assert with_project_numbers(setup, {}) is setup
