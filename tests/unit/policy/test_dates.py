"""Announced, in force, enforced, suspended, over: six dates kept apart (M16)."""

from __future__ import annotations

import pytest

from xenotime.policy.dates import binds, is_known, is_open, is_suspended
from xenotime.world.tables import Control

ROW = Control(
    control="c",
    instrument="ban",
    announced="2025-01",
    in_force="2025-03",
    enforced="2025-05",
    until="2025-12",
    suspended="2025-07",
    resumes="2025-10",
)


@pytest.mark.parametrize(
    ("seen_in", "month", "opens", "stops"),
    [
        ("2024-12", "2025-06", False, False),  # not yet announced
        ("2025-02", "2025-02", False, False),
        ("2025-03", "2025-03", True, False),  # in force, and nobody looks
        ("2025-03", "2025-05", True, True),
        ("2025-03", "2025-08", True, True),  # the suspension is no news yet
        ("2025-07", "2025-08", False, False),
        ("2025-07", "2025-10", True, True),  # it runs out
        ("2025-12", "2026-01", False, False),
    ],
)
def test_m16_what_is_foreseen_of_each_date(seen_in: str, month: str, opens: bool, stops: bool) -> None:
    assert is_open(ROW, seen_in, month) is opens
    assert binds(ROW, seen_in, month) is stops


def test_a_suspension_without_an_end_lasts() -> None:
    endless = Control(control="c", instrument="ban", suspended="2025-07")
    assert is_suspended(endless, "2025-08", "2031-01")
    assert not is_suspended(endless, "2025-06", "2031-01")


def test_blank_months_are_a_time_when_everything_rules() -> None:
    assert is_known(ROW, "")
    assert binds(ROW, "", "")
