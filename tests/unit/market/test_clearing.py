"""A month always clears and says why it hurts; what cannot clear says so; a clearing reads back as tables."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from small_worlds import ACCURACY, EXACT, autarky, clear_static, flow, joint, price, rents, trade
from xenotime.errors import NoAnswer
from xenotime.market.clearing import default_engine
from xenotime.market.network import build_network
from xenotime.market.terms import open_terms
from xenotime.policy.statics import clear_world
from xenotime.world.tables import Control, Demand, Facility, Material, RecipeFlow, Region, Supply
from xenotime.world.world import World

CHOKE = 900.0
CHOKE_RISE = 0.01  # the step at the choke price slopes by a hundredth, so that who goes without is unique


def importer() -> World:
    """All that B uses comes from A: isoelastic, and worth at most `CHOKE`."""
    user = Demand(
        material="ore",
        region="B",
        sector="mill",
        form="isoelastic",
        price=30.0,
        quantity=20.0,
        elasticity=-0.2,
        choke=CHOKE,
    )
    return trade().with_tables(supply=trade().supply[:1], demand=(trade().demand[0], user))


BAN = Control(control="stop", instrument="ban", material="ore", origin="A")


def test_a_month_clears_under_a_total_ban_and_names_who_goes_without() -> None:
    cleared = clear_world(importer().with_tables(controls=(BAN,)))
    wanted = 20 * (CHOKE / 30) ** -0.2  # what nobody can do without at any price up to the choke
    (row,) = cleared.table("shortfalls")
    assert (row["material"], row["region"], row["sector"]) == ("ore", "B", "mill")
    assert row["value"] == pytest.approx(wanted, rel=ACCURACY)
    assert row["share"] == pytest.approx(wanted / 20, rel=ACCURACY)
    assert cleared.consumption()[1] == pytest.approx(0.0, abs=EXACT)
    assert price(cleared, "ore", "A") == pytest.approx(autarky()["A"], rel=EXACT)


def test_a_ban_splits_the_market_and_its_rent_is_the_gap() -> None:
    cleared = clear_world(trade().with_tables(controls=(BAN,)))
    assert price(cleared, "ore", "A") == pytest.approx(30.0, rel=EXACT)
    assert price(cleared, "ore", "B") == pytest.approx(70.0, rel=EXACT)
    assert rents(cleared, "control") == [("stop", pytest.approx(70 - 30 - 5, rel=EXACT), "A")]
    (row,) = [row for row in cleared.table("rents") if row["kind"] == "control"]
    assert row["amount"] == 0.0, "nothing moves, so nobody is paid"


def test_a_licence_gives_two_prices_and_a_rent_to_its_holder() -> None:
    """Half of the normal 30 may leave: 1.5 p - 45 = 15 and 140 - 2 p' = 15."""
    half = Control(
        control="permits", instrument="licence", material="ore", origin="A", value=0.5, recipient="ministry"
    )
    cleared = clear_world(trade().with_tables(controls=(half,)))
    free = clear_static(trade())
    assert flow(cleared, "ore", "A", "B") == pytest.approx(15.0, rel=EXACT)
    assert price(cleared, "ore", "A") == pytest.approx(40.0, rel=EXACT)
    assert price(cleared, "ore", "B") == pytest.approx(62.5, rel=EXACT)
    assert price(cleared, "ore", "A") < price(free, "ore", "A")
    assert price(cleared, "ore", "B") > price(free, "ore", "B")
    (row,) = [row for row in cleared.table("rents") if row["kind"] == "control"]
    assert (row["name"], row["recipient"]) == ("permits", "ministry")
    assert row["value"] == pytest.approx(17.5, rel=EXACT)
    assert row["amount"] == pytest.approx(17.5 * 15, rel=EXACT)


def test_an_exporters_quota_rent_is_in_the_base_of_the_duty() -> None:
    """Twelve leave: p = 38, p' = 64, and (p + r + 5) 1.1 = p'."""
    quota = Control(control="cap", instrument="quota", material="ore", origin="A", value=12.0)
    world = trade(tariff=0.1).with_tables(controls=(quota,))
    cleared = clear_world(world)
    assert price(cleared, "ore", "A") == pytest.approx(38.0, rel=EXACT)
    assert price(cleared, "ore", "B") == pytest.approx(64.0, rel=EXACT)
    assert rents(cleared, "control") == [("cap", pytest.approx(64 / 1.1 - 43, rel=EXACT), "A")]


def test_a_quota_that_does_not_bind_changes_nothing() -> None:
    quota = Control(control="cap", instrument="quota", material="ore", origin="A", value=31.0)
    cleared = clear_world(trade().with_tables(controls=(quota,)))
    assert cleared.price() == pytest.approx([50.0, 55.0], rel=EXACT)
    assert rents(cleared, "control") == []


def test_a_production_quota_pays_whoever_may_produce() -> None:
    """At most 20 of heavy oxide is made... of 13.45 wanted; at 10 it binds: x = 100, rent by the identity."""
    quota = Control(
        control="plan",
        instrument="production_quota",
        material="heavy",
        origin="A",
        value=10.0,
        recipient="state",
    )
    cleared = clear_world(joint().with_tables(controls=(quota,)))
    assert cleared.amount("plant")[1] == pytest.approx(100.0, rel=EXACT)
    light, heavy, ore = 50 - 30 - 1, 200 - 100 - 1, 4 + 2
    rent = (0.3 * light + 0.1 * heavy - ore - 1 - 1) / 0.1  # per unit of heavy oxide
    assert rents(cleared, "control") == [("plan", pytest.approx(rent, rel=EXACT), "state")]


