"""Queues of licences (M12): time, service, odds, validity, against hand arithmetic."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from small_worlds import EXACT, trade
from unit.dynamics.dynamic_worlds import floating, roll
from unit.policy.control_worlds import compiled, settled, two_classes
from xenotime.dynamics.account import account_elements
from xenotime.dynamics.checkpoint import Checkpoint
from xenotime.dynamics.trajectory import prepare, run_months
from xenotime.market.horizon import single_path
from xenotime.market.network import Array
from xenotime.policy.control_state import first_controls
from xenotime.policy.package import Package
from xenotime.policy.queue_forecast import forecast, licence_bounds
from xenotime.policy.queues import (
    QueueBook,
    QueueState,
    aged,
    decide,
    decision_months,
    first_queues,
    lapsed,
    opened,
    product_class,
    ripe_shares,
    used,
    with_approved,
)
from xenotime.world.tables import Control, Lane, Material

QUEUE = Control(
    control="permits",
    instrument="licence",
    material="ore",
    origin="A",
    approval_odds=0.8,
    service_rate=0.5,
    processing_months=2.0,
    announced="2025-03",
    in_force="2025-03",
)
ALWAYS = np.ones(1)


def book(*rows: Control) -> QueueBook:
    return compiled(*(rows or (QUEUE,))).queues


def pending(*units: float) -> Array:
    return np.array([list(units)])


def with_pending(queues: QueueBook, *units: float, hand: float = 0.0) -> QueueState:
    state = first_queues(queues)
    balance = state.balance.copy()
    balance[0, -1] = hand
    return replace(state, pending=pending(*units), balance=balance, begun=np.ones(1))


def test_working_days_are_five_a_week() -> None:
    assert decision_months(replace(QUEUE, statutory_days=45.0)) == pytest.approx(63 / 30.4375, rel=EXACT)
    assert decision_months(QUEUE) == 2.0


@pytest.mark.parametrize(
    ("material", "stages", "product"),
    [
        ("x", {"x": "sintered_magnet"}, "magnet"),
        ("x", {"x": "separated_oxide"}, "oxide"),
        ("x", {"x": "mixed_carbonate"}, "other"),
        ("NdFeB_H", {}, "magnet"),
        ("Dy_oxide", {}, "oxide"),
        ("DyFe_alloy", {}, "alloy"),
        ("Tb_metal", {}, "metal"),
        ("ore", {}, "other"),
    ],
)
def test_goods_are_told_apart_by_stage_or_name(material: str, stages: dict[str, str], product: str) -> None:
    assert product_class(material, stages) == product


@pytest.mark.parametrize(
    ("stage", "told"),
    [("refined_metal", "refined_metal"), ("metal", "metal"), ("", "other")],
)
def test_a_queue_of_goods_of_no_class_is_told_by_their_stage(stage: str, told: str) -> None:
    world = trade()
    staged = tuple(replace(row, stage=stage) for row in world.materials)
    queues = compiled(QUEUE, world=replace(world, materials=staged)).queues.queues
    assert [queue.product for queue in queues] == [told]


def test_m12_an_application_can_ship_in_the_month_its_time_is_up() -> None:
    """Two months: filed in March, shipped in May.  45 working days leave 93 % of May."""
    assert ripe_shares(book(), 4).tolist() == [[0.0, 1.0, 1.0, 1.0]]
    days = book(replace(QUEUE, statutory_days=45.0))
    assert ripe_shares(days, 5)[0] == pytest.approx([0.0, 3 - 63 / 30.4375, 1.0, 1.0, 1.0], rel=EXACT)


def test_m12_the_oldest_are_decided_first_as_far_as_the_service_goes() -> None:
    """Half of 30 a month are decided; of 8 and 10 that are ripe, the older 8 and 7 more."""
    queues = book()
    assert queues.queues[0].service == pytest.approx(15.0, rel=EXACT)
    done = decide(queues, pending(5.0, 10.0, 8.0, 0.0), ALWAYS)
    assert done[0] == pytest.approx([0.0, 7.0, 8.0, 0.0], rel=EXACT)
    assert decide(queues, pending(5.0, 10.0, 8.0, 0.0), np.zeros(1)).sum() == 0.0


def test_m12_what_is_filed_gets_older() -> None:
    assert aged(pending(5.0, 10.0, 8.0), np.array([3.0]))[0].tolist() == [3.0, 5.0, 18.0]


def test_m12_licences_that_end_soonest_are_used_first_and_end() -> None:
    """L' = L + approved - shipped - expired: 4 + 6 + 5 less 7 used, none left to end; then 2 end of 3."""
    left = used(np.array([[4.0, 6.0, 5.0]]), np.array([7.0]))
    assert left[0].tolist() == [0.0, 3.0, 5.0]
    after, ended = lapsed(left)
    assert (after[0].tolist(), ended.tolist()) == ([3.0, 0.0, 5.0], [0.0])
    after, ended = lapsed(after)
    assert (after[0].tolist(), ended.tolist()) == ([0.0, 0.0, 5.0], [3.0])


