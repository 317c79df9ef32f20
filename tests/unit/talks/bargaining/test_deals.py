"""Deals month by month: what they and their clauses are worth, and whether they keep themselves."""

from __future__ import annotations

import numpy as np
import pytest

from xenotime.talks.bargaining.deals import (
    Clause,
    Deal,
    Terms,
    Transfer,
    price_clauses,
    stakes_of,
    value,
    with_clause,
)
from xenotime.talks.bargaining.payoffs import normal_form
from xenotime.talks.bargaining.repeated import patience_of

GAME = normal_form(
    {"R": ("keep", "break"), "C": ("keep", "break")},
    {(0, 0): (3.0, 3.0), (0, 1): (0.0, 5.0), (1, 0): (5.0, 0.0), (1, 1): (1.0, 1.0)},
)
DEAL = Deal((0, 0), (1, 1), lag=1, snap_back=0)
TERMS = Terms(24, np.array([0.9, 0.9]), np.ones(2))


def test_a_kept_deal_is_worth_the_gain_of_every_month() -> None:
    worth, kept = value(GAME, DEAL, TERMS)
    assert kept.until is None
    assert worth == pytest.approx(np.full(2, 2.0 * (1 - 0.9**24) / 0.1))


def test_impatience_breaks_it_in_the_first_month() -> None:
    worth, kept = value(GAME, DEAL, Terms(24, np.array([0.4, 0.9]), np.ones(2)))
    assert (kept.until, kept.by) == (0, 0)
    assert worth[0] == pytest.approx(5.0 - 1.0)  # a month of cheating over none of the deal
    assert worth[1] == pytest.approx(0.0 - 1.0)


def test_the_longer_nobody_notices_the_more_patience_it_takes() -> None:
    needed = [
        patience_of(stakes_of(GAME, Deal((0, 0), (1, 1), lag=lag, snap_back=0), TERMS))[0] for lag in (1, 3)
    ]
    assert needed[0] == pytest.approx(0.5, abs=1e-6)  # (5 - 3) / (5 - 1)
    # 2 (1 + d + d^2) = 2 d^3 / (1 - d):  d^3 = 1 / 2
    assert needed[1] == pytest.approx(0.5 ** (1 / 3), abs=1e-6)


def test_a_deadline_unravels_a_deal_from_its_end() -> None:
    (priced,) = price_clauses(GAME, DEAL, (Clause("deadline", "ends", months=6),), TERMS)
    assert priced.kept.until == 4  # two months before it: 5 + 0.9 x 1 is more than 3 + 0.9 x 3
    assert np.all(priced.worth < 0)
    assert priced.patience == (None, None)


def test_a_promise_to_pay_moves_worth_as_far_as_it_is_kept() -> None:
    payment = Transfer(0, 1, amount=1.0, cost=0.5, kept=0.6)
    (priced,) = price_clauses(GAME, DEAL, (Clause("purchases", "", transfers=(payment,)),), TERMS)
    months = (1 - 0.9**24) / 0.1
    assert priced.worth == pytest.approx([-0.3 * months, 0.6 * months])
    assert priced.patience[0] is not None
    assert priced.patience[0] > 0.5


def test_fading_leverage_makes_a_deal_worth_less_to_who_suffers() -> None:
    plain, _ = value(GAME, DEAL, TERMS)
    fading, _ = value(GAME, DEAL, Terms(24, TERMS.discounts, np.array([0.8, 1.0])))
    assert fading[0] < plain[0]
    assert fading[1] == pytest.approx(plain[1])


def test_clauses_change_what_they_name_and_nothing_else() -> None:
    changed = with_clause(DEAL, Clause("c", "", lag=0, snap_back=2, moves=(0, 1)))
    assert (changed.lag, changed.snap_back, changed.moves) == (0, 2, (0, 1))
    assert (changed.months, changed.otherwise, changed.transfers) == (DEAL.months, DEAL.otherwise, ())
