"""Each kind of lever built from the figures of a real one, and a number of it checked.

The figures come from the rows of ``levers.csv`` named here; what the record does not state is
assumed, and said so in ``docs/design/0005-levers.md``.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from xenotime.api import load_world
from xenotime.errors import InputProblems
from xenotime.facts.load import load_facts
from xenotime.market.network import build_network
from xenotime.market.terms import open_terms
from xenotime.months import month_text
from xenotime.policy.lever_checks import read_levers
from xenotime.policy.lever_money import annuity, disbursed, repaid
from xenotime.policy.lever_orders import compile_levers, makers_of
from xenotime.policy.lever_state import LeverState
from xenotime.policy.lever_terms import floor_payment, impose_levers, levy_of, obligation, store_rule
from xenotime.policy.levers import Lever
from xenotime.policy.support import project_support, undo_ban
from xenotime.world.tables import Facility
from xenotime.world.world import World

MILLION, KILOGRAMS = 1e6, 1000.0  # m USD in USD; kg in a tonne


@cache
def world() -> World:
    return load_world()


@cache
def record(name: str) -> Any:
    """The row of the dated record."""
    (row,) = load_facts().select("levers", lever=name)
    return row


def amount(name: str) -> float:
    return float(record(name).amount)


def built(name: str, **keys: Any) -> Lever:
    """The lever of a row: its date is when it was announced and, unless given, when it starts."""
    row = record(name)
    entry = {"lever": name, "announced": row.date, "start": row.date, "source": row.source, **keys}
    (lever,) = read_levers((Lever.model_validate(entry),), world(), "test")
    return lever


def plant(name: str) -> Facility:
    return next(row for row in world().facilities if row.facility == name)


def mp_floor() -> Lever:
    row = record("usa-mp-floor")
    assert row.unit == "USD/kg NdPr"
    return built(
        "usa-mp-floor",
        kind="price_floor",
        form="difference",
        sponsor="USA",
        facility="mp_sep",
        material="NdPr_oxide",
        price=row.amount,
        price_unit="USD/kg",
        index_region="CHN",
        start=record("usa-mp-floor-start").date,
        until=row.deadline,
        average_months=3,
        lag_months=2,
        upside_share=0.3,
        upside_from="2028-01",
    )


def test_the_floor_of_mp_pays_fifty_dollars_a_kilogram_at_sixty() -> None:
    """110 less 60 on the 1,294 t of 2024 would have been 64.7 m USD; above it 30 % of 13 are paid back."""
    lever = mp_floor()
    assert (lever.start, lever.until) == ("2025-10", "2035-07")
    at_sixty = np.full(4, 60.0 * KILOGRAMS)
    due = floor_payment(lever, at_sixty, "2025-12")
    assert due == pytest.approx(50.0 * KILOGRAMS)
    (output,) = load_facts().select("stage_output", product="NdPr_oxide", region="USA", year=2024)
    assert due * output.output == pytest.approx(64.7 * MILLION)
    at_market = np.full(4, amount("usa-mp-market") * KILOGRAMS)
    assert floor_payment(lever, at_market, "2026-02") == 0.0
    assert floor_payment(lever, at_market, "2028-01") == pytest.approx(-0.3 * 13.0 * KILOGRAMS)


def test_the_floor_of_mp_is_paid_in_a_quarter_whose_own_price_is_above_it() -> None:
    """As recorded: 42.3 m USD for the first quarter of 2026, though the market stood at 123 in February."""
    index = np.array([123.0, 70.0, 68.0, 66.0]) * KILOGRAMS
    assert floor_payment(mp_floor(), index, "2026-02") == pytest.approx((110.0 - 68.0) * KILOGRAMS)
    assert amount("usa-mp-payment") > 0


def test_the_grant_for_usa_rare_earth() -> None:
    grant = built(
        "usa-usar-grant", kind="grant", sponsor="USA", facility="usar_stillwater", amount=277 * MILLION
    )
    assert amount("usa-usar-grant") * MILLION == grant.amount
    assert disbursed(grant, "2026-01") == 277e6
    assert project_support((grant,), "2026-02", "2026-02", plant("usar_stillwater")).grant == 277e6
    assert project_support((grant,), "2025-12", "2026-02", plant("usar_stillwater")).grant == 0.0


def test_the_loan_for_the_heavies_of_mp_runs_twelve_years() -> None:
    sum_lent = amount("usa-mp-loan") * MILLION
    loan = built(
        "usa-mp-loan", kind="loan", sponsor="USA", facility="mp_hre", amount=sum_lent, rate=0.05, years=12.0
    )
    months = [month_text(2025 * 12 + 7 + step) for step in range(150)]
    paid = [repaid(loan, month) for month in months]
    assert np.count_nonzero(paid) == 144
    rate = 1.05 ** (1 / 12) - 1
    present = sum(payment / (1 + rate) ** (step + 1) for step, payment in enumerate(paid))
    assert present == pytest.approx(150e6)
    assert paid[0] == annuity(150e6, 0.05, 12.0)
    support = project_support((loan,), "2025-08", "2025-08", plant("mp_hre"))
    assert (support.loan, support.loan_years) == (150e6, 12.0)


def test_the_equity_in_mp() -> None:
    stake = built(
        "usa-mp-equity", kind="equity", sponsor="USA", facility="mp_sep", share=0.15, amount=400 * MILLION
    )
    assert amount("usa-mp-equity") * MILLION == stake.amount
    assert disbursed(stake, "2025-07") == 400e6
    assert project_support((stake,), "2025-07", "2025-07", plant("mp_sep")).equity == 400e6


def test_the_tax_credit_for_the_magnets_of_mp() -> None:
    credit = built(
        "usa-mp-credit", kind="tax_credit", sponsor="USA", facility="mp_independence", amount=58.5 * MILLION
    )
    assert amount("usa-mp-credit") * MILLION == credit.amount
    assert project_support((credit,), "2024-06", "2024-06", plant("mp_independence")).grant == 58.5e6


def test_the_offtake_of_all_magnets_of_10x() -> None:
    """10,000 t a year from 2028: more than the plants of the shipped world, and it says so."""
    yearly = amount("usa-mp-offtake")
    keys: dict[str, Any] = {"kind": "offtake", "sponsor": "USA", "material": "NdFeB_SH", "region": "USA"}
    keys |= {"facility": "mp_independence", "price": 60.0, "price_unit": "USD/kg", "start": "2028-01"}
    with pytest.raises(InputProblems) as caught:
        built("usa-mp-offtake", **keys, quantity=yearly / 12)
    (problem,) = caught.value.problems
    assert problem.code == "offtake-above-capacity"
    entry = Lever(lever="x", until="2037-12", quantity=yearly / 12, **keys)
    support = project_support((entry,), "2028-01", "2028-01", plant("mp_independence"))
    assert support.offtake_firm * 12 * 10 == pytest.approx(100_000.0)


def test_the_stockpile_planned_by_the_defence_logistics_agency() -> None:
    """1,300 t of lanthanum in a fiscal year: filled in twelve months, then nothing more is bought."""
    target = amount("usa-dla-plan")
    lever = built(
        "usa-dla-plan",
        kind="stockpile",
        sponsor="USA",
        material="La_oxide",
        region="USA",
        quantity=target / 12,
        target=target,
        price=2.0,
        price_unit="USD/kg",
    )
    assert store_rule(lever, 0.0, 900.0, 11, False)[0] == pytest.approx(108.3333333)
    assert store_rule(lever, 0.0, 900.0, 12, False)[0] == 0.0
    assert store_rule(lever, target, 900.0, 0, True)[1] == pytest.approx(108.3333333)


def test_the_recycling_benchmark_of_the_european_act() -> None:
    """A quarter of what is used, of NdPr oxide in Germany, is asked of recyclers by 2030."""
    assert "/25/" in record("eu-crma").what
    lever = built(
        "eu-crma",
        kind="recycling_mandate",
        sponsor="DEU",
        members=("DEU", "FRA", "EST"),
        material="NdPr_oxide",
        recipes=("recycle_*",),
        share=0.25,
        price=100.0,
        price_unit="USD/kg",
        start=record("eu-crma").deadline,
    )
    plan = compile_levers(build_network(world()), (lever,))
    assert obligation(lever, 40.0) == 10.0
    part = LeverState(np.zeros((0, 1)), np.zeros(0), np.array([40.0]))
    (order,) = plan.mandates
    before = impose_levers(plan, part, open_terms(plan.network), "2029-12", "2029-12")
    during = impose_levers(plan, part, open_terms(plan.network), "2030-01", "2030-01")
    assert (before.use_scale[order.use], during.use_scale[order.use]) == (0.0, 10.0)
    assert {plan.network.facilities[column].facility for column, _ in order.makers} == {"eur_other_recycling"}


def test_permits_within_fifteen_months_in_europe() -> None:
    """Against the two years usual for processing outside China: a factor of 0.625."""
    (usual,) = load_facts().select("lead_times", stage="separation", region="ROW", what="permitting")
    factor = amount("eu-crma-permits") / (usual.duration_years * 12)
    assert factor == 0.625
    lever = built("eu-crma-permits", kind="permitting", members=("DEU", "FRA", "EST"), permit_factor=factor)
    assert project_support((lever,), "2024-06", "2024-06", plant("solvay_lr")).permit_time_factor == 0.625
    assert project_support((lever,), "2024-06", "2024-06", plant("mp_sep")).permit_time_factor == 1.0


def test_technology_sought_by_india_from_japan() -> None:
    lever = built("ind-jpn-magnets", kind="technology_sharing", members=("IND",))
    own = Facility(facility="irel", region="IND", recipe="make_NdFeB_N")
    shared = project_support((lever,), "2025-06", "2025-06", own).technology_shared
    assert undo_ban(1.5, shared) == 1.0
    assert project_support((lever,), "2025-05", "2025-06", own).technology_shared == 0.0


def test_the_order_to_sell_shares_of_northern_minerals() -> None:
    """From the end of its sixty days the fund named may not finance Browns Range, and a package says so."""
    row = record("aus-northern-order")
    assert (row.amount, row.unit, row.deadline) == (60.0, "days", "2024-08-01")
    gate = built(
        "aus-northern-order",
        kind="investment_screening",
        sponsor="AUS",
        region="AUS",
        closes=("Yuxiao Fund",),
        start=row.deadline,
    )
    mine = Facility(facility="ntu_browns", region="AUS", recipe="mine", operator="Northern Minerals")
    stake = Lever(
        lever="fund",
        kind="equity",
        sponsor="Yuxiao Fund",
        facility="ntu_browns",
        amount=24e6,
        start="2024-01",
    )
    assert project_support((gate, stake), "2024-07", "2024-07", mine).equity == 24e6
    assert project_support((gate, stake), "2024-08", "2024-08", mine).equity == 0.0
    assert project_support((gate, stake), "2024-08", "2024-08", mine).barred == ""
    with pytest.raises(InputProblems) as caught:
        read_levers((gate, stake.model_copy(update={"facility": "lyc_mtweld"})), world(), "test")
    assert [problem.code for problem in caught.value.problems] == ["screened-financing"]


def test_the_conditions_of_the_licence_of_lynas() -> None:
    """Half a percent of gross sales: at the 4,717 USD a tonne of REO that MP realised, 23.6 USD a tonne."""
    share = amount("mys-lynas-licence") / 100
    cost = share * 4717.0
    lever = built(
        "mys-lynas-licence",
        kind="standards",
        sponsor="MYS",
        region="MYS",
        recipes=("crack_*",),
        cost=cost,
        delay_months=48.0,
        until=record("mys-lynas-licence").deadline,
    )
    plan = compile_levers(build_network(world()), (lever,))
    empty = LeverState(np.zeros((0, 1)), np.zeros(0), np.zeros(0))
    terms = impose_levers(plan, empty, open_terms(plan.network), "2020-01", "2020-01")
    (touched,) = np.flatnonzero(terms.plant_adder)
    assert plan.network.facilities[touched].facility == "lyc_gebeng_cl"
    assert terms.plant_adder[touched] == pytest.approx(23.585)
    assert project_support((lever,), "2020-01", "2020-01", plant("lyc_gebeng_cl")).delay_months == 48.0


def test_the_zone_of_reference_prices_lifts_imports_to_its_floor() -> None:
    """At 60 USD/kg outside, a reference of 110 inside means a levy of 50; nothing of it is binding yet."""
    assert "reference prices" in record("g55-zone").what
    lever = built(
        "g55-zone",
        kind="price_floor",
        form="border",
        sponsor="USA",
        members=("USA", "JPN", "DEU"),
        material="NdPr_oxide",
        price=110.0,
        price_unit="USD/kg",
        index_region="CHN",
    )
    assert levy_of(lever, np.full(2, 60.0 * KILOGRAMS)) == pytest.approx(50.0 * KILOGRAMS)
    plan = compile_levers(build_network(world()), (lever,))
    (order,) = plan.borders
    ends = {
        (
            plan.network.lanes.label[lane][2] in lever.members,
            plan.network.lanes.label[lane][3] in lever.members,
        )
        for lane in order.lanes
    }
    assert ends == {(False, True)}


def test_the_joint_reserve_of_three_members_is_drawn_by_them_alone() -> None:
    """No amount is on record: the tonnes are invented here, the members are those named."""
    assert [name in record("eu-reserve").what for name in ("Italy", "France", "Germany")] == [True] * 3
    lever = built(
        "eu-reserve",
        kind="allied_pool",
        sponsor="EU",
        region="DEU",
        members=("ITA", "FRA", "DEU"),
        material="NdFeB_H",
        opening=100.0,
        release=10.0,
        trigger=2.0,
        price_unit="USD/kg",
    )
    plan = compile_levers(build_network(world()), (lever,))
    (order,) = plan.stores
    assert [plan.network.lanes.label[lane] for lane in order.lanes] == [
        ("draw", "NdFeB_H", "DEU", member) for member in ("ITA", "FRA", "DEU")
    ]
    part = LeverState(np.full((1, 1), 900.0), np.array([4.0]), np.zeros(0))
    terms = impose_levers(plan, part, open_terms(plan.network), "2026-02", "2026-02")
    assert terms.supply_scale[order.supply] == pytest.approx(0.4)  # four left of the ten a month
    assert [terms.lane_adder[lane] for lane in order.lanes] == [2000.0] * 3


def test_the_shipped_world_makes_what_the_real_levers_pay_for() -> None:
    network = build_network(world())
    assert [amount for _, amount in makers_of(network, mp_floor())] == pytest.approx([0.1436], rel=1e-3)