def test_a_licence_may_be_used_for_its_months_and_no_longer() -> None:
    queues = book(replace(QUEUE, validity_months=2.0))
    state = first_queues(queues)
    balance = with_approved(queues, state, state.balance, np.array([9.0]))
    ends = []
    for _ in range(3):
        balance, ended = lapsed(balance)
        ends.append(float(ended[0]))
    assert ends == [0.0, 9.0, 0.0]


def test_m12_the_forecast_follows_what_is_pending() -> None:
    """15 filed last month and 40 before: 15 are decided a month at odds of 0.8, 12 in hand each month.

    Goods move at up to 30 a month, so nothing is left over.  55 take four months, the last 10 with
    room for a newcomer, who could ship in the month after.
    """
    queues = book()
    told = forecast(queues, with_pending(queues, 15.0, 40.0, 0.0, 0.0, hand=3.0), "2025-06")
    assert told.in_hand[:6, 0] == pytest.approx([3.0, 12.0, 12.0, 12.0, 8.0, 0.0], rel=EXACT)
    assert told.waiting.tolist() == [4.0]


def test_m12_nobody_waits_longer_than_it_takes_where_the_line_is_short() -> None:
    queues = book(replace(QUEUE, service_rate=None))
    assert forecast(queues, with_pending(queues, 20.0, 0.0, 0.0, 0.0), "2025-06").waiting.tolist() == [2.0]


def test_m12_before_filing_begins_the_wait_is_longer() -> None:
    """Seen in March, in force in June: the first licences ship in August, five months on."""
    later = replace(QUEUE, service_rate=None, in_force="2025-06")
    queues = book(later)
    assert forecast(queues, first_queues(queues), "2025-03").waiting.tolist() == [5.0]


@pytest.mark.parametrize("row", [replace(QUEUE, approval_odds=0.0), replace(QUEUE, service_rate=0.0)])
def test_m12_where_nothing_is_approved_there_is_no_end_of_waiting(row: Control) -> None:
    queues = book(row)
    assert forecast(queues, first_queues(queues), "2025-04").waiting.tolist() == [np.inf]
    terms = settled(compiled(row), "2025-06", "2025-08")
    assert terms.lane_high.tolist() == [0.0]


def test_m12_bounds_of_a_look_ahead() -> None:
    """12 a month until a newcomer could ship, in month 4; then the ceiling of twice 30, or none."""
    horizon = single_path((1, 1, 3, 3))
    for ceiling, after in ((2.0, 60.0), (None, np.inf)):
        queues = book(replace(QUEUE, order_ceiling=ceiling))
        state = with_pending(queues, 15.0, 40.0, 0.0, 0.0, hand=3.0)
        bounds = licence_bounds(queues, state, "2025-06", horizon, np.zeros((4, 1)))[:, 0]
        assert bounds.tolist() == pytest.approx([3.0, 12.0, 32 / 3, after], rel=EXACT)


def test_m12_general_licences_come_on_top() -> None:
    queues = book()
    state = with_pending(queues, 15.0, 40.0, 0.0, 0.0, hand=3.0)
    bounds = licence_bounds(queues, state, "2025-06", single_path((1,)), np.full((1, 1), 0.2))
    assert bounds[0, 0] == pytest.approx(3.0 + 0.2 * 30.0, rel=EXACT)


def test_m12_a_line_long_in_force_when_a_run_begins_is_moving() -> None:
    """In the long run 0.8 x 0.5 of 30 pass: 12 in hand, and 15 filed for each month of deciding."""
    queues = book()
    state = opened(queues, first_queues(queues), "2025-08")
    assert state.balance.sum() == pytest.approx(12.0, rel=EXACT)
    assert state.pending[0].tolist() == pytest.approx([15.0, 0.0, 0.0, 0.0])
    assert opened(queues, first_queues(queues), "2025-03").balance.sum() == 0.0
    loose = book(replace(QUEUE, service_rate=None, approval_odds=1.0))
    assert opened(loose, first_queues(loose), "2025-08").balance.sum() == pytest.approx(30.0, rel=EXACT)


def test_once_settled_a_queue_passes_what_it_decides_and_approves() -> None:
    assert settled(compiled(QUEUE), "2025-06", "2025-08").lane_high[0] == pytest.approx(12.0, rel=EXACT)
    assert settled(compiled(QUEUE), "2025-06", "2025-04").lane_high[0] == 0.0
    free = replace(QUEUE, service_rate=None)
    assert settled(compiled(free), "2025-06", "2025-08").lane_high[0] == np.inf


def test_destinations_are_told_apart_and_the_row_that_names_one_goes_first() -> None:
    world = two_classes()
    world = world.with_tables(
        lanes=(*world.lanes, Lane(material="ore", origin="A", destination="C", cost=1.0))
    )
    friend = replace(QUEUE, destination="C", approval_odds=1.0, service_rate=None)
    for rows in ((QUEUE, friend), (friend, QUEUE)):
        queues = compiled(*rows, world=world).queues
        assert {(q.destination, q.odds) for q in queues.queues} == {("B", 0.8), ("C", 1.0)}


