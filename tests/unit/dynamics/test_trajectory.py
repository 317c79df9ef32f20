"""Months in a row: steady where nothing happens, foresight where something will, kept to be told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from small_worlds import ACCURACY, price
from unit.dynamics.dynamic_worlds import BAN, START, floating, roll
from xenotime.dynamics.trajectory import LOOK_AHEAD, prepare, run_months
from xenotime.errors import NoAnswer
from xenotime.market.clearing import Clearing
from xenotime.market.engines import Array
from xenotime.market.explain import explain
from xenotime.policy.package import NOTHING, Package
from xenotime.world.tables import Demand

STEADY = 0.01  # of normal stock: curves are chords, so the base of a run is within that of the base month


@pytest.fixture(scope="module")
def calm():  # type: ignore[no-untyped-def]
    return roll(12)


@pytest.fixture(scope="module")
def banned():  # type: ignore[no-untyped-def]
    return roll(8, BAN)


def heavy_in_b(clearing: Clearing) -> Array:
    return np.array([price(clearing, "heavy", "B")])


def test_a_steady_world_stays_steady(calm) -> None:  # type: ignore[no-untyped-def]
    stocks = calm.array(lambda clearing: clearing.stock())
    first = calm.months[0].before.stock
    assert np.all(first > 0)
    assert np.abs(stocks / first - 1).max() < STEADY
    prices = calm.array(lambda clearing: clearing.price())
    assert np.abs(prices / calm.setup.base.price() - 1).max() < STEADY


def test_every_month_is_verified(calm, banned) -> None:  # type: ignore[no-untyped-def]
    for run in (calm, banned):
        assert all(month.check.passed() and month.check.exact for month in run.months)


def test_what_is_foreseen_is_stored_for(calm, banned) -> None:  # type: ignore[no-untyped-def]
    """Announced in March for April: before it nothing differs, then stock is laid in, later it is used."""
    before = [run.array(lambda c: c.stock())[:2] for run in (calm, banned)]
    assert before[0] == pytest.approx(before[1], rel=ACCURACY)
    calm_price, banned_price = (run.array(heavy_in_b)[:, 0] for run in (calm, banned))
    assert banned_price[2] > calm_price[2] * (1 + STEADY)
    stock = banned.array(lambda c: c.stock())[:, 1]
    landed = 4  # what left in March is all there by the end of May
    assert stock[landed] > 3 * calm.array(lambda c: c.stock())[landed, 1]
    assert np.all(np.diff(stock[landed:]) < 0)
    assert banned_price[-1] > 2 * calm_price[-1]


def test_labels_and_tables_carry_their_months(calm) -> None:  # type: ignore[no-untyped-def]
    assert calm.labels()[:2] == ("2025-01", "2025-02")
    rows = calm.table("consumption")
    assert len(rows) == 12 * 2
    assert {row["month"] for row in rows} == set(calm.labels())


def test_a_kept_month_is_rebuilt_as_it_was(banned) -> None:  # type: ignore[no-untyped-def]
    """The program of a month is built again from where it began, and its point still satisfies it."""
    for position in (0, 3, 7):
        clearing = banned.clearing(position)
        again = clearing.program.A @ clearing.point.x - clearing.program.b
        assert np.abs(again).max() < ACCURACY
        found = explain(clearing, clearing.program.network.place["heavy", "B", ""])
        assert sum(term.amount for term in found.leaves) == pytest.approx(found.price, rel=ACCURACY)


def test_a_run_cut_and_continued_ends_where_it_would_have(calm) -> None:  # type: ignore[no-untyped-def]
    longer = roll(12)
    assert longer.months[-1].point.x.tobytes() == calm.months[-1].point.x.tobytes()
    shorter = roll(5)
    for mine, theirs in zip(shorter.months, calm.months, strict=False):
        assert mine.point.x.tobytes() == theirs.point.x.tobytes()


@pytest.mark.parametrize("engine", ["highs", "clarabel"])
def test_engines_roll_the_same_months(engine: str, banned) -> None:  # type: ignore[no-untyped-def]
    other = roll(5, BAN, engine=engine)
    for position in range(5):
        mine, theirs = banned.clearing(position), other.clearing(position)
        assert heavy_in_b(theirs) == pytest.approx(heavy_in_b(mine), rel=ACCURACY)
        assert theirs.stock() == pytest.approx(mine.stock(), rel=ACCURACY, abs=ACCURACY)


def test_progress_is_told() -> None:
    told: list[tuple[int, int, str]] = []
    world = floating()
    run_months(world, prepare(world, NOTHING, START), START, 2, progress=lambda *args: told.append(args))
    assert told == [(0, 2, "2025-01"), (1, 2, "2025-02"), (2, 2, "")]


def test_a_month_without_an_answer_is_named() -> None:
    world = floating()
    must = Demand(material="heavy", region="B", sector="must", form="fixed", quantity=20.0)
    hard = world.with_tables(demand=(*world.demand, must))
    setup = prepare(hard, Package((BAN,)), START)
    with pytest.raises(NoAnswer, match="heavy in B") as caught:
        run_months(hard, setup, START, 9)
    assert caught.value.where.startswith("the month 2025-")


def test_the_look_ahead_is_three_months_and_three_quarters(calm) -> None:  # type: ignore[no-untyped-def]
    assert calm.setup.horizon.length == LOOK_AHEAD == (1, 1, 1, 3, 3, 3)


def test_a_plant_with_a_date_is_in_the_matrices_before_it_opens_and_does_nothing() -> None:
    """A second pit that opens in April: one frame for all months, idle until then, at work from then on."""
    world, opening = floating(), 3
    old = world.facilities[0]
    small = replace(old, capacity=100.0)
    new = replace(old, facility="new pit", cost=1.0, capacity=100.0, start="2025-04")
    run = roll(5, world=world.with_tables(facilities=(small, world.facilities[1], new)))
    frames = [run.clearing(position).program.frame for position in range(5)]
    assert all(frame is frames[0] for frame in frames)
    place = [row.facility for row in run.setup.policy.network.facilities].index("new pit")
    made = run.array(lambda clearing: clearing.amount("plant"))[:, place]
    assert made[:opening].tolist() == [0.0] * opening
    assert np.all(made[opening:] > 1.0)
