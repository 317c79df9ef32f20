"""What a package costs, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from xenotime.choice.purse import Purse, cost, outlay, still_owed, tied_up
from xenotime.policy.lever_money import annuity
from xenotime.policy.levers import Lever

D = 0.99


def purse(bought: float = 0.0, paid: tuple[float, ...] = (), received: tuple[float, ...] = ()) -> Purse:
    none = np.zeros(max(len(paid), len(received)))
    return Purse(bought, np.array(paid or none), np.array(received or none), none, 0.0, D)


def test_the_outlay_is_the_most_that_is_out_at_any_months_end() -> None:
    assert outlay(purse(0.0, (10, 10, 0), (0, 5, 30))) == 15.0
    assert outlay(purse(100.0, (0, 0, 0), (40, 40, 40))) == 100.0  # what comes back later is not there first
    assert outlay(purse(100.0, (7, 0, 0), (0, 40, 0))) == 107.0


def test_stock_that_keeps_its_worth_costs_the_return_of_its_money() -> None:
    months = 12
    held = Purse(100.0, np.zeros(months), np.zeros(months), np.full(months, 100.0), 0.0, D)
    assert cost(held) == pytest.approx(100 * (1 - D**months))
    assert tied_up(held)[-1] == pytest.approx(100 * (1 / D - 1) * months)
    assert outlay(held) == 100.0


def test_stock_that_is_sold_costs_what_it_did_not_fetch() -> None:
    sold = Purse(100.0, np.zeros(2), np.array([0.0, 80.0]), np.array([100.0, 0.0]), 0.0, D)
    assert cost(sold) == pytest.approx(100 - 80 * D**2)
    assert tied_up(sold).tolist() == pytest.approx([100 * (1 / D - 1), 200 * (1 / D - 1)])


def test_payments_are_discounted_to_the_start() -> None:
    assert cost(purse(0.0, (10.0, 10.0))) == pytest.approx(10 * D + 10 * D**2)


def test_a_loan_at_the_sponsors_own_return_costs_nothing() -> None:
    yearly = D**-12 - 1
    loan = Lever(lever="l", kind="loan", amount=1000.0, rate=yearly, years=2.0)
    payment = annuity(1000.0, yearly, 2.0)
    paid, received = np.array([1000.0, 0, 0]), np.array([0, payment, payment])
    owed = still_owed(loan, 2, D)
    made = Purse(0.0, paid, received, np.zeros(3), owed, D)
    assert cost(made) == pytest.approx(0.0, abs=1e-9)
    assert still_owed(loan, 24, D) == 0.0
    assert still_owed(loan, -1, D) == 0.0
    assert still_owed(Lever(lever="g", kind="grant", amount=1.0), 0, D) == 0.0
