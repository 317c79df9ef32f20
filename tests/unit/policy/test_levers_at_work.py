"""Each lever against hand arithmetic on the club of `lever_worlds` (M5, M6)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from small_worlds import EXACT, flow, price
from unit.policy.lever_worlds import MONTH, base_of, cleared, club, lever, plan_of, plant
from xenotime.market.clearing import Clearing
from xenotime.market.explain import explain
from xenotime.market.identity import identity, locate
from xenotime.market.terms import open_terms
from xenotime.policy.lever_money import payments_of
from xenotime.policy.lever_orders import Plan
from xenotime.policy.lever_state import LeverState, advance_levers, first_levers
from xenotime.policy.lever_terms import controls_in_force, impose_levers, store_rule
from xenotime.policy.levers import Lever
from xenotime.policy.price_floor import index_price, top_up
from xenotime.world.tables import Control, Stock, Supply
from xenotime.world.world import World

FLOOR = {"kind": "price_floor", "form": "difference", "material": "metal", "index_region": "IN"}
STORE = {"kind": "stockpile", "material": "metal", "region": "IN"}


def paid(
    plan: Plan, clearing: Clearing, month: str = MONTH, before: LeverState | None = None
) -> dict[str, float]:
    """Value by payer, recipient and what."""
    part = before or first_levers(plan, base_of(plan))
    return {
        f"{row['payer']} > {row['recipient']}: {row['what']}": row["value"]
        for row in payments_of(plan, part, month, clearing)
    }


def close(value: float) -> object:
    return pytest.approx(value, rel=EXACT)


def test_without_levers_the_club_pays_150() -> None:
    plan = plan_of()
    month = cleared(plan)
    assert price(month, "metal", "IN") == close(150.0)
    assert month.amount("plant")[plant(plan.network, "mill")] == close(100.0)


def test_a_floor_tops_up_the_lagged_price_per_unit_made() -> None:
    """Index 150, floor 180: thirty a unit, so 40 + q + 10 - 30 = 200 - q / 2."""
    plan = plan_of(lever(**FLOOR, facility="mill", price=180.0))
    month = cleared(plan)
    assert month.amount("plant")[plant(plan.network, "mill")] == close(120.0)
    assert price(month, "metal", "IN") == close(140.0)
    assert paid(plan, month) == {"IN > mill: top-up": close(30.0 * 120.0)}


def test_above_the_floor_the_plant_shares_its_upside_once_the_contract_says_so() -> None:
    """Index 150, floor 130, share 0.3: six a unit, so 40 + q + 10 + 6 = 200 - q / 2."""
    keys = {**FLOOR, "facility": "mill", "price": 130.0, "upside_share": 0.3}
    plan = plan_of(lever(**keys))
    month = cleared(plan)
    assert month.amount("plant")[plant(plan.network, "mill")] == close(96.0)
    assert paid(plan, month) == {"mill > IN: upside": close(6.0 * 96.0)}
    later = plan_of(lever(**keys, upside_from="2026-02"))
    assert cleared(later).amount("plant")[plant(plan.network, "mill")] == close(100.0)
    assert paid(later, cleared(later)) == {}


@pytest.mark.parametrize(
    ("index", "due"), [(60.0, 50.0), (110.0, 0.0), (130.0, -6.0)], ids=["below", "at", "above"]
)
def test_what_a_floor_of_110_with_a_share_of_30_percent_pays(index: float, due: float) -> None:
    assert top_up(110.0, index, 0.3) == close(due)


def test_an_index_is_the_mean_of_an_earlier_period() -> None:
    latest_first = np.array([70.0, 60.0, 50.0, 40.0])
    assert index_price(latest_first, lag=1, average=1, ahead=0) == 70.0
    assert index_price(latest_first, lag=2, average=3, ahead=0) == 50.0
    # a month on, the month before it is not published yet and is taken to be as the latest
    assert index_price(latest_first, lag=1, average=2, ahead=1) == 70.0
    assert index_price(latest_first, lag=2, average=3, ahead=1) == 60.0


def test_a_floor_that_is_bought_takes_goods_at_its_price_and_no_more_than_stated() -> None:
    """At 155 the mill makes 105 and users take 90: the sponsor buys the 15 between."""
    keys = {"kind": "price_floor", "form": "purchase", "material": "metal", "region": "IN", "price": 155.0}
    plan = plan_of(lever(**keys, quantity=30.0))
    month = cleared(plan)
    assert price(month, "metal", "IN") == close(155.0)
    assert paid(plan, month) == {"IN > sellers of metal in IN: purchase": close(15.0 * 155.0)}
    held = advance_levers(plan, first_levers(plan, base_of(plan)), month).holding
    assert held == close(15.0)
    few = plan_of(lever(**keys, quantity=9.0))
    assert price(cleared(few), "metal", "IN") == close((400.0 + 50.0 + 9.0) / 3)


def with_imports() -> World:
    """Metal is offered outside at 100 + q, too: p - 50 + p - 100 = 400 - 2 p."""
    world = club()
    return world.with_tables(
        supply=(
            *world.supply,
            Supply(material="metal", region="OUT", form="linear", intercept=100.0, slope=1.0),
        )
    )


def test_a_club_lifts_imports_to_its_floor() -> None:
    """Index outside 137.5, floor 150: a levy of 12.5, so p - 50 + p - 112.5 = 400 - 2 p."""
    keys = {**FLOOR, "form": "border", "index_region": "OUT", "members": ("IN", "ALLY"), "price": 150.0}
    plan = plan_of(lever(**keys), world=with_imports())
    assert price(base_of(plan), "metal", "OUT") == close(137.5)
    month = cleared(plan)
    assert price(month, "metal", "IN") == close(140.625)
    assert flow(month, "metal", "OUT", "IN") == close(28.125)
    assert paid(plan, month) == {"importers in IN > IN: levy": close(12.5 * 28.125)}


def test_a_levy_is_not_raised_by_the_duty_on_freight() -> None:
    """A tariff of 10 % on landed value leaves the levy itself what it is: 1.1 p_out + 12.5 = p_in."""
    world = with_imports()
    taxed = world.with_tables(
        lanes=(*world.lanes[:2], replace(world.lanes[2], tariff=0.1)),
    )
    keys = {**FLOOR, "form": "border", "index_region": "OUT", "members": ("IN", "ALLY")}
    idle = plan_of(lever(**keys, price=1.0), world=taxed)
    index = price(base_of(idle), "metal", "OUT")
    month = cleared(plan_of(lever(**keys, price=index + 12.5), world=taxed))
    assert price(month, "metal", "IN") == close(1.1 * price(month, "metal", "OUT") + 12.5)


def test_a_stockpile_buys_up_to_its_price_until_its_target() -> None:
    plan = plan_of(lever(**STORE, quantity=30.0, price=155.0, target=40.0))
    part, holdings = first_levers(plan, base_of(plan)), []
    for _ in range(4):
        part = advance_levers(plan, part, cleared(plan, part))
        holdings.append(float(part.holding[0]))
    assert holdings == [close(15.0), close(30.0), close(40.0), close(40.0)]


def test_a_stockpile_releases_while_a_named_control_is_in_force() -> None:
    """Twenty a month: p - 50 + 20 = 400 - 2 p."""
    keys = {**STORE, "opening": 50.0, "release": 20.0, "control": "stop"}
    plan = plan_of(lever(**keys), controls=("stop",))
    idle = cleared(plan)
    assert price(idle, "metal", "IN") == close(150.0)
    part = first_levers(plan, base_of(plan))
    month = cleared(plan, part, in_force=frozenset({"stop"}))
    assert price(month, "metal", "IN") == close(430.0 / 3)
    assert paid(plan, month) == {"buyers of metal in IN > IN: release": close(20.0 * 430.0 / 3)}
    for left in (30.0, 10.0, 0.0, 0.0):
        part = advance_levers(plan, part, cleared(plan, part, in_force=frozenset({"stop"})))
        assert part.holding[0] == pytest.approx(left, abs=1e-9)


@pytest.mark.parametrize("reserved", [True, False])
def test_a_reserved_stock_goes_to_users_and_not_to_whoever_pays_most(reserved: bool) -> None:
    """Nothing is made any more; users of IN have a pool of their own, and the market can sell to ALLY too."""
    world = club().with_tables(
        supply=(), stocks=(Stock(material="metal", region="IN", sector="cars", cover_days=30.0),)
    )
    keys = {**STORE, "opening": 50.0, "release": 20.0, "control": "stop", "reserved": reserved}
    plan = plan_of(lever(**keys), world=world, controls=("stop",))
    month = cleared(plan, first_levers(plan, base_of(plan)), in_force=frozenset({"stop"}))
    used = {row.region: value for row, value in zip(plan.network.demand, month.consumption(), strict=True)}
    assert used["IN"] + used["ALLY"] == close(20.0)
    assert used["ALLY"] == (close(0.0) if reserved else close(10.0))
    pools = {plan.network.nodes[plan.network.lanes.destination[lane]][2] for lane in plan.stores[0].lanes}
    assert pools == ({"cars"} if reserved else {""})


@pytest.mark.parametrize(("trigger", "expected"), [(160.0, 150.0), (145.0, 145.0), (120.0, 430.0 / 3)])
def test_a_stockpile_offers_at_its_trigger_and_no_lower(trigger: float, expected: float) -> None:
    """At 145 users want 110 and the mill makes 95: fifteen are released and keep the price there."""
    plan = plan_of(lever(**STORE, opening=50.0, release=20.0, trigger=trigger))
    month = cleared(plan)
    assert price(month, "metal", "IN") == close(expected)


@pytest.mark.parametrize(
    ("holding", "price_before", "ahead", "forced", "rule"),
    [
        (0.0, 100.0, 0, False, (10.0, 0.0)),
        (35.0, 100.0, 0, False, (5.0, 20.0)),
        (0.0, 100.0, 3, False, (10.0, 20.0)),
        (0.0, 100.0, 4, False, (0.0, 20.0)),
        (35.0, 180.0, 0, False, (5.0, 20.0)),
        (35.0, 180.0, 1, False, (10.0, 15.0)),
        (35.0, 100.0, 0, True, (0.0, 20.0)),
        (35.0, 100.0, 2, True, (0.0, 0.0)),
    ],
)
def test_the_rule_of_a_stock_now_and_as_foreseen(
    holding: float, price_before: float, ahead: int, forced: bool, rule: tuple[float, float]
) -> None:
    """Buys 10 up to 150 until 40, releases 20 from 170 or while its control is in force."""
    stock = lever(
        **STORE, quantity=10.0, price=150.0, target=40.0, release=20.0, trigger=170.0, control="stop"
    )
    assert store_rule(stock, holding, price_before, ahead, forced) == rule


def test_members_of_a_pool_draw_from_one_stock() -> None:
    """Cut off from `IN`, `ALLY` draws all thirty: it pays 170 and five of freight, `IN` would pay 125."""
    world = club()
    apart = world.with_tables(lanes=(world.lanes[0], world.lanes[2]))
    keys = {**STORE, "kind": "allied_pool", "members": ("IN", "ALLY"), "opening": 60.0, "release": 30.0}
    plan = plan_of(lever(**keys, trigger=120.0, freight=5.0), world=apart)
    month = cleared(plan)
    assert price(month, "metal", "ALLY") == close(170.0)
    assert price(month, "metal", "IN") == close(125.0)
    assert paid(plan, month) == {"buyers of metal in ALLY > IN: release": close(30.0 * 170.0)}


def test_an_offtake_is_taken_though_dearer_and_paid_at_its_own_price() -> None:
    """Eighty to `ALLY`, where they fetch 120; at home p - 50, and p - 160 recycled, meet 80 + 200 - p."""
    keys = {"kind": "offtake", "facility": "mill", "material": "metal", "region": "ALLY", "sponsor": "ALLY"}
    plan = plan_of(lever(**keys, quantity=80.0, price=150.0))
    month = cleared(plan)
    assert price(month, "metal", "ALLY") == close(120.0)
    assert price(month, "metal", "IN") == close(490.0 / 3)
    assert paid(plan, month) == {"ALLY > mill: offtake": close(80.0 * 150.0)}


def test_what_is_paid_for_is_left_when_it_is_worth_less_than_nothing_saved() -> None:
    """At a contract price of 30 the buyer takes until p_in - 30 = p_ally, and pays for the rest too."""
    keys = {"kind": "offtake", "facility": "mill", "material": "metal", "region": "ALLY", "sponsor": "ALLY"}
    plan = plan_of(lever(**keys, quantity=80.0, price=30.0))
    month = cleared(plan)
    # p - 50 = 200 - p + q and 200 - q = p - 30
    assert price(month, "metal", "IN") == close(160.0)
    assert paid(plan, month) == {
        "ALLY > mill: offtake": close(70.0 * 30.0),
        "ALLY > mill: take-or-pay": close(10.0 * 30.0),
    }


def test_a_plant_that_does_not_run_owes_nothing() -> None:
    world = club()
    asleep = world.with_tables(
        facilities=(replace(world.facilities[0], status="planned"), world.facilities[1])
    )
    keys = {"kind": "offtake", "facility": "mill", "material": "metal", "region": "ALLY", "sponsor": "ALLY"}
    plan = plan_of(lever(**keys, quantity=80.0, price=150.0), world=asleep)
    month = cleared(plan)
    assert flow(month, "metal", "IN", "it") == 0.0
    assert paid(plan, month) == {}


def test_a_recycling_mandate_is_met_at_the_price_of_its_certificates() -> None:
    """Twenty recycled: the smelter needs 160 + 20, metal fetches 430 / 3, the obliged pay the rest."""
    keys = {"kind": "recycling_mandate", "material": "metal", "recipes": ("recycle",), "region": "IN"}
    plan = plan_of(lever(**keys, quantity=20.0, price=50.0))
    month = cleared(plan)
    assert month.amount("plant")[plant(plan.network, "smelter")] == close(20.0)
    due = 20.0 * (180.0 - 430.0 / 3)
    assert paid(plan, month) == {"users of metal in IN > smelter: certificates": close(due)}


def test_a_mandate_too_dear_is_bought_out() -> None:
    """160 + x = p + 20 and p = 150 - x / 3: seven and a half recycled, the rest bought out at twenty."""
    keys = {"kind": "recycling_mandate", "material": "metal", "recipes": ("recycle",), "region": "IN"}
    plan = plan_of(lever(**keys, quantity=20.0, price=20.0))
    month = cleared(plan)
    assert month.amount("plant")[plant(plan.network, "smelter")] == close(7.5)
    assert paid(plan, month) == {
        "users of metal in IN > smelter: certificates": close(7.5 * 20.0),
        "users of metal in IN > IN: buy-out": close(12.5 * 20.0),
    }


def test_a_mandate_as_a_share_asks_for_that_part_of_last_months_use() -> None:
    """Users in `IN` took fifty in the base month; a tenth is five."""
    keys = {"kind": "recycling_mandate", "material": "metal", "recipes": ("recycle",), "region": "IN"}
    plan = plan_of(lever(**keys, share=0.1, price=50.0))
    month = cleared(plan)
    assert month.amount("plant")[plant(plan.network, "smelter")] == close(5.0)


def test_a_standard_costs_every_plant_it_is_set_for() -> None:
    """Fifteen more a unit: 40 + q + 25 = 200 - q / 2."""
    plan = plan_of(lever(kind="standards", region="IN", recipes=("smelt",), cost=15.0))
    month = cleared(plan)
    assert month.amount("plant")[plant(plan.network, "mill")] == close(90.0)
    assert paid(plan, month) == {"mill > cost of meeting the standard: compliance": close(15.0 * 90.0)}


def test_a_production_credit_lowers_the_cost_of_a_unit_made() -> None:
    """Fifteen less a unit: 40 + q - 5 = 200 - q / 2."""
    plan = plan_of(lever(kind="tax_credit", facility="mill", material="metal", price=15.0))
    month = cleared(plan)
    assert month.amount("plant")[plant(plan.network, "mill")] == close(110.0)
    assert paid(plan, month) == {"IN > mill: credit": close(15.0 * 110.0)}


@pytest.mark.parametrize(
    "keys",
    [
        {**FLOOR, "facility": "mill", "price": 180.0},
        {**STORE, "quantity": 30.0, "price": 155.0, "target": 40.0},
        {"kind": "standards", "region": "IN", "cost": 15.0},
        {"kind": "recycling_mandate", "material": "metal", "recipes": ("recycle",), "region": "IN"}
        | {"quantity": 20.0, "price": 50.0},
    ],
    ids=lambda keys: str(keys["kind"]),
)
def test_a_lever_works_between_its_dates_and_is_foreseen_once_announced(keys: dict[str, object]) -> None:
    it = lever(**{**keys, "announced": "2026-02", "start": "2026-03", "until": "2026-04"})
    plan = plan_of(it)
    part = first_levers(plan, base_of(plan))
    closed = open_terms(plan.network, MONTH)

    def works(seen_in: str, month: str) -> bool:
        terms = impose_levers(plan, part, closed, seen_in, month)
        names = ("plant_adder", "lane_adder", "lane_high", "use_scale", "supply_scale")
        return any(not np.array_equal(getattr(terms, name), getattr(closed, name)) for name in names)

    assert [works(month, month) for month in ("2026-02", "2026-03", "2026-04", "2026-05")] == [
        False,
        True,
        True,
        False,
    ]
    assert works("2026-02", "2026-03")
    assert not works("2026-01", "2026-03")


def test_terms_given_are_left_as_they_were() -> None:
    plan = plan_of(lever(kind="standards", region="IN", cost=15.0))
    before = open_terms(plan.network, MONTH)
    impose_levers(plan, first_levers(plan, base_of(plan)), before, MONTH, MONTH)
    assert not before.plant_adder.any()


def test_what_levers_add_is_closed_and_changes_nothing() -> None:
    everything = (
        lever(**STORE, opening=50.0, quantity=30.0, price=155.0, trigger=160.0),
        Lever.model_validate(
            {"lever": "deal", "kind": "offtake", "sponsor": "ALLY", "start": "2025-01", "facility": "mill"}
            | {"material": "metal", "region": "ALLY", "quantity": 80.0, "price": 150.0}
        ),
        Lever.model_validate(
            {
                "lever": "loop",
                "kind": "recycling_mandate",
                "sponsor": "IN",
                "start": "2025-01",
                "region": "IN",
            }
            | {"material": "metal", "recipes": ("recycle",), "quantity": 20.0, "price": 50.0}
        ),
    )
    plan = plan_of(*everything)
    base, plain = base_of(plan), base_of(plan_of())
    nodes = len(plain.price())
    assert base.price()[:nodes] == pytest.approx(plain.price(), rel=EXACT)
    lanes = len(plain.amount("lane"))
    assert base.amount("lane")[:lanes] == pytest.approx(plain.amount("lane"), rel=EXACT)
    assert not base.amount("lane")[lanes:].any()
    assert base.table("shortfalls") == []


def test_no_lever_gives_back_the_network_itself() -> None:
    plan = plan_of()
    assert (plan.network.orders, plan.network.releases) == ((), ())
    terms = open_terms(plan.network, MONTH)
    assert impose_levers(plan, first_levers(plan, base_of(plan)), terms, MONTH, MONTH) is terms


def test_orders_that_wait_are_no_shortage() -> None:
    plan = plan_of(lever(**STORE, quantity=30.0, price=100.0))
    month = cleared(plan)
    assert month.table("shortfalls") == []


def test_controls_in_force_are_those_known_and_binding() -> None:
    rows = (
        Control(control="stop", instrument="ban", announced="2026-01", in_force="2026-03", until="2026-05"),
        Control(control="old", instrument="ban"),
    )
    assert controls_in_force(rows, "2026-03", "2026-03") == {"stop", "old"}
    assert controls_in_force(rows, "2026-01", "2026-04") == {"stop", "old"}
    assert controls_in_force(rows, "2025-12", "2026-04") == {"old"}
    assert controls_in_force(rows, "2026-03", "2026-02") == {"old"}
    assert controls_in_force(rows, "2026-03", "2026-06") == {"old"}
    assert controls_in_force(rows, "2026-03", "2026-04", "stop=suspended") == {"old"}


def test_a_price_is_explained_with_the_support_in_it() -> None:
    """Metal at 140 is ore at 160 and ten of processing less the thirty of the floor."""
    month = cleared(plan_of(lever(**FLOOR, facility="mill", price=180.0)))
    node = month.program.network.place["metal", "IN", ""]
    leaves = explain(month, node).leaves
    assert [term.amount for term in leaves if term.kind == "support"] == [close(-30.0)]
    assert [term.amount for term in leaves if term.kind == "cost"].count(10.0) == 1
    assert sum(term.amount for term in leaves) == close(140.0)


def test_a_levy_stands_apart_from_freight() -> None:
    keys = {**FLOOR, "form": "border", "index_region": "OUT", "members": ("IN", "ALLY"), "price": 150.0}
    month = cleared(plan_of(lever(**keys), world=with_imports()))
    network = month.program.network
    lane = network.lanes.label.index(("lane", "metal", "OUT", "IN"))
    column = locate(month, month.program.layout.block(0, "lane").start + lane)
    found = identity(month, column, network.place["metal", "IN", ""])
    assert [term.amount for term in found if term.kind == "levy"] == [close(12.5)]
