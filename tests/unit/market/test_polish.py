"""Polishing: whoever is at a bound is guessed, the rest are equations solved to the rounding of doubles."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
import scipy.sparse as sp

from market_worlds import duel
from small_worlds import clear_static, joint, price, trade
from xenotime.market.engines import Raw
from xenotime.market.polish import Point, polish
from xenotime.market.scaling import Scale
from xenotime.market.sides import reduced_cost

ROUNDING = 4e-15  # relative: a few units in the last place of a double after one factorisation

PLAIN = Scale(np.ones(2), np.ones(1), np.ones(1))


def rough(x: list[float], y: float, m: float) -> Raw:
    return Raw(np.array(x), np.array([y]), np.array([m]), "solved", "by hand", 1)


def test_a_rough_answer_becomes_the_exact_one() -> None:
    point = polish(duel(), rough([2.19, 1.82], -0.41, 1.1), PLAIN)
    assert point.exact
    assert point.x == pytest.approx([2.2, 1.8], rel=ROUNDING)
    assert point.y == pytest.approx([-0.4], rel=ROUNDING * 10)
    assert point.m == pytest.approx([1.2], rel=ROUNDING * 10)
    assert point.binding.tolist() == [True]


def test_sides_guessed_wrong_change() -> None:
    """Begun with the limit loose and one column wrongly at its bound."""
    start = Point(
        np.array([4.0, 0.0]),
        np.array([2.0]),
        np.zeros(1),
        np.array([0, -1], np.int8),
        np.array([False]),
        True,
        0,
    )
    point = polish(duel(), start, PLAIN)
    assert point.exact
    assert point.rounds > 1
    assert point.x == pytest.approx([2.2, 1.8], rel=ROUNDING)


def test_a_limit_that_does_not_bind_is_let_go() -> None:
    point = polish(duel(5.0), rough([2.4, 1.6], 0.0, 3.0), PLAIN)
    assert point.x == pytest.approx([2.5, 1.5], rel=ROUNDING)
    assert point.m.tolist() == [0.0]


def test_sides_that_do_not_settle_are_said_and_stay_within_bounds() -> None:
    """No point meets a balance out of reach: the answer says so, and the caller's checks refuse it."""
    given = rough([2.0, 2.0], 0.0, 0.0)
    asked = replace(duel(), b=np.array([40.0]))
    point = polish(asked, given, PLAIN)
    assert not point.exact
    assert np.all(point.x >= asked.low)
    assert np.all(point.x <= asked.high)
    assert abs(float((asked.A @ point.x)[0]) - 40.0) > 1.0


def test_columns_at_their_bounds_are_exactly_there() -> None:
    """What binds is looked for by equality; a bound times a scale and back may not miss it by rounding."""
    for limit in (10.0, 0.1, 1 / 3, 7.7):
        cleared = clear_static(trade(limit=limit))
        assert cleared.amount("lane").tolist() == [limit]


def test_taxes_are_solved_with_prices() -> None:
    """p = 174 / 4.14 to the last digits, though the tax is a share of a dual."""
    cleared = clear_static(trade(export_tax=0.2, tariff=0.1))
    assert cleared.check.exact
    assert price(cleared, "ore", "A") == pytest.approx(float(Fraction(17400, 414)), rel=ROUNDING)


def test_an_answer_is_exact_in_fractions() -> None:
    """.22 x = 29.6 and its prices."""
    cleared = clear_static(joint())
    x = Fraction(2960, 22)
    assert cleared.amount("plant")[0] == pytest.approx(float(x), rel=ROUNDING)
    assert price(cleared, "light", "A") == pytest.approx(float(49 - Fraction(3, 10) * x), rel=5 * ROUNDING)
    assert price(cleared, "heavy", "A") == pytest.approx(float(199 - x), rel=5 * ROUNDING)


def test_the_reduced_cost_is_the_gradient() -> None:
    tax, limit_tax = sp.csc_matrix([[0.5, 0.0]]), sp.csc_matrix([[0.0, 0.25]])
    x, y, m = np.array([1.0, 2.0]), np.array([3.0]), np.array([4.0])
    # 2 x1 - 6 - 3 + .5 x 3 + 4 and 2 x2 - 4 - 3 + .25 x 4
    assert reduced_cost(replace(duel(), A_tax=tax, G_tax=limit_tax), x, y, m).tolist() == [-1.5, -2.0]
