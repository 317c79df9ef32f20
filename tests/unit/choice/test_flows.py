"""Money month by month against hand arithmetic."""

from __future__ import annotations

import numpy as np
import pytest

from unit.choice.plans import OXIDE, certain, moving, project, some_luck, steady
from xenotime.choice.entries import CreditEntry, FloorEntry, LoanEntry, OfftakeEntry
from xenotime.choice.flows import AS_PLANNED, Change, activity_of, margin_of, sales_of, tax_of
from xenotime.choice.supports import floor_due, index_prices, is_on, loan_flow
from xenotime.choice.value import months_looked_at
from xenotime.dynamics.project_times import Span, load_numbers
from xenotime.policy.price_floor import index_price, top_up

CENT = 1e-9  # sums of tens of round numbers


def test_a_plant_runs_for_its_life_and_comes_late_and_ends_late() -> None:
    plan = project()
    paths = steady(plan)
    on_time, runs = activity_of(plan, paths, certain())
    late, _ = activity_of(plan, paths, certain(), delay=5)
    assert np.flatnonzero(runs[0]).tolist() == list(range(12, 36))
    assert on_time[0, 12] == 10.0
    assert np.array_equal(late[0, 5:], on_time[0, :-5])


def test_a_ramp_up_is_that_of_the_model() -> None:
    plan = project(ramp=Span(10.0, 5.0, 20.0))
    activity, _ = activity_of(plan, steady(plan), certain())
    assert activity[0, 12 + 3] == pytest.approx(10.0 * (3.5 / 10) ** load_numbers().ramp_power)
    assert activity[0, 12 + 10] == 10.0


def test_a_month_s_margin_by_hand() -> None:
    plan = project(royalty=0.1)
    margin, _ = margin_of(plan, steady(plan), certain())
    assert margin[0, 12] == pytest.approx(0.9 * 2 * 100 - 10 * 3 - 10 * 5)
    assert margin[0, 11] == 0.0


def test_part_of_the_cost_is_due_at_any_load() -> None:
    plan = project(ramp=Span(20.0, 20.0, 20.0))
    paths = steady(plan)
    activity, _ = activity_of(plan, paths, certain())
    margin, _ = margin_of(plan, paths, certain())
    a = float(activity[0, 12])
    assert a < 10
    assert margin[0, 12] == pytest.approx(a * 0.2 * 100 - a * 3 - 5 * (0.6 * a + 0.4 * 10))


def test_a_month_in_which_running_loses_more_than_standing_still_is_stood() -> None:
    plan = project()
    margin, _ = margin_of(plan, steady(plan, oxide=20.0), certain())
    assert margin[0, 12] == pytest.approx(-5 * 0.4 * 10)  # running: 40 - 30 - 50


def test_an_offtake_takes_first_and_a_floor_holds_for_the_rest() -> None:
    plan = project(
        offtakes=(OfftakeEntry(name="o", material="oxide", quantity=0.5, price=130.0),),
        floors=(FloorEntry(name="f", material="oxide", price=110.0, quantity=1.0),),
        credits=(CreditEntry(name="c", material="oxide", price=7.0, until="2026-01"),),
    )
    paths = steady(plan)
    sales = sales_of(plan, plan.goods[1], np.full((1, paths.months), 2.0), paths, AS_PLANNED)
    assert sales.sold[0, 12] == pytest.approx(0.5 * 130 + 1.5 * 100)
    assert sales.paid[0, 12] == pytest.approx(1.0 * 10 + 2 * 7)
    assert sales.paid[0, 13] == pytest.approx(1.0 * 10)
    gone = sales_of(
        plan, plan.goods[1], np.full((1, paths.months), 2.0), paths, Change(without=frozenset("fco"))
    )
    assert gone.sold[0, 12] == pytest.approx(200.0)
    assert not gone.paid.any()


