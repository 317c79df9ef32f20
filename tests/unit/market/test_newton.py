"""Newton's method on the dual: right from anywhere, quick from near by, and honest when it stalls."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp

from market_worlds import synthetic
from small_worlds import ACCURACY, build_network, clear_static, joint, trade
from xenotime.market.choose import make_engine
from xenotime.market.engines import QP
from xenotime.market.newton import newton

CLOSE = 1e-7  # relative: what is left of the proximal term when it counts as none


def duel(limit: float = 2.2) -> QP:
    """Least (x - 3)^2 + (y - 2)^2 with x + y = 4, x <= limit: x = 2.2, y = 1.8."""
    return QP(
        np.array([2.0, 2.0]),
        np.array([-6.0, -4.0]),
        sp.csc_matrix([[1.0, 1.0]]),
        np.array([4.0]),
        sp.csc_matrix([[1.0, 0.0]]),
        np.array([limit]),
        np.zeros(2),
        np.full(2, 10.0),
    )


def test_signs_of_duals_are_those_of_the_interface() -> None:
    raw = newton(duel())
    assert (raw.status, raw.ran) == ("solved", "newton")
    assert raw.x == pytest.approx([2.2, 1.8], rel=CLOSE)
    assert raw.y == pytest.approx([-0.4], rel=CLOSE)
    assert raw.m == pytest.approx([1.2], rel=CLOSE)


def test_a_limit_without_end_is_none() -> None:
    raw = newton(duel(np.inf))
    assert raw.x == pytest.approx([2.5, 1.5], rel=CLOSE)
    assert raw.m.tolist() == [0.0]


def test_a_program_without_curves_is_solved_too() -> None:
    """Cheapest first: x at 1 up to 2.2, the rest from y at 3."""
    raw = newton(replace(duel(), P=np.zeros(2), c=np.array([1.0, 3.0])))
    assert raw.status == "solved"
    assert raw.x == pytest.approx([2.2, 1.8], rel=CLOSE)
    assert raw.y == pytest.approx([3.0], rel=CLOSE)
    assert raw.m == pytest.approx([2.0], rel=CLOSE)


def test_a_program_without_a_point_is_not_called_solved() -> None:
    assert newton(replace(duel(), b=np.array([40.0]))).status == "stalled"


def test_a_good_start_saves_steps() -> None:
    cold = newton(duel())
    warm = newton(duel(), cold)
    assert warm.iterations < cold.iterations
    assert warm.x == pytest.approx(cold.x, rel=CLOSE)


@pytest.mark.parametrize("start", [1e6, -1e6, 0.0])
def test_a_bad_start_does_no_harm(start: float) -> None:
    begin = replace(newton(duel()), x=np.array([10.0, 0.0]), y=np.array([start]), m=np.zeros(1))
    raw = newton(duel(), begin)
    if raw.status == "solved":
        assert raw.x == pytest.approx([2.2, 1.8], rel=CLOSE)
    else:
        assert raw.status == "stalled"


@pytest.mark.parametrize(
    "world", [trade, joint, lambda: trade(tariff=0.1, export_tax=0.2), lambda: trade(limit=10.0)]
)
def test_it_agrees_with_the_other_engines(world: object) -> None:
    network = build_network(world())  # type: ignore[operator]
    ours, theirs = (clear_static(network, engine=make_engine(name)) for name in ("newton", "piqp"))
    assert ours.price() == pytest.approx(theirs.price(), rel=ACCURACY)
    assert ours.amount("lane") == pytest.approx(theirs.amount("lane"), rel=ACCURACY)


def test_it_agrees_on_an_invented_world() -> None:
    network = build_network(synthetic(1))
    ours, theirs = (
        clear_static(network, engine=make_engine(name), refine=False) for name in ("newton", "piqp")
    )
    size = np.abs(theirs.point.x).max()
    assert np.abs(ours.point.x - theirs.point.x).max() <= ACCURACY * size
