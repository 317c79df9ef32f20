"""One month as a pure function, in the order of its events."""

from __future__ import annotations

import copy
from dataclasses import replace

import numpy as np
import pytest

from small_worlds import EXACT, flow
from unit.dynamics.dynamic_worlds import BAN, START, floating
from xenotime.dynamics.state import State, departed, sail_on
from xenotime.dynamics.step import book, first_state, month_program, step
from xenotime.dynamics.trajectory import prepare
from xenotime.market.choose import make_engine
from xenotime.policy.package import Package

SETUP = prepare(floating(), Package((BAN,)), START)


def begin() -> State:
    return first_state(SETUP)


def test_a_step_changes_nothing_it_was_given() -> None:
    state = begin()
    kept = copy.deepcopy(state)
    step(SETUP, state, "2025-01", make_engine("interior"))
    assert state.stock.tobytes() == kept.stock.tobytes()
    assert state.at_sea.tobytes() == kept.at_sea.tobytes()


def test_the_same_step_gives_the_same_bytes() -> None:
    one = step(SETUP, begin(), "2025-02", make_engine("interior"))
    two = step(SETUP, begin(), "2025-02", make_engine("interior"))
    for name in ("x", "y", "m", "side", "binding"):
        assert getattr(one.clearing.point, name).tobytes() == getattr(two.clearing.point, name).tobytes()
    assert one.after.stock.tobytes() == two.after.stock.tobytes()
    assert one.after.at_sea.tobytes() == two.after.at_sea.tobytes()


def test_what_was_solved_before_leaves_no_trace() -> None:
    """A setup that has seen other months answers as a fresh one does."""
    fresh = prepare(floating(), Package((BAN,)), START)
    used = prepare(floating(), Package((BAN,)), START)
    state = begin()
    for month in ("2025-01", "2025-07", "2025-03"):
        state = step(used, state, month, make_engine("interior")).after
    one = step(fresh, begin(), "2025-02", make_engine("interior")).clearing.point
    two = step(used, begin(), "2025-02", make_engine("interior")).clearing.point
    assert one.x.tobytes() == two.x.tobytes()
    assert one.y.tobytes() == two.y.tobytes()


def test_stocks_and_ships_are_carried_over() -> None:
    state = begin()
    done = step(SETUP, state, "2025-01", make_engine("interior"))
    left = flow(done.clearing, "heavy", "A", "B")
    network = SETUP.policy.network
    node = network.place["heavy", "B", ""]
    # over the seas for a month and a quarter: three quarters land next month, a quarter the month after
    expected = sail_on(state.at_sea)[node]
    expected[0] += 0.75 * left
    expected[1] += 0.25 * left
    assert done.after.at_sea[node] == pytest.approx(expected, rel=EXACT)
    kept = state.stock[1] + state.at_sea[node, 0] - done.clearing.consumption()[1]
    assert done.after.stock[1] == pytest.approx(kept, rel=EXACT)
    assert done.after.at_sea == pytest.approx(
        sail_on(state.at_sea) + departed(network, done.clearing.amount("lane")), rel=EXACT
    )


def test_crumbs_of_stock_are_set_to_nothing_and_kept_in_an_account() -> None:
    done = step(SETUP, begin(), "2025-01", make_engine("interior")).clearing
    x = done.point.x.copy()
    layout = done.program.layout
    x[layout.block(0, "working")] = (1e-9, 5.0)
    x[layout.block(0, "free")] = 0.0
    booked = book(SETUP, begin(), START, replace(done, point=replace(done.point, x=x)))
    assert booked.snapped.tolist() == [1e-9, 0.0]
    assert booked.after.stock.tolist() == [0.0, 5.0]


def test_a_control_is_in_the_look_ahead_from_its_announcement() -> None:
    """The ban of April closes the lane in the period of April, seen from March and not from February."""
    heavy = 1
    for month, ahead, closed in (("2025-02", 2, False), ("2025-03", 1, True), ("2025-04", 0, True)):
        program = month_program(SETUP, begin(), month)
        high = program.high[program.layout.block(ahead, "lane")][heavy]
        assert high == (0.0 if closed else np.inf)
