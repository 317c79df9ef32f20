"""Bargaining problems with known answers, by citation."""

from __future__ import annotations

import numpy as np
import pytest

from xenotime.talks.bargaining.offers import alternating_offers, rubinstein_share
from xenotime.talks.bargaining.points import kalai_smorodinsky, nash_point


def test_bill_and_jack() -> None:
    """J. F. Nash (1950), Econometrica 18, 155-162: who gives what in barter, and the point (24, 11).

    Utilities of book, whip, ball, bat, box (Bill 2 2 2 2 4, Jack 4 2 1 2 1) and pen, toy, knife, hat
    (Bill 10 4 6 2, Jack 1 1 2 2): gains of an exchange are what is got less what is given.
    """
    bill = {"book": 2, "whip": 2, "ball": 2, "bat": 2, "box": 4, "pen": 10, "toy": 4, "knife": 6, "hat": 2}
    jack = {"book": 4, "whip": 2, "ball": 1, "bat": 2, "box": 1, "pen": 1, "toy": 1, "knife": 2, "hat": 2}
    owner = dict.fromkeys(("book", "whip", "ball", "bat", "box"), "bill") | dict.fromkeys(
        ("pen", "toy", "knife", "hat"), "jack"
    )
    outcomes = []
    for code in range(2 ** len(owner)):
        moved = [name for place, name in enumerate(owner) if code >> place & 1]
        to_jack = [name for name in moved if owner[name] == "bill"]
        to_bill = [name for name in moved if owner[name] == "jack"]
        start_bill = sum(bill[n] for n in owner if owner[n] == "bill")
        start_jack = sum(jack[n] for n in owner if owner[n] == "jack")
        outcomes.append(
            (
                start_bill + sum(bill[n] for n in to_bill) - sum(bill[n] for n in to_jack),
                start_jack + sum(jack[n] for n in to_jack) - sum(jack[n] for n in to_bill),
            )
        )
    feasible = np.array(sorted(set(outcomes)), dtype=float)
    point = nash_point(feasible, np.array([12.0, 6.0]))
    assert point is not None
    assert point.payoffs == pytest.approx([24.0, 11.0])


def test_kalai_and_smorodinsky_point_and_how_it_differs_from_nash() -> None:
    """E. Kalai and M. Smorodinsky (1975), Econometrica 43, 513-518: the hull of (0,1), (1, 0.7), (1,0) and
    its part below; more for one player at every level of the other gives him less by Nash, not by theirs."""
    small = np.array([[0, 0], [0, 1], [0.75, 0.75], [1, 0]], dtype=float)
    large = np.array([[0, 0], [0, 1], [1, 0.7], [1, 0]], dtype=float)
    zero = np.zeros(2)
    nash = [nash_point(shape, zero) for shape in (small, large)]
    fair = [kalai_smorodinsky(shape, zero) for shape in (small, large)]
    assert nash[0] is not None
    assert nash[1] is not None
    assert fair[0] is not None
    assert fair[1] is not None
    assert nash[0].payoffs == pytest.approx([0.75, 0.75])
    assert nash[1].payoffs == pytest.approx([1.0, 0.7])
    assert fair[0].payoffs == pytest.approx([0.75, 0.75])
    assert fair[1].payoffs == pytest.approx([1 / 1.3, 1 / 1.3])
    assert nash[1].payoffs[1] < nash[0].payoffs[1]
    assert fair[1].payoffs[1] > fair[0].payoffs[1]


@pytest.mark.parametrize("factors", [(0.9, 0.9), (0.5, 0.9), (0.95, 0.3)])
def test_rubinstein(factors: tuple[float, float]) -> None:
    """A. Rubinstein (1982), Econometrica 50, 97-109: agreement at once at (1 - d2) / (1 - d1 d2)."""
    found = alternating_offers(lambda number: 1.0, factors, lambda number: (0.0, 0.0))
    assert found.round == 0
    assert found.shares[0] == pytest.approx((1 - factors[1]) / (1 - factors[0] * factors[1]))
    assert found.shares[0] == pytest.approx(rubinstein_share(*factors))


def test_outside_option_principle() -> None:
    """K. Binmore, A. Shaked and J. Sutton (1989), Quarterly Journal of Economics 104, 753-770: an outside
    option matters only where it is better than what bargaining gives, and then it is what is given."""
    without = alternating_offers(lambda number: 1.0, (0.9, 0.9), lambda number: (0.0, 0.0))
    poor = alternating_offers(lambda number: 1.0, (0.9, 0.9), lambda number: (0.0, 0.4))
    rich = alternating_offers(lambda number: 1.0, (0.9, 0.9), lambda number: (0.0, 0.6))
    assert poor.shares == pytest.approx(without.shares)
    assert rich.shares == pytest.approx([0.4, 0.6])
    assert rich.bound
    assert not poor.bound
