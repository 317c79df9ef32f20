"""Capital under way is in a lane's cost already, at usual prices (M3)."""

from __future__ import annotations

import numpy as np
import pytest

from small_worlds import trade
from xenotime.market.horizon import branching, single_path
from xenotime.market.network import build_network
from xenotime.market.transit import transit_credit, worth_on_arrival

BETA = 0.99


def test_without_a_lag_nothing_is_tied_up() -> None:
    path = single_path((1, 1))
    assert worth_on_arrival(path, path.weights(BETA), BETA, 0, 0.0) == 1.0


def test_a_month_and_a_quarter_lands_three_quarters_after_one_month() -> None:
    path = single_path((1, 1, 1))
    worth = worth_on_arrival(path, path.weights(BETA), BETA, 0, 1.25)
    assert worth == pytest.approx(0.75 * BETA + 0.25 * BETA**2)


def test_goods_still_at_sea_at_the_end_wait_for_the_end() -> None:
    path = single_path((1, 1))
    assert worth_on_arrival(path, path.weights(BETA), BETA, 1, 1.0) == pytest.approx(BETA)


def test_over_branches_the_worth_is_the_expected_one() -> None:
    tree = branching((1, 1), 1, {"open": 0.25, "closed": 0.75}, "")
    assert worth_on_arrival(tree, tree.weights(BETA), BETA, 0, 1.0) == pytest.approx(BETA)


def test_the_credit_is_the_interest_at_the_usual_price_of_the_destination() -> None:
    network = build_network(trade(lag_months=1.0))
    path = single_path((1, 1))
    usual = np.array([40.0, 50.0])
    credit = transit_credit(network, path, path.weights(BETA), BETA, usual)
    assert credit[:, 0] == pytest.approx([0.5, 0.5])
