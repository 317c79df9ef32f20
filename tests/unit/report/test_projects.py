"""The table of projects says where each stands, and when it is expected."""

from __future__ import annotations

import pytest

from unit.dynamics.project_worlds import START, pits
from xenotime.dynamics.trajectory import prepare, run_months
from xenotime.policy.package import NOTHING
from xenotime.report.projects import fleet_text, project_rows


def test_a_pit_under_construction_is_followed_to_its_start() -> None:
    world = pits()
    setup = prepare(world, NOTHING, START)
    rows = project_rows(run_months(world, setup, START, 8))
    assert {row["facility"] for row in rows} == {"new"}
    assert [row["stage"] for row in rows] == ["construction"] * 6 + ["ramp_up"] * 2
    assert [row["start"] for row in rows] == ["2025-07"] * 6 + [""] * 2
    assert [row["share"] for row in rows[:6]] == [0.0] * 6
    ramp = setup.fleet.months[-1, -1]
    assert rows[6]["share"] == pytest.approx((0.5 / ramp) ** setup.fleet.numbers.ramp_power)
    assert all(row["financed"] for row in rows)


def test_a_project_without_money_is_never_nearer() -> None:
    world = pits(project="permitted", planned_start="2026-01", capex=1e12)
    rows = project_rows(run_months(world, prepare(world, NOTHING, START), START, 3))
    assert [row["start"] for row in rows] == ["2026-01", "2026-02", "2026-03"]
    assert not any(row["financed"] for row in rows)


def test_the_text_of_a_fleet_changes_with_a_draw() -> None:
    world = pits(slip_months=None)
    texts = {fleet_text(prepare(world, NOTHING, START, draw=draw).fleet) for draw in (None, 1, 2)}
    assert len(texts) == 3
