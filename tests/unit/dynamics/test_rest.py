"""Where things come to rest: the same whatever it began from, told by what is kept of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from small_worlds import EXACT
from unit.dynamics.doubt import FEARED, fear
from unit.dynamics.dynamic_worlds import BAN, START, floating
from xenotime.dynamics.bids import bid_prices
from xenotime.dynamics.rest import SHARED, clear_rest, kept
from xenotime.dynamics.state import State
from xenotime.dynamics.step import Setup, at_rest, first_state, step
from xenotime.dynamics.trajectory import prepare, run_months
from xenotime.market.choose import make_engine
from xenotime.market.clearing import Clearing
from xenotime.market.horizon import Horizon
from xenotime.market.network import Array
from xenotime.market.terms import Terms, open_terms
from xenotime.policy.package import NOTHING, Package
from xenotime.world.tables import Control

UNTOLD = np.zeros(0)


def quota(value: float) -> Control:
    return Control(
        control="cut", instrument="quota", material="light", origin="A", value=value, announced=START,
        in_force="2025-03",
    )  # fmt: skip


def setup_of(*controls: Control, **more: object) -> Setup:
    return prepare(floating(), Package(controls), START, **more)  # type: ignore[arg-type]


def ends(setup: Setup, state: State, month: str, horizon: Horizon | None = None) -> list[Array]:
    """Prices, rents and bids at each leaf."""
    found = at_rest(setup, state, month, horizon or setup.horizon)
    return [part for at in found for part in (at.price(), at.point.m, bid_prices(at, setup.base))]


def same(one: list[Array], two: list[Array]) -> None:
    assert len(one) == len(two)
    for mine, theirs in zip(one, two, strict=True):
        assert mine == pytest.approx(theirs, rel=EXACT, abs=EXACT)


@pytest.mark.parametrize("controls", [(), (BAN,), (quota(10.0),), (quota(35.0), BAN)])
def test_last_months_rest_and_nothing_lead_to_the_same_ends(controls: tuple[Control, ...]) -> None:
    setup = setup_of(*controls)
    state, month = first_state(setup), START
    assert len(state.rest) == 0
    for following in ("2025-02", "2025-03", "2025-04"):
        state = step(setup, state, month, make_engine("interior")).after
        month = following
        assert len(state.rest) == len(setup.begin)
        same(ends(setup, state, month), ends(setup, replace(state, rest=UNTOLD), month))


def test_what_is_kept_is_where_the_next_one_ends_at_once() -> None:
    """From its own rest a market is solved by one look at the sides; from the base month it takes more."""
    setup = setup_of(quota(10.0))
    state = first_state(setup)
    (first,) = at_rest(setup, state, START, setup.horizon)
    (again,) = at_rest(setup, replace(state, rest=kept(setup.rest, first)), START, setup.horizon)
    assert again.check.ran == "warm active set"
    assert again.check.iterations < first.check.iterations
    assert again.price() == pytest.approx(first.price(), rel=EXACT)


def test_another_market_at_rest_is_begun_from_a_rest_that_is_no_longer_true() -> None:
    """The rest of a closed border is a start for an open one, and no more than that."""
    closed, free = setup_of(BAN), setup_of()
    state = first_state(free)
    (shut,) = at_rest(closed, first_state(closed), "2025-04", closed.horizon)
    assert shut.price().max() > 2 * free.base.price().max()
    same(ends(free, replace(state, rest=kept(closed.rest, shut)), "2025-04"), ends(free, state, "2025-04"))


def test_a_wrong_start_does_no_harm() -> None:
    setup = setup_of(quota(10.0))
    state, luck = first_state(setup), np.random.default_rng(5)
    rubbish = luck.uniform(0.0, 500.0, len(setup.begin))
    same(ends(setup, replace(state, rest=rubbish), START), ends(setup, state, START))


def test_every_leaf_begins_at_its_own_rest_and_new_ones_at_the_last() -> None:
    """A doubt arises: one rest for two leaves; then each has its own; then it ends, and one is left."""
    world = floating()
    setup = prepare(world, Package((FEARED,), beliefs=(fear(0.3, since="2025-02"),)), START)
    run = run_months(world, setup, START, 3)
    counts = [len(month.before.rest) // len(setup.begin) for month in run.months]
    assert counts == [0, 1, 2]
    assert len(run.after.rest) == 2 * len(setup.begin)
    for month in run.months:
        tree = run.clearing(run.labels().index(month.month)).program.horizon
        bare = replace(month.before, rest=UNTOLD)
        same(ends(setup, month.before, month.month, tree), ends(setup, bare, month.month, tree))


def test_runs_do_not_depend_on_the_rest_they_are_told() -> None:
    """A month from a state without rest: the same prices and stocks as with it."""
    setup = setup_of(quota(10.0))
    engine = make_engine("interior")
    state = step(setup, first_state(setup), START, engine).after
    told, untold = (step(setup, at, "2025-02", engine) for at in (state, replace(state, rest=UNTOLD)))
    assert told.clearing.price() == pytest.approx(untold.clearing.price(), rel=EXACT)
    assert told.after.stock == pytest.approx(untold.after.stock, rel=EXACT)


def cleared(setup: Setup, terms: Terms) -> Clearing:
    return clear_rest(setup.rest, terms, setup.begin, "the test")


def test_what_is_kept_are_prices_rents_and_amounts_of_all_but_users() -> None:
    setup = prepare(floating(), NOTHING, START)
    at = cleared(setup, open_terms(setup.rest.like.network))
    layout, nodes = at.program.layout, len(at.program.b)
    told = kept(setup.rest, at)
    assert told[:nodes].tolist() == at.point.y.tolist()
    assert len(told) == nodes + len(setup.rest.like.h) + sum(layout.size[kind] for kind in SHARED)
    assert layout.size["lane"] > 0
    lanes = at.amount("lane")
    begin = nodes + len(setup.rest.like.h) + layout.size["plant"]
    assert told[begin : begin + len(lanes)].tolist() == lanes.tolist()
