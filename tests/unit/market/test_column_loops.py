"""Compiled loops over columns against plain numpy on whole matrices."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unit.market.held_columns import SAME, held
from xenotime.market.column_loops import empty, fill, right_side, values_of

seeds = st.integers(0, 10**6)


@given(seeds)
def test_newtons_matrix_is_amounts_times_yields_times_worth(seed: int) -> None:
    of, luck = held(seed), np.random.default_rng(seed)
    count, links = len(of.r), luck.random(len(of.c)) < 0.8
    inverse = np.where(luck.random(len(of.c)) < 0.3, 0.0, luck.random(len(of.c)))
    place = [
        int(one) * count + int(other)
        for j in np.flatnonzero(links)
        for one in of.row[of.start[j] : of.start[j + 1]]
        for other in of.row[of.start[j] : of.start[j + 1]]
    ]
    data = np.full(count * count, np.nan)
    fill(of.start, of.amount, of.worth, np.array(place, dtype=np.int32), links, inverse, data)
    expected = of.Q[:, links] @ np.diag(inverse[links]) @ of.B[:, links].T
    assert data.reshape(count, count) == pytest.approx(expected, rel=SAME, abs=SAME)


@given(seeds)
def test_the_right_side_is_the_gap_less_what_a_pull_moves(seed: int) -> None:
    of, luck = held(seed), np.random.default_rng(seed)
    inverse, pull = luck.random(len(of.c)), luck.normal(size=len(of.c))
    (right,) = of.over_rows(1)
    right_side(*of.places, of.amount, inverse, pull, of.r, right)
    assert right == pytest.approx(of.r - of.Q @ (inverse * pull), rel=SAME, abs=SAME)


@given(seeds, st.sampled_from([0.0, 0.7]))
def test_a_column_compares_its_cost_and_all_values_in_it(seed: int, floor: float) -> None:
    of = held(seed)
    (value,) = of.empty(1)
    values_of(*of.places, of.worth, of.c, of.y, floor, value)
    expected = np.abs(of.c) + np.abs(of.B).T @ np.maximum(np.abs(of.y), floor)
    assert value == pytest.approx(expected, rel=SAME)


def test_empty_vectors_are_apart() -> None:
    one, two = empty(2, 3)
    one[:] = 1.0
    assert two.tolist() == [0.0, 0.0, 0.0]
