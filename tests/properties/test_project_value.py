"""A project's value and debt against a plain path: one draw, month after month, in plain arithmetic."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unit.choice.plans import FEED, OXIDE, moving, project, some_luck
from xenotime.choice.entries import CreditEntry, FloorEntry, GrantEntry, LoanEntry, OfftakeEntry
from xenotime.choice.flows import Change
from xenotime.choice.luck import Luck
from xenotime.choice.prices import Paths
from xenotime.choice.project import Debt, Project
from xenotime.choice.value import evaluate, months_looked_at
from xenotime.dynamics.project_times import Span, load_numbers
from xenotime.policy.price_floor import index_price, top_up

DRAWS = 2
CLOSE = 1e-9  # sums of some hundred months in another order


def plain(plan: Project, paths: Paths, luck: Luck, draw: int, change: Change) -> tuple[float, bool]:
    """Value and cover of one draw: what the modules do with arrays, told month by month."""
    oxide, feed = (paths.price[place][draw].tolist() for place in (OXIDE, FEED))
    start = paths.position(plan.start) + change.delay + round(plan.slip.quantile(float(luck.slip[draw])))
    ramp = plan.ramp.quantile(float(luck.ramp[draw]))
    begin = paths.position(plan.start) - plan.build
    capex, full = plan.capex * change.capex, plan.capacity * plan.load
    (offtake,), (floor,), (credit,), (grant,), (loan,) = (
        plan.offtakes,
        plan.floors,
        plan.credits,
        plan.grants,
        plan.loans,
    )

    def has(name: str) -> bool:
        return name not in change.without

    value, profit_so_far, peak = 0.0, 0.0, 0.0
    lent = plan.debt.share * max(0.0, capex - grant.amount * has("g") - loan.amount * has("l"))
    i, j = (1 + plan.debt.rate) ** (1 / 12) - 1, (1 + loan.rate) ** (1 / 12) - 1
    first = begin + plan.build + plan.debt.grace
    owed = sum(lent / plan.build * (1 + i) ** (first - 1 - begin - k) for k in range(plan.build))
    pay = owed * i / (1 - (1 + i) ** -plan.debt.months)
    count = round(loan.years * 12)
    back = loan.amount * (1 + j) ** loan.grace_months * j / (1 - (1 + j) ** -count)
    cashes, dues = [], []
    for month in range(paths.months):
        age = month - start
        on = 0 <= age < plan.life
        share = min(1.0, ((age + 0.5) / ramp) ** load_numbers().ramp_power) if on and ramp else float(on)
        activity = full * share
        units, price = 0.2 * activity, oxide[month] * change.price
        taken = min(units, offtake.quantity) if has("o") else 0.0
        sold = taken * offtake.price + (units - taken) * price
        history = np.array([change.price * oxide[max(month - 1 - back_to, 0)] for back_to in range(8)])
        index = index_price(history, floor.lag_months, floor.average_months, 0)
        due_rate = top_up(floor.price, index, floor.upside_share)
        paid = has("f") * min(units - taken, floor.quantity or np.inf) * due_rate
        paid += has("c") * units * credit.price
        cost = plan.cost * change.cost
        margin = (1 - plan.royalty) * sold + paid - activity * feed[month]
        margin = max(margin - cost * (1 - plan.fixed_share) * activity, 0.0)  # or it stands still
        margin -= cost * plan.fixed_share * full * on
        profit_so_far += margin - (capex / plan.life if on else 0.0)
        tax = plan.tax * max(0.0, profit_so_far - peak)
        peak = max(peak, profit_so_far)
        cash = margin - tax
        flow = cash - (capex / plan.build if begin <= month < begin + plan.build else 0.0)
        flow += grant.amount * has("g") * (month == begin)
        repaid = has("l") * back * (0 <= month - begin - 1 - loan.grace_months < count)
        flow += has("l") * loan.amount * (month == begin) - repaid
        value += flow * (1 + plan.required_return) ** (-(month - paths.position(plan.today)) / 12)
        cashes.append(cash)
        dues.append(pay * (0 <= month - first < plan.debt.months) + repaid)
    places = [month for month, due in enumerate(dues) if due > 0]
    if not places:
        return value, True
    balance = plan.debt.reserve * max(dues) + max(0.0, sum(cashes[: places[0]]))
    slack = 1e-9 * sum(dues)
    for month in range(places[0], places[-1] + 1):
        balance += cashes[month] - dues[month]
        if balance < -slack:
            return value, False
    return value, True


share = st.floats(min_value=0.0, max_value=0.9)
plans = st.fixed_dictionaries(
    {
        "royalty": share,
        "tax": share,
        "fixed_share": share,
        "required_return": st.floats(min_value=0.0, max_value=0.3),
        "cost": st.floats(min_value=0.0, max_value=8.0),
        "capex": st.floats(min_value=100.0, max_value=2000.0),
        "life": st.integers(min_value=40, max_value=90),
    }
)


@given(
    given_plan=plans,
    floor=st.floats(min_value=40.0, max_value=200.0),
    lag=st.integers(min_value=1, max_value=4),
    average=st.integers(min_value=1, max_value=4),
    without=st.sets(st.sampled_from("focgl")),
    delay=st.integers(min_value=0, max_value=12),
    level=st.floats(min_value=0.2, max_value=3.0),
    seed=st.integers(min_value=0, max_value=50),
)
def test_arrays_say_what_a_plain_path_says(
    given_plan: dict[str, Any],
    floor: float,
    lag: int,
    average: int,
    without: set[str],
    delay: int,
    level: float,
    seed: int,
) -> None:
    plan = project(
        slip=Span(4.0, 0.0, 11.0),
        ramp=Span(6.0, 2.0, 14.0),
        debt=Debt(share=0.3, rate=0.08, months=36, grace=18, reserve=3.0),
        floors=(
            FloorEntry(
                name="f",
                material="oxide",
                price=floor,
                quantity=1.2,
                upside_share=0.3,
                lag_months=lag,
                average_months=average,
            ),
        ),
        offtakes=(OfftakeEntry(name="o", material="oxide", quantity=0.5, price=90.0),),
        credits=(CreditEntry(name="c", material="oxide", price=3.0),),
        grants=(GrantEntry(name="g", amount=80.0),),
        loans=(LoanEntry(name="l", amount=150.0, rate=0.04, years=2.0, grace_months=26),),
        **given_plan,
    )
    series = np.random.default_rng(seed).lognormal(4.5, 0.3, (DRAWS, months_looked_at(plan, 12)))
    paths, luck = moving(plan, series), some_luck(DRAWS)
    change = Change(price=level, delay=delay, capex=1.1, cost=0.9, without=frozenset(without))
    found = evaluate(plan, paths, luck, change)
    for draw in range(DRAWS):
        value, covered = plain(plan, paths, luck, draw, change)
        assert found.value[draw] == pytest.approx(value, rel=CLOSE, abs=1e-6)
        assert bool(found.covers[draw]) == covered
