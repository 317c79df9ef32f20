"""Lines that miss an input catch up later, at a limited rate and not wholly (M9)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from small_worlds import trade
from xenotime.dynamics.adaptation import read_users, unadapted
from xenotime.dynamics.backlog import (
    Backlog,
    advance_backlog,
    catch_up,
    demand_scale,
    missing_input,
    no_backlog,
)
from xenotime.market.clearing import clear_static
from xenotime.market.network import build_network
from xenotime.market.terms import open_terms
from xenotime.world.tables import Demand, Supply

NEED = Demand(material="ore", region="B", form="fixed", quantity=100.0, shortfall_price=500.0)
SHORT = trade().with_tables(
    demand=(NEED,), lanes=(), supply=(Supply(material="ore", region="B", form="fixed", quantity=70.0),)
)


def waiting(amount: float) -> Backlog:
    return replace(no_backlog(1), waiting=np.array([amount]))


def test_what_is_not_served_is_missing() -> None:
    assert missing_input(clear_static(SHORT)).tolist() == pytest.approx([30.0])


def test_missing_input_waits_and_some_is_given_up() -> None:
    after = advance_backlog(no_backlog(1), clear_static(SHORT), np.zeros(1), 0.1)
    assert after.waiting[0] == pytest.approx(27.0)
    assert after.lost[0] == pytest.approx(3.0)
    assert after.waited[0] == pytest.approx(27.0)


def test_lines_run_no_more_than_the_rate_above_normal() -> None:
    normal = np.array([100.0])
    assert catch_up(waiting(27.0), normal, 0.1).tolist() == [10.0]
    assert catch_up(waiting(4.0), normal, 0.1).tolist() == [4.0]
    # after two months at ten a month seven of twenty-seven are left
    assert catch_up(waiting(27.0), normal, 0.1, 2.0).tolist() == pytest.approx([7.0])


def test_what_waits_is_wanted_on_top_of_normal() -> None:
    network = build_network(SHORT)
    users = read_users(SHORT.demand, network.demand_node)
    scale = demand_scale(
        users, unadapted(users), waiting(27.0), np.zeros(len(network.nodes)), np.array([1.2]), 0.1, 0.0
    )
    assert scale.tolist() == pytest.approx([1.2 * 1.1])


def test_a_plentiful_month_makes_up_and_misses_nothing() -> None:
    rich = SHORT.with_tables(supply=(Supply(material="ore", region="B", form="fixed", quantity=400.0),))
    network = build_network(rich)
    terms = replace(open_terms(network), use_scale=np.array([1.1]))
    after = advance_backlog(waiting(27.0), clear_static(network, "", terms), np.array([0.1 / 1.1]), 0.0)
    assert after.late[0] == pytest.approx(10.0)
    assert after.waiting[0] == pytest.approx(17.0)


def test_nothing_is_counted_twice() -> None:
    """missed = waiting + lost + made up, whatever the months bring."""
    state, missed = no_backlog(1), 0.0
    for stock in (70.0, 70.0, 400.0, 400.0):
        world = SHORT.with_tables(supply=(Supply(material="ore", region="B", form="fixed", quantity=stock),))
        network = build_network(world)
        extra = catch_up(state, np.array([100.0]), 0.1)[0]
        terms = replace(open_terms(network), use_scale=np.array([1 + extra / 100.0]))
        clearing = clear_static(network, "", terms)
        share = extra / (100.0 + extra)
        missed += float(missing_input(clearing)[0]) * (1 - share)
        state = advance_backlog(state, clearing, np.array([share]), 0.05)
    assert state.late[0] > 0
    assert state.waiting[0] + state.lost[0] + state.late[0] == pytest.approx(missed)
