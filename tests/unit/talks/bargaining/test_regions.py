"""Ranges of weights by hand: half-lines that meet, ties, roots of conditions."""

from __future__ import annotations

import numpy as np
import pytest

from xenotime.talks.bargaining.regions import (
    ENDLESS,
    EVERY,
    Interval,
    where_no_less,
    where_signs_hold,
)


def test_each_comparison_cuts_a_half_line() -> None:
    assert where_no_less((1.0, 0.0), [(3.0, -1.0)]) == Interval(2.0, ENDLESS)  # 1 >= 3 - w
    assert where_no_less((1.0, 0.0), [(0.0, 1.0)]) == Interval(-ENDLESS, 1.0)  # 1 >= w
    assert where_no_less((1.0, 0.0), [(3.0, -1.0), (0.0, 1.0)]) is None
    assert where_no_less((1.0, 2.0), [(1.0, 2.0)]) == EVERY
    assert where_no_less((1.0, 2.0), [(2.0, 2.0)]) is None


def test_a_weight_at_an_end_is_in() -> None:
    assert Interval(0.0, 1e9).holds(1e9 * (1 + 1e-12))
    assert not Interval(0.0, 1.0).holds(1.1)


def test_signs_change_at_roots_of_the_conditions() -> None:
    # (w - 1)(w - 3) / 1 >= 0 on [-2, 5]
    found = where_signs_hold(lambda w: np.array([(w - 1) * (w - 3), 1.0]), 2, Interval(-2.0, 5.0))
    assert [(part.low, part.high) for part in found] == [
        (pytest.approx(-2.0), pytest.approx(1.0)),
        (pytest.approx(3.0), pytest.approx(5.0)),
    ]
    never = where_signs_hold(lambda w: np.array([-1.0, 1.0]), 1, Interval(0.0, 1.0))
    assert never == ()
