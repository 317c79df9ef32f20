"""What levers mean for a project: factors multiply, amounts add, what is closed does not count."""

from __future__ import annotations

import pytest

from small_worlds import EXACT
from unit.policy.lever_worlds import club, lever
from xenotime.policy.lever_money import annuity, disbursed, repaid
from xenotime.policy.support import NO_SUPPORT, ProjectSupport, project_support, undo_ban

MILL, SMELTER = club().facilities
NOW = "2026-01"


def of(*levers: object, plant: object = MILL, month: str = NOW, seen_in: str = NOW) -> ProjectSupport:
    return project_support(levers, seen_in, month, plant)  # type: ignore[arg-type]


def test_no_lever_is_no_support() -> None:
    assert of() == NO_SUPPORT


def test_permits_by_place_and_by_plant_multiply() -> None:
    quick = lever(kind="permitting", region="IN", permit_factor=0.5)
    quicker = lever(kind="permitting", facility="mill", permit_factor=0.8)
    assert of(quick, quicker).permit_time_factor == pytest.approx(0.4, rel=EXACT)
    assert of(quick, quicker, plant=SMELTER).permit_time_factor == 0.5
    assert of(lever(kind="permitting", region="ALLY", permit_factor=0.5)) == NO_SUPPORT


def test_money_adds_up() -> None:
    grants = [lever(kind="grant", facility="mill", amount=amount) for amount in (2e6, 3e6)]
    loans = [
        lever(kind="loan", facility="mill", amount=5e6, rate=0.06, years=10.0),
        lever(kind="loan", facility="mill", share=0.4, rate=0.04, years=12.0),
    ]
    stake = lever(kind="equity", facility="mill", amount=7e6)
    support = of(*grants, *loans, stake)
    assert (support.grant, support.equity) == (5e6, 7e6)
    assert (support.loan, support.loan_share, support.loan_rate, support.loan_years) == (5e6, 0.4, 0.04, 12.0)
    assert of(*grants, *loans, stake, plant=SMELTER) == NO_SUPPORT


def test_tax_credits_on_capital_in_money_and_per_unit() -> None:
    share = lever(kind="tax_credit", region="IN", share=0.3)
    money = lever(kind="tax_credit", facility="mill", amount=58.5e6)
    unit = lever(kind="tax_credit", facility="mill", material="metal", price=15.0)
    support = of(share, money, unit)
    assert support.capex_factor == pytest.approx(0.7, rel=EXACT)
    assert support.grant == 58.5e6
    assert (support.credit_material, support.credit) == ("metal", 15.0)


def test_the_highest_floor_counts_and_a_levy_at_the_border_is_one() -> None:
    direct = lever(
        kind="price_floor",
        form="difference",
        facility="mill",
        material="metal",
        index_region="IN",
        price=160.0,
    )
    club_wide = lever(
        kind="price_floor",
        form="border",
        members=("IN", "ALLY"),
        material="metal",
        index_region="OUT",
        price=170.0,
    )
    bought = lever(
        kind="price_floor", form="purchase", region="IN", material="metal", quantity=5.0, price=500.0
    )
    assert of(direct).floor_price == 160.0
    support = of(direct, club_wide, bought)
    assert (support.floor_material, support.floor_price) == ("metal", 170.0)


def test_an_offtake_is_of_the_plant_wherever_its_buyer_is() -> None:
    sold = lever(
        kind="offtake",
        facility="mill",
        material="metal",
        region="ALLY",
        quantity=80.0,
        price=150.0,
        take_or_pay=0.5,
    )
    support = of(sold)
    assert (support.offtake_material, support.offtake_quantity) == ("metal", 80.0)
    assert (support.offtake_firm, support.offtake_price) == (40.0, 150.0)
    assert of(sold, plant=SMELTER) == NO_SUPPORT


def test_shared_technology_undoes_the_ban_for_members_only() -> None:
    shared = lever(kind="technology_sharing", members=("IN",), share=0.75)
    assert of(shared).technology_shared == 0.75
    # a ban that makes building twice as long: a quarter of the second year is left
    assert undo_ban(2.0, 0.75) == pytest.approx(1.25, rel=EXACT)
    assert undo_ban(2.0, 0.0) == 2.0
    assert undo_ban(2.0, 1.0) == 1.0
    assert of(lever(kind="technology_sharing", members=("ALLY",))) == NO_SUPPORT
    assert of(lever(kind="technology_sharing", members=("IN",))).technology_shared == 1.0


def test_standards_delay_the_plants_they_are_set_for() -> None:
    strict = lever(kind="standards", region="IN", recipes=("smelt",), delay_months=6.0)
    assert of(strict).delay_months == 6.0
    assert of(strict, plant=SMELTER) == NO_SUPPORT


def test_screening_bars_an_operator_and_takes_financing_away() -> None:
    gate = lever(kind="investment_screening", region="IN", closes=("Mill Co",))
    assert of(gate).barred == "it: closed to Mill Co"
    assert of(gate, plant=SMELTER) == NO_SUPPORT
    stake = lever(kind="equity", sponsor="OUT", facility="mill", amount=7e6)
    assert of(lever(kind="investment_screening", region="IN", closes=("OUT",)), stake).equity == 0.0
    assert of(lever(kind="investment_screening", region="ALLY", closes=("OUT",)), stake).equity == 7e6


def test_support_has_dates() -> None:
    grant = lever(
        kind="grant", facility="mill", amount=2e6, announced="2026-02", start="2026-03", until="2026-05"
    )
    assert of(grant, seen_in="2026-01", month="2026-03") == NO_SUPPORT
    assert of(grant, seen_in="2026-02", month="2026-02") == NO_SUPPORT
    assert of(grant, seen_in="2026-02", month="2026-05").grant == 2e6
    assert of(grant, seen_in="2026-02", month="2026-06") == NO_SUPPORT


def test_money_is_paid_evenly_between_its_dates() -> None:
    grant = lever(kind="grant", facility="mill", amount=12e6, start="2026-03", until="2026-08")
    assert [disbursed(grant, month) for month in ("2026-02", "2026-03", "2026-08", "2026-09")] == [
        0.0,
        2e6,
        2e6,
        0.0,
    ]
    at_once = lever(kind="grant", facility="mill", amount=12e6, start="2026-03")
    assert [disbursed(at_once, month) for month in ("2026-03", "2026-04")] == [12e6, 0.0]


def test_a_loan_is_paid_back_as_an_annuity() -> None:
    """A balance that grows by the monthly rate and shrinks by the payment is nothing after the last one."""
    loan = lever(kind="loan", facility="mill", amount=1e6, rate=0.05, years=2.0, start="2026-01")
    assert repaid(loan, "2026-01") == 0.0
    owed = 1e6
    for month in [f"2026-{n:02d}" for n in range(2, 13)] + [f"2027-{n:02d}" for n in range(1, 13)]:
        owed = owed * 1.05 ** (1 / 12) - repaid(loan, month)
    owed = owed * 1.05 ** (1 / 12) - repaid(loan, "2028-01")
    assert owed == pytest.approx(0.0, abs=1e-6)
    assert repaid(loan, "2028-02") == 0.0
    assert annuity(1200.0, 0.0, 1.0) == 100.0
