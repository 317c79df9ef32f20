"""Bans on technology (M15): the strictest that is known and in force, for projects abroad only."""

from __future__ import annotations

from dataclasses import replace

from small_worlds import trade
from unit.policy.control_worlds import compiled
from xenotime.policy.control_entry import ControlEntry
from xenotime.policy.control_rows import expand
from xenotime.policy.technology import technology_factor
from xenotime.world.tables import Control

BAN = Control(
    control="know-how",
    instrument="technology_ban",
    origin="A",
    value=1.5,
    cost_factor=1.2,
    stage="separated_oxide",
    announced="2025-01",
    in_force="2025-03",
    until="2025-12",
)


def test_m15_projects_abroad_take_longer_and_cost_more() -> None:
    policy = compiled(BAN)
    assert technology_factor(policy, "2025-01", "2025-03", "B", "separated_oxide") == (1.5, 1.2)
    assert technology_factor(policy, "2025-01", "2025-02", "B", "separated_oxide") == (1.0, 1.0)
    assert technology_factor(policy, "2024-12", "2025-03", "B", "separated_oxide") == (1.0, 1.0)
    assert technology_factor(policy, "2025-01", "2026-01", "B", "separated_oxide") == (1.0, 1.0)


def test_m15_who_bans_is_not_held_up_nor_are_other_stages() -> None:
    policy = compiled(BAN)
    assert technology_factor(policy, "2025-03", "2025-03", "A", "separated_oxide") == (1.0, 1.0)
    assert technology_factor(policy, "2025-03", "2025-03", "B", "metal") == (1.0, 1.0)


def test_m15_of_two_bans_the_stricter_counts_for_each_factor() -> None:
    wider = replace(BAN, control="wider", stage="", value=1.2, cost_factor=1.9)
    policy = compiled(BAN, wider)
    assert technology_factor(policy, "2025-03", "2025-03", "B", "separated_oxide") == (1.5, 1.9)
    assert technology_factor(policy, "2025-03", "2025-03", "B", "metal") == (1.2, 1.9)
    only = compiled(BAN, replace(wider, destination="C"))
    assert technology_factor(only, "2025-03", "2025-03", "B", "metal") == (1.0, 1.0)


def test_m15_a_suspended_ban_does_not_bind() -> None:
    policy = compiled(replace(BAN, suspended="2025-05", resumes="2025-08"))
    months = ("2025-04", "2025-05", "2025-07", "2025-08")
    found = [technology_factor(policy, month, month, "B", "separated_oxide")[0] for month in months]
    assert found == [1.5, 1.0, 1.0, 1.5]


def test_a_ban_on_technology_binds_no_goods() -> None:
    entry = ControlEntry(control="t", instrument="technology_ban", origin="A", value=1.5)
    (row,) = expand((entry,), trade(), "mine.toml")
    assert row.material == ""
    assert compiled(row).controls[0].lanes == ()
