"""Value, debt and killers of an invented project."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unit.choice.plans import certain, moving, project, some_luck, steady
from xenotime.choice.debt import cover_ratio, covers, debt_payments
from xenotime.choice.entries import FloorEntry, GrantEntry, LoanEntry
from xenotime.choice.flows import Change
from xenotime.choice.killers import DEBT, VALUE, find_killers, price_is_proven, threshold
from xenotime.choice.project import Debt, Good, Project
from xenotime.choice.value import evaluate, first_month, months_looked_at, present_value
from xenotime.dynamics.project_times import Span

MARGIN = 2 * 100 - 10 * 3 - 10 * 5  # USD a month
EXACT = 1e-6


def test_value_without_discounting_is_a_sum() -> None:
    plan = project()
    found = evaluate(plan, steady(plan), certain())
    assert found.mean == pytest.approx(24 * MARGIN - 1200)
    assert found.flow[:12] == pytest.approx(-100.0)


def test_tax_is_on_profit_after_writing_off() -> None:
    plan = project(tax=0.25)
    found = evaluate(plan, steady(plan), certain())
    assert found.mean == pytest.approx(0.75 * (24 * MARGIN - 1200))


def test_what_was_spent_before_today_is_sunk() -> None:
    plan = project(today="2025-07")
    assert first_month(plan) == "2025-01"
    found = evaluate(plan, steady(plan), certain())
    assert found.mean == pytest.approx(24 * MARGIN - 600)


def test_present_value_is_of_today() -> None:
    flow = np.zeros((1, 25))
    flow[0, 0], flow[0, 12], flow[0, 24] = 7.0, 100.0, 110.0
    assert present_value(flow, 0.1, 12)[0] == pytest.approx(100.0 + 100.0)


def test_grants_and_soft_loans_are_worth_what_they_save() -> None:
    plan = project(
        grants=(GrantEntry(name="g", amount=300.0),),
        loans=(LoanEntry(name="l", amount=200.0, rate=0.0, years=1.0),),
        required_return=0.1,
    )
    paths = steady(plan)
    whole = evaluate(plan, paths, certain()).mean
    no_grant = evaluate(plan, paths, certain(), Change(without=frozenset("g"))).mean
    no_loan = evaluate(plan, paths, certain(), Change(without=frozenset("l"))).mean
    assert whole - no_grant == pytest.approx(300.0)
    assert 0 < whole - no_loan < 200.0


positive = st.floats(min_value=1.0, max_value=400.0)


@given(
    oxide=positive,
    feed=st.floats(min_value=0.0, max_value=5.0),
    rate=st.floats(min_value=0.0, max_value=0.3),
    tax=st.floats(min_value=0.0, max_value=0.5),
    ramp=st.sampled_from((0.0, 0.5, 3.0, 12.0, 30.0)),
    delays=st.lists(st.integers(min_value=0, max_value=48), min_size=2, max_size=2),
)
def test_at_constant_prices_and_positive_margins_delay_never_raises_value(
    oxide: float, feed: float, rate: float, tax: float, ramp: float, delays: list[int]
) -> None:
    # The margin is positive in every month if it is in the first, the lowest of a ramp-up.
    plan = project(
        required_return=rate, tax=tax, ramp=Span(ramp, ramp, ramp), cost=1.0, fixed_share=0.0, life=60
    )
    if 0.2 * oxide <= feed + 1.0:
        oxide = 5 * (feed + 1.0) + oxide
    paths = steady(plan, oxide, feed)
    less, more = sorted(delays)
    early = evaluate(plan, paths, certain(), Change(delay=less)).mean
    late = evaluate(plan, paths, certain(), Change(delay=more)).mean
    assert late <= early + EXACT * max(1.0, abs(early))
    if rate > 0.01 and more > less and tax < 0.4:
        assert late < early


def test_at_negative_margins_delay_helps() -> None:
    plan = project(required_return=0.2)
    paths = steady(plan, oxide=10.0)
    assert evaluate(plan, paths, certain(), Change(delay=24)).mean > evaluate(plan, paths, certain()).mean


BANK = Debt(share=0.5, rate=0.12, months=12, grace=3, reserve=0.0)


def test_the_bank_s_payments_are_worth_what_was_lent() -> None:
    plan = project()
    paths = steady(plan)
    due = debt_payments(BANK, 600.0, 0, 12, paths)
    assert np.flatnonzero(due).tolist() == list(range(15, 27))
    at = np.arange(paths.months)
    lent = np.where(at < 12, 50.0, 0.0)
    weight = 1.12 ** (-at / 12)
    assert float(due @ weight) == pytest.approx(float(lent @ weight))


def test_a_debt_is_covered_as_long_as_the_account_holds() -> None:
    due = np.array([0.0, 10.0, 10.0, 10.0])
    cash = np.array([[0.0, 10.0, 10.0, 10.0], [12.0, 10.0, 8.0, 10.0], [0.0, 9.0, 20.0, 20.0]])
    assert covers(cash, due, 0.0).tolist() == [True, True, False]
    assert covers(cash, due, 1.0).tolist() == [True, True, True]
    assert cover_ratio(cash, due) == pytest.approx([1.0, 28 / 30, 49 / 30])
    assert covers(cash, np.zeros(4), 0.0).all()
    assert np.isnan(cover_ratio(cash, np.zeros(4))).all()


def test_lenders_do_not_wait_for_a_slip() -> None:
    plan = project(debt=BANK)
    paths = steady(plan)
    assert evaluate(plan, paths, certain()).odds == 1.0
    assert evaluate(plan, paths, certain(), Change(delay=9)).odds == 0.0


def _killers(plan: Project, oxide: float = 100.0) -> dict[tuple[str, str], tuple[float | None, bool]]:
    paths = steady(plan, oxide)
    found = find_killers(lambda change: evaluate(plan, paths, certain(), change), plan, odds=0.5)
    return {(row.what, row.of): (row.at, row.alive) for row in found}


def test_the_price_that_kills_is_that_at_which_the_sum_is_nothing() -> None:
    found = _killers(project())
    at, alive = found["price", VALUE]
    assert alive
    assert at == pytest.approx((1200 / 24 + 80) / 200, rel=EXACT)
    assert found["capex", VALUE][0] == pytest.approx(24 * MARGIN / 1200, rel=EXACT)
    assert found["cost", VALUE][0] == pytest.approx((24 * 170 - 1200) / (24 * 50), rel=EXACT)
    assert found["delay", VALUE][0] is None  # without discounting no delay costs anything
    assert found["price", DEBT] == (None, True)  # no debt


def test_the_price_that_would_bring_it_to_life() -> None:
    at, alive = _killers(project(), oxide=50.0)["price", VALUE]
    assert not alive
    assert at == pytest.approx(2 * (1200 / 24 + 80) / 200, rel=EXACT)


def test_the_delay_that_loses_the_debt_is_the_first_that_does() -> None:
    plan = project(debt=BANK)
    at, alive = _killers(plan)["delay", DEBT]
    paths = steady(plan)
    assert alive
    assert at is not None
    assert evaluate(plan, paths, certain(), Change(delay=int(at))).odds == 0.0
    assert evaluate(plan, paths, certain(), Change(delay=int(at) - 1)).odds == 1.0


def test_a_floor_that_carries_a_project_kills_it_when_switched_off() -> None:
    plan = project(
        floors=(FloorEntry(name="floor", material="oxide", price=90.0),),
        grants=(GrantEntry(name="gift", amount=1.0),),
    )
    found = _killers(plan, oxide=40.0)
    assert found["floor", VALUE] == (0.0, True)
    assert found["gift", VALUE] == (None, True)
    assert found["price", VALUE] == (None, True)  # the floor holds at any price


def test_a_price_is_proven_to_kill_where_no_floor_looks_elsewhere() -> None:
    own = FloorEntry(name="f", material="oxide", price=90.0)
    assert price_is_proven(project())
    assert price_is_proven(project(floors=(own,)))
    for other in ({"lag_months": 1}, {"average_months": 3}, {"index_region": "CHN"}):
        assert not price_is_proven(project(floors=(own.model_copy(update=other),)))
    assert not price_is_proven(project(floors=(own,), royalty=0.1))  # below the floor a rise costs royalty


def test_a_threshold_is_found_from_either_side_or_not_at_all() -> None:
    assert threshold(lambda x: x < 1.234, (1.0, 1.1, 1.5)) == pytest.approx(1.234)
    assert threshold(lambda x: x > 0.3, (1.0, 0.5, 0.0)) == pytest.approx(0.3)
    assert threshold(lambda x: True, (1.0, 0.0)) is None


def test_a_fixed_price_does_not_move_with_the_market() -> None:
    plan = project(goods=(Good("feed", "AUS", -1.0), Good("oxide", "AUS", 0.2, 1.0, 100.0)))
    paths = steady(plan, oxide=1.0)
    assert evaluate(plan, paths, certain(), Change(price=0.1)).mean == pytest.approx(24 * MARGIN - 1200)


def test_dearer_oxide_in_a_draw_is_worth_more_in_that_draw_alone() -> None:
    plan = project()
    months = months_looked_at(plan, 60)
    series = np.full((8, months), 100.0)
    series[3] += 10.0
    luck = some_luck()
    gain = evaluate(plan, moving(plan, series), luck).value - evaluate(plan, steady(plan), luck).value
    assert gain[3] == pytest.approx(24 * 20)
    assert np.delete(gain, 3) == pytest.approx(0.0)
