"""The law of a number stated as low, value, high."""

from __future__ import annotations

import numpy as np
import pytest

from xenotime.ensembles.uncertain import Uncertain, is_open

CHOKE = Uncertain("choke/x", "choke", 20.0, 80.0, 400.0)


def test_one_in_twenty_at_either_end_and_half_on_each_side() -> None:
    assert [CHOKE.at(u) for u in (0.001, 0.05, 0.5, 0.95, 0.999)] == pytest.approx([20, 20, 80, 400, 400])


def test_between_them_the_logarithm_is_even() -> None:
    assert CHOKE.at(0.275) == pytest.approx(np.sqrt(20 * 80))


def test_a_negative_number_keeps_its_sign_and_its_order() -> None:
    elasticity = Uncertain("e", "elasticity", -0.2, -0.1, -0.04)
    drawn = [elasticity.at(u) for u in (0.01, 0.3, 0.5, 0.7, 0.99)]
    assert drawn == sorted(drawn)
    assert drawn[0] == pytest.approx(-0.2)
    assert drawn[-1] == pytest.approx(-0.04)


def test_a_range_from_nothing_is_even_in_the_number() -> None:
    assert Uncertain("c", "cover", 0.0, 10.0, 30.0).at(0.275) == pytest.approx(5.0)


def test_nothing_is_drawn_below_what_is_known() -> None:
    plant = Uncertain("p", "capacity", 50.0, 100.0, 120.0, least=90.0)
    assert min(plant.at(u) for u in np.linspace(0.001, 0.999, 50)) == 90.0


def test_options_are_as_likely_as_each_other_and_evenly_spaced() -> None:
    choice = Uncertain("s", "structure", 0, 0, 2, options=("a", "b", "c"))
    drawn = [choice.at(u) for u in (np.arange(300) + 0.5) / 300]
    assert [drawn.count(k) for k in (0.0, 1.0, 2.0)] == [100, 100, 100]
    assert [choice.position(u) for u in (0.1, 0.5, 0.9)] == [-1.0, 0.0, 1.0]
    assert choice.text(2.0) == "c"


@pytest.mark.parametrize(
    ("low", "value", "high", "open_"),
    [(1, 2, 3, True), (2, 2, 2, False), (1, 4, 3, False), (None, 2, 3, False), (1, 1, 3, True)],
)
def test_what_is_known_exactly_or_stated_wrongly_is_not_drawn(
    low: float | None, value: float, high: float, open_: bool
) -> None:
    assert is_open(low, value, high) is open_