def test_classes_of_goods_queue_apart_and_lanes_have_their_own_licences() -> None:
    world = trade()
    world = world.with_tables(
        materials=(
            *world.materials,
            Material(material="bar", stage="metal"),
            Material(material="rod", stage="metal"),
        ),
        lanes=(*world.lanes, *(replace(world.lanes[0], material=name) for name in ("bar", "rod"))),
    )
    rows = tuple(replace(QUEUE, material=name) for name in ("ore", "bar", "rod"))
    queues = compiled(*rows, world=world).queues
    assert [queue.product for queue in queues.queues] == ["other", "metal"]
    assert queues.queue.tolist() == [0, 1, 1]


def test_m12_a_run_ships_what_was_approved_when_it_was() -> None:
    """Filed in March, shipped in May; nothing goes before, and the account of licences closes."""
    row = replace(QUEUE, material="heavy", service_rate=None, approval_odds=1.0)
    trajectory = roll(8, row)
    table = {line["month"]: line for line in trajectory.table("queues")}
    assert sorted(table)[0] == "2025-03"
    assert [table[month]["shipped"] for month in ("2025-03", "2025-04")] == [0.0, 0.0]
    assert table["2025-05"]["shipped"] == pytest.approx(table["2025-03"]["filed"], rel=1e-6)
    assert table["2025-03"]["ships_from"] == "2025-06"  # filed in April
    hand = 0.0
    for month in sorted(table):
        line = table[month]
        hand += line["approved"] - line["shipped"] - line["expired"]
        assert line["in_hand"] == pytest.approx(hand, abs=1e-9)
    assert max(item.residual for item in account_elements(trajectory)) < 1e-9


def test_m12_scarcity_ahead_lengthens_the_line() -> None:
    """With slow service more is pending each month, and who files waits longer."""
    row = replace(QUEUE, material="heavy", service_rate=0.5)
    table = roll(7, row).table("queues")
    lengths = [line["length"] for line in table]
    waits = [line["waiting_months"] for line in table]
    assert lengths == sorted(lengths)
    assert waits[-1] > waits[0]
    assert all(line["decided"] <= 0.5 * 13.4 for line in table)


def test_a_licence_unused_in_its_time_is_lost() -> None:
    """A ban for a while keeps goods from moving: licences in hand end, and are entered as expired."""
    row = replace(QUEUE, material="heavy", service_rate=None, approval_odds=1.0, validity_months=1.0)
    stop = Control(
        control="stop", instrument="ban", material="heavy", origin="A", in_force="2025-05", until="2025-05"
    )
    table = {line["month"]: line for line in roll(5, row, stop).table("queues")}
    assert table["2025-05"]["shipped"] == 0.0
    assert table["2025-05"]["expired"] == pytest.approx(table["2025-04"]["in_hand"], rel=1e-9)
    assert table["2025-05"]["expired"] > 1.0


def test_a_suspension_lets_goods_pass_and_stops_the_line() -> None:
    row = replace(QUEUE, material="heavy", service_rate=0.2, suspended="2025-05", resumes="2025-07")
    trajectory = roll(8, row)
    flows = [line["value"] for line in trajectory.table("flows") if line["material"] == "heavy"]
    table = {line["month"]: line for line in trajectory.table("queues")}
    assert flows[2:4] == [0.0, 0.0]
    assert min(flows[4:6]) > 13.0
    assert {"2025-05", "2025-06"}.isdisjoint(table)
    assert flows[6] < 13.0


def test_draws_are_repeatable_and_average_to_the_odds() -> None:
    """Twenty applications a month: the same draw the same licences, and over draws 0.6 are approved."""
    row = replace(QUEUE, material="heavy", service_rate=None, approval_odds=0.6, applications=20.0)
    world = floating()

    def approved(draw: int | None) -> float:
        setup = prepare(world, Package((row,)), "2025-03", draw=draw)
        line = run_months(world, setup, "2025-03", 2).table("queues")[1]
        return float(line["approved"] / line["decided"])

    assert approved(None) == pytest.approx(0.6, rel=EXACT)
    drawn = [approved(seed) for seed in range(8)]
    assert approved(0) == drawn[0]
    assert len(set(drawn)) > 2
    assert np.mean(drawn) == pytest.approx(0.6, abs=0.12)


def test_a_run_with_a_queue_goes_on_from_where_it_stopped(tmp_path: Path) -> None:
    row = replace(QUEUE, material="heavy")
    world = floating()
    setup = prepare(world, Package((row,)), "2025-01")
    whole = run_months(world, setup, "2025-01", 6)
    place = Checkpoint(tmp_path / "months", "key")
    run_months(world, setup, "2025-01", 4, checkpoint=place)
    rest = run_months(world, setup, "2025-01", 6, checkpoint=place)
    assert rest.table("queues")[-1] == whole.table("queues")[-1]
    assert first_controls(setup.policy).queue.pending.shape == whole.after.controls.queue.pending.shape
