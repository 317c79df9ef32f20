"""Compiled loops of Newton's method on prices against plain numpy on whole matrices."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unit.market.held_columns import SAME, held
from xenotime.market.semismooth_loops import answer_to, moved_by, poorest, switch_sides, unsolved

seeds = st.integers(0, 10**6)
LEAST = 1e-6


@given(seeds)
def test_at_given_prices_everyone_does_what_suits_best(seed: int) -> None:
    """The amount is the least of (P + hold) x^2 / 2 + (c - B'y - hold centre) x within its bounds."""
    of, luck = held(seed), np.random.default_rng(seed)
    hold, centre = luck.uniform(0.1, 1.0, len(of.c)), luck.normal(size=len(of.c))
    before = luck.integers(-1, 2, len(of.c)).astype(np.int8)
    x, side, (inverse,), (gap, through) = of.x.copy(), before.copy(), of.empty(1), of.over_rows(2)
    changed = answer_to(
        *of.places, of.amount, of.worth, of.kind, of.P, of.c, of.r, of.low, of.high, of.y, centre, hold, x,
        inverse, gap, through, side,
    )  # fmt: skip
    wish = (hold * centre - of.c + of.B.T @ of.y) / (of.P + hold)
    amount = np.where(of.moves, np.clip(wish, of.low, of.high), of.x)
    assert x == pytest.approx(amount, rel=SAME, abs=SAME)
    where = np.where(wish <= of.low, -1, np.where(wish >= of.high, 1, 0))
    assert side.tolist() == np.where(of.moves, where, before).tolist()
    assert changed == np.sum((where != before) & of.moves)
    assert inverse == pytest.approx(np.where(of.moves & (where == 0), 1 / (of.P + hold), 0.0), rel=SAME)
    moved = np.where(of.moves, amount, 0.0)
    assert gap == pytest.approx(of.r - of.Q @ moved, rel=1e-9, abs=SAME)
    assert through == pytest.approx(np.abs(of.r) + np.abs(of.Q) @ np.abs(moved), rel=SAME)


@given(seeds)
def test_what_is_unsolved_is_the_worst_balance_and_the_worst_free_column(seed: int) -> None:
    of, luck = held(seed), np.random.default_rng(seed)
    side = luck.integers(-1, 2, len(of.c)).astype(np.int8)
    value = luck.uniform(0.5, 2.0, len(of.c))
    (slope,), (gap, through) = of.empty(1), of.over_rows(2)
    open_, worst = unsolved(
        *of.places, of.amount, of.worth, of.kind, side, of.P, of.c, of.r, of.x, of.y, value, slope, gap,
        through, LEAST,
    )  # fmt: skip
    x = np.where(of.moves, of.x, 0.0)
    expected = np.where(of.moves, of.B.T @ of.y - of.P * of.x - of.c, 0.0)
    assert slope == pytest.approx(expected, rel=1e-9, abs=SAME)
    assert gap == pytest.approx(of.r - of.Q @ x, rel=1e-9, abs=SAME)
    assert through == pytest.approx(np.abs(of.r) + np.abs(of.Q) @ np.abs(x), rel=SAME)
    assert open_ == pytest.approx(np.max(np.abs(gap) / np.maximum(through, LEAST)), rel=1e-9)
    free = np.abs(expected / value)[of.moves & (side == 0)]
    assert worst == pytest.approx(free.max(initial=0.0), rel=1e-9)


@given(seeds)
def test_who_is_on_the_wrong_side_changes_it(seed: int) -> None:
    of, luck = held(seed), np.random.default_rng(seed)
    before = luck.integers(-1, 2, len(of.c)).astype(np.int8)
    before[(of.kind == 1) & (before > 0)] = 0  # there is no upper bound to be at
    x, slope = of.x + luck.normal(size=len(of.c)), luck.normal(size=len(of.c))
    value, spare = luck.uniform(0.5, 2.0, (2, len(of.c)))
    side, at = before.copy(), x.copy()
    count = switch_sides(of.kind, side, of.low, of.high, at, slope, value, spare, 0.1)
    free, pushed = (before == 0) & of.moves, (before != 0) & of.moves
    below, above = free & (of.low - x > 0.1 * spare), free & of.both & (x - of.high > 0.1 * spare)
    left = pushed & (before * slope < -0.1 * value)  # at its bound it gains by leaving it
    expected = np.where(below, -1, np.where(above, 1, np.where(left, 0, before)))
    assert side.tolist() == expected.tolist()
    assert at.tolist() == np.where(below, of.low, np.where(above, of.high, x)).tolist()
    assert count == below.sum() + above.sum() + left.sum()


@given(seeds)
def test_free_amounts_follow_prices(seed: int) -> None:
    of, luck = held(seed), np.random.default_rng(seed)
    inverse = np.where(luck.random(len(of.c)) < 0.3, 0.0, luck.random(len(of.c)))
    slope, dy, x = luck.normal(size=len(of.c)), luck.normal(size=len(of.r)), of.x.copy()
    moved_by(*of.places, of.worth, inverse, slope, dy, x)
    assert x == pytest.approx(of.x + inverse * (of.B.T @ dy + slope), rel=1e-9, abs=SAME)


@given(seeds)
def test_a_column_is_measured_by_the_poorest_balance_it_is_in(seed: int) -> None:
    of, luck = held(seed), np.random.default_rng(seed)
    through = np.where(luck.random(len(of.r)) < 0.3, 0.0, luck.random(len(of.r)))
    (spare,) = of.empty(1)
    poorest(*of.places, of.amount, of.kind, through, LEAST, spare)
    room = np.full(of.Q.shape, np.inf)
    np.divide(np.maximum(through, LEAST)[:, None], np.abs(of.Q), out=room, where=of.Q != 0)
    least = room.min(axis=0)
    assert spare == pytest.approx(np.where(np.isfinite(least), least, 1.0), rel=SAME)
