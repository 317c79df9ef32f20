"""A price is a point where the optimum fixes it and its interval where it does not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp
from scipy.optimize import linprog

from market_worlds import synthetic
from small_worlds import ACCURACY, EXACT, clear_static, joint, trade
from xenotime.market.choose import make_engine
from xenotime.market.clearing import Clearing
from xenotime.market.intervals import (
    _find_loose,
    _moves_freely,
    _sides,
    _stationarity_matrix,
    _unsettled,
    price_intervals,
    undetermined,
)
from xenotime.market.program import as_qp
from xenotime.market.sides import reduced_cost
from xenotime.world.tables import Demand, Lane, Material, Region, Supply
from xenotime.world.world import World


def gap(offered: float = 10.0, wanted: float = 10.0, cost: float = 7.0) -> World:
    """Ten on offer at 20, ten wanted at up to 50: any price between clears."""
    return World(
        regions=(Region(region="A"), Region(region="B")),
        materials=(Material(material="ore", disposable=False),),
        supply=(
            Supply(material="ore", region="A", form="linear", intercept=20.0, slope=0.0, capacity=offered),
        ),
        demand=(Demand(material="ore", region="B", form="fixed", quantity=wanted, shortfall_price=50.0),),
        lanes=(Lane(material="ore", origin="A", destination="B", cost=cost),),
    )


def interval(cleared: Clearing) -> list[tuple[float, float]]:
    low, high = price_intervals(cleared)
    return [(float(a), float(b)) for a, b in zip(low, high, strict=True)]


@pytest.mark.parametrize("engine", ["interior", "piqp", "highs", "clarabel"])
def test_between_the_last_offer_and_the_last_bid_any_price_clears(engine: str) -> None:
    cleared = clear_static(gap(), engine=make_engine(engine))
    assert interval(cleared) == [
        (pytest.approx(20.0, rel=EXACT), pytest.approx(43.0, rel=EXACT)),
        (pytest.approx(27.0, rel=EXACT), pytest.approx(50.0, rel=EXACT)),
    ]
    rows = cleared.table("prices")
    assert [row["value"] for row in rows] == [None, None]
    assert [row["determined"] for row in rows] == [False, False]


@pytest.mark.parametrize(("offered", "expected"), [(9.0, 50.0), (11.0, 27.0)])
def test_one_unit_more_or_less_fixes_it(offered: float, expected: float) -> None:
    cleared = clear_static(gap(offered))
    assert interval(cleared)[1] == (pytest.approx(expected, rel=EXACT), pytest.approx(expected, rel=EXACT))
    assert cleared.table("prices")[1]["value"] == pytest.approx(expected, rel=EXACT)


def test_what_must_be_served_has_no_ceiling() -> None:
    world = gap(10.0)
    must = replace(world.demand[0], shortfall_price=None)
    (low, high) = interval(clear_static(world.with_tables(demand=(must,))))[1]
    assert low == pytest.approx(27.0, rel=EXACT)
    assert high == np.inf
    row = clear_static(world.with_tables(demand=(must,))).table("prices")[1]
    assert (row["value"], row["high"]) == (None, None)


def test_a_place_nothing_passes_and_nobody_wants_has_no_row() -> None:
    world = trade().with_tables(
        regions=(*trade().regions, Region(region="C")),
        lanes=(*trade().lanes, Lane(material="ore", origin="C", destination="B", cost=1.0)),
    )
    cleared = clear_static(world)
    assert [row["region"] for row in cleared.table("prices")] == ["A", "B"]


def test_a_rounding_of_an_engine_is_no_trade() -> None:
    """A billion-billionth of a tonne passes C: it is as idle as if nothing did."""
    world = trade().with_tables(
        regions=(*trade().regions, Region(region="C")),
        lanes=(*trade().lanes, Lane(material="ore", origin="A", destination="C", cost=1.0)),
    )
    cleared = clear_static(world)
    x = cleared.point.x.copy()
    x[cleared.program.layout.block(0, "lane").start + 1] = 1e-18
    dusty = replace(cleared, point=replace(cleared.point, x=x))
    assert [row["region"] for row in dusty.table("prices")] == ["A", "B"]


@pytest.mark.parametrize("world", [trade, joint, lambda: trade(tariff=0.1, export_tax=0.2)])
def test_where_curves_cross_prices_are_points(world: object) -> None:
    cleared = clear_static(world())  # type: ignore[operator]
    assert not undetermined(cleared).any()
    assert all(low == high for low, high in interval(cleared))


def by_hand(cleared: Clearing, row: int) -> tuple[float, float]:
    """Range of a dual over everything that meets the conditions of optimality, by another LP solver.

    Free: duals of all balances and of all limits.  Each column's reduced cost is zero between its bounds,
    not negative at the lower, not positive at the upper; limits that do not bind have none.
    """
    program = cleared.program
    qp, x = as_qp(program), cleared.point.x
    equal, limits = len(program.b), len(program.h)
    columns = np.vstack([-(program.A - program.A_tax).toarray(), (program.G + program.G_tax).toarray()]).T
    constant = reduced_cost(qp, x, np.zeros(equal), np.zeros(limits))
    size = np.maximum(np.abs(x), 1.0)
    at_low, at_high = x - qp.low <= 1e-7 * size, qp.high - x <= 1e-7 * size
    inside = ~at_low & ~at_high
    slack = program.h - program.G @ x > 1e-7 * np.maximum(np.abs(program.h), 1.0)
    bounds = [(None, None)] * equal + [(0.0, 0.0 if loose else None) for loose in slack]
    low_only, high_only = at_low & ~at_high, at_high & ~at_low
    found = []
    for sense in (1.0, -1.0):
        goal = np.zeros(equal + limits)
        goal[row] = sense
        answer = linprog(
            goal,
            A_ub=np.vstack([-columns[low_only], columns[high_only]]),
            b_ub=np.concatenate([constant[low_only], -constant[high_only]]),
            A_eq=columns[inside],
            b_eq=-constant[inside],
            bounds=bounds,
        )
        found.append(float(answer.x[row]) if answer.status == 0 else sense * -np.inf)
    return found[0], found[1]


def ladder() -> World:
    """Three offers and three bids in steps that meet exactly, in two places with a full lane between them."""
    return World(
        regions=(Region(region="A"), Region(region="B")),
        materials=(Material(material="ore", disposable=False),),
        supply=tuple(
            Supply(
                material="ore",
                region="A",
                supplier=f"s{i}",
                form="linear",
                intercept=c,
                slope=0.0,
                capacity=5.0,
            )
            for i, c in enumerate((10.0, 20.0, 30.0))
        ),
        demand=tuple(
            Demand(material="ore", region=r, sector=s, form="fixed", quantity=5.0, shortfall_price=v)
            for r, s, v in (("A", "x", 60.0), ("B", "x", 80.0), ("B", "y", 12.0))
        ),
        lanes=(Lane(material="ore", origin="A", destination="B", cost=2.0, limit=5.0),),
    )


@pytest.mark.parametrize("world", [gap, ladder])
def test_intervals_are_those_of_a_program_written_by_hand(world: object) -> None:
    cleared = clear_static(world())  # type: ignore[operator]
    for node, (low, high) in enumerate(interval(cleared)):
        assert (low, high) == pytest.approx(by_hand(cleared, node), rel=ACCURACY)


def test_the_ladder_in_ones_head() -> None:
    """Two steps of five are used in A: 20 to 30; B pays between A's price plus freight and its bid of 80."""
    assert interval(clear_static(ladder())) == [
        (pytest.approx(20.0), pytest.approx(30.0)),
        (pytest.approx(22.0), pytest.approx(80.0)),
    ]


