"""Allowances over a span of months: what is added up in one row, and one rent for all its months."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from small_worlds import EXACT, build_network, flow, look_ahead, no_value, price, trade
from xenotime.market.clearing import Clearing
from xenotime.market.horizon import branching, single_path
from xenotime.market.identity import adds_up, identity, locate
from xenotime.market.network import JointLimit, Network
from xenotime.market.readout import rent_rows
from xenotime.market.terms import Terms, open_terms
from xenotime.market.windows import MONTHLY, close_windows, shares_in_rows


def limited() -> Network:
    limit = JointLimit("control", "cap", ((0, 1.0),), (), np.inf, "A", True)
    return replace(build_network(trade()), joint=(limit,))


def term(window: float, allowance: float) -> Terms:
    return replace(open_terms(limited()), window=np.array([window]), allowance=np.array([allowance]))


def cleared(*terms: Terms, lengths: tuple[int, ...] = (1, 1)) -> Clearing:
    """Two prices a month: A pays 30 + 2f/3, B pays 70 - f/2, freight is 5, so the rent is 35 - 7f/6."""
    network, horizon = limited(), single_path(lengths)
    storage = no_value(0, horizon.leaves(), len(network.nodes))
    return look_ahead(network, horizon, storage, np.zeros(0), terms=terms)


def shipped(done: Clearing) -> list[float]:
    return [flow(done, "ore", "A", "B", period) for period in range(len(done.program.horizon))]


def test_m4_a_balance_is_spread_where_it_is_worth_most() -> None:
    """40 units for two like months: 20 each, at a rent of 35 - 7 x 20 / 6 = 35/3 in both."""
    done = cleared(term(7, 40.0), term(7, 40.0))
    assert shipped(done) == pytest.approx([20.0, 20.0], rel=EXACT)
    assert [done.joint_rent(period)[0] for period in (0, 1)] == pytest.approx([35 / 3] * 2, rel=EXACT)


def test_m4_a_longer_period_takes_its_months_out_of_the_balance() -> None:
    """One month and a quarter share 80 units: 20 a month."""
    done = cleared(term(7, 80.0), term(7, 80.0), lengths=(1, 3))
    assert shipped(done) == pytest.approx([20.0, 20.0], rel=EXACT)
    assert done.joint_rent(0)[0] == pytest.approx(35 / 3, rel=EXACT)


def test_m4_a_balance_that_is_not_used_up_has_no_rent() -> None:
    """Free trade moves 30 a month: of 70 units 10 are left."""
    done = cleared(term(7, 70.0), term(7, 70.0))
    assert flow(done, "ore", "A", "B") == pytest.approx(30.0, rel=EXACT)
    assert done.joint_rent(0)[0] == 0.0
    assert [row["value"] for row in rent_rows(done) if row["kind"] == "control"] == [0.0]


def test_m4_the_next_period_has_a_balance_of_its_own() -> None:
    done = cleared(term(7, 12.0), term(8, 24.0))
    assert shipped(done) == pytest.approx([12.0, 24.0], rel=EXACT)
    rents = [done.joint_rent(period)[0] for period in (0, 1)]
    assert rents == pytest.approx([35 - 14.0, 35 - 28.0], rel=EXACT)


def test_a_balance_that_grows_binds_at_each_step() -> None:
    """12 units may go by the end of the first month, 36 by that of the second."""
    done = cleared(term(7, 12.0), term(7, 36.0))
    assert shipped(done) == pytest.approx([12.0, 24.0], rel=EXACT)
    assert done.joint_rent(0)[0] == pytest.approx(35 - 14.0, rel=EXACT)
    assert done.joint_rent(1)[0] == pytest.approx(35 - 28.0, rel=EXACT)


def test_the_rent_of_a_balance_is_named_in_the_price() -> None:
    done = cleared(term(7, 40.0), term(7, 40.0))
    node = done.program.network.place["ore", "B", ""]
    lane = locate(done, done.program.layout.block(0, "lane").start)
    terms = identity(done, lane, node)
    assert {item.name: item.amount for item in terms}["licence rent cap"] == pytest.approx(35 / 3, rel=EXACT)
    assert adds_up(done, node, terms) < EXACT
    assert price(done, "ore", "B") == pytest.approx(60.0, rel=EXACT)


def test_flows_enter_their_own_row_once_and_a_window_by_its_months() -> None:
    horizon = branching((1, 3, 3), 2, {"a": 0.5, "b": 0.5}, "")
    windows = [term(window, 1.0) for window in (7, 7, 7, MONTHLY)]
    found = shares_in_rows(horizon, tuple(windows))[:, :, 0]
    assert found.tolist() == [[1, 0, 0, 0], [1, 3, 0, 0], [1, 3, 3, 0], [0, 0, 0, 1]]


def test_a_row_that_a_later_one_implies_is_left_open() -> None:
    horizon = single_path((1, 1, 1))
    closed = close_windows(horizon, (term(7, 40.0), term(7, 40.0), term(8, 10.0)))
    assert [row[0] for row in closed] == [np.inf, 40.0, 10.0]
    kept = close_windows(horizon, (term(7, 12.0), term(7, 36.0), term(MONTHLY, 5.0)))
    assert [row[0] for row in kept] == [12.0, 36.0, 5.0]


def test_a_tariff_is_charged_on_the_rent_of_a_balance_too() -> None:
    """With a duty of 10 % on price, freight and rent: 70 - f/2 = 1.1 (30 + 2f/3 + 5 + rent) at f = 15."""
    duty = [replace(part, tariff=np.array([0.1])) for part in (term(7, 30.0), term(7, 30.0))]
    done = cleared(*duty)
    assert flow(done, "ore", "A", "B") == pytest.approx(15.0, rel=EXACT)
    assert done.joint_rent(0)[0] == pytest.approx(62.5 / 1.1 - 45.0, rel=EXACT)
