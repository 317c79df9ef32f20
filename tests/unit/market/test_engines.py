"""Three engines behind one interface: they agree, say what really ran, and a reused one remembers nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp

from market_worlds import synthetic
from small_worlds import ACCURACY, EXACT, build_network, clear_static, joint, stored, trade
from xenotime.market.choose import make_engine
from xenotime.market.clearing import Clearing
from xenotime.market.engines import QP
from xenotime.market.intervals import price_intervals
from xenotime.market.program import as_qp
from xenotime.market.scaling import find_scale, solve_scaled
from xenotime.market.sizes import column_sizes
from xenotime.world.world import World

NAMES = ("interior", "piqp", "highs", "clarabel")
OWN_TOLERANCE = 1e-5  # of the answer: what interior points reach unpolished on programs of a few columns


def small_qp() -> QP:
    """Least (x - 3)^2 + (y - 2)^2 with x + y = 4, x <= 2.2: x = 2.2, y = 1.8."""
    return QP(
        P=np.array([2.0, 2.0]),
        c=np.array([-6.0, -4.0]),
        A=sp.csc_matrix([[1.0, 1.0]]),
        b=np.array([4.0]),
        G=sp.csc_matrix([[1.0, 0.0]]),
        h=np.array([2.2]),
        low=np.zeros(2),
        high=np.full(2, 10.0),
    )


@pytest.mark.parametrize("name", NAMES)
def test_signs_of_duals_are_those_of_the_interface(name: str) -> None:
    """P x + c - A'y + G'm = 0: y = 2 (1.8 - 2) = -.4, m = y - 2 (2.2 - 3) = 1.2."""
    raw = make_engine(name).solve(small_qp())
    assert raw.status == "solved"
    assert raw.x == pytest.approx([2.2, 1.8], rel=OWN_TOLERANCE)
    assert raw.y == pytest.approx([-0.4], rel=OWN_TOLERANCE)
    assert raw.m == pytest.approx([1.2], rel=OWN_TOLERANCE)
    assert raw.iterations > 0


# our own engine says that it found nothing, and the others are asked why
@pytest.mark.parametrize("name", NAMES)
def test_a_program_without_a_point_is_infeasible(name: str) -> None:
    raw = make_engine(name).solve(replace(small_qp(), b=np.array([40.0])))
    assert raw.status == ("stalled" if name == "interior" else "infeasible")


@pytest.mark.parametrize("name", NAMES)
def test_a_program_without_a_bottom_is_unbounded(name: str) -> None:
    endless = replace(
        small_qp(),
        P=np.zeros(2),
        A=sp.csc_matrix([[1.0, -1.0]]),
        b=np.zeros(1),
        h=np.array([np.inf]),
        high=np.full(2, np.inf),
    )
    assert make_engine(name).solve(endless).status == ("stalled" if name == "interior" else "unbounded")


def test_highs_says_what_really_ran() -> None:
    """Interior point for the quadratic program, and HiPO if asked for it; simplex for the linear one."""
    assert make_engine("highs").solve(small_qp()).ran == "highs ipm"
    assert make_engine("highs").solve(replace(small_qp(), P=np.zeros(2))).ran == "highs simplex"


def test_hipo_is_in_the_build_of_highs_that_is_installed() -> None:
    """HiGHS ignores an option it was built without; then `ran` could not tell HiPO from its older point."""
    import highspy

    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    assert solver.setOptionValue("solver", "hipo") == highspy.HighsStatus.kOk
    assert solver.getOptionValue("solver")[1] == "hipo"


def test_a_reused_engine_gives_what_a_fresh_one_gives() -> None:
    engine = make_engine("piqp")
    engine.solve(small_qp())
    for changed in (
        replace(small_qp(), c=np.array([-2.0, -9.0])),
        replace(small_qp(), h=np.array([1.0])),
        replace(small_qp(), A=sp.csc_matrix([[1.0, 2.0]])),
        replace(small_qp(), high=np.array([1.5, 10.0])),
    ):
        again, fresh = engine.solve(changed), make_engine("piqp").solve(changed)
        assert again.x == pytest.approx(fresh.x, rel=OWN_TOLERANCE, abs=OWN_TOLERANCE)
        assert again.y == pytest.approx(fresh.y, rel=OWN_TOLERANCE, abs=OWN_TOLERANCE)


WORLDS: dict[str, Callable[[], World]] = {
    "trade": trade,
    "taxed": lambda: trade(export_tax=0.2, tariff=0.1, cost_slope=1.0),
    "limited": lambda: trade(limit=10.0),
    "joint": joint,
    "stored": stored,
    "synthetic": lambda: synthetic(seed=1),
    "synthetic too": lambda: synthetic(seed=2),
}


def determined(cleared: Clearing) -> np.ndarray:
    low, high = price_intervals(cleared)
    return np.asarray(high <= low)


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("name", NAMES[1:])
def test_engines_agree_on_flows_and_on_every_determined_price(world: str, name: str) -> None:
    network = build_network(WORLDS[world]())
    ours = clear_static(network, engine=make_engine("piqp"))
    theirs = clear_static(network, engine=make_engine(name))
    sure = determined(ours)
    assert sure.mean() > 0.5
    assert ours.price()[sure] == pytest.approx(theirs.price()[sure], rel=ACCURACY)
    size = np.abs(ours.point.x).max()
    assert ours.point.x == pytest.approx(theirs.point.x, rel=ACCURACY, abs=ACCURACY * size)


@pytest.mark.parametrize("world", ["trade", "limited", "joint", "stored"])
@pytest.mark.parametrize("name", NAMES)
def test_an_engine_alone_agrees_too(world: str, name: str) -> None:
    """Without polishing, so that nothing but the engine speaks: the voices are independent."""
    network = build_network(WORLDS[world]())
    alone = clear_static(network, engine=make_engine(name), polished=False, refine=False)
    exact = clear_static(network, refine=False)
    assert not alone.check.exact
    size = np.abs(exact.point.x).max()
    assert alone.point.x == pytest.approx(exact.point.x, rel=ACCURACY, abs=ACCURACY * size)
    sure = determined(exact) & (exact.volume() > ACCURACY * exact.volume().max())
    assert alone.price()[sure] == pytest.approx(exact.price()[sure], rel=10 * ACCURACY)


@pytest.mark.parametrize("world", ["synthetic", "synthetic too"])
@pytest.mark.parametrize("name", NAMES)
def test_engines_alone_reach_the_same_surplus(world: str, name: str) -> None:
    """Their own words on a large world, before anything of ours has touched them."""
    cleared = clear_static(build_network(WORLDS[world]()), refine=False)
    program, x = cleared.program, cleared.point.x
    scale = find_scale(program.A, program.G, column_sizes(program))
    raw = solve_scaled(make_engine(name), as_qp(program), scale)
    ours, theirs = (0.5 * program.P @ (at * at) + program.c @ at for at in (x, raw.x))
    assert theirs == pytest.approx(ours, rel=ACCURACY)


def test_what_ran_is_kept_with_the_answer() -> None:
    """Whatever made the answer exact afterwards, the engine asked for is named first."""
    for name, word in (("piqp", "piqp"), ("highs", "highs ipm"), ("clarabel", "clarabel")):
        assert clear_static(trade(), engine=make_engine(name)).check.ran.startswith(word)
    assert clear_static(trade()).check.balance < EXACT
