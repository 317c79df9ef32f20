"""Levers of a case as supports, openings, and published floor payments."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from unit.choice.plans import project
from unit.dynamics.project_worlds import pits
from xenotime.choice.from_levers import with_levers
from xenotime.choice.opening import Seen, effects_of, opened, without
from xenotime.choice.payments import payments_of, quarter_payment
from xenotime.facts.load import load_facts
from xenotime.policy.levers import Lever
from xenotime.world.tables import Facility

PLANT = Facility(facility="mill", region="AUS", recipe="part", kind="separation")

FACTS = load_facts()


def lever(kind: str, **more: object) -> Lever:
    given = {"lever": f"own-{kind}", "kind": kind, "sponsor": "S", "facility": "mill", "start": "2026-01"}
    return Lever.model_validate({**given, **more})


def test_levers_aimed_at_the_plant_become_its_supports() -> None:
    plan, told = with_levers(
        project(),
        PLANT,
        [
            lever("price_floor", form="difference", material="oxide", price=110.0, upside_share=0.3),
            lever("offtake", material="oxide", region="USA", quantity=1.0, price=120.0, until="2030-06-15"),
            lever("grant", amount=5.0),
            lever("loan", amount=6.0, rate=0.05, years=12.0),
            lever("tax_credit", material="oxide", price=2.0),
            lever("equity", amount=400.0),
            lever("grant", lever="other", facility="elsewhere", amount=9.0),
        ],
    )
    assert plan.support_names() == tuple(
        f"own-{kind}" for kind in ("price_floor", "offtake", "grant", "loan", "tax_credit")
    )
    assert plan.floors[0].lag_months == 1
    assert plan.offtakes[0].until == "2030-06"
    assert plan.loans[0].years == 12.0
    assert told == ("own-equity (equity) is not counted: shares are bought with it, so it is no gift",)


def test_a_lever_of_another_good_or_form_is_told_and_one_the_file_has_is_not_taken_twice() -> None:
    plan, told = with_levers(
        project(),
        PLANT,
        [lever("price_floor", form="border", material="oxide", price=1.0), lever("grant", amount=1.0)],
    )
    assert len(told) == 1
    again, silent = with_levers(plan, PLANT, [lever("grant", amount=1.0)])
    assert again.grants == plan.grants
    assert silent == ()
    assert with_levers(project(), None, [lever("grant", amount=1.0)])[0].grants == ()


def test_a_world_with_and_without_a_plant() -> None:
    plan = project(name="new", capacity=20.0, cost=20.0, kind="mine")
    sure = opened(pits(project="permitted", planned_start=""), plan, "new", "", "2025-03")
    (row,) = [row for row in sure.facilities if row.facility == "new"]
    assert (row.project, row.planned_start, row.slip_months) == ("construction", "2025-03", 0.0)
    assert [row.facility for row in without(pits(), "new").facilities] == ["old"]
    assert [row.facility for row in sure.facilities] == [row.facility for row in pits().facilities]
    two = pits()
    two = two.with_tables(facilities=(*two.facilities, replace(two.facilities[1], recipe="scrape")))
    assert [row.recipe for row in opened(two, plan, "new", "dig", "2025-03").facilities] == ["dig", "dig"]
    assert len(opened(two, plan, "new", "", "2025-03").facilities) == 3
    assert opened(pits(), plan, "old", "", "2025-03") == pits()
    added = opened(pits(), plan, "third", "dig", "2025-03").facilities[-1]
    assert (added.facility, added.recipe, added.capacity) == ("third", "dig", 20.0)


def seen(price: float, *, late: float | None = None) -> Seen:
    months = tuple(f"2025-{month:02d}" for month in range(1, 7))
    series = np.array([price] * 3 + [late if late is not None else price] * 3)
    shut = np.zeros(6)
    return Seen(
        months,
        {("ore", "A"): series, ("oxide", "A"): np.full(6, 7.0), ("dust", "A"): series},
        {("ore", "A"): np.ones(6), ("oxide", "A"): np.ones(6), ("dust", "A"): shut},
    )


def test_effects_are_of_the_months_after_the_opening_where_goods_move() -> None:
    (effect,) = effects_of(seen(90.0, late=80.0), seen(100.0), "2025-03", 1e-3)
    assert (effect.material, effect.without) == ("ore", 100.0)
    assert effect.change == pytest.approx((90 + 3 * 80) / 400 - 1)
    assert (effect.lowest, effect.lowest_month) == (pytest.approx(-0.2), "2025-04")
    assert effects_of(seen(100.0), seen(100.0), "2025-01", 1e-3) == ()


# The terms are public, the averaging of the benchmark is not.  One quote on record of the quarter before
# stands for it: that costs a tenth of the payment, and a wrong quarter, unit or tax far more.
NEAR = 0.15


def test_the_payment_of_a_quarter_is_reproduced_from_the_contract() -> None:
    assert quarter_payment(110e3, 80e3, 1000.0) == 30e6
    assert quarter_payment(110e3, 120e3, 1000.0) == 0.0
    assert quarter_payment(110e3, 120e3, 1000.0, 0.3) == pytest.approx(-3e6)
    found = {item.quarter: item for item in payments_of(FACTS)}
    first = found["2026-Q1"]
    assert first.floor == 110e3
    assert first.by_sales == pytest.approx(first.paid, rel=NEAR)
    assert quarter_payment(first.floor, first.implied_index, 1006) == pytest.approx(first.paid)
    # of the quarter itself the market stood above the floor (levers: 123 USD/kg in February 2026)
    assert quarter_payment(first.floor, 123e3, 1006) == 0.0


def test_the_first_payment_is_not_explained_by_what_was_sold_alone() -> None:
    found = {item.quarter: item for item in payments_of(FACTS)}["2025-Q4"]
    assert found.by_sales < 0.5 * found.paid
    assert found.by_output < 0.5 * found.paid
    assert found.unexplained > 700  # tonnes, stockpiled or not, that are not published
