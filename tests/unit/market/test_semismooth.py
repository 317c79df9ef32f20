"""Prices settled by Newton's method: the exact answer from wherever it begins, or an honest no."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from market_worlds import FAST, chains, duel, synthetic
from small_worlds import EXACT, build_network, clear_static, joint, stored, trade
from xenotime.errors import NoAnswer
from xenotime.market import frame as frames
from xenotime.market.choose import make_engine
from xenotime.market.engines import QP
from xenotime.market.interior import solve_problem
from xenotime.market.polish import Point, polish
from xenotime.market.problem import CLOSED, Problem, make_problem
from xenotime.market.program import Program, as_qp
from xenotime.market.reach import find_reach, without_dead
from xenotime.market.scaling import Scale, find_scale, money_of
from xenotime.market.semismooth import as_point, semismooth
from xenotime.market.solving import solve_program
from xenotime.world.world import World

WORLDS: dict[str, World] = {
    "trade": trade(),
    "taxed": trade(tariff=0.1, export_tax=0.2, cost_slope=1.0),
    "limited": trade(limit=10.0),
    "joint": joint(),
    "stored": stored(),
    "synthetic": synthetic(1),
    "synthetic too": synthetic(2),
}


def problem_of(qp: QP, scale: Scale | None = None) -> Problem:
    scale = scale or find_scale(qp.A, qp.G, np.ones(len(qp.c)))
    return make_problem(frames.build_frame(qp.A, qp.G, scale, qp.high > qp.low), qp, money_of(qp, scale))


def asked(program: Program) -> tuple[QP, Problem]:
    """A program without what cannot carry anything, as the solver of a month asks it."""
    qp = without_dead(as_qp(program), find_reach(as_qp(program)))
    return qp, make_problem(program.frame, qp, money_of(qp, program.frame.scale))


@pytest.mark.parametrize("name", WORLDS)
def test_it_ends_where_polishing_ends(name: str) -> None:
    """Both begin at the rough answer of the interior point; polishing is the plain path."""
    program = clear_static(build_network(WORLDS[name]), refine=False).program
    qp, problem = asked(program)
    rough = solve_problem(problem)
    settled = semismooth(problem, *problem.inside(rough.x, rough.y, rough.m))
    assert settled.exact
    point, plain = as_point(problem, settled, qp), polish(qp, rough, program.frame.scale)
    assert plain.exact
    assert point.x == pytest.approx(plain.x, rel=EXACT, abs=EXACT * np.abs(plain.x).max())
    passed = abs(qp.A) @ np.abs(plain.x) > EXACT * (abs(qp.A) @ program.frame.scale.column)
    assert point.y[passed] == pytest.approx(plain.y[passed], rel=EXACT)
    assert point.m == pytest.approx(plain.m, rel=EXACT, abs=EXACT * np.abs(plain.y).max())


@settings(phases=FAST)
@given(world=chains(charged=True), seed=st.integers(0, 99))
def test_no_start_leads_to_another_answer(world: World, seed: int) -> None:
    """From rubbish it may give up, and then says so; what it calls exact is the answer."""
    cleared = clear_static(build_network(world), refine=False)
    qp, problem = asked(cleared.program)
    luck = np.random.default_rng(seed)
    size = cleared.program.frame.scale.column
    x = size * luck.choice([0.0, 0.1, 1.0, 10.0], len(size))
    y = np.abs(cleared.point.y).max() * luck.uniform(-1.0, 2.0, len(qp.b))
    settled = semismooth(problem, *problem.inside(x, y, np.zeros(len(qp.h))))
    if settled.exact:
        found = as_point(problem, settled, qp)
        assert surplus(qp, found.x) == pytest.approx(surplus(qp, cleared.point.x), rel=1e-6)


def surplus(qp: QP, x: np.ndarray) -> float:
    return float(0.5 * qp.P @ (x * x) + qp.c @ x)


def test_from_nothing_by_hand() -> None:
    """Least (x - 3)^2 + (y - 2)^2 with x + y = 4 and x <= 2.2."""
    qp = duel()
    problem = problem_of(qp)
    point = as_point(problem, semismooth(problem, *problem.inside(np.zeros(2), np.zeros(1), np.zeros(1))), qp)
    assert point.exact
    assert point.x == pytest.approx([2.2, 1.8], rel=EXACT)
    assert point.y == pytest.approx([-0.4], rel=EXACT)
    assert point.m == pytest.approx([1.2], rel=EXACT)
    assert point.binding.tolist() == [True]
    assert point.side.tolist() == [0, 0]


def test_a_limit_that_does_not_bind_has_no_rent() -> None:
    qp = duel(limit=3.0)
    problem = problem_of(qp)
    point = as_point(problem, semismooth(problem, *problem.inside(np.zeros(2), np.zeros(1), np.zeros(1))), qp)
    assert point.x == pytest.approx([2.5, 1.5], rel=EXACT)
    assert (point.m.tolist(), point.binding.tolist()) == ([0.0], [False])


def test_who_is_indifferent_is_settled_too() -> None:
    """Costs without slope: two sellers at 1 and 3, the first with room for half of what must be had."""
    qp = replace(
        duel(np.inf), P=np.zeros(2), c=np.array([1.0, 3.0]), b=np.array([4.0]), high=np.array([2.0, 10.0])
    )
    problem = problem_of(qp)
    rough = solve_problem(problem)
    point = as_point(problem, semismooth(problem, *problem.inside(rough.x, rough.y, rough.m)), qp)
    assert point.exact
    assert point.x == pytest.approx([2.0, 2.0], rel=EXACT)
    assert point.y == pytest.approx([3.0], rel=EXACT)
    assert point.side.tolist() == [1, 0]


@given(st.integers(0, 10**6))
def test_who_is_at_a_bound_is_exactly_there(seed: int) -> None:
    """Not where scaling and back have rounded it to: what is missing to a bound counts as a shortfall."""
    luck = np.random.default_rng(seed)
    high = luck.uniform(1.0, 9.0, 6)
    qp = QP(
        np.zeros(7),
        np.concatenate([np.arange(1.0, 7.0), [90.0]]),
        sp.csc_matrix(np.ones((1, 7))),
        np.array([high.sum() + 1.0]),
        sp.csc_matrix((0, 7)),
        np.zeros(0),
        np.zeros(7),
        np.concatenate([high, [np.inf]]),
    )
    problem = problem_of(qp, Scale(luck.uniform(0.1, 50.0, 7), np.ones(1), np.zeros(0)))
    start = problem.inside(np.concatenate([high, [1.0]]), np.array([90.0]), np.zeros(0))
    point = as_point(problem, semismooth(problem, *start), qp)
    assert point.exact
    assert point.x[:6].tolist() == high.tolist()


def test_far_from_the_answer_it_gives_up_where_it_may() -> None:
    qp, problem = asked(clear_static(build_network(synthetic(1)), refine=False).program)
    start = problem.inside(np.zeros(len(qp.c)), np.zeros(len(qp.b)), np.zeros(len(qp.h)))
    soon = semismooth(problem, *start, few=3)
    assert not soon.exact
    assert soon.steps == 1


def test_a_matrix_that_cannot_be_factorised_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers that are none pass every comparison: without a look at the step they would be called exact."""
    qp = duel()
    problem = problem_of(qp)
    whole = frames.factorise
    monkeypatch.setattr(frames, "factorise", lambda plan, data: whole(plan, 0.0 * data))
    settled = semismooth(problem, *problem.inside(np.ones(2), np.ones(1), np.zeros(1)))
    assert not settled.exact
    assert np.isfinite(settled.x).all()
    assert np.isfinite(settled.y).all()
    rough = solve_problem(problem)
    assert rough.status == "stalled"
    assert np.isfinite(rough.x).all()


