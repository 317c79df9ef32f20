"""A program in its frame and back: natural numbers, scaled ones, and nothing lost between."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

from small_worlds import EXACT, build_network, clear_static, joint, trade
from xenotime.market.engines import QP
from xenotime.market.frame import build_frame
from xenotime.market.problem import BELOW, BETWEEN, CLOSED, Problem, make_problem
from xenotime.market.program import as_qp
from xenotime.market.scaling import Scale

seeds = st.integers(0, 10**6)
MONEY = 7.0


def drawn(seed: int) -> tuple[QP, Problem]:
    """A program whose columns are closed, bounded below or on both sides, some limits without end."""
    luck = np.random.default_rng(seed)
    columns, balances, limits = 8, 4, 3

    def matrix(rows: int) -> sp.csc_matrix:
        numbers = luck.normal(size=(rows, columns))
        return sp.csc_matrix(np.where(luck.random((rows, columns)) < 0.5, numbers, 0.0))

    low = luck.uniform(-1.0, 1.0, columns)
    room = luck.choice([0.0, 1.5, np.inf], columns)
    qp = QP(
        luck.random(columns),
        luck.normal(size=columns),
        matrix(balances),
        luck.normal(size=balances),
        matrix(limits),
        np.where(luck.random(limits) < 0.3, np.inf, luck.uniform(5.0, 9.0, limits)),
        low,
        low + room,
    )
    scale = Scale(*(luck.uniform(0.5, 20.0, count) for count in (columns, balances, limits)))
    frame = build_frame(qp.A, qp.G, scale, np.ones(columns, dtype=bool))
    return qp, make_problem(frame, qp, MONEY)


def inner(qp: QP, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Amounts between bounds, prices, and rents of limits that have an end."""
    luck = np.random.default_rng(seed + 1)
    x = qp.low + np.minimum(qp.high - qp.low, 2.0) * luck.random(len(qp.c))
    return x, luck.normal(size=len(qp.b)), np.where(np.isfinite(qp.h), luck.random(len(qp.h)), 0.0)


@given(seeds)
def test_there_and_back_is_where_it_began(seed: int) -> None:
    qp, problem = drawn(seed)
    point = inner(qp, seed)
    for found, expected in zip(problem.outside(*problem.inside(*point)), point, strict=True):
        assert found == pytest.approx(expected, rel=EXACT, abs=EXACT)


@given(seeds)
def test_slacks_are_what_limits_have_left(seed: int) -> None:
    qp, problem = drawn(seed)
    x, y, m = inner(qp, seed)
    own, _ = problem.inside(x, y, m)
    left = np.where(np.isfinite(qp.h), qp.h - qp.G @ x, 0.0)
    assert own[len(x) :] == pytest.approx(
        np.maximum(left, 0.0) * problem.frame.scale.limit, rel=EXACT, abs=EXACT
    )


@given(seeds)
def test_equations_and_costs_are_those_of_the_program(seed: int) -> None:
    """What balances miss, scaled, and the slope of the cost at a point, as the program has them."""
    qp, problem = drawn(seed)
    x, y, m = inner(qp, seed)
    frame, scale = problem.frame, problem.frame.scale
    own, prices = problem.inside(x, y, m)
    moves = np.where(problem.kind == CLOSED, 0.0, own)  # what cannot move is in r already
    rows = (len(problem.r), len(own))
    Q = sp.csc_matrix((problem.amount, frame.pattern.row, frame.pattern.start), shape=rows)
    missed = (problem.r - Q @ moves)[frame.pattern.position]
    expected = (qp.b - qp.A @ x) * scale.equality
    assert missed[: len(qp.b)] == pytest.approx(expected, rel=EXACT, abs=EXACT)
    met = np.isfinite(qp.h) & (qp.G @ x <= qp.h)
    assert np.abs(missed[len(qp.b) :][met]).max(initial=0.0) < EXACT
    slope = (problem.P * own + problem.c - Q.T @ prices)[: len(x)]
    G, rents = qp.G.toarray()[np.isfinite(qp.h)], m[np.isfinite(qp.h)]
    natural = qp.P * x + qp.c - qp.A.T @ y + G.T @ rents
    assert slope * MONEY / scale.column == pytest.approx(natural, rel=EXACT, abs=EXACT)


@given(seeds)
def test_kinds_say_which_bounds_there_are(seed: int) -> None:
    qp, problem = drawn(seed)
    room = qp.high - qp.low
    expected = np.where(room == 0, CLOSED, np.where(np.isfinite(room), BETWEEN, BELOW))
    assert problem.kind[: len(room)].tolist() == expected.tolist()
    slacks = np.where(np.isfinite(qp.h), BELOW, CLOSED)  # a limit without end is no equation
    assert problem.kind[len(room) :].tolist() == slacks.tolist()


def test_a_limit_without_end_touches_nothing() -> None:
    qp, _ = drawn(1)
    qp = replace(qp, h=np.array([4.0, np.inf, 6.0]))
    frame = build_frame(qp.A, qp.G, Scale(np.ones(8), np.ones(4), np.ones(3)), np.ones(8, dtype=bool))
    problem = make_problem(frame, qp, 1.0)
    endless = frame.pattern.position[4 + 1]
    assert not problem.amount[frame.pattern.row == endless].any()
    assert problem.r[endless] == 0.0
    assert frame.amount[frame.pattern.row == endless].any()  # the frame is for all months and stays


def test_a_start_outside_its_bounds_is_put_on_them() -> None:
    qp, problem = drawn(2)
    own, _ = problem.inside(qp.low - 5.0, np.zeros(4), np.zeros(3))
    assert own[:8] == pytest.approx(qp.low / problem.frame.scale.column)


@pytest.mark.parametrize("world", [trade(tariff=0.1, limit=9.0), joint()])
def test_an_answer_comes_back_as_it_was(world) -> None:  # type: ignore[no-untyped-def]
    cleared = clear_static(build_network(world))
    program, point = cleared.program, cleared.point
    problem = make_problem(program.frame, as_qp(program), MONEY)
    x, y, m = problem.outside(*problem.inside(point.x, point.y, point.m))
    assert x == pytest.approx(point.x, rel=EXACT, abs=EXACT * np.abs(point.x).max())
    assert y == pytest.approx(point.y, rel=EXACT)
    assert m == pytest.approx(point.m, rel=EXACT)
