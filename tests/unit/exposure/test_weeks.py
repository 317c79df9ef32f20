"""A line week by week, against hand arithmetic."""

from __future__ import annotations

import numpy as np
import pytest

from xenotime.exposure.weeks import Pace, run_line

PACE = Pace(catch_up=0.5, cancelled=0.0, stop_share=0.2)


def coming(*weeks: float) -> np.ndarray:
    return np.array(weeks)[None, :, None]


def test_a_line_runs_until_its_stock_is_gone_and_catches_up() -> None:
    ran = run_line(np.array([2.0]), coming(0, 0, 0, 3, 1), PACE)
    assert ran.made[0].tolist() == [1, 1, 0, 1.5, 1.5]
    assert ran.stop[0] == 2
    assert ran.part[0] == 0
    assert ran.late[0] == pytest.approx(1.0)
    assert ran.short()[0] == pytest.approx(0.0)


def test_the_scarcest_part_stops_it_and_the_others_wait() -> None:
    arriving = np.zeros((1, 4, 2))
    ran = run_line(np.array([3.0, 1.5]), arriving, PACE)
    assert ran.made[0].tolist() == [1, 0.5, 0, 0]
    assert (ran.stop[0], ran.part[0]) == (1, 1)
    assert ran.short()[0] == pytest.approx(2.5)


def test_being_behind_by_less_than_the_share_is_no_stop() -> None:
    ran = run_line(np.array([0.0]), coming(0.9, 1.0, 0.95, 0.9), PACE)
    assert ran.stop[0] == 3  # 0.1, 0.1, 0.15, 0.25 behind


def test_what_waits_is_given_up_at_its_rate() -> None:
    ran = run_line(np.array([0.0]), coming(0, 0), Pace(0.5, 0.1, 0.2))
    assert ran.lost[0] == pytest.approx(0.1 + 0.1 * 1.9)
    assert ran.waiting[0] == pytest.approx(0.9 * 1.9)


def test_a_line_without_parts_never_stops() -> None:
    ran = run_line(np.zeros(0), np.zeros((3, 5, 0)), PACE)
    assert ran.stop.tolist() == [5, 5, 5]
    assert ran.stopped_by().tolist() == [0] * 5


def test_without_overtime_the_loss_is_the_most_the_plan_ran_ahead() -> None:
    """What the program of a plan rests on."""
    generator = np.random.default_rng(3)
    arriving = generator.random((20, 30, 3)) * 1.6
    stock = generator.random(3) * 4
    ran = run_line(stock, arriving, Pace(0.0, 0.0, 0.2))
    behind = np.arange(1, 31)[None, :, None] - stock - np.cumsum(arriving, axis=1)
    assert ran.short() == pytest.approx(np.maximum(behind.max(axis=(1, 2)), 0.0))
