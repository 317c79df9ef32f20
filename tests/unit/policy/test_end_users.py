"""Controls of one class of users and on goods made elsewhere (M4, M13), against hand arithmetic."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from small_worlds import EXACT, clear_static, flow, joint, price, rents
from unit.policy.control_worlds import compiled, hub, settled, two_classes
from xenotime.market.clearing import Clearing
from xenotime.market.explain import explain
from xenotime.market.identity import adds_up
from xenotime.policy.controls import terms_for
from xenotime.policy.statics import clear_world
from xenotime.policy.tracing import trace_base, trace_month
from xenotime.world.tables import Contract, Control, Supply
from xenotime.world.world import World

MILITARY = Control(control="dual", instrument="ban", material="ore", origin="A", sector="military")
RULE = Control(
    control="reach", instrument="extraterritorial", material="ore", origin="A", value=0.0, threshold=0.1
)


def served(clearing: Clearing, sector: str) -> float:
    rows = [row for row in clearing.table("consumption") if row["sector"] == sector]
    return float(sum(row["value"] for row in rows))


def under(*rows: Control, world: World | None = None) -> Clearing:
    return clear_world((world or two_classes()).with_tables(controls=rows))


def test_a_class_without_a_control_is_served_as_before() -> None:
    over = replace(MILITARY, until="2020-01")
    policy = compiled(over, world=two_classes())
    done = clear_static(policy.network, "2025-01", settled(policy, "2025-01", "2025-01"))
    assert price(done, "ore", "B") == pytest.approx(65.0, rel=EXACT)
    assert price(done, "ore", "B", "military") == pytest.approx(65.0, rel=EXACT)
    assert flow(done, "ore", "A", "B") == pytest.approx(50.0, rel=EXACT)


def test_m4_a_banned_class_is_served_by_others_only() -> None:
    """All of C goes to the military: q - 45 = 100 - p, so 72.5; A serves civil users at 57.5."""
    done = under(MILITARY)
    assert price(done, "ore", "B", "military") == pytest.approx(72.5, rel=EXACT)
    assert price(done, "ore", "B") == pytest.approx(57.5, rel=EXACT)
    assert served(done, "military") == pytest.approx(27.5, rel=EXACT)
    assert flow(done, "ore", "C", "B") == pytest.approx(27.5, rel=EXACT)
    assert flow(done, "ore", "A", "B") == pytest.approx(42.5, rel=EXACT)


def test_m4_who_brings_clean_goods_earns_the_difference() -> None:
    """C sells at 67.5 what lands at 72.5 where others pay 57.5: a premium of 15, named in the price."""
    done = under(MILITARY)
    assert price(done, "ore", "C") == pytest.approx(67.5, rel=EXACT)
    found = {name: (rent, recipient) for name, rent, recipient in rents(done, "control")}
    assert found["dual: ore in B not from A"] == (pytest.approx(15.0, rel=EXACT), "B")
    assert found["dual"] == (pytest.approx(72.5 - 52.5 - 5.0, rel=EXACT), "A")  # of a unit with papers
    paid = [row["amount"] for row in done.table("rents") if row["kind"] == "control"]
    assert paid == pytest.approx([0.0, 0.0], abs=1e-9)  # what the class pays more is what the bringers get
    node = done.program.network.place["ore", "B", "military"]
    told = explain(done, node)
    assert any("dual" in leaf.name for leaf in told.leaves)
    assert sum(leaf.amount for leaf in told.leaves) == pytest.approx(72.5, rel=EXACT)
    assert all(adds_up(done, node, list(step.terms)) < EXACT for step in told.steps[:1])


def test_m4_a_class_nobody_else_serves_gets_nothing() -> None:
    world = two_classes()
    alone = world.with_tables(supply=world.supply[:1], lanes=world.lanes[:1])
    assert served(under(MILITARY, world=alone), "military") == pytest.approx(0.0, abs=1e-9)


def test_m4_what_the_class_makes_at_home_is_its_own() -> None:
    """B makes ore at 40 + q and imports none from C: the military buy 30 of it at 70."""
    world = two_classes()
    home = world.with_tables(
        supply=(
            world.supply[0],
            Supply(material="ore", region="B", form="linear", intercept=40.0, slope=1.0),
        ),
        lanes=world.lanes[:1],
    )
    done = under(MILITARY, world=home)
    assert served(done, "military") == pytest.approx(30.0, rel=EXACT)
    assert price(done, "ore", "B", "military") == pytest.approx(70.0, rel=EXACT)


def test_a_licence_of_a_class_opens_a_direct_way_of_its_share() -> None:
    """The class buys half of what A sends, 25; half of that is licensed: 12.5 with papers, worth 2.5 each.

    C: 12.5 + p - 45 = 100 - p, so 66.25 for the military.  A: 12.5 + 100 - p = p - 15, so 63.75 for others.
    """
    half = replace(MILITARY, instrument="licence", value=0.5)
    done = under(half)
    assert flow(done, "ore", "A", "B (military)") == pytest.approx(12.5, rel=EXACT)
    assert price(done, "ore", "B", "military") == pytest.approx(66.25, rel=EXACT)
    assert price(done, "ore", "B") == pytest.approx(63.75, rel=EXACT)
    found = {name: (rent, recipient) for name, rent, recipient in rents(done, "control")}
    assert found["dual"] == (pytest.approx(2.5, rel=EXACT), "A")


def test_a_general_licence_cannot_be_avoided_by_the_direct_way() -> None:
    """A ban for everybody closes the way with papers as well."""
    everybody = Control(control="all", instrument="ban", material="ore", origin="A")
    done = under(everybody, replace(MILITARY, instrument="licence", value=1.0))
    assert flow(done, "ore", "A", "B (military)") == 0.0
    assert flow(done, "ore", "A", "B") == 0.0


def test_direct_ways_are_closed_until_the_control_is_in_force() -> None:
    dated = replace(MILITARY, instrument="licence", value=0.5, announced="2025-01", in_force="2025-04")
    policy = compiled(dated, world=two_classes())
    (lane,) = [i for i, label in enumerate(policy.network.lanes.label) if label[0] == "direct"]
    highs = [terms_for(policy, "2025-02", month).lane_high[lane] for month in ("2025-03", "2025-04")]
    assert highs == [0.0, pytest.approx(12.5, rel=EXACT)]


def test_a_contract_of_the_class_with_the_origin_is_bound_too() -> None:
    term = Contract(
        contract="arms", material="ore", origin="A", destination="B", sector="military", quantity=9.0
    )
    policy = compiled(MILITARY, world=two_classes().with_tables(contracts=(term,)))
    terms = settled(policy, "", "")
    (lane,) = [i for i, label in enumerate(policy.network.lanes.label) if label[3] == "arms"]
    assert terms.lane_high[lane] == 0.0
    assert terms.lane_cause[lane] == ("dual", "A")


def test_m13_goods_keep_their_origin_when_they_change_hands() -> None:
    """50 of 70 in B come from A; in the hub 115/3 of 140/3 do, and so do those it sends on."""
    policy = compiled(MILITARY, world=two_classes())
    place = policy.network.place
    assert policy.traced.touched[0, place["ore", "B", ""]] == pytest.approx(5 / 7, rel=EXACT)
    assert policy.traced.touched[0, place["ore", "B", "military"]] == pytest.approx(5 / 7, rel=EXACT)
    assert policy.traced.touched[0, place["ore", "A", ""]] == 1.0
    resold = compiled(RULE, world=hub())
    share = resold.traced.touched[0]
    assert share[resold.network.place["ore", "H", ""]] == pytest.approx(115 / 140, rel=EXACT)
    assert share[resold.network.place["ore", "B", ""]] == pytest.approx(115 / 140, rel=EXACT)


def test_m13_stock_mixes_with_what_comes() -> None:
    """B holds 30 clean units and gets 70, of which 50 from A: half of the lot is A's."""
    base = clear_static(two_classes())
    network = base.program.network
    tags = (("A", False),)
    first = trace_base(tags, base)
    here = np.arange(len(network.nodes)) == network.place["ore", "B", ""]
    before = replace(first, touched=np.where(here, 0.0, first.touched))
    held = np.zeros(len(network.nodes))
    held[network.place["ore", "B", ""]] = 30.0
    after = trace_month(tags, before, base, held)
    assert after.touched[0, network.place["ore", "B", ""]] == pytest.approx(0.5, rel=EXACT)


