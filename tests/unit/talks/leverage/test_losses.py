"""(M21) a tonne is surplus or lost output, never both; what waits comes back at a limited rate."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from unit.talks.leverage.leverage_worlds import ask, learning
from xenotime.dynamics.behaviour import load_behaviour
from xenotime.leverage_study import hands_of, held_back
from xenotime.talks.leverage.losses import losses, recoverable
from xenotime.talks.leverage.stakes import Stakes, no_stakes
from xenotime.talks.leverage.surface import held_from, without

BEHAVIOUR = replace(load_behaviour(), catch_up=0.2, cancelled=0.1)


def test_what_waits_is_made_up_at_a_limited_rate_and_not_wholly() -> None:
    # 10 wait, 4 a month at most: 4, then (6 - 10 %) = 5.4 of which 4, then 1.26
    found = recoverable(np.array([10.0, 0.0, 3.0]), np.array([20.0, 20.0, 20.0]), BEHAVIOUR)
    assert found == pytest.approx([4 + 4 + (5.4 - 4) * 0.9, 0.0, 3.0])


def test_nothing_is_made_up_where_nothing_runs() -> None:
    assert recoverable(np.array([5.0]), np.array([0.0]), BEHAVIOUR)[0] == 0.0


def starving() -> tuple:  # type: ignore[type-arg]
    """Months in which B's lines stop: little cover and a low choke price."""
    question, asked = ask(learning(days=10.0, choke=2.0), months=5)
    policies, rows, _ = held_back(question)
    hands = hands_of(question, asked, question.world, policies, rows, False, None)
    free = without(hands, asked)
    return hands, free, held_from(hands, asked, free, 0)


def test_a_missing_tonne_enters_as_value_added_or_as_surplus_and_its_price_is_all_that_differs() -> None:
    hands, free, held = starving()
    count = len(hands.stakes.value_added)
    missing = sum(account.missing for account in held.accounts) - sum(a.missing for a in free.accounts)
    made_up = sum(account.made_up for account in held.accounts)
    behaviour = held.books.setup.behaviour
    waits = recoverable(held.accounts[-1].waiting, held.accounts[-1].normal, behaviour)
    lost = missing - made_up - waits
    assert float(lost.sum()) > 0, "the world is there to go short"

    def by(value: float) -> np.ndarray:
        stakes = Stakes(np.full(count, value), np.full(count, 3 * value))
        return losses(held.books, stakes, free.accounts, held.accounts)  # type: ignore[return-value]

    low, high = by(1000.0), by(5000.0)
    # a dearer line costs the tonnes that are lost for good, once, and nothing else
    assert (high.loss() - low.loss())[-1].sum() == pytest.approx(4000.0 * float(lost.sum()))
    assert high.parts["users"] == pytest.approx(low.parts["users"])
    assert high.surplus == pytest.approx(low.surplus)
    assert high.output[-1].sum() == pytest.approx(15_000.0 * float(lost.sum()))
    nothing = by(0.0)
    by_curve = losses(
        held.books, no_stakes(held.books.setup.policy.network.demand), free.accounts, held.accounts
    )
    assert by_curve.loss() == pytest.approx(by_curve.surplus)
    assert nothing.surplus == pytest.approx(by_curve.surplus)
    assert np.all(nothing.loss()[-1] <= by_curve.loss()[-1] + 1e-6)


def test_goods_nobody_would_take_are_named() -> None:
    hands, free, held = starving()
    assert losses(held.books, hands.stakes, free.accounts, held.accounts).unwanted == ()
    nodes = held.books.setup.policy.network.nodes
    place = nodes.index(("light", "B", ""))
    price = held.accounts[1].price.copy()
    price[place] = -5.0
    stored = held.accounts[1].stored + 1.0
    months = (held.accounts[0], replace(held.accounts[1], price=price, stored=stored), *held.accounts[2:])
    assert losses(held.books, hands.stakes, free.accounts, months).unwanted == (("light", "B"),)
    assert losses(held.books, hands.stakes, months, months).unwanted == ()
