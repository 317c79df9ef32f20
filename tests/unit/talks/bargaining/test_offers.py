"""Alternating offers while outside options fade, and where there is nothing to agree on."""

from __future__ import annotations

import pytest

from xenotime.talks.bargaining.offers import alternating_offers


def share(decay: float) -> float:
    """What the second gets when its outside option of 0.6 fades."""
    found = alternating_offers(lambda n: 1.0, (0.9, 0.9), lambda n: (0.0, 0.6 * decay**n))
    return float(found.shares[1])


def test_an_option_that_fades_is_as_good_today_and_buys_no_delay() -> None:
    assert share(1.0) == pytest.approx(0.6)
    assert share(0.5) == pytest.approx(0.6)  # it can still be taken at once


def test_an_option_that_will_be_poor_when_it_is_his_turn_to_propose_is_what_waiting_is_worth() -> None:
    """By hand, two rounds: the first offers the better of the other's option and its waiting."""
    found = alternating_offers(lambda n: 1.0, (0.5, 0.5), lambda n: (0.0, (0.3, 0.2, 0.1)[n]), rounds=2)
    # round 2 (nobody waits): options (0, 0.1); round 1, second proposes: first's floor 0 -> second keeps 1
    # round 0, first proposes: second's floor max(0.3, 0.5 x 1) = 0.5
    assert found.shares == pytest.approx([0.5, 0.5])
    assert not found.bound


def test_where_options_are_worth_more_than_the_pie_both_go() -> None:
    found = alternating_offers(lambda n: 1.0, (0.9, 0.9), lambda n: (0.7, 0.7))
    assert found.round is None
    assert found.shares == pytest.approx([0.7, 0.7])


def test_a_pie_that_is_still_growing_is_waited_for() -> None:
    found = alternating_offers(lambda n: 0.1 if n == 0 else 1.0, (0.9, 0.9), lambda n: (0.0, 0.0))
    assert found.round == 1
