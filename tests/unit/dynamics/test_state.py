"""Goods at sea by hand: what leaves, when it lands, and what is afloat when nothing changes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from small_worlds import EXACT, build_network, trade
from xenotime.dynamics.state import (
    departed,
    months_at_sea,
    sail_on,
    steady_at_sea,
)
from xenotime.market.network import Network


def with_lag(lag: float) -> Network:
    return build_network(trade(lag_months=lag))


@pytest.mark.parametrize(("lag", "months"), [(0.0, 1), (0.25, 2), (1.0, 2), (1.5, 3), (2.0, 3)])
def test_there_is_room_for_the_longest_way(lag: float, months: int) -> None:
    assert months_at_sea(with_lag(lag).lanes) == months


@pytest.mark.parametrize(
    ("lag", "coming"),
    [(0.0, [0.0]), (0.25, [2.5, 0.0]), (1.0, [10.0, 0.0]), (1.5, [5.0, 5.0, 0.0]), (2.0, [0.0, 10.0, 0.0])],
)
def test_ten_leave_evenly_over_a_month(lag: float, coming: list[float]) -> None:
    """With a quarter of a month to go, a quarter of them land in the month after."""
    found = departed(with_lag(lag), np.array([10.0]))
    assert found[0].tolist() == [0.0] * len(coming)
    assert found[1] == pytest.approx(coming, rel=EXACT)


def test_a_month_later_everything_is_nearer() -> None:
    assert sail_on(np.array([[1.0, 2.0, 4.0]])).tolist() == [[2.0, 4.0, 0.0]]


@pytest.mark.parametrize("lag", [0.0, 0.25, 1.0, 1.75, 3.0])
def test_what_is_afloat_in_a_steady_world_is_flow_times_lag(lag: float) -> None:
    """At a month's begin: of ten a month, 10 x lag are under way, and ten land in every month."""
    network = with_lag(lag)
    afloat = steady_at_sea(network, np.array([10.0]))
    next_month = sail_on(afloat) + departed(network, np.array([10.0]))
    assert next_month == pytest.approx(afloat, rel=EXACT)
    share_landing_at_once = max(0.0, 1.0 - lag)
    assert afloat[1, 0] + 10 * share_landing_at_once == pytest.approx(10.0, rel=EXACT)
    # goods leave evenly, so those of the last month are on average half a month out
    assert afloat.sum() == pytest.approx(10 * lag, rel=EXACT)


def test_lanes_of_several_lags_are_added() -> None:
    world = trade(lag_months=1.0)
    back = replace(world.lanes[0], origin="B", destination="A", lag_months=0.5)
    network = build_network(world.with_tables(lanes=(*world.lanes, back)))
    assert departed(network, np.array([10.0, 4.0])).tolist() == [[2.0, 0.0], [10.0, 0.0]]
