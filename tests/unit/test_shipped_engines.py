"""The solver of the months on a month of the shipped world, against plain paths and other engines."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import scipy.sparse as sp
import scipy.sparse.linalg as spla

from xenotime.api import load_case, load_world
from xenotime.dynamics.step import Setup, first_state, from_base, month_program
from xenotime.dynamics.trajectory import ROUGH, prepare
from xenotime.market.choose import make_engine
from xenotime.market.clearing import Clearing
from xenotime.market.engines import Array
from xenotime.market.frame import SHIFT, SHIFT_FLOOR, Frame
from xenotime.market.fronts import Factor
from xenotime.market.horizon import single_path
from xenotime.market.interior import solve_problem
from xenotime.market.intervals import price_intervals
from xenotime.market.polish import Point, polish
from xenotime.market.problem import Problem, make_problem
from xenotime.market.program import Program, as_qp
from xenotime.market.reach import find_reach, without_dead
from xenotime.market.scaling import money_of
from xenotime.market.semismooth import as_point, semismooth
from xenotime.market.solving import solve_program
from xenotime.policy.package import read_package

MONTH = "2025-04"  # the month the licences of April 2025 come into force
ACCURACY = 1e-6  # what the project promises of determined prices
EQUAL = 1e-9  # relative: two sums of a hundred thousand terms
ROUNDED = 1e-12  # relative: thousands of roundings
TRADED = 1e-6  # of the largest node: below it a price moves nothing
FREE = 1e-9  # USD/unit: what is thrown away for nothing costs nothing


@cache
def setup() -> Setup:
    world = load_world()
    return prepare(world, read_package(load_case("april-2025"), world), MONTH, single_path(ROUGH))


@cache
def program() -> Program:
    """The look-ahead of a run, a year in three periods."""
    return month_program(setup(), first_state(setup()), MONTH)


@cache
def problem() -> Problem:
    qp = without_dead(as_qp(program()), find_reach(as_qp(program())))
    return make_problem(program().frame, qp, money_of(qp, program().frame.scale))


@cache
def solved(engine: str, begun: bool = False) -> Clearing:
    start = from_base(setup(), program()) if begun else None
    point, check = solve_program(program(), make_engine(engine), MONTH, start)
    return Clearing(program(), point, check)


def agree(one: Clearing, two: Clearing) -> None:
    """The same surplus, amounts wherever costs rise, and prices that are determined where goods are traded.

    Between holders or lanes at one flat cost an amount may be split in many ways, which are all as good.
    """
    of = program()
    surplus = [0.5 * of.P @ (at.point.x**2) + of.c @ at.point.x for at in (one, two)]
    assert surplus[0] == pytest.approx(surplus[1], rel=EQUAL)
    size = np.maximum(of.frame.scale.column, np.abs(two.point.x))
    apart = np.abs(one.point.x - two.point.x) / size
    assert apart[of.P > 0].max() < ACCURACY
    for period in range(len(ROUGH)):
        low, high = price_intervals(one, period)
        volume = two.volume(period)
        traded = volume > TRADED * volume.max()
        sure = traded & np.isfinite(high) & (low == high)
        assert sure.sum() > 0.9 * traded.sum()
        assert one.price(period)[sure] == pytest.approx(two.price(period)[sure], rel=ACCURACY, abs=FREE)


@cache
def asked() -> tuple[tuple[np.ndarray, np.ndarray], ...]:
    """Yields of columns, and what is added to the diagonal, of every matrix on the way to the answer."""
    seen: list[tuple[np.ndarray, np.ndarray]] = []
    at, whole = problem(), Frame.newton

    def spy(frame: Frame, amount: Array, worth: Array, inverse: Array, more: Array | None = None) -> Factor:
        seen.append((inverse.copy(), np.zeros(len(at.r)) if more is None else more.copy()))
        return whole(frame, amount, worth, inverse, more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Frame, "newton", spy)
        rough = solve_problem(at)
        assert semismooth(at, *at.inside(rough.x, rough.y, rough.m)).exact
    return tuple(seen)


def newton_matrix(inverse: Array, more: Array) -> sp.csc_matrix:
    """Q D B' with what the frame adds to its diagonal, made without the frame's loops."""
    at, pattern = problem(), program().frame.pattern
    rows = (len(at.r), len(at.c))
    Q, B = (sp.csc_matrix((part, pattern.row, pattern.start), shape=rows) for part in (at.amount, at.worth))
    own = np.asarray(Q.multiply(B) @ inverse).ravel()
    shift = SHIFT * own + SHIFT_FLOOR * max(1.0, float(own.max()))
    return (Q @ sp.diags(inverse) @ B.T + sp.diags(shift + more)).tocsc()


@pytest.mark.parametrize("step", [0, 10, 20, 30, -4, -1])
def test_factors_of_a_shipped_month_close_its_equations(step: int) -> None:
    """Row by row to rounding, from the first step to the last, without looking for pivots.

    Diagonals span up to thirty orders of magnitude there, and a solution is no better determined than that.
    Scipy's factors, which know no scale of the rows, are asked on the way, where both have one.
    """
    inverse, more = asked()[step]
    matrix, at = newton_matrix(inverse, more), problem()
    right = matrix @ np.random.default_rng(1).uniform(0.5, 1.5, len(at.r))
    found = program().frame.newton(at.amount, at.worth, inverse, more).solve(right)
    assert np.max(np.abs(matrix @ found - right) / (abs(matrix) @ np.abs(found))) < ROUNDED
    if step == 20:
        other = spla.splu(matrix)
        expected = other.solve(right)
        expected += other.solve(right - matrix @ expected)
        assert found == pytest.approx(expected, rel=ACCURACY)


def test_the_order_of_a_shipped_month_fills_little() -> None:
    plan, pattern = program().frame.pattern.plan, program().frame.pattern
    assert sorted(pattern.order.tolist()) == list(range(len(problem().r)))
    assert plan.panel[-1] < 20 * pattern.entries


def test_newtons_method_ends_where_polishing_ends() -> None:
    rough = solve_problem(problem())
    settled = semismooth(problem(), *problem().inside(rough.x, rough.y, rough.m))
    assert settled.exact
    qp = without_dead(as_qp(program()), find_reach(as_qp(program())))
    fast, plain = as_point(problem(), settled, qp), polish(qp, rough, program().frame.scale)
    assert plain.exact
    one, two = (Clearing(program(), point, solved("interior").check) for point in (fast, plain))
    agree(one, two)


def test_a_start_changes_the_way_and_not_the_month() -> None:
    agree(solved("interior", begun=True), solved("interior"))


def test_a_wrong_start_does_not_change_the_month_either() -> None:
    here = solved("interior")
    luck = np.random.default_rng(2)
    wrong = Point(
        np.clip(here.point.x * luck.uniform(0.0, 3.0, len(here.point.x)), program().low, program().high),
        here.point.y * luck.uniform(-1.0, 3.0, len(here.point.y)),
        here.point.m[::-1].copy(),
        luck.integers(-1, 2, len(here.point.x)).astype(np.int8),
        here.point.binding,
        False,
        0,
    )
    point, check = solve_program(program(), make_engine("interior"), MONTH, wrong)
    agree(Clearing(program(), point, check), here)


@pytest.mark.parametrize("engine", ["piqp", pytest.param("highs", marks=pytest.mark.slow)])
def test_another_engine_has_the_same_month(engine: str) -> None:
    assert solved(engine).check.ran.startswith(engine)
    agree(solved("interior"), solved(engine))
