"""The cost of having adapted, against the integral it is, and the surplus at the reference price."""

from __future__ import annotations

import numpy as np
import pytest

from xenotime.dynamics.adaptation import read_users
from xenotime.market.demand import use_chain
from xenotime.talks.leverage.switching import reference_surplus, switching_cost
from xenotime.world.tables import Demand


def user(**more: float) -> Demand:
    """A user that learns."""
    given = {"price": 100.0, "quantity": 5.0, "elasticity": -0.1, "choke": 1000.0, **more}
    return Demand(
        material="ore", region="A", form="isoelastic", elasticity_long=-0.6, adapt_months=12.0, **given
    )


def by_integral(row: Demand, level: float) -> float:
    """The integral of the docstring, added up in small steps."""
    assert row.elasticity is not None
    assert row.elasticity_long is not None
    assert row.price is not None
    assert row.choke is not None
    assert row.quantity is not None
    gap = row.elasticity_long - row.elasticity
    step = (1 - level) / 200_000
    middle = level + step * (np.arange(200_000) + 0.5)
    u = np.minimum(row.price * middle ** (1 / gap), row.choke)
    return float(row.quantity * np.sum((u - row.price) * step))


@pytest.mark.parametrize("level", [1.0, 0.9, 0.5, 0.31, 0.2, 0.05, 1.3])
def test_the_cost_is_the_area_between_what_switching_costs_and_the_reference_price(level: float) -> None:
    rows = (user(),)
    users = read_users(rows, np.array([0]))
    found = switching_cost(users, np.array([level]))
    assert float(found[0]) == pytest.approx(by_integral(rows[0], level), rel=1e-6, abs=1e-9)


def test_a_gap_of_one_is_no_special_case_for_the_user() -> None:
    rows = (user(elasticity=-0.1, choke=1e9),)
    steep = read_users(rows, np.array([0]))
    from dataclasses import replace

    exact = replace(steep, gap=np.array([-1.0]))
    near = replace(steep, gap=np.array([-1.0 - 1e-7]))
    assert switching_cost(exact, np.array([0.4])) == pytest.approx(
        switching_cost(near, np.array([0.4])), rel=1e-5
    )


def test_who_does_not_adapt_has_no_cost() -> None:
    rows = (Demand(material="ore", region="A", form="linear", intercept=70.0, slope=2.0),)
    assert float(switching_cost(read_users(rows, np.array([0])), np.array([0.5]))[0]) == 0.0


def test_surplus_at_a_price_is_the_area_above_it() -> None:
    chain = use_chain(Demand(material="ore", region="A", form="fixed", quantity=4.0, shortfall_price=50.0))
    assert reference_surplus(chain, 20.0) == pytest.approx(4 * 30)
    assert reference_surplus(chain, 60.0) == 0.0
    bent = use_chain(user())
    total = reference_surplus(bent, 0.0)
    assert total > reference_surplus(bent, 100.0) > reference_surplus(bent, 500.0) > 0
    assert total == pytest.approx(float(bent.area().sum()))
