"""What the end of a look-ahead is worth: prices once users have adapted, not those that stopped lines pay."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from unit.dynamics.dynamic_worlds import START, floating
from xenotime.dynamics.adaptation import Adapted, Users, long_run_rows, long_run_scale, read_users
from xenotime.dynamics.bids import bid_prices
from xenotime.dynamics.conditions import conditions
from xenotime.dynamics.step import Setup, at_rest, first_state
from xenotime.dynamics.trajectory import prepare
from xenotime.market.network import Array
from xenotime.policy.package import Package
from xenotime.world.tables import Control
from xenotime.world.world import World

GAP = -0.5
QUOTA = Control(
    control="cut",
    instrument="quota",
    material="light",
    origin="A",
    value=10.0,
    announced=START,
    in_force=START,
)


def adapting() -> World:
    world = floating()
    return world.with_tables(
        demand=tuple(replace(row, elasticity_long=-0.9, adapt_months=12.0) for row in world.demand)
    )


def one_user() -> Users:
    return Users(*(np.array([v]) for v in (10.0, 1000.0, GAP, 0.1, 5.0)), node=np.array([0]))  # type: ignore[arg-type]


def scale(redesigned: float, price: float) -> float:
    adapted = Adapted(np.array([redesigned]), np.array([redesigned]))
    return float(long_run_scale(one_user(), adapted, np.array([price]))[0])


def test_nothing_redesigned_takes_nothing_from_the_curve() -> None:
    assert scale(0.0, 10.0) == 1.0
    assert scale(0.0, 500.0) == 1.0


def test_what_was_redesigned_is_missing_at_the_usual_price() -> None:
    assert scale(-0.2, 10.0) == pytest.approx(np.exp(-0.2))
    assert scale(-0.2, 2.0) == pytest.approx(np.exp(-0.2))


def test_a_price_that_takes_away_as_much_by_itself_does_not_count_it_twice() -> None:
    # gap ln(p / p_ref) = -0.2 at p = 10 exp(0.4); half way there half of it is left
    assert scale(-0.2, 10 * np.exp(0.4)) == pytest.approx(1.0)
    assert scale(-0.2, 10 * np.exp(0.2)) == pytest.approx(np.exp(-0.1))
    assert scale(-0.2, 900.0) == 1.0


def test_only_rows_that_adapt_get_their_long_run_answer() -> None:
    rows = (adapting().demand[0], floating().demand[0])
    users = read_users(rows, np.array([0, 0]))
    assert [row.elasticity for row in long_run_rows(rows, users)] == [-0.9, -0.4]


def at_the_end(setup: Setup) -> Array:
    (rest,) = at_rest(setup, first_state(setup), START, setup.horizon)
    return bid_prices(rest, setup.base)


def test_the_end_of_a_quota_is_worth_what_adapted_users_pay_for_what_it_lets_through() -> None:
    """Of 40 a month 10 may leave: an adapted user pays 9.6 (10 / 40)^(1 / -0.9) = 44.8 for the last one."""
    world = adapting()
    setup = prepare(world, Package((QUOTA,)), START)
    place = setup.policy.network.place["light", "B", ""]
    settled = at_the_end(setup)
    expected = 9.6 * (10 / 40) ** (1 / -0.9)
    assert settled[place] == pytest.approx(expected, rel=0.05)  # curves are cut in pieces
    short = 9.6 * (10 / 40) ** (1 / -0.4)
    assert settled[place] < short / 3


def test_where_the_base_month_is_at_reference_the_end_is_worth_its_price() -> None:
    """As in shipped worlds: users pay the price their curves turn around."""
    world = adapting()
    base = prepare(world, Package(), START).base
    used, paid = base.consumption(), base.price()
    at = base.program.network.demand_node
    rows = tuple(
        replace(row, price=float(paid[node]), quantity=float(amount), choke=100 * float(paid[node]))
        for row, node, amount in zip(world.demand, at, used, strict=True)
    )
    setup = prepare(world.with_tables(demand=rows), Package(), START)
    settled = at_the_end(setup)
    assert np.allclose(settled, setup.base.price(), rtol=1e-9)


def test_settled_demand_has_nothing_to_catch_up_on() -> None:
    setup = prepare(adapting(), Package(), START)
    state = first_state(setup)
    state = replace(state, backlog=replace(state.backlog, waiting=np.full(2, 5.0)))
    waiting = conditions(setup, state, START, START, "").use_scale
    assert (waiting > 1).all()
    assert np.allclose(conditions(setup, state, START, START, "", settled=True).use_scale, 1.0)
