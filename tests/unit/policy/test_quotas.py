"""Quotas with a balance over their period (M4), against hand arithmetic."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from small_worlds import EXACT, build_network, clear_static, joint, rents, stored, trade
from unit.policy.control_worlds import compiled
from xenotime.dynamics.trajectory import Trajectory, prepare, run_months
from xenotime.market.horizon import Horizon, branching, single_path
from xenotime.market.terms import Terms
from xenotime.policy.control_state import advance_controls, first_controls
from xenotime.policy.controls import Policy, terms_for
from xenotime.policy.foresight import foresee, settle
from xenotime.policy.package import Package
from xenotime.policy.quotas import QuotaState, advance_quotas, left_of, period_of
from xenotime.policy.statics import clear_world
from xenotime.world.tables import Control

HALF_YEAR = Control(
    control="cap",
    instrument="quota",
    material="ore",
    origin="A",
    value=20.0,
    period_months=6.0,
    announced="2025-01",
    in_force="2025-01",
    until="2025-12",
)
AHEAD = single_path((1, 1, 1, 3, 3, 3))


def ahead(
    policy: Policy, month: str, horizon: Horizon = AHEAD, used: tuple[float, float] = (0.0, 0.0)
) -> tuple[Terms, ...]:
    state = first_controls(policy)
    quota = QuotaState(np.array([used[0]]), np.array([used[1]]))
    terms = []
    for start, length, regime in zip(horizon.start, horizon.length, horizon.regime, strict=True):
        year, number = divmod(int(month[5:]) - 1 + start + (length - 1) // 2, 12)
        later = f"{int(month[:4]) + year}-{number + 1:02d}"
        terms.append(terms_for(policy, month, later, regime=regime))
    return foresee(policy, replace(state, quota=quota), horizon, month, terms)


def windows(terms: tuple[Terms, ...]) -> list[tuple[float, float]]:
    return [(float(term.window[0]), float(term.allowance[0])) for term in terms]


@pytest.mark.parametrize(
    ("month", "expected"),
    [("2025-01", (0, 0, 6)), ("2025-06", (0, 0, 6)), ("2025-07", (1, 6, 6)), ("2025-12", (1, 6, 6))],
)
def test_periods_are_counted_from_the_month_in_force(month: str, expected: tuple[int, int, int]) -> None:
    number, first, length = period_of(HALF_YEAR, month)
    assert (number, first - 2025 * 12, length) == expected


def test_the_last_period_ends_with_the_control() -> None:
    assert period_of(replace(HALF_YEAR, until="2025-09"), "2025-08")[2] == 3
    whole = replace(HALF_YEAR, in_force="", announced="", until="", period_months=12.0)
    assert period_of(whole, "2025-08")[:2] == (2025, 2025 * 12)


def test_m4_what_is_left_counts_in_the_look_ahead() -> None:
    """120 units for half a year, 50 used by the end of March: 70 to June, 120 for the second half."""
    terms = ahead(compiled(HALF_YEAR), "2025-04", used=(0.0, 50.0))
    assert windows(terms)[:3] == [(0.0, 70.0)] * 3
    assert windows(terms)[3:5] == [(1.0, 120.0)] * 2
    assert windows(terms)[5] == (-1.0, np.inf)  # the control is over in 2026


def test_m4_a_look_ahead_that_ends_within_a_period_has_its_share_of_it() -> None:
    """From January twelve months are seen; of a quota from July 2025 for twelve months, six: half of 240."""
    year = replace(HALF_YEAR, in_force="2025-07", until="", period_months=12.0)
    assert windows(ahead(compiled(year), "2025-01"))[-1] == (0.0, pytest.approx(120.0, rel=EXACT))


def test_m4_a_period_that_had_begun_is_taken_to_have_been_used_evenly() -> None:
    policy = compiled(HALF_YEAR)
    quota = policy.quotas[0]
    fresh = first_controls(policy).quota
    assert left_of(quota, 0, fresh, [HALF_YEAR], "2025-03", "2025-03") == pytest.approx(80.0, rel=EXACT)
    assert left_of(quota, 0, fresh, [HALF_YEAR], "2025-08", "2025-03") == pytest.approx(120.0, rel=EXACT)


def test_m4_what_a_month_moves_is_taken_out_of_the_balance() -> None:
    """30 a month move freely; what is left of a period lapses with it."""
    policy = compiled(HALF_YEAR)
    free = clear_static(policy.network)
    state = first_controls(policy).quota
    for month, used in (("2025-01", 30.0), ("2025-02", 60.0), ("2025-07", 30.0)):
        state = advance_quotas(policy.quotas, state, policy.network, month, free)
        assert state.used[0] == pytest.approx(used, rel=EXACT)
    later = advance_quotas(policy.quotas, state, policy.network, "2026-01", free)
    assert later.used[0] == pytest.approx(30.0, rel=EXACT)  # over: nothing is counted


def test_a_branch_without_the_quota_is_free_and_the_other_has_all_of_it() -> None:
    tree = branching((1, 1, 1), 1, {"cap=open": 0.5, "cap=licensed": 0.5}, "")
    policy = compiled(replace(HALF_YEAR, period_months=3.0))
    terms = ahead(policy, "2025-01", tree)
    assert windows(terms) == [(0.0, 60.0), (-1.0, np.inf), (-1.0, np.inf), (0.0, 60.0), (0.0, 60.0)]


def test_once_settled_a_quota_is_its_monthly_allowance() -> None:
    policy = compiled(HALF_YEAR)
    terms = settle(policy, "2025-04", "2025-05", terms_for(policy, "2025-04", "2025-05"))
    assert windows((terms,)) == [(-1.0, 20.0)]


def test_holders_have_shares_of_one_quota_and_of_its_rent() -> None:
    """15 for domestic and 5 for foreign firms are 20 in all, at 35 - 140/6, three quarters of it at home."""
    domestic = replace(HALF_YEAR, value=15.0, holder="domestic")
    foreign = replace(HALF_YEAR, value=5.0, holder="foreign", recipient="B")
    done = clear_world(trade().with_tables(controls=(domestic, foreign)), "2025-03")
    rent = pytest.approx(35 - 140 / 6, rel=EXACT)
    assert rents(done, "control") == [("cap", rent, "A"), ("cap", rent, "B")]
    paid = [row["amount"] for row in done.table("rents") if row["kind"] == "control"]
    assert paid == pytest.approx([15 * (35 - 140 / 6), 5 * (35 - 140 / 6)], rel=EXACT)


def run(*controls: Control, months: int = 12) -> Trajectory:
    world = stored().with_tables(lanes=tuple(replace(lane, lag_months=0.0) for lane in stored().lanes))
    return run_months(world, prepare(world, Package(controls), "2025-01"), "2025-01", months)


def moved(trajectory: Trajectory) -> list[float]:
    return [float(trajectory.clearing(place).amount("lane")[0]) for place in range(len(trajectory.months))]


def test_m4_a_run_uses_no_more_than_its_balance_and_spreads_it() -> None:
    """120 units each half year, where 180 would go: the first half is used up by its end."""
    trajectory = run(HALF_YEAR)
    flows = moved(trajectory)
    assert sum(flows[:6]) == pytest.approx(120.0, rel=1e-6)
    assert sum(flows[6:]) <= 120.0 * (1 + 1e-9)
    assert min(flows[:6]) > 5.0
    assert trajectory.months[6].before.controls.quota.used[0] == pytest.approx(120.0, rel=1e-6)
    binding = [trajectory.clearing(place).joint_rent()[0] for place in (0, 5)]
    assert min(binding) > 1.0


def test_m4_a_quota_that_stops_binding_shows_no_rent() -> None:
    """40 a month are more than the 30 that go, so nobody pays for one."""
    trajectory = run(replace(HALF_YEAR, value=40.0), months=3)
    for place in range(3):
        clearing = trajectory.clearing(place)
        assert clearing.joint_rent()[0] == 0.0
        assert [row["amount"] for row in clearing.table("rents") if row["kind"] == "control"] in ([], [0.0])


def test_a_quota_without_a_period_binds_month_by_month_as_before() -> None:
    plain = replace(HALF_YEAR, period_months=None)
    policy = compiled(plain)
    assert policy.quotas == ()
    assert windows(ahead(policy, "2025-04")[:1]) == [(-1.0, 20.0)]
    assert moved(run(plain, months=2)) == pytest.approx([20.0, 20.0], rel=1e-6)


def test_production_quotas_have_periods_too() -> None:

    plan = Control(
        control="plan",
        instrument="production_quota",
        material="heavy",
        origin="A",
        value=5.0,
        period_months=12.0,
    )
    policy = compiled(plan, world=joint())
    done = clear_static(build_network(joint()))
    state = advance_controls(
        policy, first_controls(policy), "2025-01", clear_static(policy.network), np.zeros(0)
    )
    made = 0.1 * done.amount("plant")[1]
    assert state.quota.used[0] == pytest.approx(made, rel=EXACT)
