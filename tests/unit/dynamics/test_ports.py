"""Goods that arrive by sea where nobody keeps a stock may wait, where foresight has long periods."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from small_worlds import EXACT, build_network, clear_static
from unit.dynamics.dynamic_worlds import START, floating
from xenotime.dynamics.ports import DEAR, PORT, is_coarse, with_ports
from xenotime.dynamics.state import State
from xenotime.dynamics.step import Setup, first_state, step
from xenotime.dynamics.trajectory import FAST, LOOK_AHEAD, ROUGH, Trajectory, prepare, run_months
from xenotime.errors import NoAnswer
from xenotime.market.choose import make_engine
from xenotime.market.horizon import Horizon, single_path
from xenotime.market.network import Network
from xenotime.policy.package import NOTHING, Package
from xenotime.world.tables import Control
from xenotime.world.world import World

MILD = Control(
    control="cut", instrument="quota", material="light", origin="A", value=30.0, announced=START,
    in_force="2025-03",
)  # fmt: skip


def unstocked(**materials: Any) -> World:
    """The floating chain with nobody in B who keeps light oxide."""
    world = floating()
    return world.with_tables(
        stocks=tuple(row for row in world.stocks if row.material != "light"),
        materials=tuple(
            replace(row, **materials) if row.material == "light" else row for row in world.materials
        ),
    )


def setup_of(world: World, periods: tuple[int, ...], *controls: Control) -> Setup:
    return prepare(world, Package(controls), START, single_path(periods))


def ports_of(network: Network) -> list[int]:
    """Stock rows of goods that wait where they arrived."""
    return [place for place, row in enumerate(network.stocks) if row.holder == PORT]


@pytest.mark.parametrize(
    ("periods", "coarse"),
    [(ROUGH, True), (FAST, False), (LOOK_AHEAD, False), ((1,), False), ((1, 1, 5), False), ((1, 2), True)],
)
def test_foresight_is_coarse_where_its_second_period_is_long(periods: tuple[int, ...], coarse: bool) -> None:
    horizon: Horizon = single_path(periods)
    assert is_coarse(horizon) is coarse
    network = setup_of(unstocked(), periods).policy.network
    assert len(ports_of(network)) == int(coarse)


def test_a_port_is_where_ships_arrive_and_nobody_keeps_a_stock() -> None:
    base = clear_static(unstocked())
    found = with_ports(base.program.network, base)
    (port,) = ports_of(found)
    row = found.stocks[port]
    assert (row.material, row.region) == ("light", "B")
    assert found.nodes[found.stock_node[port]][:2] == ("light", "B")
    heavy = next(one for one in found.stocks if one.holder != PORT)
    share = heavy.holding_cost / base.price()[found.place["heavy", "B", ""]]
    expected = DEAR * share * base.price()[found.place["light", "B", ""]]
    assert row.holding_cost == pytest.approx(expected, rel=EXACT)


def test_where_everyone_keeps_a_stock_there_is_no_port() -> None:
    base = clear_static(floating())
    assert with_ports(base.program.network, base).stocks == base.program.network.stocks


def test_lanes_without_time_on_the_way_have_no_port() -> None:
    world = unstocked()
    near = world.with_tables(lanes=tuple(replace(lane, lag_months=0.0) for lane in world.lanes))
    base = clear_static(build_network(near))
    assert not ports_of(with_ports(base.program.network, base))


def flooded(setup: Setup) -> State:
    """Twice what anybody wants at any price of the light oxide lands this month and next."""
    state = first_state(setup)
    at_sea = state.at_sea.copy()
    at_sea[setup.policy.network.place["light", "B", ""], :2] = 3000.0
    return replace(state, at_sea=at_sea)


def test_what_cannot_be_used_in_its_month_has_no_answer_without_a_port_and_one_with_it() -> None:
    """Light oxide that may not be thrown away: with months to look ahead it must be used as it lands."""
    world = unstocked(disposable=False)
    world = world.with_tables(
        demand=tuple(replace(row, form="linear", price=None, quantity=None, elasticity=None, choke=None,
                             intercept=50.0, slope=1.0) if row.material == "light" else row
                     for row in world.demand)
    )  # fmt: skip
    fine, coarse = setup_of(world, LOOK_AHEAD), setup_of(world, ROUGH)
    with pytest.raises(NoAnswer):
        step(fine, flooded(fine), START, make_engine("interior"))
    booked = step(coarse, flooded(coarse), START, make_engine("interior"))
    assert booked.clearing.check.passed()
    (port,) = ports_of(coarse.policy.network)
    assert booked.after.stock[port] > 2000.0
    assert booked.after.stock[port] == booked.clearing.stock()[port]


def run_of(quota: float) -> Trajectory:
    """Eight months of a quota seen coming; a month in stock costs a hundredth of the price, in port a
    quarter."""
    world = unstocked()
    world = world.with_tables(stocks=tuple(replace(row, holding_cost=0.65) for row in world.stocks))
    return run_months(world, setup_of(world, ROUGH, replace(MILD, value=quota)), START, 8)


@cache
def mild() -> Trajectory:
    """Of forty a month thirty-nine may leave."""
    return run_of(39.0)


def waiting(run: Trajectory) -> list[float]:
    """What is in port at the end of each month."""
    (port,) = ports_of(run.setup.policy.network)
    return [float(run.state_after(position).stock[port]) for position in range(len(run.months))]


def prices(run: Trajectory) -> list[float]:
    place = run.setup.policy.network.place["light", "B", ""]
    return [float(run.clearing(position).price()[place]) for position in range(len(run.months))]


def test_nothing_waits_in_port_in_a_month_that_is_cleared() -> None:
    """Planned for long periods, not done: what is sent ahead of a small rise does not pay for port."""
    assert waiting(mild()) == [0.0] * 8
    assert max(prices(mild())) > 1.05 * prices(mild())[0]


def test_only_a_rise_that_pays_for_port_fills_it() -> None:
    """Three quarters may leave, prices double, and a quarter a month is worth paying before that."""
    run = run_of(30.0)
    assert max(prices(run)) > 1.5 * prices(run)[0]
    assert max(waiting(run)) > 1.0


def test_nobody_plans_to_leave_goods_in_port() -> None:
    run = mild()
    (port,) = ports_of(run.setup.policy.network)
    for position in range(len(run.months)):
        clearing = run.clearing(position)
        storage = clearing.program.storage
        assert storage is not None
        assert all(worth[port] == 0.0 for worth in storage.terminal.values())
        assert clearing.stock(len(ROUGH) - 1)[port] == 0.0


def test_ports_change_no_price_where_nothing_waits() -> None:
    """The calm world with and without them: one market."""
    world = unstocked()
    setup = setup_of(world, ROUGH)
    month = step(setup, first_state(setup), START, make_engine("interior")).clearing
    assert month.price() == pytest.approx(setup.base.price(), rel=0.01)  # curves are chords
    bare = prepare(world, NOTHING, START, single_path(ROUGH)).base
    assert bare.price() == pytest.approx(setup.base.price(), rel=EXACT)
