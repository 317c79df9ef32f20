"""Controls compiled to bounds and rates by month (M4, M16): dates, shares, patterns, and what they touch."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from small_worlds import (
    EXACT,
    Contract,
    build_network,
    clear_static,
    flow,
    joint,
    rents,
    trade,
)
from xenotime.errors import InputProblems
from xenotime.policy.case import ControlEntry
from xenotime.policy.controls import (
    Policy,
    compile_policy,
    expand,
    month_after,
    normal_flows,
    terms_for,
)
from xenotime.policy.statics import clear_world
from xenotime.world.check_controls import NEEDS_VALUE
from xenotime.world.tables import Control, Region
from xenotime.world.world import World

DATED = Control(
    control="permits",
    instrument="licence",
    material="ore",
    origin="A",
    value=0.5,
    announced="2025-02",
    in_force="2025-04",
    until="2025-08",
    processing_months=2.0,
)


def entry(**changed: object) -> ControlEntry:
    plain: dict[str, object] = {"control": "stop", "instrument": "ban", "materials": ("ore",), "origin": "A"}
    return ControlEntry.model_validate({**plain, **changed})


def policy(*rows: Control, world: World | None = None) -> Policy:
    network = build_network(world or trade())
    return compile_policy(network, rows, normal_flows(clear_static(network)))


@pytest.mark.parametrize(
    ("month", "share"),
    [
        ("2025-03", None),
        ("2025-04", 0.0),
        ("2025-05", 0.0),
        ("2025-06", 0.5),
        ("2025-08", 0.5),
        ("2025-09", None),
    ],
)
def test_m16_a_licence_waits_for_its_processing_and_ends(month: str, share: float | None) -> None:
    """In force from April, two months of processing: nothing in April and May, half from June to August."""
    high = terms_for(policy(DATED), "2025-06", month).lane_high[0]
    assert high == (np.inf if share is None else pytest.approx(share * 30.0, rel=EXACT))


@pytest.mark.parametrize(("seen_in", "known"), [("2025-01", False), ("2025-02", True), ("2025-09", True)])
def test_m16_a_control_is_foreseen_from_its_announcement(seen_in: str, known: bool) -> None:
    terms = terms_for(policy(DATED), seen_in, "2025-05")
    assert terms.lane_high[0] == (0.0 if known else np.inf)
    assert terms.lane_cause == ({0: ("permits", "A")} if known else {})


def test_m16_without_an_announcement_it_comes_as_a_surprise() -> None:
    sudden = replace(DATED, announced="")
    assert terms_for(policy(sudden), "2025-03", "2025-05").lane_high[0] == np.inf
    assert terms_for(policy(sudden), "2025-04", "2025-05").lane_high[0] == 0.0


def test_m16_a_control_not_yet_enforced_binds_nobody() -> None:
    """Announced, in force and enforced are three dates; goods move until somebody stops them."""
    lax = replace(DATED, processing_months=0.0, value=0.0, enforced="2025-06")
    assert terms_for(policy(lax), "2025-05", "2025-05").lane_high[0] == np.inf
    assert terms_for(policy(lax), "2025-05", "2025-06").lane_high[0] == 0.0


def test_m16_blank_months_are_a_time_when_everything_is_in_force() -> None:
    assert terms_for(policy(DATED), "", "").lane_high[0] == pytest.approx(15.0, rel=EXACT)


def test_m16_half_a_month_of_processing_lasts_into_the_next() -> None:
    slow = replace(DATED, processing_months=1.5)
    highs = [terms_for(policy(slow), "2025-06", month).lane_high[0] for month in ("2025-05", "2025-06")]
    assert highs == [0.0, pytest.approx(15.0, rel=EXACT)]


def test_the_tightest_of_two_names_the_rent() -> None:
    ban = Control(control="ban", instrument="ban", material="ore", origin="A", recipient="nobody")
    for rows in ((DATED, ban), (ban, DATED)):
        terms = terms_for(policy(*rows), "2025-07", "2025-07")
        assert terms.lane_high[0] == 0.0
        assert terms.lane_cause == {0: ("ban", "nobody")}


def test_a_licence_looser_than_the_lane_leaves_the_lane_its_rent() -> None:
    loose = replace(DATED, value=2.0)
    terms = terms_for(policy(loose, world=trade(limit=10.0)), "2025-07", "2025-07")
    assert terms.lane_high[0] == 10.0
    assert terms.lane_cause == {}


def test_rows_of_one_quota_share_one_allowance() -> None:
    rows = tuple(
        Control(control="cap", instrument="quota", material=name, origin="A", value=20.0)
        for name in ("light", "heavy")
    )
    made = policy(*rows, world=joint())
    (limit,) = [limit for limit in made.network.joint if limit.name == "cap"]
    assert len(limit.lanes) == 2
    assert limit.held_by_exporter
    cleared = clear_world(joint().with_tables(controls=rows))
    moved = flow(cleared, "light", "A", "B") + flow(cleared, "heavy", "A", "B")
    assert moved == pytest.approx(20.0, rel=EXACT)
    assert [name for name, *_ in rents(cleared, "control")] == ["cap"]


def test_a_quota_out_of_its_time_allows_everything() -> None:
    quota = Control(
        control="cap",
        instrument="quota",
        material="ore",
        origin="A",
        value=1.0,
        in_force="2025-03",
        until="2025-03",
    )
    made = policy(quota)
    allowed = [terms_for(made, "2025-04", month).allowance[0] for month in ("2025-02", "2025-03", "2025-04")]
    assert allowed == [np.inf, 1.0, np.inf]


def test_a_production_quota_counts_what_plants_make() -> None:
    quota = Control(control="plan", instrument="production_quota", material="heavy", origin="A", value=5.0)
    made = policy(quota, world=joint())
    (limit,) = [limit for limit in made.network.joint if limit.name == "plan"]
    assert limit.facilities == ((1, 0.1),)
    assert limit.lanes == ()
    assert not limit.held_by_exporter


def test_taxes_add_up_and_end() -> None:
    tax = Control(
        control="t", instrument="export_tax", material="ore", origin="A", value=0.15, until="2025-03"
    )
    made = policy(tax, replace(tax, control="u", value=0.1, until=""), world=trade(export_tax=0.05))
    rates = [terms_for(made, "2025-01", month).export_tax[0] for month in ("2025-03", "2025-04")]
    assert rates == pytest.approx([0.3, 0.15])


def test_what_must_be_taken_need_not_be_where_it_may_not() -> None:
    term = Contract(
        contract="t", material="ore", origin="A", destination="B", sector="all", quantity=8.0, take_or_pay=1.0
    )
    ban = Control(control="ban", instrument="ban", material="ore", origin="A")
    terms = terms_for(policy(ban, world=trade().with_tables(contracts=(term,))), "", "")
    assert terms.lane_low.max() == 0.0
    assert terms.lane_high[:2].tolist() == [0.0, 0.0]


def test_a_control_on_one_destination_leaves_the_others() -> None:
    world = trade()
    world = world.with_tables(
        regions=(*world.regions, Region(region="C")),
        lanes=(*world.lanes, replace(world.lanes[0], destination="C")),
        demand=(*world.demand, replace(world.demand[1], region="C")),
    )
    ban = Control(control="ban", instrument="ban", material="ore", origin="A", destination="C")
    assert terms_for(policy(ban, world=world), "", "").lane_high.tolist() == [np.inf, 0.0]


def with_contracts() -> World:
    world = trade()
    abroad = Contract(
        contract="abroad", material="ore", origin="A", destination="B", sector="all", quantity=8.0
    )
    home = Contract(contract="home", material="ore", origin="A", destination="A", sector="all", quantity=8.0)
    return world.with_tables(contracts=(abroad, home))


def bound(control: Control) -> dict[str, bool]:
    """Which lane and contracts of `with_contracts` a ban closes."""
    made = policy(control, world=with_contracts())
    terms = terms_for(made, "", "")
    return {
        label[3]: bool(terms.lane_high[index] == 0)
        for index, label in enumerate(made.network.lanes.label)
        if label[0] in ("lane", "contract")
    }


def test_a_ban_with_a_destination_stops_contracts_to_it_too() -> None:
    ban = Control(control="ban", instrument="ban", material="ore", origin="A", destination="B")
    assert bound(ban) == {"B": True, "abroad": True, "home": False}


def test_an_export_ban_leaves_contracts_at_home_alone() -> None:
    ban = Control(control="ban", instrument="ban", material="ore", origin="A")
    assert bound(ban) == {"B": True, "abroad": True, "home": False}


def test_patterns_become_one_row_per_material() -> None:
    rows = expand((entry(materials=("*t*", "heavy")),), joint(), "case.toml")
    assert [row.material for row in rows] == ["light", "heavy"]
    rows = expand((entry(announced="2025-04-04", in_force="2025-05", assumed="guess"),), trade(), "case.toml")
    assert (rows[0].announced, rows[0].in_force, rows[0].until, rows[0].note) == (
        "2025-04",
        "2025-05",
        "",
        "guess",
    )


def test_a_material_named_twice_is_bound_once() -> None:
    (row,) = expand((entry(materials=("ore", "o*")),), trade(), "case.toml")
    assert row.material == "ore"


def faults(*entries: ControlEntry) -> list[tuple[str, str, str, str]]:
    with pytest.raises(InputProblems) as caught:
        expand(entries, trade(), "mine.toml")
    for problem in caught.value.problems:
        assert problem.file == "mine.toml"
        assert problem.expected
    return [(p.code, p.column, p.found, p.remedy) for p in caught.value.problems]


def test_unknown_names_offer_the_nearest() -> None:
    ((code, column, found, remedy),) = faults(entry(instrument="bann"))
    assert (code, column, found) == ("unknown-name", "stop.instrument", "'bann'")
    assert "ban" in remedy
    ((code, column, found, remedy),) = faults(entry(materials=("orr",)))
    assert (code, column, found) == ("unknown-name", "stop.materials", "'orr'")
    assert "ore" in remedy
    assert faults(entry(origin="Z"))[0][:3] == ("unknown-name", "stop.origin", "'Z'")
    assert faults(entry(destination="Z"))[0][:3] == ("unknown-name", "stop.destination", "'Z'")


def test_a_sector_nobody_is_in_is_unknown() -> None:
    ((code, column, found, remedy),) = faults(entry(sector="al"))
    assert (code, column, found) == ("unknown-name", "stop.sector", "'al'")
    assert "all" in remedy


@pytest.mark.parametrize("instrument", NEEDS_VALUE)
def test_all_but_a_ban_need_a_value(instrument: str) -> None:
    threshold = {"threshold": 0.1} if instrument == "extraterritorial" else {}
    ((code, column, found, remedy),) = faults(entry(instrument=instrument, **threshold))
    assert (code, column, found) == ("missing-value", "stop.value", "nothing")
    assert remedy == "add value = ..."


def test_a_licence_needs_a_share_or_a_queue_and_not_both() -> None:
    ((code, column, *_),) = faults(entry(instrument="licence"))
    assert (code, column) == ("missing-value", "stop.value")
    assert expand((entry(instrument="licence", approval_odds=0.5),), trade(), "mine.toml")
    ((code, column, found, _),) = faults(entry(instrument="licence", approval_odds=0.5, value=0.5))
    assert (code, column, found) == ("control-value", "stop.value", "0.5")


def test_all_faults_of_all_controls_are_told_at_once() -> None:
    found = faults(entry(origin="Z", materials=("orr",)), entry(control="b", instrument="quota"))
    assert [(code, column) for code, column, *_ in found] == [
        ("unknown-name", "stop.origin"),
        ("unknown-name", "stop.materials"),
        ("missing-value", "b.value"),
    ]


def test_months_are_counted_over_years() -> None:
    assert month_after("2025-11", 3) == "2026-02"


def test_normal_flows_are_those_of_the_base() -> None:
    assert normal_flows(clear_static(trade())) == pytest.approx([30.0], rel=EXACT)
