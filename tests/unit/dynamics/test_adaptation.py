"""Users learn to do with less, and some of what they learn stays (M8)."""

from __future__ import annotations

import math

import numpy as np
import pytest

from xenotime.dynamics.adaptation import Adapted, adapt, level_after, long_run_level, read_users, unadapted
from xenotime.world.tables import Demand

ROW = Demand(
    material="m",
    region="R",
    form="isoelastic",
    price=10.0,
    quantity=50.0,
    elasticity=-0.1,
    elasticity_long=-0.5,
    adapt_months=12.0,
    choke=800.0,
)
USERS = read_users((ROW,), np.array([0]))
NEW = unadapted(USERS)


def at(price: float) -> np.ndarray:
    return np.array([price])


def test_demand_heads_for_its_long_run_level() -> None:
    # at twice the price long-run demand is 2^-0.5 of the base's; short-run answers already give 2^-0.1
    assert long_run_level(USERS, NEW, at(20.0))[0] == pytest.approx(-0.4 * math.log(2.0))


def test_no_price_above_the_choke_price_is_felt() -> None:
    assert long_run_level(USERS, NEW, at(1e6))[0] == long_run_level(USERS, NEW, at(800.0))[0]


def test_after_the_time_constant_two_thirds_of_the_way_are_gone() -> None:
    share = level_after(USERS, NEW, at(20.0), 12.0)[0] / long_run_level(USERS, NEW, at(20.0))[0]
    assert share == pytest.approx(1 - math.exp(-1.0))


def test_twelve_months_are_twelve_times_one() -> None:
    state = NEW
    for _ in range(12):
        state = adapt(USERS, state, at(20.0), 0.5)
    assert state.level[0] == pytest.approx(level_after(USERS, NEW, at(20.0), 12.0)[0])


def test_half_of_the_deepest_fall_stays_when_the_price_is_back() -> None:
    fallen = Adapted(np.array([-0.4]), np.array([-0.2]))
    assert level_after(USERS, fallen, at(10.0), 1e4)[0] == pytest.approx(-0.2)
    assert adapt(USERS, fallen, at(10.0), 0.5).redesigned[0] == -0.2


def test_a_low_price_still_brings_new_uses() -> None:
    redesigned = Adapted(np.array([-0.2]), np.array([-0.2]))
    cheap = long_run_level(USERS, redesigned, at(5.0))[0]
    assert cheap == pytest.approx(-0.2 + 0.4 * math.log(2.0))


def test_at_the_reference_price_nothing_changes() -> None:
    state = adapt(USERS, NEW, at(10.0), 0.5)
    assert (state.level[0], state.redesigned[0], state.scale()[0]) == (0.0, 0.0, 1.0)


@pytest.mark.parametrize(
    "row",
    [
        Demand(material="m", region="R", form="fixed", quantity=5.0, shortfall_price=9.0),
        Demand(material="m", region="R", form="linear", intercept=9.0, slope=1.0),
    ],
)
def test_curves_without_a_long_run_do_not_adapt(row: Demand) -> None:
    users = read_users((row,), np.array([0]))
    assert adapt(users, unadapted(users), at(1e3), 0.5).level[0] == 0.0
