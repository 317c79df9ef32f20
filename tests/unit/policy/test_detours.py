"""Ports and leaks (M3, M14): later arrivals at a price, and a dearer way of limited room."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from small_worlds import ACCURACY, EXACT, Limit, clear_static, price, trade
from unit.dynamics.dynamic_worlds import floating, roll
from unit.policy.control_worlds import compiled, settled
from xenotime.dynamics.account import account_elements
from xenotime.market.clearing import Clearing
from xenotime.market.explain import explain
from xenotime.market.readout import rent_rows
from xenotime.policy.side_lanes import find_side_lanes
from xenotime.policy.statics import clear_world
from xenotime.world.tables import Contract, Control

STRAIT = Control(
    control="strait",
    instrument="port",
    origin="A",
    destination="B",
    delay_months=0.75,
    friction_cost=8.0,
    announced="2025-03",
    in_force="2025-03",
    until="2025-05",
)
SMUGGLED = Control(control="ban", instrument="ban", material="ore", origin="A", leak_share=0.2, leak_cost=0.1)


def ways(clearing: Clearing) -> dict[str, float]:
    """Flow of ore from A to B by kind of way."""
    labels = clearing.program.network.lanes.label
    return {label[0]: float(clearing.amount("lane")[i]) for i, label in enumerate(labels) if label[2] == "A"}


def test_m3_a_closed_port_moves_goods_to_a_slower_way_at_a_price() -> None:
    """Eight dearer on top of five: 70 - f/2 - 30 - 2f/3 = 13, so 162/7 go instead of 30."""
    done = clear_world(trade().with_tables(controls=(STRAIT,)), "2025-04")
    assert ways(done) == {"lane": 0.0, "slow": pytest.approx(162 / 7, rel=EXACT)}
    assert clear_world(trade().with_tables(controls=(STRAIT,)), "2025-06").amount("lane")[0] == pytest.approx(
        30.0
    )


def test_m3_the_slower_way_takes_longer_and_is_closed_in_normal_times() -> None:
    policy = compiled(STRAIT, world=trade(lag_months=1.0, export_tax=0.1, tariff=0.2, limit=40.0))
    lanes = policy.network.lanes
    assert lanes.lag.tolist() == [1.0, 1.75]
    before, during = settled(policy, "2025-04", "2025-02"), settled(policy, "2025-04", "2025-04")
    assert before.lane_high.tolist() == [40.0, 0.0]
    assert during.lane_high.tolist() == [0.0, 40.0]
    assert during.lane_adder.tolist() == [8.0, 8.0]
    assert during.export_tax.tolist() == [0.1, 0.1]
    assert during.tariff.tolist() == [0.2, 0.2]


def test_m3_a_port_that_only_costs_more_keeps_its_way() -> None:
    dear = replace(STRAIT, delay_months=0.0)
    done = clear_world(trade().with_tables(controls=(dear,)), "2025-04")
    assert ways(done) == {"lane": pytest.approx(162 / 7, rel=EXACT)}


def test_m3_a_handling_limit_holds_on_every_way_through() -> None:
    """12 units get through: 70 - 6 less 30 + 8 less 13 is the rent of the quay."""
    done = clear_world(trade().with_tables(controls=(replace(STRAIT, value=12.0),)), "2025-04")
    assert ways(done) == {"lane": 0.0, "slow": pytest.approx(12.0, rel=EXACT)}
    rent = {row["name"]: row["value"] for row in rent_rows(done)}["strait"]
    assert rent == pytest.approx(64.0 - 38.0 - 13.0, rel=EXACT)


def test_m3_a_control_holds_on_the_way_round_too() -> None:
    half = Control(control="permits", instrument="licence", material="ore", origin="A", value=0.5)
    quota = Control(control="cap", instrument="quota", material="ore", origin="A", value=10.0)
    done = clear_world(trade().with_tables(controls=(STRAIT, half)), "2025-04")
    assert ways(done) == {"lane": 0.0, "slow": pytest.approx(15.0, rel=EXACT)}
    assert "permits" in {row["name"] for row in rent_rows(done) if row["amount"] > 0}
    done = clear_world(trade().with_tables(controls=(STRAIT, quota)), "2025-04")
    assert ways(done) == {"lane": 0.0, "slow": pytest.approx(10.0, rel=EXACT)}


def test_m3_the_limit_of_a_group_holds_on_the_way_round_too() -> None:
    world = trade(limit_group="canal", weight=2.0)
    world = world.with_tables(controls=(STRAIT,), limits=(Limit(limit_group="canal", limit=16.0),))
    assert ways(clear_world(world, "2025-04"))["slow"] == pytest.approx(8.0, rel=EXACT)


def test_of_two_regimes_the_longer_delay_rules_and_both_cost() -> None:
    storm = replace(STRAIT, control="storm", delay_months=0.25, friction_cost=1.0)
    policy = compiled(STRAIT, storm)
    terms = settled(policy, "2025-04", "2025-04")
    slow = {round(side.delay, 2): side.lane for side in find_side_lanes(policy.network)}
    assert terms.lane_high[slow[0.75]] == np.inf
    assert terms.lane_high[slow[0.25]] == 0.0
    assert terms.lane_adder[slow[0.75]] == 9.0


def test_a_contract_goes_round_as_well() -> None:
    term = Contract(contract="t", material="ore", origin="A", destination="B", quantity=8.0, take_or_pay=1.0)
    done = clear_world(trade().with_tables(contracts=(term,), controls=(STRAIT,)), "2025-04")
    labels = done.program.network.lanes.label
    moved = {label: float(done.amount("lane")[i]) for i, label in enumerate(labels)}
    assert moved["contract", "ore", "A", "t"] == 0.0
    assert moved["slow", "ore", "A", "t"] == pytest.approx(8.0, rel=EXACT)


def test_m3_goods_at_sea_when_a_port_closes_arrive_as_they_would() -> None:
    """A month and a quarter by sea, two months round the strait: only what sails now is late."""
    closed, calm = roll(6, STRAIT, world=floating()), roll(6, world=floating())
    march = 2
    assert closed.months[march].before.at_sea[:, :3] == pytest.approx(
        calm.months[march].before.at_sea, rel=1e-6
    )
    done = closed.clearing(march)
    sent = {row["kind"]: row["value"] for row in done.table("flows") if row["material"] == "heavy"}
    assert sent["lane"] == 0.0
    assert sent["slow"] > 1.0
    node = done.program.network.place["heavy", "B", ""]
    april = closed.months[march + 1].before.at_sea[node]
    already = calm.months[march].before.at_sea[node, 1]
    assert april[0] == pytest.approx(already, rel=1e-6)  # nothing sent in March can be there in April
    assert april[1] == pytest.approx(sent["slow"], rel=1e-6)
    assert max(row.residual for row in account_elements(closed)) < 1e-9
    late = [price(closed.clearing(place), "heavy", "B") for place in range(6)]
    usual = [price(calm.clearing(place), "heavy", "B") for place in range(6)]
    assert late[march + 1] > usual[march + 1] * 1.05
    assert late[0] == pytest.approx(usual[0], rel=ACCURACY)


def test_m14_smugglers_move_a_share_of_normal_trade() -> None:
    """A fifth of 30 at a tenth of 50 on top: A is at 34, B at 67, and 23 a unit is theirs."""
    done = clear_world(trade().with_tables(controls=(SMUGGLED,)))
    assert ways(done) == {"lane": 0.0, "leak": pytest.approx(6.0, rel=EXACT)}
    assert (price(done, "ore", "A"), price(done, "ore", "B")) == pytest.approx((34.0, 67.0), rel=EXACT)
    assert {row["kind"]: row["value"] for row in done.table("flows")} == {
        "lane": 0.0,
        "leak": pytest.approx(6.0),
    }
    node = done.program.network.place["ore", "B", ""]
    bindings = {item.name: item.rent for item in explain(done, node).bindings}
    assert bindings["control ban on ore A -> B"] == pytest.approx(67 - 34 - 5.0, rel=EXACT)
    assert bindings["limit of ore A -> B"] == pytest.approx(67 - 34 - 10.0, rel=EXACT)


def test_m14_a_way_that_costs_more_than_the_gap_stays_empty() -> None:
    """Shut, B is at 70 and A at 30: 35 a unit pays for 0.69 of the base price of 50 and no more."""
    for cost, used in ((0.69, True), (0.71, False)):
        done = clear_world(trade().with_tables(controls=(replace(SMUGGLED, leak_cost=cost),)))
        assert (ways(done)["leak"] > 0) is used


def test_m14_no_way_is_open_where_no_control_binds() -> None:
    dated = replace(SMUGGLED, announced="2025-01", in_force="2025-04", until="2025-06")
    policy = compiled(dated)
    highs = [settled(policy, "2025-02", month).lane_high[1] for month in ("2025-03", "2025-04", "2025-07")]
    assert highs == [0.0, pytest.approx(6.0, rel=EXACT), 0.0]
    assert all(row["kind"] != "lane_limit" for row in rent_rows(clear_static(policy.network)))


def test_m14_who_goes_round_the_customs_pays_no_export_tax() -> None:
    """Legal trade pays half the price on top, smuggled goods a tenth of the base price."""
    tax = Control(control="tax", instrument="export_tax", material="ore", origin="A", value=0.5)
    done = clear_world(
        trade().with_tables(controls=(tax, replace(SMUGGLED, instrument="licence", value=1.0)))
    )
    assert ways(done)["leak"] == pytest.approx(6.0, rel=EXACT)
    total = ways(done)["leak"] + ways(done)["lane"]
    assert price(done, "ore", "B") == pytest.approx(1.5 * price(done, "ore", "A") + 5.0, rel=EXACT)
    assert price(done, "ore", "A") == pytest.approx(30 + 2 * total / 3, rel=EXACT)


def test_elements_are_conserved_with_leaks() -> None:
    leaky = replace(SMUGGLED, material="heavy", announced="2025-02", in_force="2025-03")
    run = roll(5, leaky)
    flows = [row for row in run.table("flows") if row["kind"] == "leak"]
    assert [row["month"] for row in flows] == ["2025-03", "2025-04", "2025-05"]
    assert max(row.residual for row in account_elements(run)) < 1e-9


def test_the_base_month_is_the_same_with_and_without_ways_beside() -> None:
    plain, beside = compiled(), compiled(STRAIT, SMUGGLED)
    assert beside.normal[: len(plain.normal)] == pytest.approx(plain.normal, rel=EXACT)
    assert beside.normal[len(plain.normal) :].tolist() == [0.0, 0.0]
    assert beside.price == pytest.approx(plain.price, rel=EXACT)
