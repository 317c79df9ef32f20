"""Under a full ban, with policies, projects and the base path fixed, nobody loses more by having more.

In full dynamics leverage may rise: holders sell abroad what they have, users adapt, others build, plants
fill stores for a ban that then ends, users pay much for what they could have caught up on later.  Where it
does, `xenotime leverage` lists it with its causes (talks/leverage/rises.py).  Here all of that is held still:
no adaptation, no projects, one path without the control for all, nothing made up for later.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from market_worlds import FAST
from unit.dynamics.dynamic_worlds import floating
from unit.talks.leverage.leverage_worlds import ask
from xenotime.dynamics.step import Setup, first_state
from xenotime.leverage_study import hands_of, held_back
from xenotime.market.choose import DEFAULT_ENGINE, make_engine
from xenotime.policy.package import Package
from xenotime.talks.leverage.accounts import MonthAccount
from xenotime.talks.leverage.controls_on import as_package
from xenotime.talks.leverage.losses import losses
from xenotime.talks.leverage.rolls import Reached, Rolled, roll
from xenotime.talks.leverage.surface import Asked, Hands, without
from xenotime.world.tables import Facility, RecipeFlow
from xenotime.world.world import World

EXAMPLES = 6
MONTHS = 4
ROUNDING = 1e-6  # of the loss without more: what the engine promises of prices
CHOKES = st.sampled_from([3.0, 10.0, 100.0])
DAYS = st.sampled_from([0.0, 15.0, 60.0])


def still_world(days: float, choke: float, capacity: float = 0.0) -> World:
    """`floating` with a plant in B that is too dear to run while A sells, and users who learn nothing."""
    world = floating()
    dear = Facility(
        facility="old works", region="B", recipe="rework", capacity=capacity, cost=60.0, cost_slope=0.5
    )
    return world.with_tables(
        demand=tuple(replace(row, choke=choke * (row.price or 0.0)) for row in world.demand),
        stocks=tuple(replace(row, cover_days=days) for row in world.stocks),
        recipes=(*world.recipes, RecipeFlow(recipe="rework", material="light", amount=1.0)),
        facilities=(*world.facilities, dear),
    )


def rolled(world: World, catch_up: float = 0.0) -> tuple[Hands, Asked, Rolled]:
    """The run without the ban, projects held still; `catch_up` of normal use a month is made up for later."""
    question, asked = ask(world, months=MONTHS)
    policies, rows, _ = held_back(question)
    plain = hands_of(question, asked, world, policies, rows, True, None)

    def make(package: Package) -> Setup:
        setup = plain.make(package)
        return replace(setup, behaviour=replace(setup.behaviour, catch_up=catch_up))

    hands = replace(plain, make=make)
    return hands, asked, without(hands, asked)


def loss_with(world: World, free: Rolled, hands: Hands, more: np.ndarray) -> np.ndarray:
    """B's loss by duration with `more` in each of its stocks, which lies idle on the path without the ban."""
    months = [account.month for account in free.accounts]
    setup = hands.make(as_package(hands.policies, hands.rows, months[0]))
    begin = first_state(setup)
    begin = replace(begin, stock=begin.stock + more)
    held = roll(setup, months, make_engine(DEFAULT_ENGINE), Reached(begin, None))
    idle = np.zeros(len(setup.policy.network.nodes))
    np.add.at(idle, setup.policy.network.stock_node, more)
    base = [replace(account, stored=account.stored + idle) for account in free.accounts]
    path = losses(held.books, hands.stakes, base, held.accounts)
    return path.of(("B",), path.loss())


def same(one: tuple[MonthAccount, ...], other: tuple[MonthAccount, ...]) -> bool:
    """Whether two paths without the ban are one."""
    return all(
        np.allclose(a.price, b.price, rtol=1e-6, atol=1e-6) and np.allclose(a.surplus, b.surplus, rtol=1e-6)
        for a, b in zip(one, other, strict=True)
    )


@settings(max_examples=EXAMPLES, phases=FAST, deadline=None)
@given(DAYS, CHOKES, st.lists(st.floats(0.0, 150.0), min_size=2, max_size=2), st.sampled_from([0, 1]))
def test_a_loss_never_rises_with_ones_own_stock(
    days: float, choke: float, amounts: list[float], which: int
) -> None:
    world = still_world(days, choke)
    hands, _, free = rolled(world)
    count = len(free.books.setup.policy.network.stock_node)
    less, more = np.zeros(count), np.zeros(count)
    less[which], more[which] = sorted(amounts)
    small, large = (loss_with(world, free, hands, each) for each in (less, more))
    assert np.all(large <= small + ROUNDING * np.abs(small) + ROUNDING)


def with_works(
    days: float | None, choke: float, capacity: float, catch_up: float = 0.0
) -> tuple[Rolled, np.ndarray]:
    """The path without the ban, and B's loss; nothing is stored or at sea where `days` is None."""
    world = still_world(days or 0.0, choke, capacity)
    if days is None:
        lanes = tuple(replace(lane, lag_months=0.0) for lane in world.lanes)
        world = world.with_tables(stocks=(), lanes=lanes)
    hands, _, free = rolled(world, catch_up)
    return free, loss_with(world, free, hands, np.zeros(len(free.books.setup.policy.network.stock_node)))


@settings(max_examples=EXAMPLES, phases=FAST, deadline=None)
@given(CHOKES, st.lists(st.sampled_from([0.0, 2.0, 10.0, 40.0]), min_size=2, max_size=2, unique=True))
def test_a_loss_never_rises_with_ones_own_capacity(choke: float, capacities: list[float]) -> None:
    (one, small), (two, large) = (with_works(None, choke, each) for each in sorted(capacities))
    assert same(one.accounts, two.accounts), (
        "the old works do not run while A sells: one path without the ban"
    )
    assert np.all(large <= small + ROUNDING * np.abs(small) + ROUNDING)


def test_capacity_that_fills_stores_for_a_ban_that_ends_is_the_exception() -> None:
    """Nobody foresees the end: what was made dear and put by is worth little once the ban is over."""
    (_, small), (_, large) = (with_works(60.0, 10.0, each) for each in (2.0, 40.0))
    assert np.all(large > small)


def test_who_could_catch_up_later_and_pays_not_to_is_the_other() -> None:
    """Users pay up to their choke price for a tonne whose absence costs little where it is made up for."""
    (_, none), (_, works) = (with_works(None, 10.0, each, catch_up=0.5) for each in (0.0, 40.0))
    assert np.all(works > none)
    (_, none), (_, works) = (with_works(None, 10.0, each) for each in (0.0, 40.0))
    assert np.all(works < none)


def test_more_is_worth_something_where_there_is_little() -> None:
    """The properties above could not fail on a world in which nothing is short."""
    world = still_world(0.0, 10.0)
    hands, _, free = rolled(world)
    count = len(free.books.setup.policy.network.stock_node)
    bare, rich = (loss_with(world, free, hands, np.full(count, each)) for each in (0.0, 50.0))
    assert np.all(rich < 0.95 * bare)
    (_, none), (_, works) = (with_works(None, 10.0, each) for each in (0.0, 40.0))
    assert np.all(works[1:] < 0.99 * none[1:])