def test_m13_what_is_made_holds_the_value_of_what_went_into_it() -> None:
    """B makes two goods of A's ore: all of them are made with it, part of their value is from A."""
    world = joint()
    moved = world.with_tables(
        facilities=(world.facilities[0], replace(world.facilities[1], region="B")),
        lanes=(replace(world.lanes[0], material="ore"),),
    )
    base = clear_static(moved)
    network = base.program.network
    deep = trace_base((("A", True),), base)
    shallow = trace_base((("A", False),), base)
    ore, light, heavy = (network.place[name, "B", ""] for name in ("ore", "light", "heavy"))
    assert deep.touched[0, [ore, light, heavy]].tolist() == [1.0, 1.0, 1.0]
    p = base.price()
    share = p[ore] / (0.3 * p[light] + 0.1 * p[heavy])
    assert 0.5 < share < 1.0
    assert deep.content[0, light] == pytest.approx(share, rel=EXACT)
    assert shallow.touched[0, [ore, light, heavy]].tolist() == [1.0, 0.0, 0.0]


def test_m13_goods_above_the_threshold_may_not_be_passed_on() -> None:
    """H may pass on what it makes itself: p - 40 = 95 - p, 27.5 at 67.5 there; A's goods find no buyer."""
    done = under(RULE, world=hub())
    assert flow(done, "ore", "H", "B") == pytest.approx(27.5, rel=EXACT)
    assert flow(done, "ore", "A", "H") == pytest.approx(0.0, abs=1e-9)
    assert price(done, "ore", "B") == pytest.approx(72.5, rel=EXACT)


def test_m13_a_licensed_share_of_the_rest_may() -> None:
    """A tenth of the 115/3 units of A's goods a month is licensed beside what H makes."""
    done = under(replace(RULE, value=0.1), world=hub())
    own = {row["supplier"] + row["region"]: row["value"] for row in done.table("supply")}["allH"]
    assert flow(done, "ore", "H", "B") == pytest.approx(own + 11.5 / 3, rel=EXACT)


def test_m13_below_the_threshold_nothing_binds() -> None:
    """82 % of the value in H is A's."""
    loose = under(replace(RULE, threshold=0.83), world=hub())
    assert flow(loose, "ore", "H", "B") == pytest.approx(140 / 3, rel=EXACT)
    tight = under(replace(RULE, threshold=0.82), world=hub())
    assert flow(tight, "ore", "H", "B") == pytest.approx(27.5, rel=EXACT)