def test_export_taxes_and_tariffs_of_controls_add_to_those_of_lanes() -> None:
    controls = (
        Control(control="t", instrument="export_tax", material="ore", origin="A", value=0.15),
        Control(control="d", instrument="tariff", material="ore", origin="A", destination="B", value=0.06),
    )
    cleared = clear_world(trade(export_tax=0.05, tariff=0.04).with_tables(controls=controls))
    assert price(cleared, "ore", "A") == pytest.approx(174 / 4.14, rel=EXACT)


def must(quantity: float, shortfall: float | None = None) -> World:
    fixed = Demand(material="ore", region="B", form="fixed", quantity=quantity, shortfall_price=shortfall)
    return trade(limit=10.0).with_tables(demand=(fixed,), supply=trade().supply[:1])


def test_what_must_be_served_sets_no_price_of_its_own() -> None:
    cleared = clear_static(must(8.0))
    assert cleared.price() == pytest.approx([18.0, 23.0], rel=EXACT)


def test_what_must_be_served_and_cannot_be_has_no_answer_and_says_what() -> None:
    with pytest.raises(NoAnswer) as caught:
        clear_static(must(12.0))
    assert "ore in B" in caught.value.found
    assert "shortfall_price" in caught.value.remedy
    assert caught.value.exit_code == 1


def test_with_a_shortfall_price_the_month_clears_at_it() -> None:
    cleared = clear_static(must(12.0, 400.0))
    assert price(cleared, "ore", "B") == pytest.approx(400.0, rel=EXACT)
    (row,) = cleared.table("shortfalls")
    assert row["value"] == pytest.approx(2.0, rel=EXACT)
    assert row["share"] == pytest.approx(2 / 12, rel=EXACT)


def test_gains_without_end_have_no_answer() -> None:
    """Made for 1 without limit, wanted at 5 without limit."""
    world = World(
        regions=(Region(region="A"),),
        recipes=(RecipeFlow(recipe="make", material="air", amount=1.0),),
        facilities=(Facility(facility="fan", region="A", recipe="make", cost=1.0),),
        demand=(Demand(material="air", region="A", form="linear", intercept=5.0, slope=0.0),),
    )
    with pytest.raises(NoAnswer) as caught:
        clear_static(world)
    assert "without end" in caught.value.found
    assert "capacity" in caught.value.remedy


def test_surplus_is_thrown_away_only_where_it_may_be_and_at_its_cost() -> None:
    """Nobody wants light oxide: its price is what getting rid of it costs."""
    world = joint(disposal_cost=2.0)
    heavy_only = world.with_tables(demand=world.demand[1:])
    cleared = clear_static(heavy_only)
    assert price(cleared, "light", "A") == pytest.approx(-2.0, rel=EXACT)
    (row,) = cleared.table("disposal")
    assert (row["material"], row["region"], row["cost"]) == ("light", "A", 2.0)
    assert row["value"] == pytest.approx(0.3 * cleared.amount("plant")[1], rel=EXACT)


def test_where_it_may_not_be_thrown_away_nothing_is_made_at_all() -> None:
    world = joint(disposable=False)
    cleared = clear_static(world.with_tables(demand=world.demand[1:]))
    assert cleared.amount("plant") == pytest.approx([0.0, 0.0], abs=EXACT)
    assert cleared.table("disposal") == []


def test_free_disposal_keeps_a_glut_from_having_a_negative_price() -> None:
    ore = Material(material="ore", disposable=True, disposal_cost=0.0)
    glut = (Supply(material="ore", region="B", form="fixed", quantity=300.0),)
    cleared = clear_static(trade().with_tables(materials=(ore,), supply=glut))
    assert price(cleared, "ore", "B") == pytest.approx(0.0, abs=EXACT)


def test_a_plant_that_is_not_running_makes_nothing() -> None:
    world = joint()
    off = tuple(replace(plant, status="idle") for plant in world.facilities[:1])
    cleared = clear_static(world.with_tables(facilities=off + world.facilities[1:]))
    assert cleared.amount("plant") == pytest.approx([0.0, 0.0], abs=EXACT)
    assert open_terms(cleared.program.network).plant_high[0] == 0.0


def test_volume_is_what_enters_a_node() -> None:
    cleared = clear_static(trade())
    assert cleared.volume() == pytest.approx([40.0, 45.0], rel=EXACT)


def test_margins_are_the_rents_of_own_bounds() -> None:
    cleared = clear_static(trade(limit=10.0))
    assert cleared.margin("lane") == pytest.approx([65 - 110 / 3 - 5], rel=EXACT)
    assert clear_static(trade()).margin("lane") == pytest.approx([0.0], abs=EXACT)


def test_a_program_without_curves_goes_to_the_simplex() -> None:
    flat = must(8.0).with_tables(
        supply=(Supply(material="ore", region="A", form="linear", intercept=3.0, slope=0.0, capacity=50.0),)
    )
    assert default_engine(build_network(flat)).name == "highs"
    assert default_engine(build_network(trade())).name == "interior"
    cleared = clear_static(flat)
    assert cleared.check.ran.startswith("highs simplex")
    assert price(cleared, "ore", "A") == pytest.approx(3.0, rel=EXACT)
    assert cleared.objective == pytest.approx(-(3 + 5) * 8, rel=EXACT)


def test_charges_that_never_settle_have_no_answer_or_an_exact_one() -> None:
    """A tariff of 5000 %: nothing moves, and each side lives alone."""
    cleared = clear_static(trade(tariff=50.0))
    assert flow(cleared, "ore", "A", "B") == pytest.approx(0.0, abs=EXACT)
    assert cleared.price() == pytest.approx(np.array([30.0, 70.0]), rel=EXACT)
