"""Compiled loops of the interior point against plain numpy on whole matrices."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unit.market.held_columns import SAME, Array, Held, held
from xenotime.market.interior_loops import (
    CLOSEST,
    FLATTEST,
    aims,
    distance,
    invert,
    left_over,
    moves,
    product_ahead,
)

seeds = st.integers(0, 10**6)
FLOOR = 1e-6


def pushes_of(of: Held, seed: int) -> tuple[Array, Array]:
    """Pushes of lower and upper bounds, none where there is no bound."""
    luck = np.random.default_rng(seed + 1)
    zl, zu = luck.uniform(0.1, 2.0, (2, len(of.c)))
    return np.where(of.moves, zl, 0.0), np.where(of.both, zu, 0.0)


def rooms(of: Held) -> tuple[Array, Array]:
    """Distance to the lower and to the upper bound, the second 1 where there is none."""
    return np.maximum(of.x - of.low, CLOSEST), np.where(of.both, of.high - of.x, 1.0)


@given(seeds)
def test_distance_is_the_worst_of_three_conditions(seed: int) -> None:
    of = held(seed)
    zl, zu = pushes_of(of, seed)
    size = np.random.default_rng(seed).uniform(0.5, 2.0, len(of.c))
    through, gap = of.over_rows(2)
    (slope,) = of.empty(1)
    worst, unequal = distance(
        *of.places, of.amount, of.worth, of.kind, of.P, of.c, of.r, of.low, of.high, of.x, of.y, zl, zu,
        size, through, gap, slope, FLOOR,
    )  # fmt: skip
    free, x = of.moves, np.where(of.moves, of.x, 0.0)  # what cannot move is in r already
    assert gap == pytest.approx(of.r - of.Q @ x, rel=SAME, abs=SAME)
    assert through == pytest.approx(np.abs(of.r) + np.abs(of.Q) @ np.abs(x), rel=SAME)
    expected = np.where(free, of.B.T @ of.y - of.P * of.x - of.c, 0.0)
    assert slope == pytest.approx(expected, rel=SAME, abs=SAME)
    below, above = rooms(of)
    products = np.concatenate([(below * zl / size)[free], (above * zu / size)[of.both]])
    assert worst == pytest.approx(products.max(), rel=SAME)
    compared = np.abs(of.P * of.x) + np.abs(of.c) + np.abs(of.B).T @ np.abs(of.y)
    identity = np.abs(expected + zl - zu)[free] / compared[free]
    balance = np.abs(of.r - of.Q @ x) / np.maximum(through, FLOOR)
    assert unequal == pytest.approx(max(identity.max(), balance.max()), rel=1e-9)


@given(seeds)
def test_the_yield_of_a_column_is_one_over_its_curve_and_its_bounds(seed: int) -> None:
    of = held(seed)
    zl, zu = pushes_of(of, seed)
    (inverse,) = of.empty(1)
    total, count = invert(of.kind, of.P, of.low, of.high, of.x, zl, zu, inverse)
    below, above = rooms(of)
    curve = np.maximum(of.P + zl / below + zu / above, FLATTEST)
    assert inverse == pytest.approx(np.where(of.moves, 1.0 / curve, 0.0), rel=SAME)
    assert total == pytest.approx((below * zl)[of.moves].sum() + (above * zu)[of.both].sum(), rel=SAME)
    assert count == of.moves.sum() + of.both.sum()


@given(seeds)
def test_aims_correct_for_the_step_within_bounds(seed: int) -> None:
    of, luck = held(seed), np.random.default_rng(seed)
    zl, zu = pushes_of(of, seed)
    dx, dzl, dzu, slope = luck.normal(size=(4, len(of.c)))
    low_aim, high_aim, pull = np.zeros((3, len(of.c)))
    aim, now, correction = 0.3, 0.5, 1.5
    aims(
        of.kind, of.low, of.high, of.x, zl, zu, dx, dzl, dzu, slope, aim, now, correction, low_aim, high_aim,
        pull,
    )  # fmt: skip
    below, above = rooms(of)
    most_low, most_high = (correction * np.maximum(now, part) for part in (below * zl, above * zu))
    low_expected = np.clip(aim - dx * dzl, -most_low, most_low)
    high_expected = np.clip(aim + dx * dzu, -most_high, most_high)
    assert low_aim[of.moves] == pytest.approx(low_expected[of.moves], rel=SAME)
    assert high_aim[of.both] == pytest.approx(high_expected[of.both], rel=SAME)
    expected = slope + low_expected / below - np.where(of.both, high_expected / above, 0.0)
    assert pull == pytest.approx(np.where(of.moves, expected, 0.0), rel=1e-9)


@given(seeds)
def test_what_is_left_over_of_newtons_equations(seed: int) -> None:
    of, luck = held(seed), np.random.default_rng(seed)
    inverse = np.where(luck.random(len(of.c)) < 0.3, 0.0, luck.random(len(of.c)))
    dy, right = luck.normal(size=(2, len(of.r)))
    through = luck.random(len(of.r))
    (left,) = of.over_rows(1)
    worst = left_over(*of.places, of.amount, of.worth, inverse, dy, right, through, FLOOR, left)
    expected = right - of.Q @ (inverse * (of.B.T @ dy))
    assert left == pytest.approx(expected, rel=1e-9, abs=SAME)
    assert worst == pytest.approx(np.max(np.abs(expected) / (through + FLOOR)), rel=1e-9)


@given(seeds)
def test_moves_go_with_prices_and_stop_at_the_first_bound(seed: int) -> None:
    of, luck = held(seed), np.random.default_rng(seed)
    zl, zu = pushes_of(of, seed)
    dy, pull = luck.normal(size=len(of.r)), luck.normal(size=len(of.c))
    inverse = np.where(of.moves, luck.random(len(of.c)), 0.0)
    low_aim, high_aim = luck.uniform(0.1, 1.0, (2, len(of.c)))
    dx, dzl, dzu = of.empty(3)
    amounts, pushes = moves(
        *of.places, of.worth, of.kind, of.low, of.high, of.x, zl, zu, inverse, pull, low_aim, high_aim, dy,
        dx, dzl, dzu,
    )  # fmt: skip
    below, above = rooms(of)
    step = inverse * (pull + of.B.T @ dy)
    assert dx == pytest.approx(step, rel=1e-9, abs=SAME)
    # Newton's equations of the two products: below dzl + zl dx = aim - below zl, and its mirror image
    pushed = (low_aim - zl * step) / below - zl
    assert dzl == pytest.approx(np.where(of.moves, pushed, 0.0), rel=1e-9, abs=SAME)
    pulled = (high_aim + zu * step) / above - zu
    assert dzu == pytest.approx(np.where(of.both, pulled, 0.0), rel=1e-9, abs=SAME)
    rates = [-step[of.moves] / below[of.moves], step[of.both] / above[of.both]]
    assert amounts == pytest.approx(1.0 / max(1.0, *(part.max() for part in rates)), rel=1e-9)
    falls = [-pushed[of.moves] / zl[of.moves], -pulled[of.both] / zu[of.both]]
    assert pushes == pytest.approx(1.0 / max(1.0, *(part.max() for part in falls)), rel=1e-9)


@given(seeds)
def test_the_product_ahead_is_that_of_the_point_after_the_step(seed: int) -> None:
    of, luck = held(seed), np.random.default_rng(seed)
    zl, zu = pushes_of(of, seed)
    dx, dzl, dzu = luck.normal(size=(3, len(of.c)))
    found = product_ahead(of.kind, of.low, of.high, of.x, zl, zu, dx, dzl, dzu, 0.4, 0.7)
    below, above = rooms(of)
    one = ((below + 0.4 * dx) * (zl + 0.7 * dzl))[of.moves].sum()
    two = ((above - 0.4 * dx) * (zu + 0.7 * dzu))[of.both].sum()
    assert found == pytest.approx(one + two, rel=1e-9, abs=1e-9)


def test_a_column_on_its_bound_keeps_a_distance() -> None:
    """Rounding can put it there; its yield stays a number and it does not move."""
    of = held(3)
    zl, zu = pushes_of(of, 3)
    on = np.where(of.moves, of.low, of.x)
    (inverse,) = of.empty(1)
    invert(of.kind, of.P, of.low, of.high, on, zl, zu, inverse)
    assert np.all(inverse[of.moves] > 0)
    assert np.all(inverse[of.moves] < 1e-14)
