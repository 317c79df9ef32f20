"""Our own interior point: right alone, charges included, and honest where it finds nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp

from market_worlds import duel, synthetic
from small_worlds import build_network, clear_static, trade
from xenotime.market.choose import make_engine
from xenotime.market.engines import QP, Raw
from xenotime.market.interior import Interior, interior
from xenotime.market.problem import make_problem
from xenotime.market.program import as_qp
from xenotime.market.reach import find_reach, without_dead
from xenotime.market.scaling import find_scale, money_of, solve_scaled
from xenotime.market.sizes import column_sizes

CLOSE = 1e-6  # complementarity is stopped at 1e-7 of what passes; polishing takes it from there


def test_amounts_prices_and_rents() -> None:
    raw = Interior().solve(duel())
    assert (raw.status, raw.ran) == ("solved", "interior")
    assert raw.x == pytest.approx([2.2, 1.8], rel=CLOSE)
    assert raw.y == pytest.approx([-0.4], rel=CLOSE)
    assert raw.m == pytest.approx([1.2], rel=CLOSE)


def test_a_limit_without_end_has_no_rent() -> None:
    raw = Interior().solve(duel(np.inf))
    assert raw.x == pytest.approx([2.5, 1.5], rel=CLOSE)
    assert raw.m.tolist() == [0.0]


def test_a_program_without_curvature() -> None:
    raw = Interior().solve(replace(duel(), P=np.zeros(2), c=np.array([1.0, 3.0])))
    assert raw.x == pytest.approx([2.2, 1.8], rel=CLOSE)
    assert raw.y == pytest.approx([3.0], rel=CLOSE)


def test_fixed_columns_stay_and_count() -> None:
    raw = Interior().solve(replace(duel(np.inf), low=np.array([3.5, 0.0]), high=np.array([3.5, 10.0])))
    assert raw.x == pytest.approx([3.5, 0.5], rel=CLOSE)
    assert raw.y == pytest.approx([-3.0], rel=CLOSE)


def test_nothing_to_decide() -> None:
    fixed = np.array([2.0, 2.0])
    raw = Interior().solve(replace(duel(), low=fixed, high=fixed))
    assert raw.x.tolist() == [2.0, 2.0]


@pytest.mark.parametrize("tax", [0.0, 0.1, 0.5])
def test_charges_are_part_of_the_answer(tax: float) -> None:
    """Seller at marginal cost 10 + x, buyer at 100 - x, who pays (1 + tax) times the seller's price.

    (1 + tax)(10 + x) = 100 - x.
    """
    qp = QP(
        np.array([1.0, 0.0, 1.0]),
        np.array([10.0, 0.0, -100.0]),
        sp.csc_matrix([[1.0, -1.0, 0.0], [0.0, 1.0, -1.0]]),
        np.zeros(2),
        sp.csc_matrix((0, 3)),
        np.zeros(0),
        np.zeros(3),
        np.full(3, np.inf),
        A_tax=sp.csc_matrix([[0.0, tax, 0.0], [0.0, 0.0, 0.0]]),
        G_tax=sp.csc_matrix((0, 3)),
    )
    scale = find_scale(qp.A, qp.G, np.full(3, 50.0))
    raw = solve_scaled(make_engine("interior"), qp, scale)
    x = (90 - 10 * tax) / (2 + tax)
    assert raw.x == pytest.approx([x, x, x], rel=CLOSE)
    assert raw.y == pytest.approx([10 + x, 100 - x], rel=CLOSE)


def test_what_has_no_answer_stalls() -> None:
    assert Interior().solve(replace(duel(), b=np.array([40.0]))).status == "stalled"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_large_world_agrees_with_another_engine(seed: int) -> None:
    """Alone, without polishing, against HiGHS alone: the same surplus."""
    cleared = clear_static(build_network(synthetic(seed)), refine=False)
    program = cleared.program
    scale = find_scale(program.A, program.G, column_sizes(program))

    def surplus(name: str) -> float:
        x = solve_scaled(make_engine(name), as_qp(program), scale).x
        return float(0.5 * program.P @ (x * x) + program.c @ x)

    assert surplus("interior") == pytest.approx(surplus("highs"), rel=CLOSE)


def test_a_start_changes_the_way_not_the_answer() -> None:
    cold = Interior().solve(duel())
    warm = Interior().solve(duel(), replace(cold, x=np.array([0.0, 10.0]), y=np.array([7.0])))
    assert warm.x == pytest.approx(cold.x, rel=CLOSE)
    assert warm.y == pytest.approx(cold.y, rel=10 * CLOSE)


def test_the_same_question_gives_the_same_bytes() -> None:
    program = as_qp(clear_static(trade(), refine=False).program)
    one, two = Interior().solve(program), Interior().solve(program)
    for part in ("x", "y", "m"):
        assert getattr(one, part).tobytes() == getattr(two, part).tobytes()
    assert isinstance(one, Raw)


def test_a_start_without_a_way_is_left_for_none() -> None:
    """Prices beyond all measure, amounts at their bounds: no step from there is long, from however far."""
    program = clear_static(build_network(synthetic(1)), refine=False).program
    qp = without_dead(as_qp(program), find_reach(as_qp(program)))
    problem = make_problem(program.frame, qp, money_of(qp, program.frame.scale))
    luck = np.random.default_rng(4)
    x = np.where(luck.random(len(problem.c)) < 0.5, problem.low, np.minimum(problem.high, 1e6))
    y = 10.0 ** luck.uniform(-12, 12, len(problem.r))
    _, clear, alone = interior(problem)
    found, also, done = interior(problem, (x, y))
    assert clear
    assert also
    assert done > alone
    assert np.isfinite(found.x).all()
