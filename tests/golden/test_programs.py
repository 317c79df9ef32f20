"""The written program of each equation on a tiny world, compared with the one kept beside this file.

When a formulation changes on purpose, renew the texts and read what changed before committing it:

    XENOTIME_RENEW_GOLDEN=1 python -m pytest tests/golden && git diff tests/golden
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from golden.written import written
from small_worlds import (
    Contract,
    Control,
    Limit,
    build_network,
    clear_static,
    joint,
    look_ahead_program,
    no_value,
    stored,
    trade,
)
from xenotime.market.horizon import branching, single_path
from xenotime.market.program import Program
from xenotime.market.terms import open_terms
from xenotime.policy.statics import clear_world
from xenotime.world.tables import Demand, Facility
from xenotime.world.world import World

HERE = Path(__file__).parent
RENEW = "XENOTIME_RENEW_GOLDEN"


def static(world: World) -> Program:
    return clear_static(world, refine=False).program


def m1_lags() -> Program:
    network = build_network(trade(lag_months=1.5))
    horizon = single_path((1, 1, 2))
    storage = no_value(0, (2,), 2, sea_value={2: np.array([0.0, 30.0])})
    return look_ahead_program(network, horizon, storage, np.zeros(0), 0.9, np.arange(8.0).reshape(2, 4))


def m2_shared_capacity() -> Program:
    world = joint()
    pit, plant = world.facilities
    twice = replace(plant, recipe="mine", facility="plant", capacity_use=2.0, cost=9.0)
    return static(world.with_tables(facilities=(replace(pit, min_load=3.0), plant, twice)))


def m3_lane_limits() -> Program:
    return static(
        trade(limit=10.0, limit_group="port").with_tables(limits=(Limit(limit_group="port", limit=7.0),))
    )  # type: ignore[arg-type]


def m4_controls() -> Program:
    rows = (
        Control(control="cap", instrument="quota", material="light", origin="A", value=12.0),
        Control(control="plan", instrument="production_quota", material="heavy", origin="A", value=10.0),
        Control(control="permits", instrument="licence", material="heavy", origin="A", value=0.5),
        Control(control="duty", instrument="tariff", material="light", origin="A", value=0.1),
        Control(control="tax", instrument="export_tax", material="heavy", origin="A", value=0.2),
    )
    return clear_world(joint().with_tables(controls=rows)).program


def m5_stocks() -> Program:
    network = build_network(stored())
    tree = branching((1, 2), 1, {"open": 0.75, "shut": 0.25}, "now")
    open_ = open_terms(network)
    storage = no_value(
        2,
        tree.leaves(),
        2,
        working=np.array([8.0, 10.0]),
        ease=np.array([4.0, 5.0]),
        holding=np.array([0.5, 0.25]),
        capacity=np.array([20.0, np.inf]),
        terminal={leaf: np.array([30.0, 60.0]) for leaf in tree.leaves()},
        terminal_at=np.array([8.0, 10.0]),
        terminal_slope=np.array([2.0, 3.0]),
        sea_value={leaf: np.array([0.0, 50.0]) for leaf in tree.leaves()},
    )
    terms = (open_, open_, replace(open_, lane_high=np.zeros(1)))
    return look_ahead_program(network, tree, storage, np.array([6.0, 7.0]), 0.9, terms=terms)


def m6_contracts() -> Program:
    world = trade()
    mill = replace(world.demand[1], sector="mill")
    term = Contract(
        contract="term",
        material="ore",
        origin="A",
        destination="B",
        sector="mill",
        quantity=20.0,
        take_or_pay=0.75,
        cost=3.0,
    )
    return static(world.with_tables(demand=(*world.demand, mill), contracts=(term,)))


def curves() -> Program:
    user = Demand(
        material="heavy",
        region="B",
        form="isoelastic",
        price=60.0,
        quantity=14.0,
        elasticity=-0.5,
        choke=240.0,
    )
    short = Demand(material="light", region="B", form="fixed", quantity=20.0, shortfall_price=400.0)
    idle = Facility(facility="old", region="B", recipe="mine", status="idle")
    return static(joint().with_tables(demand=(user, short), facilities=(*joint().facilities, idle)))


PROGRAMS: dict[str, Callable[[], Program]] = {
    "m1_balance_and_joint_production": lambda: static(joint()),
    "m1_goods_under_way": m1_lags,
    "m2_shared_capacity": m2_shared_capacity,
    "m3_lane_limits": m3_lane_limits,
    "m4_controls": m4_controls,
    "m5_stocks_on_a_tree": m5_stocks,
    "m6_contracts": m6_contracts,
    "charges": lambda: static(trade(tariff=0.1, export_tax=0.2, cost_slope=1.0)),
    "curves": curves,
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_program_is_the_one_kept(name: str) -> None:
    text = written(PROGRAMS[name]())
    file = HERE / f"{name}.txt"
    if os.environ.get(RENEW):
        file.write_text(text, "utf-8")
    assert text.splitlines() == file.read_text("utf-8").splitlines()


def test_no_text_is_kept_for_nothing() -> None:
    assert {file.stem for file in HERE.glob("*.txt")} == set(PROGRAMS)


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_order_of_rows_is_not_written(name: str) -> None:
    lines = (HERE / f"{name}.txt").read_text("utf-8").splitlines()
    assert lines == sorted(lines)
    assert len(set(lines)) == len(lines)


def test_a_changed_number_would_show() -> None:
    assert written(static(trade(cost=5.0))) != written(static(trade(cost=5.000001)))
    assert written(static(trade())) != written(static(trade(limit=1000.0)))
