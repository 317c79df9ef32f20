"""What can carry nothing is left out, and priced so that nobody there would want to begin."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

from xenotime.market.engines import QP
from xenotime.market.idle import price_idle, whole_routes
from xenotime.market.reach import find_reach, impossible, price_dead, without_dead
from xenotime.market.sides import reduced_cost


def chain(b: tuple[float, ...] = (0.0, 0.0, 0.0), high: tuple[float, ...] = (np.inf,) * 4) -> QP:
    """Columns: dig (feeds 0), refine (0 -> 1), ship (1 -> 2), use (from 2), worth 100."""
    return QP(
        np.zeros(4),
        np.array([5.0, 10.0, 1.0, -100.0]),
        sp.csc_matrix([[1.0, -1.0, 0.0, 0.0], [0.0, 1.0, -1.0, 0.0], [0.0, 0.0, 1.0, -1.0]]),
        np.array(b),
        sp.csc_matrix((0, 4)),
        np.zeros(0),
        np.zeros(4),
        np.array(high),
    )


def test_an_open_chain_is_alive_as_a_whole() -> None:
    reach = find_reach(chain())
    assert reach.columns.all()
    assert not reach.unfed.any()
    assert not reach.undrained.any()


def test_without_a_mine_nothing_below_it_moves() -> None:
    qp = chain(high=(0.0, np.inf, np.inf, np.inf))
    reach = find_reach(qp)
    assert not reach.columns.any()
    assert reach.unfed.all()
    assert without_dead(qp, reach).high.tolist() == [0.0] * 4


def test_stock_on_the_way_feeds_what_is_below_it() -> None:
    reach = find_reach(chain(b=(0.0, -3.0, 0.0), high=(0.0, np.inf, np.inf, np.inf)))
    assert reach.columns.tolist() == [False, False, True, True]
    assert reach.unfed.tolist() == [True, False, False]


def test_without_a_user_nothing_above_moves() -> None:
    reach = find_reach(chain(high=(np.inf, np.inf, np.inf, 0.0)))
    assert not reach.columns.any()
    assert reach.undrained.all()


def test_goods_in_a_circle_feed_nobody() -> None:
    """Two lanes between two idle markets do not make goods out of nothing."""
    circle = replace(
        chain(),
        A=sp.csc_matrix([[-1.0, 1.0, -1.0, 0.0], [1.0, -1.0, 0.0, -1.0]]),
        b=np.zeros(2),
        c=np.array([1.0, 1.0, -50.0, -60.0]),
    )
    reach = find_reach(circle)
    assert not reach.columns.any()


def test_a_by_product_that_can_go_nowhere_stops_the_plant() -> None:
    joint = replace(chain(), A=sp.csc_matrix([[1.0, -1.0, 0, 0], [0, 1.0, 0, -1.0], [0, 1.0, 0, 0]]))
    reach = find_reach(joint)
    assert reach.columns.tolist() == [False, False, True, False]  # column 2 touches nothing
    assert reach.undrained.tolist()[2]


@pytest.mark.parametrize("closed", [0, 1, 2, 3])
def test_dead_prices_tempt_nobody_and_price_the_best_bid(closed: int) -> None:
    """Whatever link is closed, every column that may move but cannot has no reason to."""
    high = [np.inf] * 4
    high[closed] = 0.0
    qp = chain(high=tuple(high))
    reach = find_reach(qp)
    prices = price_dead(qp, reach, np.zeros(4), np.full(3, 7.0), np.zeros(0))
    cost = reduced_cost(qp, np.zeros(4), prices, np.zeros(0))
    assert (cost[qp.high > 0] >= -1e-12).all()
    if closed == 0:  # worth 100 at the user, less shipping, less refining
        assert prices.tolist() == [89.0, 99.0, 100.0]
    if closed == 3:  # what digging, refining and shipping would ask
        assert prices.tolist() == [0.0, 0.0, 0.0]  # giving it away pays nobody, so the price stays


def test_what_must_pass_and_cannot_is_impossible() -> None:
    must = replace(chain(high=(0.0, np.inf, np.inf, 4.0)), low=np.array([0.0, 0.0, 0.0, 4.0]))
    assert impossible(must, find_reach(must))
    fed = replace(must, high=np.array([np.inf, np.inf, np.inf, 4.0]))
    assert not impossible(fed, find_reach(fed))


def test_idle_prices_lie_between_bid_and_offer() -> None:
    """Offer at the mine 5, bid at the user 100 less 10 and 1; a price between stays, one outside moves in."""
    qp = replace(chain(), c=np.array([5.0, 10.0, 1.0, -12.0]))  # the chain as a whole does not pay
    rows, columns = np.ones(3, bool), np.ones(4, bool)
    none = np.zeros(0)
    within = price_idle(qp, rows, columns, np.zeros(4), np.array([4.0, 12.0, 12.5]), none)
    assert within.tolist() == [4.0, 12.0, 12.5]
    moved = price_idle(qp, rows, columns, np.zeros(4), np.array([50.0, 12.0, 1.0]), none)
    assert (reduced_cost(qp, np.zeros(4), moved, none) >= -1e-12).all()


def test_a_paying_route_begins_as_a_whole() -> None:
    """Bids reach the mine, and what the mine sends goes on to whoever bid."""
    qp = chain()
    rows, columns = np.ones(3, bool), np.ones(4, bool)
    none = np.zeros(0)
    prices = price_idle(qp, rows, columns, np.zeros(4), np.zeros(3), none)
    assert prices.tolist() == [89.0, 99.0, 100.0]
    cost = reduced_cost(qp, np.zeros(4), prices, none)
    freed = cost < -1e-9
    assert freed.tolist() == [True, False, False, False]
    value = np.full(4, 100.0)
    assert whole_routes(qp, freed, rows, columns, cost, value).all()


def followed(qp: QP, way: float, begun: np.ndarray, allowed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns reached, one column after another until nothing is added."""
    whole, rows, columns = way * qp.A.toarray(), begun.copy(), np.zeros(len(allowed), dtype=bool)
    for _ in range(len(allowed) + 1):
        for j in np.flatnonzero(allowed):
            if rows[whole[:, j] < 0].all():
                columns[j] = True
                rows |= whole[:, j] > 0
    return rows, columns


