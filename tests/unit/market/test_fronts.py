"""Factors through dense fronts against scipy's, on systems drawn by chance; a singular one is told."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp
import scipy.sparse.linalg as spla
from hypothesis import given
from hypothesis import strategies as st

from unit.market.sparse_systems import ordered, system
from xenotime.market.elimination import make_plan
from xenotime.market.fronts import LARGE, PANEL, Factor, eliminate, eliminate_large, factorise

CLOSE = 1e-9  # diagonals dominate, so nothing grows
TALL = LARGE + 3 * PANEL  # rows of a front that is large


def factor_of(matrix: sp.csc_matrix) -> Factor:
    return factorise(make_plan(matrix.indptr, matrix.indices), matrix.data)


@given(st.integers(0, 10**6))
def test_the_solution_is_that_of_another_factorisation(seed: int) -> None:
    matrix, _ = ordered(system(seed))
    right = np.random.default_rng(seed).normal(size=matrix.shape[0])
    expected = np.atleast_1d(spla.splu(matrix).solve(right))
    assert factor_of(matrix).solve(right) == pytest.approx(expected, rel=CLOSE, abs=CLOSE)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_large_system_whose_factor_outgrows_its_first_guess(seed: int) -> None:
    """Far more fill than entries: the lists of the plan have to grow on the way."""
    luck = np.random.default_rng(seed)
    links = sp.random(300, 300, 0.01, random_state=luck, format="csc")
    pattern = ((links + links.T) != 0).astype(float)
    matrix, _ = ordered((pattern + sp.diags(np.asarray(pattern.sum(axis=1)).ravel() + 1.0)).tocsc())
    plan = make_plan(matrix.indptr, matrix.indices)
    assert plan.panel[-1] > 5 * matrix.nnz
    right = luck.normal(size=300)
    assert factorise(plan, matrix.data).solve(right) == pytest.approx(
        spla.splu(matrix).solve(right), rel=CLOSE
    )


@pytest.mark.parametrize("size", range(1, 10))
def test_pivots_are_taken_four_at_a_time_and_the_rest_one_by_one(size: int) -> None:
    """L times U is the matrix, and what is left is its Schur complement."""
    luck = np.random.default_rng(size)
    whole = luck.normal(size=(11, 11)) + 11 * np.eye(11)
    front = whole.copy()
    eliminate(front, size, 11)
    lower = np.tril(front[:, :size], -1) + np.eye(11, size)
    upper = np.triu(front[:size])
    assert lower @ upper == pytest.approx(
        whole - np.pad(front[size:, size:], ((size, 0), (size, 0))), rel=CLOSE
    )


@pytest.mark.parametrize("size", [1, PANEL - 1, PANEL, 2 * PANEL + 3, TALL])
def test_a_large_front_by_products_of_matrices_is_the_same(size: int) -> None:
    luck = np.random.default_rng(size)
    whole = luck.normal(size=(TALL, TALL)) + TALL * np.eye(TALL)
    plain, front = whole.copy(), whole.copy()
    eliminate(plain, size, TALL)
    room = np.empty(TALL * PANEL), np.empty(PANEL * TALL), np.empty(TALL * TALL)
    eliminate_large(front, size, TALL, *room)
    assert front == pytest.approx(plain, rel=CLOSE, abs=CLOSE)


def test_a_factor_serves_many_right_sides_and_leaves_them_alone() -> None:
    matrix, _ = ordered(system(7))
    factor, right = factor_of(matrix), np.arange(1.0, matrix.shape[0] + 1)
    one, two = factor.solve(right), factor.solve(right)
    assert right.tolist() == np.arange(1.0, matrix.shape[0] + 1).tolist()
    assert one.tobytes() == two.tobytes()
    assert factor.solve(2 * right) == pytest.approx(2 * one, rel=CLOSE)


@pytest.mark.parametrize("right", [[1.0, 1.0, 1.0], [0.0, 0.0, 0.0], [1.0, 2.0, 0.0]])
@pytest.mark.parametrize("singular", [[[1, 2, 0], [2, 4, 0], [0, 0, 3]], [[0, 0, 0], [0, 5, 1], [0, 1, 5]]])
def test_a_singular_matrix_has_no_finite_solution(singular: list[list[int]], right: list[float]) -> None:
    whole = np.array(singular, dtype=float)
    pattern = sp.csc_matrix((whole != 0) | np.eye(3, dtype=bool))
    pattern.sort_indices()
    column = np.repeat(np.arange(3), np.diff(pattern.indptr))
    factor = factorise(make_plan(pattern.indptr, pattern.indices), whole[pattern.indices, column])
    assert not np.isfinite(factor.solve(np.array(right))).all()
