"""Points of agreement of more than two, of unequal power, and where there is nothing to share."""

from __future__ import annotations

import numpy as np
import pytest

from xenotime.talks.bargaining.points import ideal_point, kalai_smorodinsky, nash_point

SIMPLEX = np.vstack([np.zeros(3), np.eye(3)])


def test_three_alike_share_alike() -> None:
    for made in (nash_point(SIMPLEX, np.zeros(3)), kalai_smorodinsky(SIMPLEX, np.zeros(3))):
        assert made is not None
        assert made.payoffs == pytest.approx([1 / 3, 1 / 3, 1 / 3], abs=1e-6)
        assert made.mixture.sum() == pytest.approx(1.0)


def test_power_shares_in_proportion() -> None:
    """J. C. Harsanyi and R. Selten (1972): on a line the weighted Nash point divides gains by the weights."""
    line = np.array([[1.0, 0.0], [0.0, 1.0]])
    made = nash_point(line, np.zeros(2), np.array([3.0, 1.0]))
    assert made is not None
    assert made.payoffs == pytest.approx([0.75, 0.25])


def test_a_better_disagreement_is_worth_its_half() -> None:
    line = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
    made = nash_point(line, np.array([0.4, 0.0]))
    assert made is not None
    assert made.payoffs == pytest.approx([0.7, 0.3])


@pytest.mark.parametrize("start", [[1.0, 1.0], [0.0, 1.0]])
def test_without_gains_for_all_there_is_no_point(start: list[float]) -> None:
    line = np.array([[1.0, 0.0], [0.0, 1.0]])
    assert nash_point(line, np.array(start)) is None


def test_nobody_can_be_below_disagreement() -> None:
    line = np.array([[1.0, 0.0], [0.0, 1.0]])
    assert ideal_point(line, np.array([0.25, 0.25])) == pytest.approx([0.75, 0.75])
    assert ideal_point(line, np.array([0.9, 0.9])) is None
    assert kalai_smorodinsky(line, np.array([0.9, 0.9])) is None
