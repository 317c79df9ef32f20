"""Belief moves stocks and prices by itself: hoarding, pre-buying, and the way back, with their sizes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from small_worlds import ACCURACY, EXACT, build_network, flow, price
from unit.dynamics.doubt import FEARED, NEVER, SAME, believe, fear, path
from unit.dynamics.dynamic_worlds import BAN, START, roll
from xenotime.dynamics.behaviour import load_behaviour
from xenotime.dynamics.checkpoint import Checkpoint
from xenotime.dynamics.foresight import Splitting
from xenotime.dynamics.step import first_state, step
from xenotime.dynamics.trajectory import Trajectory, prepare, run_months
from xenotime.dynamics.volatility import volatility, volatility_table
from xenotime.market.choose import make_engine
from xenotime.market.clearing import Clearing
from xenotime.market.explain import explain
from xenotime.market.horizon import single_path
from xenotime.market.network import Array
from xenotime.policy.package import Package
from xenotime.world.tables import Control, Demand, Lane, Region, Stock, Supply
from xenotime.world.world import World

HEAVY = 1  # its lane, its stock
RISE, FALL = "2025-03", "2025-06"
BEHAVIOUR = replace(load_behaviour(), discount_annual=0.1, working_value=0.25, terminal_fall=10.0, snap=1e-7)
HOLDING, CHANCE = 2.0, 0.1


def island() -> World:
    """B buys from A at 20 + 5 and can store; it wants 100 - p."""
    return World(
        regions=(Region(region="A"), Region(region="B")),
        supply=(
            Supply(material="ore", region="A", form="linear", intercept=20.0, slope=0.0, capacity=500.0),
        ),
        demand=(Demand(material="ore", region="B", form="linear", intercept=100.0, slope=1.0),),
        lanes=(Lane(material="ore", origin="A", destination="B", cost=5.0),),
        stocks=(Stock(material="ore", region="B", holding_cost=HOLDING),),
    )


def one_month(chance: float) -> Clearing:
    """January on the island, one month ahead in doubt."""
    ban = Control(
        control="feared", instrument="ban", material="ore", origin="A", announced=NEVER, in_force=NEVER
    )
    package = Package((ban,), beliefs=(fear(chance),))
    setup = prepare(island(), package, START, single_path((1, 1)), BEHAVIOUR, splitting=Splitting((1, 1)))
    return step(setup, first_state(setup), START, make_engine("interior")).clearing


def test_how_much_is_bought_ahead_by_hand() -> None:
    """Buying ahead costs 25 + 2 and fetches 25 where the border stays open, p where it closes.

    25 + 2 = beta (0.9 x 25 + 0.1 p) gives p; then 100 - p is used, and what is left is worth
    p + 2 = beta (100 - k left), with k = 10 x 25 over the 75 used in a normal month.
    """
    beta = BEHAVIOUR.discount
    shut = (27 / beta - 0.9 * 25) / CHANCE
    fall = 10.0 * 25 / (75 + BEHAVIOUR.snap)
    left = (100 - (shut + 2) / beta) / fall
    done = one_month(CHANCE)
    assert [price(done, "ore", "B", period=o) for o in range(3)] == pytest.approx([25, 25, shut], rel=EXACT)
    assert done.stock(0) == pytest.approx([100 - shut + left], rel=EXACT)
    assert done.stock(2) == pytest.approx([left], rel=EXACT)
    assert flow(done, "ore", "A", "B") == pytest.approx(75 + 100 - shut + left, rel=EXACT)


def test_volatility_by_hand() -> None:
    """Two branches, changes ln(25/25) and ln(p/25): the spread is sqrt(0.9 x 0.1) ln(p/25)."""
    shut = (27 / BEHAVIOUR.discount - 0.9 * 25) / CHANCE
    found = volatility(one_month(CHANCE))
    place = build_network(island()).place["ore", "B", ""]
    assert found[place] == pytest.approx(np.sqrt(0.09) * np.log(shut / 25), rel=EXACT)
    assert np.isnan(found[1 - place])  # in A nothing is traded once the border is shut


def test_where_nothing_is_in_doubt_nothing_is_volatile() -> None:
    assert not np.any(volatility(one_month(0.0)))
    assert not np.any(volatility(one_month(1.0)))


@pytest.fixture(scope="module")
def calm() -> Trajectory:
    return believe(12)


@pytest.fixture(scope="module")
def scare() -> Trajectory:
    """From March to May a ban is held possible; it never comes, and nobody believes in it afterwards."""
    return believe(12, path((RISE, {"open": 0.7, "closed": 0.3}), (FALL, {"open": 1.0})))


def heavy(run: Trajectory) -> Array:
    return run.array(lambda c: np.array([price(c, "heavy", "B")]))[:, 0]


def stock(run: Trajectory) -> Array:
    return run.array(lambda c: c.stock())[:, HEAVY]


def shipped(run: Trajectory) -> Array:
    return run.array(lambda c: c.amount("lane"))[:, HEAVY]


def test_belief_alone_moves_stocks_and_price_and_lets_them_back(calm: Trajectory, scare: Trajectory) -> None:
    ahead, during, after = slice(0, 2), slice(2, 5), slice(5, 12)
    assert heavy(scare)[ahead] == pytest.approx(heavy(calm)[ahead], rel=EXACT)
    assert np.all(heavy(scare)[during] > 2 * heavy(calm)[during])
    assert np.all(np.diff(stock(scare)[1:5]) > 0)
    assert np.all(shipped(scare)[during] > 2 * shipped(calm)[during])
    # the scare over, the hoard is eaten up: less is bought, for less than without any of it
    assert np.all(heavy(scare)[after] < heavy(calm)[after])
    assert np.all(shipped(scare)[after] < shipped(calm)[after])
    assert np.all(np.diff(stock(scare)[6:]) < 0)
    assert np.all(np.diff(np.abs(heavy(scare) - heavy(calm))[5:]) < 0)


def test_the_price_moves_before_any_tonne_does(calm: Trajectory, scare: Trajectory) -> None:
    """What lands in March left before; the price of March is that of the fear, and use gives way to stock."""
    first = 2
    assert scare.months[first].before.at_sea == pytest.approx(calm.months[first].before.at_sea, rel=EXACT)
    assert scare.months[first].before.stock == pytest.approx(calm.months[first].before.stock, rel=EXACT)
    assert heavy(scare)[first] > 2 * heavy(calm)[first]
    assert stock(scare)[first] > stock(calm)[first]


def test_a_stock_is_held_for_what_its_price_is_expected_to_be(scare: Trajectory) -> None:
    """Beyond working stock: price + holding cost = beta (0.7 price if open + 0.3 price if closed)."""
    beta = scare.setup.behaviour.discount
    for position in (3, 4):
        done = scare.clearing(position)
        assert done.amount("free")[HEAVY] > 0
        tree = done.program.horizon
        ahead = [price(done, "heavy", "B", period=o) for o in range(len(tree)) if tree.parent[o] == 0]
        expected = beta * (0.7 * ahead[0] + 0.3 * ahead[1])
        assert price(done, "heavy", "B") + 0.1 == pytest.approx(expected, rel=EXACT)
        assert ahead[1] > 2 * ahead[0]


def test_a_conciliatory_signal_lowers_volatility() -> None:
    firm = believe(3, fear(0.3))
    word = believe(
        3, path((START, {"open": 0.7, "closed": 0.3}), ("2025-03", {"open": 0.95, "closed": 0.05}))
    )
    tables = [
        {
            row["month"]: row["value"]
            for row in volatility_table(run)
            if (row["material"], row["region"]) == ("heavy", "B")
        }
        for run in (firm, word)
    ]
    assert tables[1]["2025-02"] == pytest.approx(tables[0]["2025-02"], rel=EXACT)
    assert 0 < tables[1]["2025-03"] < 0.9 * tables[0]["2025-03"]


def test_volatility_is_told_for_months_in_doubt_only(scare: Trajectory) -> None:
    assert {row["month"] for row in volatility_table(scare)} == {"2025-03", "2025-04", "2025-05"}


def test_a_belief_of_zero_is_no_belief(calm: Trajectory) -> None:
    none = believe(4, fear(0.0))
    for mine, theirs in zip(none.months, calm.months, strict=False):
        assert mine.point.x.tobytes() == theirs.point.x.tobytes()
        assert mine.point.y.tobytes() == theirs.point.y.tobytes()


def test_what_is_held_certain_is_like_an_announced_ban() -> None:
    """A ban of April, announced in March, and one that is not written but believed in from March on."""
    announced, certain = roll(3, BAN), believe(3, fear(1.0, since="2025-03", begins="2025-04"))
    for mine, theirs in zip(certain.months, announced.months, strict=True):
        assert mine.point.x.tobytes() == theirs.point.x.tobytes()
        assert mine.point.y.tobytes() == theirs.point.y.tobytes()
    assert heavy(certain)[2] > 2 * heavy(certain)[1]


def test_a_certain_belief_is_the_limit_of_strong_ones() -> None:
    certain, strong = believe(1, fear(1.0), splitting=SAME), believe(1, fear(1 - 1e-6), splitting=SAME)
    assert heavy(strong) == pytest.approx(heavy(certain), rel=1e-4)


def test_branches_that_are_alike_are_no_branches(calm: Trajectory) -> None:
    """A ban from beyond the look-ahead on: the tree has two branches, and everything is as on the path."""
    split = believe(3, fear(0.5, begins="2030-01"), splitting=SAME)
    assert len(split.clearing(0).program.horizon) == 11
    assert heavy(split) == pytest.approx(heavy(calm)[:3], rel=ACCURACY)
    assert stock(split) == pytest.approx(stock(calm)[:3], rel=ACCURACY)


def test_fewer_periods_ahead_change_little() -> None:
    few, many = believe(3, fear(0.3)), believe(3, fear(0.3), splitting=SAME)
    assert heavy(few) == pytest.approx(heavy(many), rel=2e-3)
    assert stock(few) == pytest.approx(stock(many), rel=2e-3)


def test_a_price_under_doubt_is_explained_to_the_cent(scare: Trajectory) -> None:
    done = scare.clearing(3)
    told = explain(done, done.program.network.place["heavy", "B", ""])
    assert sum(term.amount for term in told.leaves) == pytest.approx(told.price, rel=ACCURACY)


def test_a_month_is_the_same_when_its_program_is_built_again(scare: Trajectory) -> None:
    for position in (1, 2, 4, 5):
        again = scare.clearing(position)
        assert np.abs(again.program.A @ again.point.x - again.program.b).max() < ACCURACY


def test_a_run_under_doubt_goes_on_where_it_was_left(scare: Trajectory, tmp_path: Path) -> None:
    place = Checkpoint(tmp_path / "months", "key")
    run_months(scare.world, scare.setup, START, 4, checkpoint=place)
    rest = run_months(scare.world, scare.setup, START, 7, checkpoint=place)
    for mine, theirs in zip(rest.months, scare.months[:7], strict=True):
        assert mine.point.x.tobytes() == theirs.point.x.tobytes()


def test_the_feared_control_is_in_force_nowhere(scare: Trajectory) -> None:
    assert FEARED.in_force == NEVER
    for position in range(12):
        program = scare.clearing(position).program
        assert program.high[program.layout.block(0, "lane")][HEAVY] == np.inf