def test_few_prices_of_a_large_world_are_intervals_and_each_holds_the_price() -> None:
    cleared = clear_static(synthetic(1), refine=False)
    low, high = price_intervals(cleared)
    price = cleared.price()
    rounding = EXACT * np.abs(price)
    assert np.all(low <= price + rounding)
    assert np.all(high >= price - rounding)
    moving = cleared.volume() > 0
    assert (high <= low)[moving].mean() > 0.9


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_duals_settled_one_after_another_are_those_one_factorisation_finds(seed: int) -> None:
    cleared = clear_static(synthetic(seed), refine=False)
    matrix, _ = _stationarity_matrix(cleared)
    inside = matrix[np.flatnonzero(_sides(cleared) == 0)]
    loose, _ = _find_loose(cleared)
    assert np.array_equal(loose, _moves_freely(inside))
    assert loose.any()
    assert not loose.all()


def test_a_ring_settles_its_duals_together_and_not_one_after_another() -> None:
    ring = sp.csr_matrix([[1.0, -2.0, 0.0], [0.0, 1.0, -2.0], [-2.0, 0.0, 1.0]])
    assert _unsettled(ring).all()
    assert not _moves_freely(ring).any()
    closed = sp.csr_matrix(
        [[1.0, -2.0, 0.0], [0.0, 1.0, -2.0], [-0.25, 0.0, 1.0]]
    )  # the last says nothing new
    assert _moves_freely(closed).all()


def test_an_equation_that_hardly_holds_a_dual_does_not_settle_it() -> None:
    rows = sp.csr_matrix([[1.0, 1e-9], [1.0, 0.0]])
    assert list(_unsettled(rows)) == [False, True]