def test_then_the_plain_path_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Polishing has a factorisation of its own."""
    program = clear_static(trade()).program
    whole = frames.factorise
    monkeypatch.setattr(frames, "factorise", lambda plan, data: whole(plan, 0.0 * data))
    point, check = solve_program(program, make_engine("interior"), "May")
    assert check.passed()
    assert point.y == pytest.approx([50.0, 55.0], rel=EXACT)


def test_what_has_no_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty must be had and twenty fit; nothing at rest looks like an answer, so the last engine is asked."""
    program = clear_static(trade()).program
    tight = replace(program, b=program.b + np.array([0.0, 500.0]), high=np.minimum(program.high, 20.0))
    cold = Point(
        program.low, np.ones(2), np.zeros(0), np.zeros(len(program.c), np.int8), np.zeros(0, bool), False, 0
    )
    for start in (None, cold):
        with pytest.raises(NoAnswer) as caught:
            solve_program(tight, make_engine("interior"), "May", start)
        assert caught.value.where == "May"


def test_columns_that_cannot_move_stay() -> None:
    qp = replace(duel(np.inf), low=np.array([3.5, 0.0]), high=np.array([3.5, 10.0]))
    problem = problem_of(qp)
    assert problem.kind[0] == CLOSED
    point = as_point(problem, semismooth(problem, *problem.inside(np.ones(2), np.ones(1), np.zeros(1))), qp)
    assert point.x == pytest.approx([3.5, 0.5], rel=EXACT)
    assert point.y == pytest.approx([-3.0], rel=EXACT)
    assert point.side[0] == -1
