"""A price along the marginal tonne: it adds up, every term has a name, and users and rivals are named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from market_worlds import synthetic
from small_worlds import ACCURACY, EXACT, Control, clear_static, joint, price, stored, trade
from xenotime.market.clearing import Clearing
from xenotime.market.explain import Explanation, explain, marginal_column
from xenotime.market.identity import Term
from xenotime.policy.statics import clear_world

VAGUE = ("other", "residual", "adjustment", "misc", "unexplained")


def told(cleared: Clearing, material: str, region: str) -> Explanation:
    found = explain(cleared, cleared.program.network.place[material, region, ""])
    check(found)
    return found


def check(found: Explanation) -> None:
    """Leaves and every step add up, and no term has a vague name."""
    size = max(abs(found.price), max((abs(term.amount) for term in found.leaves), default=0.0))
    assert abs(found.price - sum(term.amount for term in found.leaves)) <= ACCURACY * size
    for step in found.steps:
        assert sum(term.amount for term in step.terms) == pytest.approx(step.price, rel=ACCURACY, abs=EXACT)
    terms: list[Term] = [*found.leaves, *(term for step in found.steps for term in step.terms)]
    assert not [
        term for term in terms for word in VAGUE if word in f"{term.kind} {term.name}".lower().split()
    ]


def by_kind(found: Explanation) -> dict[str, float]:
    total: dict[str, float] = {}
    for term in found.leaves:
        total[term.kind] = total.get(term.kind, 0.0) + term.amount
    return total


def test_a_price_abroad_is_followed_to_the_curve_that_sets_it() -> None:
    found = told(clear_static(trade(cost_slope=1.0, export_tax=0.2, tariff=0.1)), "ore", "A")
    assert by_kind(found) == {
        "cost": pytest.approx(10.0, rel=EXACT),
        "rising_cost": pytest.approx(found.price - 10, rel=EXACT),
    }
    assert found.what == "ore in A"
    assert found.determined


def test_a_price_behind_a_lane_is_freight_charges_and_the_price_at_its_origin() -> None:
    world = trade(export_tax=0.2, tariff=0.1)
    only_lane = world.with_tables(supply=world.supply[:1])
    cleared = clear_static(only_lane)
    found = told(cleared, "ore", "B")
    assert [step.through for step in found.steps] == ["ore A -> B", "supply of ore in A (all)"]
    assert set(by_kind(found)) == {"cost", "rising_cost", "export_tax", "tariff"}
    p = price(cleared, "ore", "A")
    assert by_kind(found)["export_tax"] == pytest.approx(0.2 * p, rel=EXACT)
    assert by_kind(found)["tariff"] == pytest.approx(0.1 * (1.2 * p + 5), rel=EXACT)


def test_at_a_joint_plant_the_other_products_are_credited() -> None:
    """The plant's step is shown whole; co-products have negative terms where their price is positive."""
    world = joint()
    stuck = world.with_tables(lanes=(), demand=tuple(replace(row, region="A") for row in world.demand))
    cleared = clear_static(stuck)
    found = told(cleared, "heavy", "A")
    (step,) = found.steps
    assert step.joint
    (credit,) = [term for term in step.terms if term.kind == "co_product"]
    assert credit.name == "light in A"
    assert credit.amount == pytest.approx(-3 * price(cleared, "light", "A"), rel=EXACT)
    assert credit.amount < 0
    assert "credit for light in A" in {term.name for term in found.leaves}


def test_what_sets_the_price_of_a_joint_product_is_named() -> None:
    found = told(clear_static(joint()), "heavy", "B")
    named = {response.name: response for response in found.set_by}
    assert named["use of heavy by all in B"].kind == "use"
    # with h more on hand: .3 (49 - .3 x) + .1 (199 - x - 10 h) = 5 + .03 x, so dx/dh = -1/.22
    assert named["use of heavy by all in B"].change == pytest.approx(12 / 22, rel=1e-6)
    assert named["plant (separate)"].change == pytest.approx(-100 / 22, rel=1e-6)
    assert named["use of light by all in B"].change == pytest.approx(-30 / 22, rel=1e-6)


def test_under_a_ban_the_rent_is_named_with_its_control() -> None:
    ban = Control(control="the ban", instrument="ban", material="ore", origin="A")
    found = told(clear_world(trade().with_tables(controls=(ban,))), "ore", "B")
    (step,) = found.against_controls
    assert step.through == "ore A -> B"
    rent = {term.name: term.amount for term in step.terms}
    assert rent["licence rent the ban"] == pytest.approx(35.0, rel=EXACT)
    assert sum(rent.values()) == pytest.approx(70.0, rel=EXACT)
    (binding,) = found.bindings
    assert binding.name == "control the ban on ore A -> B"
    assert binding.rent == pytest.approx(35.0, rel=EXACT)
    assert binding.relief == "licences or an end of the control"


def test_what_binds_is_named_with_what_would_relieve_it() -> None:
    world = joint(capacity=100.0)
    found = told(clear_static(world), "heavy", "B")
    assert found.bindings[0].rent > 0
    assert {binding.name for binding in found.bindings} <= {"capacity of pit", "capacity of plant"}
    assert all(binding.relief == "more capacity there (A)" for binding in found.bindings)
    found = told(clear_static(trade(limit=10.0)), "ore", "B")
    assert [(b.name, b.relief) for b in found.bindings] == [("limit of ore A -> B", "a higher limit")]


def test_a_quota_binds_by_its_own_name() -> None:
    quota = Control(control="cap", instrument="quota", material="ore", origin="A", value=12.0)
    found = told(clear_world(trade().with_tables(controls=(quota,))), "ore", "B")
    assert [(b.name, b.relief) for b in found.bindings] == [("control cap", "a larger allowance")]


def test_an_idle_plant_that_would_pay_binds_at_nothing() -> None:
    world = joint()
    off = replace(world.facilities[1], facility="second", status="idle", cost=0.5)
    found = told(clear_static(world.with_tables(facilities=(*world.facilities, off))), "heavy", "B")
    assert "capacity of second (not running)" in {binding.name for binding in found.bindings}


def test_without_anything_there_the_price_is_a_leaf_of_its_own() -> None:
    world = joint()
    cleared = clear_static(world.with_tables(facilities=(), demand=world.demand))
    found = explain(cleared, cleared.program.network.place["light", "A", ""])
    assert found.price == pytest.approx(sum(term.amount for term in found.leaves), rel=ACCURACY)


def test_users_set_the_price_of_a_fixed_offer() -> None:
    cleared = clear_static(stored())
    column = marginal_column(cleared, 0)
    assert column is not None
    assert column.kind == "supply"


@pytest.mark.parametrize("seed", [1, 2])
def test_every_determined_price_of_an_invented_world_adds_up(seed: int) -> None:
    cleared = clear_static(synthetic(seed), refine=False)
    rows = [row for row in cleared.table("prices") if row["determined"] and row["volume"] > 0]
    assert len(rows) > 50
    for row in rows[::3]:
        told(cleared, row["material"], row["region"])
