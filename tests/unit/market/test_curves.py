"""Segments held as one column: the same curve, the same answer, and every segment back where it belongs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from market_worlds import synthetic
from small_worlds import EXACT, build_network, clear_static, trade
from xenotime.market import curve_loops, frame
from xenotime.market.curves import STEEPEST, apart, hold_curves
from xenotime.market.demand import Chain, use_chain
from xenotime.market.interior import solve_problem
from xenotime.market.layout import Layout
from xenotime.market.problem import Problem, make_problem
from xenotime.market.program import as_qp
from xenotime.market.scaling import money_of
from xenotime.market.semismooth import as_point, semismooth
from xenotime.world.tables import Demand

seeds = st.integers(0, 10**6)
BENT = Demand(
    material="A", region="AAA", form="isoelastic", price=100.0, quantity=40.0, elasticity=-0.2, choke=3000.0
)


def layout_of(segments: int) -> Layout:
    """Two other columns before, and segments of use."""
    return Layout(
        {"plant": 0, "use": 2, "supply": 2 + segments},
        {"plant": 2, "use": segments, "supply": 0},
        2 + segments,
    )


def held_problem(seed: int = 1) -> Problem:
    """A small market of isoelastic users, scaled, its curves held as one column each."""
    program = clear_static(build_network(synthetic(seed)), refine=False).program
    qp = as_qp(program)
    return make_problem(program.frame, qp, money_of(qp, program.frame.scale))


def test_a_curve_is_one_column_and_its_choke_step_another() -> None:
    chain = use_chain(BENT)
    columns = hold_curves(layout_of(len(chain.width)), 2, (chain,), ())
    width = 2 + len(chain.width)
    assert columns.head.tolist() == [0, 1, 2, 3, width, width + 1, width + 2, width + 3]
    assert columns.group[:4].tolist() == [0, 1, 2, 3]
    assert set(columns.group[3:width]) == {3}


@pytest.mark.parametrize(
    ("width", "first", "last", "together"),
    [
        ([1.0, 1.0], [9.0, 6.0], [6.0, 2.0], True),
        ([1.0, 1.0], [9.0, 5.0], [6.0, 2.0], False),  # a gap between them
        ([1.0, 1.0], [9.0, 6.0], [6.0, 6.0], False),  # the second is flat
        ([1.0, 0.0], [9.0, 6.0], [6.0, 2.0], False),  # nobody is in it
        ([1.0, np.inf], [9.0, 6.0], [6.0, 2.0], False),  # it has no end
        ([1.0, 1.0], [9.0, 8.0], [8.0, 8.0 - 1.01 * STEEPEST], False),  # much steeper than the one before
    ],
)
def test_only_what_goes_on_alike_is_held_together(
    width: list[float], first: list[float], last: list[float], together: bool
) -> None:
    chain = Chain(np.array(width), np.array(first), np.array(last))
    columns = hold_curves(layout_of(2), 1, (chain,), ())
    assert (len(columns.head) == 3) is together


@given(seeds)
def test_marginal_cost_where_a_curve_stands_is_that_of_the_program(seed: int) -> None:
    problem = held_problem()
    luck, knots = np.random.default_rng(seed), problem.knots
    stand = problem.stand()
    x = np.where(np.isfinite(problem.high), luck.random(len(problem.c)) * problem.high, 1.0)
    stand.at(x)
    found = (stand.P * x + stand.c)[knots.column]
    for curve, column in enumerate(knots.column):
        part = slice(knots.first[curve], knots.first[curve + 1])
        ends = np.append(knots.at[part], problem.high[column])
        values = np.append(
            knots.cost[part], knots.cost[part][-1] + knots.slope[part][-1] * (ends[-1] - ends[-2])
        )
        assert found[curve] == pytest.approx(np.interp(x[column], ends, values), rel=1e-9, abs=1e-9)


@given(seeds)
def test_what_prices_pay_is_where_a_curve_stands(seed: int) -> None:
    problem = held_problem()
    luck, knots, stand = np.random.default_rng(seed), problem.knots, problem.stand()
    y = luck.uniform(0.1, 30.0, len(problem.r))
    curve_loops.offered(
        *problem.places, problem.worth, y, knots.column, knots.first, knots.at, knots.cost, knots.slope,
        stand.P, stand.c, stand.segment,
    )  # fmt: skip
    start, row = problem.places
    paid = problem.worth[start[knots.column]] * y[row[start[knots.column]]]
    amount = (paid - stand.c[knots.column]) / stand.P[knots.column]
    begin = knots.at[knots.first[:-1] + stand.segment]
    last = knots.first[:-1] + stand.segment + 1 == knots.first[1:]
    end = np.where(last, np.inf, np.append(knots.at, 0.0)[knots.first[:-1] + stand.segment + 1])
    inside = (stand.segment > 0) | (amount >= begin - 1e-9)
    assert np.all(amount[inside] >= begin[inside] - 1e-9 * np.maximum(begin[inside], 1.0))
    assert np.all(amount <= end + 1e-9 * np.maximum(begin, 1.0))
    before = stand.segment.copy()
    assert curve_loops.offered(
        *problem.places, problem.worth, y, knots.column, knots.first, knots.at, knots.cost, knots.slope,
        stand.P, stand.c, stand.segment,
    ) == 0  # fmt: skip
    assert stand.segment.tolist() == before.tolist()


def curve_of(*slopes: float) -> tuple[np.ndarray, ...]:
    """One curve of segments one unit long: column, first, at, cost, slope."""
    cost = np.concatenate([[0.0], np.cumsum(slopes)[:-1]])
    at = np.arange(len(slopes), dtype=float)
    return np.array([0]), np.array([0, len(slopes)]), at, cost, np.array(slopes)


@pytest.mark.parametrize(
    ("slopes", "before", "ahead", "ends"),
    [
        ((1.0, 4.0), 0.5, 0.9, 0.9),  # within its segment the line is the curve
        ((1.0, 4.0), 0.5, 1.8, 1.2),  # steeper beyond: the cost 1.8 is kept, reached after 0.2 units more
        ((4.0, 1.0), 0.5, 1.8, 1.8),  # flatter beyond: the amount is kept
        ((1.0, 4.0), 1.5, 0.2, 0.2),  # back where it is flatter: the amount
        ((4.0, 1.0), 1.5, 0.2, 0.8),  # back where it is steeper: the cost 3.2 is kept
    ],
)
def test_a_step_off_the_segment_is_taken_along_the_curve(
    slopes: tuple[float, ...], before: float, ahead: float, ends: float
) -> None:
    curve = curve_of(*slopes)
    P, c, segment = np.zeros(1), np.zeros(1), np.zeros(1, dtype=np.int64)
    curve_loops.locate(*curve, np.array([before]), P, c, segment)
    x = np.array([ahead])
    curve_loops.follow(*curve, np.array([2.0]), np.array([before]), P, c, segment, x)
    assert x == pytest.approx([ends])


def test_a_curve_leaves_a_segment_it_is_outside_of() -> None:
    curve = curve_of(1.0, 2.0, 3.0)
    P, c, segment = np.zeros(1), np.zeros(1), np.zeros(1, dtype=np.int64)
    side, spare = np.zeros(1, dtype=np.int8), np.ones(1)
    asked = (*curve, side, spare, 1e-6)
    assert curve_loops.leave(*asked, np.array([1.0 + 1e-9]), P, c, segment) == 0  # by rounding only
    assert curve_loops.leave(*asked, np.array([2.5]), P, c, segment) == 1
    assert (segment.tolist(), P.tolist(), c.tolist()) == ([2], [3.0], [-3.0])
    side[0] = 1  # at its bound it stays
    assert curve_loops.leave(*asked, np.array([0.5]), P, c, segment) == 0


@pytest.mark.parametrize("seed", [1, 2])
def test_held_together_or_apart_the_answer_is_the_same(seed: int) -> None:
    program = clear_static(build_network(synthetic(seed)), refine=False).program
    qp, of = as_qp(program), program.frame
    plain = frame.build_frame(program.A, program.G, of.scale, of.links, apart(len(program.c)))
    assert len(of.size) < 0.5 * len(plain.size)
    points = []
    for each in (of, plain):
        problem = make_problem(each, qp, money_of(qp, each.scale))
        rough = solve_problem(problem)
        settled = semismooth(problem, *problem.inside(rough.x, rough.y, rough.m))
        assert settled.exact
        points.append(as_point(problem, settled, qp))
    one, two = points
    assert one.x == pytest.approx(two.x, rel=EXACT, abs=EXACT * np.abs(two.x).max())
    assert np.array_equal(one.side, two.side)
    passed = abs(qp.A) @ np.abs(two.x) > EXACT * (abs(qp.A) @ of.scale.column)
    assert one.y[passed] == pytest.approx(two.y[passed], rel=EXACT)


@given(seeds)
def test_segments_are_filled_one_after_another(seed: int) -> None:
    problem = held_problem()
    qp = as_qp(clear_static(build_network(synthetic(1)), refine=False).program)
    luck = np.random.default_rng(seed)
    share = luck.random(len(problem.c))
    x = np.where(np.isfinite(problem.high), share * problem.high, share)
    amounts, _, _ = problem.outside(x, np.zeros(len(problem.r)))
    segments, owner = problem.segments
    full = np.isclose(amounts[segments], qp.high[segments], rtol=1e-9)
    later = np.flatnonzero((owner[1:] == owner[:-1]) & (amounts[segments][1:] > 0))
    assert full[later].all()
    back, _ = problem.inside(amounts, np.zeros(len(qp.b)), np.zeros(len(qp.h)))
    held = len(problem.frame.size)
    assert back[:held] == pytest.approx(x[:held], rel=1e-9, abs=1e-12)


def test_a_market_without_curves_has_nothing_held_together() -> None:
    program = clear_static(build_network(trade()), refine=False).program
    assert len(program.frame.columns.head) == len(program.c)
    problem = make_problem(program.frame, as_qp(program), 1.0)
    assert len(problem.knots.column) == 0
    assert replace(problem).stand().at(problem.low) == 0
