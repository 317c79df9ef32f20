"""Scores against numbers worked by hand."""

from __future__ import annotations

import pytest

from xenotime.ensembles.scores import band, coverage, covers, crps, log_error, skill


def test_crps_of_one_member_is_the_absolute_error() -> None:
    assert crps([3.0], 5.0) == 2.0


def test_crps_of_two_members_by_hand() -> None:
    # mean |x - y| = (1 + 1) / 2 = 1; mean |x_i - x_j| = (0 + 2 + 2 + 0) / 4 = 1; 1 - 1/2
    assert crps([0.0, 2.0], 1.0) == pytest.approx(0.5)
    # outside: (1 + 3) / 2 - 1/2
    assert crps([0.0, 2.0], 3.0) == pytest.approx(1.5)


def test_crps_prefers_a_sharp_ensemble_that_is_right() -> None:
    assert crps([0.9, 1.1], 1.0) < crps([0.0, 2.0], 1.0)


def test_log_error_of_twice_is_the_logarithm_of_two() -> None:
    assert log_error(2.0, 1.0) == pytest.approx(0.6931471805599453)
    assert log_error(1.0, 2.0) == pytest.approx(-0.6931471805599453)


def test_ends_belong_to_a_band() -> None:
    assert covers(1.0, 2.0, 1.0)
    assert covers(1.0, 2.0, 2.0)
    assert not covers(1.0, 2.0, 2.0001)


def test_coverage_is_the_share_of_bands_that_hold() -> None:
    assert coverage([(0, 1), (0, 1), (0, 1), (0, 1)], [0.5, 2, 1, -1]) == 0.5


def test_skill_is_one_less_the_ratio_of_errors() -> None:
    assert skill(1.0, 4.0) == 0.75
    assert skill(4.0, 1.0) == -3.0
    assert skill(1.0, 0.0) is None


def test_band_of_eleven_even_members() -> None:
    assert band([float(k) for k in range(11)]) == (5.0, 1.0, 9.0)