@pytest.mark.parametrize("seed", range(5))
def test_a_floor_above_every_path_makes_revenue_per_tonne_a_constant(seed: int) -> None:
    floor = FloorEntry(name="f", material="oxide", price=500.0)
    plan = project(floors=(floor,), ramp=Span(9.0, 3.0, 15.0), slip=Span(4.0, 0.0, 9.0))
    months = months_looked_at(plan, 60)
    series = np.random.default_rng(seed).lognormal(4.5, 0.5, (8, months))
    assert series.max() < floor.price
    paths = moving(plan, series)
    activity, runs = activity_of(plan, paths, some_luck())
    units = 0.2 * activity
    sales = sales_of(plan, plan.goods[1], units, paths, AS_PLANNED)
    per_tonne = (sales.sold + sales.paid)[runs] / units[runs]
    assert per_tonne == pytest.approx(floor.price, rel=CENT)
    bare = sales_of(plan, plan.goods[1], units, paths, Change(without=frozenset({"f"})))
    assert (bare.sold[runs] / units[runs]).std() > 1


def test_a_floor_pays_as_the_levers_of_the_model_do() -> None:
    history = np.array([[60.0, 80.0, 100.0, 150.0, 40.0, 90.0]])
    index = index_prices(history, 2, 3)
    latest_first = history[0, :5][::-1]
    assert index[0, 5] == pytest.approx(index_price(latest_first, 2, 3, 0))
    assert index_prices(history, 0, 1) == pytest.approx(history)
    for value in history[0]:
        due = floor_due(95.0, np.array([value]), np.array([0.3]))[0]
        assert due == pytest.approx(top_up(95.0, float(value), 0.3))


def test_months_before_the_first_are_as_the_first_for_an_index() -> None:
    index = index_prices(np.array([[10.0, 20.0, 30.0]]), 1, 2)
    assert index[0].tolist() == [10.0, 10.0, 15.0]


def test_the_upside_is_taken_from_its_month_on() -> None:
    floor = FloorEntry(
        name="f", material="oxide", price=80.0, upside_share=0.3, upside_from="2026-06", until="2026-08"
    )
    plan = project(floors=(floor,))
    paths = steady(plan)
    paid = sales_of(plan, plan.goods[1], np.full((1, paths.months), 2.0), paths, AS_PLANNED).paid[0]
    assert paid[16] == 0.0
    assert paid[17] == pytest.approx(-2 * 0.3 * 20)
    assert paid[20] == 0.0
    assert is_on(paths, "2026-06", "2026-08").sum() == 3


def test_the_price_multiple_moves_indices_too_and_fixed_prices_not() -> None:
    plan = project(floors=(FloorEntry(name="f", material="oxide", price=110.0),))
    paths = steady(plan)
    units = np.full((1, paths.months), 2.0)
    low = sales_of(plan, plan.goods[1], units, paths, Change(price=0.5))
    assert low.sold[0, 12] == pytest.approx(100.0)
    assert low.paid[0, 12] == pytest.approx(2 * 60)
    assert paths.price[OXIDE][0, 12] == 100.0


def test_tax_waits_for_losses_to_be_made_good() -> None:
    tax = tax_of(np.array([[-10.0, 4.0, 10.0, -5.0, 3.0, 6.0]]), 0.5)
    assert tax[0].tolist() == [0.0, 0.0, 2.0, 0.0, 0.0, 2.0]


def test_a_sponsor_s_loan_is_paid_back_with_the_interest_of_its_grace() -> None:
    plan = project()
    paths = steady(plan)
    entry = LoanEntry(name="l", amount=100.0, rate=0.1, years=1.0, grace_months=6, start="2025-03")
    flow = loan_flow(entry, paths, 0)
    assert flow[2] == 100.0
    assert np.count_nonzero(flow < 0) == 12
    at = np.arange(paths.months) - 2
    assert float(flow @ (1.1 ** (-at / 12))) == pytest.approx(0.0, abs=CENT)
