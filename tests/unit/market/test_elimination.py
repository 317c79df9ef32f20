"""A plan of elimination names every column, every entry and every front once, children before parents."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

from unit.market.sparse_systems import factor_pattern, ordered, system
from xenotime.market.elimination import PADDING, Plan, make_plan, postorder

seeds = st.integers(0, 10**6)


def plan_of(seed: int) -> tuple[Plan, np.ndarray, np.ndarray]:
    """A plan, the pattern of L it is for, and the matrix as it is eliminated."""
    matrix, _ = ordered(system(seed))
    return make_plan(matrix.indptr, matrix.indices), factor_pattern(matrix), matrix.toarray()


def parents(pattern: np.ndarray) -> list[int]:
    """The elimination tree: the first row below the diagonal of each column of L."""
    below = [np.flatnonzero(pattern[j + 1 :, j]) for j in range(len(pattern))]
    return [int(part[0]) + j + 1 if len(part) else -1 for j, part in enumerate(below)]


@given(seeds)
def test_postorder_is_an_order_with_the_same_fill(seed: int) -> None:
    matrix = system(seed)
    after, order = ordered(matrix)
    assert sorted(order.tolist()) == list(range(matrix.shape[0]))
    assert factor_pattern(after).sum() == factor_pattern(matrix).sum()


@given(seeds)
def test_every_branch_is_in_one_piece(seed: int) -> None:
    """In postorder the columns below one in the tree are those right before it."""
    _, pattern, _ = plan_of(seed)
    size = [1] * len(pattern)
    for column, above in enumerate(parents(pattern)):
        assert above == -1 or above > column
        if above >= 0:
            size[above] += size[column]
    first = [column - size[column] + 1 for column in range(len(pattern))]
    for column, above in enumerate(parents(pattern)):
        if above >= 0:
            assert first[above] <= first[column] <= column < above


@given(seeds)
def test_fronts_hold_all_of_the_factor_and_little_more(seed: int) -> None:
    plan, pattern, _ = plan_of(seed)
    assert plan.first[0] == 0
    assert plan.first[-1] == len(pattern)
    assert np.all(np.diff(plan.first) > 0)
    held = np.zeros_like(pattern)
    for front in range(len(plan.parent)):
        rows = plan.rows[plan.starts[front] : plan.starts[front + 1]]
        width = plan.first[front + 1] - plan.first[front]
        own = np.arange(plan.first[front], plan.first[front + 1])
        assert rows[:width].tolist() == own.tolist()
        assert np.all(np.diff(rows) > 0)
        held[np.ix_(rows, own)] = True
        assert len(rows) - pattern[:, own[0]].sum() <= PADDING  # zeros its first column is filled with
    assert not np.any(pattern & ~held)


@given(seeds)
def test_what_is_left_over_goes_to_the_same_rows_of_the_parent(seed: int) -> None:
    plan, _, _ = plan_of(seed)
    for front, above in enumerate(plan.parent):
        rows = plan.rows[plan.starts[front] : plan.starts[front + 1]]
        left = rows[plan.first[front + 1] - plan.first[front] :]
        assert (above == -1) == (len(left) == 0)
        if above >= 0:
            assert above > front
            there = plan.rows[plan.starts[above] : plan.starts[above + 1]]
            into = plan.into[plan.starts[front + 1] - len(left) : plan.starts[front + 1]]
            assert there[into].tolist() == left.tolist()


@given(seeds)
def test_every_entry_goes_to_its_own_cell_once(seed: int) -> None:
    plan, _, whole = plan_of(seed)
    matrix = ordered(system(seed))[0]
    assert sorted(plan.entry.tolist()) == list(range(matrix.nnz))
    again = np.zeros_like(whole)
    for front in range(len(plan.parent)):
        rows = plan.rows[plan.starts[front] : plan.starts[front + 1]]
        part = slice(plan.begins[front], plan.begins[front + 1])
        down, across = np.divmod(plan.cell[part], len(rows))
        np.add.at(again, (rows[down], rows[across]), matrix.data[plan.entry[part]])
    assert np.array_equal(again, whole)


def test_columns_with_one_pattern_are_one_front() -> None:
    plan = make_plan(np.arange(0, 26, 5), np.tile(np.arange(5), 5))
    assert plan.first.tolist() == [0, 5]
    assert plan.largest == 5
    assert plan.panel.tolist() == [0, 25]


def test_nothing_to_eliminate() -> None:
    none = np.zeros(0, dtype=np.int64)
    assert postorder(np.zeros(1, dtype=np.int64), none).tolist() == []


@pytest.mark.parametrize(("others", "fronts"), [(PADDING, 1), (PADDING + 1, 2)])
def test_a_column_joins_the_front_before_it_for_so_many_zeros_and_no_more(others: int, fronts: int) -> None:
    """The first column links to the second only, the second to all others."""
    whole = np.zeros((others + 2, others + 2), dtype=bool)
    whole[1:, 1:] = whole[0, 0] = whole[0, 1] = whole[1, 0] = True
    matrix = sp.csc_matrix(whole)
    assert len(make_plan(matrix.indptr, matrix.indices).parent) == fronts
