"""Projects take as long as their stages together, come late as is expected, and run up by degrees (M10)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from small_worlds import build_network
from unit.dynamics.project_worlds import START, all_of, fleet_of, nobody, pits, quickly, standing
from xenotime.dynamics.account import account_elements
from xenotime.dynamics.financing import pace_of
from xenotime.dynamics.fleet import (
    ANNOUNCED,
    CONSTRUCTION,
    FINANCED,
    OPERATING,
    PERMITTED,
    RAMP_UP,
    Fleet,
    Projects,
)
from xenotime.dynamics.keep import arrays_of, from_arrays
from xenotime.dynamics.project_times import span_of
from xenotime.dynamics.projects import (
    advance_stages,
    capacity_share,
    expected,
    impose_plants,
    months_to_start,
    normal_pace,
    ramp_share,
)
from xenotime.dynamics.support import ProjectSupport, Prospects
from xenotime.dynamics.trajectory import prepare, run_months
from xenotime.market.terms import open_terms
from xenotime.policy.package import NOTHING


def months_until(fleet: Fleet, part: Projects, stage: int, pace: float = 1.0) -> int:
    """Months the last facility takes to reach `stage` when money is there at once."""
    speed = np.full(len(fleet.plants), pace)
    for month in range(400):
        if part.stage[-1] >= stage:
            return month
        part = advance_stages(fleet, part, speed, all_of(fleet))
    raise AssertionError("never")


def test_stages_add_up() -> None:
    fleet = quickly(fleet_of(pits()), 8, 3, 2, 6, 10)
    part = standing(fleet, stage=ANNOUNCED, left=8)
    assert months_until(fleet, part, PERMITTED) == 8
    assert months_until(fleet, part, RAMP_UP) == 8 + 3 + 2 + 6
    assert months_to_start(fleet, part, normal_pace(fleet))[-1] == 19


def test_fractions_of_a_month_are_carried_over() -> None:
    fleet = quickly(fleet_of(pits()), 1.5, 1.5, 1.5, 1.5, 10)
    assert months_until(fleet, standing(fleet, stage=ANNOUNCED, left=1.5), RAMP_UP) == 6


def test_a_permitted_project_waits_for_money_and_loses_no_time_after() -> None:
    fleet = quickly(fleet_of(pits()), 8, 3, 2, 6, 10)
    part = standing(fleet, stage=PERMITTED, left=0)
    for _ in range(5):
        part = advance_stages(fleet, part, normal_pace(fleet), nobody(fleet))
    assert (part.stage[-1], part.left[-1]) == (PERMITTED, 0)
    part = advance_stages(fleet, part, normal_pace(fleet), all_of(fleet))
    assert (part.stage[-1], part.left[-1]) == (FINANCED, 2)


def test_a_plan_on_record_starts_in_its_month() -> None:
    fleet = fleet_of(pits())
    assert fleet.first.left[-1] == 6
    assert months_until(fleet, fleet.first, RAMP_UP) == 6


def test_a_plan_slips_by_the_share_of_the_way_ahead() -> None:
    ahead = 6.0
    whole = sum(
        span_of(phase, "mine", "AUS").value
        for phase in ("announced", "permitted", "financed", "construction")
    )
    slip = span_of("slip", "mine", "AUS").value
    late = fleet_of(pits(slip_months=None)).first.left[-1]
    assert late == pytest.approx(ahead + slip * ahead / whole)


def test_draws_slip_within_the_range_and_repeat() -> None:
    world = pits(slip_months=None, planned_start="2035-01")
    span = span_of("slip", "mine", "AUS")
    left = [fleet_of(world, seed=seed).first.left[-1] for seed in range(40)]
    assert left == [fleet_of(world, seed=seed).first.left[-1] for seed in range(40)]
    assert 120 + span.low <= min(left) < max(left) <= 120 + span.high
    assert fleet_of(world).first.left[-1] == 120 + span.value


def test_a_stage_begun_before_the_world_is_nearer_its_end() -> None:
    fleet = fleet_of(pits(project="announced", planned_start="", project_months=7.0))
    normal = span_of("announced", "mine", "AUS").value
    assert fleet.first.left[-1] == normal - 7 - 1  # the world is of the month before the start


def test_a_hurried_plan_shortens_later_stages() -> None:
    fleet = fleet_of(pits(project="permitted", planned_start="2026-01"))
    assert fleet.first.left[-1] == 0
    assert months_to_start(fleet, fleet.first, normal_pace(fleet))[-1] == pytest.approx(12)


def test_faster_permits_bring_the_start_forward() -> None:
    fleet = quickly(fleet_of(pits()), 18, 3, 2, 6, 10)
    part = standing(fleet, stage=ANNOUNCED, left=18)
    help_it = Prospects(support=(ProjectSupport(), ProjectSupport(permit_time_factor=0.5)))
    assert pace_of(fleet, part, help_it).tolist() == [1.0, 2.0]
    for _ in range(9):
        part = advance_stages(fleet, part, pace_of(fleet, part, help_it), nobody(fleet))
    assert part.stage[-1] == PERMITTED  # after nine months, not eighteen
    assert pace_of(fleet, part, help_it).tolist() == [1.0, 1.0]


def test_shares_while_running_up() -> None:
    ages = np.array([0.0, 4.5, 9.5, 30.0])
    assert ramp_share(ages, np.full(4, 10.0), 1.0).tolist() == pytest.approx([0.05, 0.5, 1.0, 1.0])
    assert ramp_share(ages, np.full(4, 10.0), 2.0)[1] == pytest.approx(0.25)


def test_a_new_plant_reaches_nameplate() -> None:
    fleet = quickly(fleet_of(pits()), 0, 0, 0, 0, 4)
    part = standing(fleet, stage=CONSTRUCTION, left=1)
    shares = []
    for _ in range(6):
        shares.append(float(capacity_share(fleet, part)[-1]))
        part = advance_stages(fleet, part, normal_pace(fleet), nobody(fleet))
    power = fleet.numbers.ramp_power
    assert shares == pytest.approx([0, *(((k + 0.5) / 4) ** power for k in range(4)), 1])
    assert part.stage[-1] == OPERATING


def test_terms_follow_the_share_and_leave_others_alone() -> None:
    world = pits()
    network = build_network(world, START)
    fleet = quickly(fleet_of(world), 0, 0, 0, 0, 10)
    terms = impose_plants(fleet, standing(fleet, stage=RAMP_UP, left=0, age=4.5), open_terms(network, START))
    assert terms.plant_high.tolist() == pytest.approx([40.0, 20.0 * 0.5**fleet.numbers.ramp_power])
    closed = impose_plants(fleet, fleet.first, open_terms(network, START))
    assert closed.plant_high.tolist() == [40.0, 0.0]


def test_rows_of_one_plant_share_what_is_built() -> None:
    world = pits()
    twice = replace(world.facilities[1], recipe="dig twice", capacity_use=2.0)
    world = world.with_tables(
        facilities=(*world.facilities, twice),
        recipes=(*world.recipes, replace(world.recipes[0], recipe="dig twice", amount=2.0)),
    )
    network = build_network(world, START)
    fleet = quickly(fleet_of(world), 0, 0, 0, 0, 10)
    part = standing(fleet, stage=RAMP_UP, left=0, age=4.5)
    terms = impose_plants(fleet, part, open_terms(network, START))
    assert terms.plant_high.tolist() == [40.0, np.inf, np.inf]
    assert terms.allowance.tolist() == pytest.approx([20.0 * 0.5**fleet.numbers.ramp_power])


def test_the_look_ahead_sees_what_is_financed_and_nothing_else() -> None:
    fleet = quickly(fleet_of(pits()), 8, 3, 2, 6, 10)
    building = standing(fleet, stage=CONSTRUCTION, left=3)
    assert expected(fleet, building, 2, normal_pace(fleet)).stage[-1] == CONSTRUCTION
    assert expected(fleet, building, 3, normal_pace(fleet)).stage[-1] == RAMP_UP
    assert (
        expected(fleet, standing(fleet, stage=PERMITTED, left=0), 60, normal_pace(fleet)).stage[-1]
        == PERMITTED
    )


def test_a_run_builds_the_pit_and_conserves_what_is_dug() -> None:
    world = pits()
    run = run_months(world, prepare(world, NOTHING, START), START, 60)
    dug = run.array(lambda clearing: clearing.amount("plant"))
    assert dug[:6, 1].tolist() == [0.0] * 6
    assert dug[6, 1] > 0
    # 10 + q = 100 - q - 20 once the new pit digs twenty; before, the old pit digs its forty
    assert dug[0, 0] == pytest.approx(40.0)
    assert dug[-1].tolist() == pytest.approx([35.0, 20.0])
    (account,) = account_elements(run)
    assert account.residual < 1e-9
    assert account.mined == pytest.approx(0.5 * dug.sum())


def test_projects_are_kept_as_arrays() -> None:
    part = fleet_of(pits()).first
    again = from_arrays(Projects, arrays_of(part))
    assert all(
        np.array_equal(a, b) for a, b in zip(arrays_of(part).values(), arrays_of(again).values(), strict=True)
    )


def test_a_still_world_builds_nothing() -> None:
    world = pits()
    run = run_months(world, prepare(world, NOTHING, START, still=True), START, 12)
    assert run.array(lambda clearing: clearing.amount("plant"))[:, 1].tolist() == [0.0] * 12
