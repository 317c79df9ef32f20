"""The stand-in and its Sobol shares, on functions whose shares are known."""

from __future__ import annotations

import numpy as np
import pytest

from xenotime.ensembles.sampling import points
from xenotime.ensembles.sensitivity import places_of, sensitivity
from xenotime.ensembles.surrogate import fit_surrogate
from xenotime.ensembles.uncertain import Uncertain
from xenotime.market.network import Array

ATOMS = 0.4  # variance of a place: nine tenths even over [-1, 1], one in twenty at either end


def numbers(count: int, kind: str = "project", grade: str = "B") -> list[Uncertain]:
    return [Uncertain(f"{kind}/{i}", kind, 1.0, 2.0, 3.0, grade) for i in range(count)]


def places(items: list[Uncertain], draws: int) -> Array:
    table = points("sobol", 3, [item.name for item in items], draws)
    return np.stack([places_of(item, table[:, i]) for i, item in enumerate(items)], axis=1)


def test_places_are_those_of_the_law() -> None:
    (item,) = numbers(1)
    at = np.linspace(0.01, 0.99, 31)
    np.testing.assert_allclose(places_of(item, at), [item.position(float(u)) for u in at])
    choice = Uncertain("s", "structure", 0, 0, 2, options=("a", "b", "c"))
    np.testing.assert_allclose(places_of(choice, at), [choice.position(float(u)) for u in at])


def test_a_function_that_bends_and_joins_is_recovered() -> None:
    """Ishigami's function, whose third argument matters only through the first."""
    table = 2 * points("sobol", 1, ("a", "b", "c"), 256) - 1
    angle = np.pi * table
    found = fit_surrogate(
        table,
        np.sin(angle[:, 0]) + 7 * np.sin(angle[:, 1]) ** 2 + 0.1 * angle[:, 2] ** 4 * np.sin(angle[:, 0]),
    )
    assert found.r2 > 0.99
    fresh = 2 * np.random.default_rng(0).random((200, 3)) - 1
    turn = np.pi * fresh
    truth = np.sin(turn[:, 0]) + 7 * np.sin(turn[:, 1]) ** 2 + 0.1 * turn[:, 2] ** 4 * np.sin(turn[:, 0])
    assert np.mean((found(fresh) - truth) ** 2) < 0.02 * truth.var()


def test_shares_of_a_sum_with_a_product() -> None:
    items = numbers(6)
    x = places(items, 200)
    found = sensitivity("y", items, x, 3 * x[:, 0] + 2 * x[:, 1] + 2 * x[:, 2] * x[:, 3])
    variance = 9 * ATOMS + 4 * ATOMS + 4 * ATOMS**2
    parts = {part.name: part for part in found.parts}
    assert parts["project/0"].first == pytest.approx(9 * ATOMS / variance, abs=0.03)
    assert parts["project/1"].first == pytest.approx(4 * ATOMS / variance, abs=0.03)
    assert parts["project/2"].first == pytest.approx(0.0, abs=0.03)
    assert parts["project/2"].total == pytest.approx(4 * ATOMS**2 / variance, abs=0.03)
    assert found.unexplained < 0.02


def test_the_few_that_matter_are_found_among_hundreds() -> None:
    items = numbers(300)
    x = places(items, 256)
    noise = np.random.default_rng(1).normal(size=256)
    found = sensitivity("y", items, x, 3 * x[:, 41] - 2 * x[:, 170] + 0.5 * noise)
    assert [part.name for part in found.parts[:2]] == ["project/41", "project/170"]
    variance = 13 * ATOMS + 0.25
    assert found.parts[0].first == pytest.approx(9 * ATOMS / variance, abs=0.1)


def test_what_nothing_explains_is_given_to_nobody() -> None:
    items = numbers(20)
    x = places(items, 200)
    noise = np.random.default_rng(2).normal(size=200)
    found = sensitivity("y", items, x, x[:, 0] * np.sqrt(1 / ATOMS) + noise)
    assert found.r2 == pytest.approx(0.5, abs=0.12)
    assert sum(part.first for part in found.groups) <= found.r2 + 1e-9
    assert found.unexplained == 1 - found.r2


def test_noise_is_answered_for_by_nothing() -> None:
    items = numbers(60)
    found = sensitivity("y", items, places(items, 64), np.random.default_rng(3).normal(size=64))
    assert found.r2 < 0.1
    assert sum(part.total for part in found.parts) < 0.15


def test_what_does_not_vary_has_no_shares() -> None:
    items = numbers(3)
    found = sensitivity("y", items, places(items, 40), np.full(40, 2.0))
    assert (found.parts, found.variance, found.r2) == ((), 0.0, 0.0)


def test_a_choice_of_structure_is_answerable_too() -> None:
    choice = Uncertain("structure/x", "structure", 0, 0, 1, options=("a", "b"))
    items = [choice, *numbers(3)]
    x = places(items, 128)
    found = sensitivity("y", items, x, 2 * x[:, 0] + x[:, 1])
    shares = {part.name: part.first for part in found.groups}
    assert shares["structure"] == pytest.approx(4 / (4 + ATOMS), abs=0.03)
    assert shares["project"] == pytest.approx(ATOMS / (4 + ATOMS), abs=0.03)