@given(st.integers(0, 10**6))
def test_what_is_reached_is_what_following_goods_by_hand_reaches(seed: int) -> None:
    """Any network: columns with several inputs and outputs, stocks, orders, closed columns, circles."""
    luck = np.random.default_rng(seed)
    rows, columns = int(luck.integers(1, 9)), int(luck.integers(1, 14))
    entries = luck.choice([-1.0, 0.0, 0.0, 0.5], (rows, columns))
    qp = QP(
        np.zeros(columns),
        np.zeros(columns),
        sp.csc_matrix(entries),
        luck.choice([-1.0, 0.0, 0.0, 0.0, 1.0], rows),
        sp.csc_matrix((0, columns)),
        np.zeros(0),
        np.zeros(columns),
        np.where(luck.random(columns) < 0.8, np.inf, 0.0),
    )
    alive = qp.high > qp.low
    unfed = undrained = np.zeros(rows, dtype=bool)
    for _ in range(columns + 1):
        fed, forward = followed(qp, 1.0, qp.b < 0, alive)
        unfed = unfed | (~fed & ~undrained)
        drained, alive = followed(qp, -1.0, qp.b > 0, forward)
        undrained = undrained | (~drained & ~unfed)
    reach = find_reach(qp)
    assert reach.columns.tolist() == alive.tolist()
    assert reach.unfed.tolist() == unfed.tolist()
    assert reach.undrained.tolist() == undrained.tolist()
