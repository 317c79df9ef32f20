"""(M5) stocks: carrying, the ease of working stock, end values; and what columns cost and may do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from small_worlds import EXACT, build_network, clear_static, flow, look_ahead, no_value, price, stored, trade
from xenotime.market.clearing import Clearing
from xenotime.market.engines import Array
from xenotime.market.horizon import single_path
from xenotime.market.terms import open_terms
from xenotime.world.tables import Demand, Region, Stock
from xenotime.world.world import World

BETA = 0.9


def cellar() -> World:
    """Nothing is made; 100 - p is wanted each month; what there is lies in a cellar."""
    return World(
        regions=(Region(region="A"),),
        demand=(Demand(material="wine", region="A", form="linear", intercept=100.0, slope=1.0),),
        stocks=(Stock(material="wine", region="A"),),
    )


def drink(lengths: tuple[int, ...], opening: float, **given: float) -> Clearing:
    """Clear `cellar`; numbers are those of its one stock."""
    last = len(lengths) - 1
    arrays: dict[str, Array] = {name: np.array([value]) for name, value in given.items()}
    if "terminal" in arrays:
        arrays["terminal"] = {last: arrays["terminal"]}  # type: ignore[assignment]
    storage = no_value(1, (last,), 1, **arrays)
    return look_ahead(
        build_network(cellar()), single_path(lengths), storage, np.array([opening]), discount=BETA
    )


def test_m5_a_month_later_must_pay_for_waiting_and_holding() -> None:
    """p0 = beta p1 - h with q0 + q1 = 100: 100 - q0 = .9 q0 - 2."""
    cleared = drink((1, 1), 100.0, holding=2.0)
    q = 102 / 1.9
    assert cleared.consumption(0) == pytest.approx([q], rel=EXACT)
    assert price(cleared, "wine", "A") == pytest.approx(100 - q, rel=EXACT)
    assert price(cleared, "wine", "A", period=1) == pytest.approx(q, rel=EXACT)
    assert cleared.stock(0) == pytest.approx([100 - q], rel=EXACT)


def test_m5_a_quarter_is_three_months_of_use_and_one_of_waiting() -> None:
    """The quarter begins a month on: p0 = beta p1 - h, q0 + 3 q1 = 150."""
    cleared = drink((1, 3), 150.0, holding=2.0)
    p0, p1 = price(cleared, "wine", "A"), price(cleared, "wine", "A", period=1)
    assert p0 == pytest.approx(BETA * p1 - 2, rel=EXACT)
    assert (100 - p0) + 3 * (100 - p1) == pytest.approx(150, rel=EXACT)


def test_m5_a_quarter_waits_and_holds_for_three() -> None:
    cleared = drink((3, 1), 250.0, holding=2.0)
    p0, p1 = price(cleared, "wine", "A"), price(cleared, "wine", "A", period=1)
    assert p0 == pytest.approx(BETA**3 * p1 - 3 * 2, rel=EXACT)
    assert 3 * (100 - p0) + (100 - p1) == pytest.approx(250, rel=EXACT)


def test_m5_working_stock_saves_trouble_less_and_less() -> None:
    """p0 = beta p1 + ease (1 - s / working) - h while the stock is short of `working`."""
    cleared = drink((1, 1), 100.0, holding=2.0, ease=20.0, working=80.0)
    s = cleared.stock(0)[0]
    assert 0 < s < 80
    p0, p1 = price(cleared, "wine", "A"), price(cleared, "wine", "A", period=1)
    assert p0 == pytest.approx(BETA * p1 + 20 * (1 - s / 80) - 2, rel=EXACT)
    assert (100 - p0, 100 - p1) == pytest.approx((100 - s, s - cleared.stock(1)[0]), rel=EXACT)
    assert cleared.amount("free", 0) == pytest.approx([0.0], abs=EXACT)


def test_m5_past_the_working_stock_there_is_only_the_carrying() -> None:
    cleared = drink((1, 1), 100.0, holding=2.0, ease=20.0, working=10.0)
    assert cleared.amount("working", 0) == pytest.approx([10.0], rel=EXACT)
    assert cleared.amount("free", 0)[0] > 0
    p0, p1 = price(cleared, "wine", "A"), price(cleared, "wine", "A", period=1)
    assert p0 == pytest.approx(BETA * p1 - 2, rel=EXACT)


@pytest.mark.parametrize("working", [0.0, 10.0, 200.0])
def test_m5_what_is_left_at_the_end_falls_in_value_along_one_line(working: float) -> None:
    """p = beta (60 + .5 (30 - s)) - h (+ ease): working and free stock lie on the same line."""
    cleared = drink(
        (1,), 120.0, holding=1.0, terminal=60.0, terminal_at=30.0, terminal_slope=0.5, working=working
    )
    s = cleared.stock()[0]
    assert price(cleared, "wine", "A") == pytest.approx(BETA * (60 + 0.5 * (30 - s)) - 1, rel=EXACT)
    assert 100 - price(cleared, "wine", "A") == pytest.approx(120 - s, rel=EXACT)


def test_m5_a_full_cellar_holds_no_more() -> None:
    cleared = drink((1, 1), 100.0, holding=2.0, capacity=20.0)
    assert cleared.stock(0) == pytest.approx([20.0], rel=EXACT)
    assert price(cleared, "wine", "A") == pytest.approx(20.0, rel=EXACT)
    assert price(cleared, "wine", "A") < BETA * price(cleared, "wine", "A", period=1) - 2


def test_m3_goods_still_at_sea_are_worth_what_is_expected_of_them() -> None:
    """p_A + 5 = beta x 55 with everything of the month still at sea."""
    network = build_network(trade(lag_months=1.0))
    storage = no_value(0, (0,), 2, sea_value={0: np.array([0.0, 55.0])})
    cleared = look_ahead(network, single_path((1,)), storage, np.zeros(0), discount=BETA)
    p = BETA * 55 - 5
    assert price(cleared, "ore", "A") == pytest.approx(p, rel=EXACT)
    assert flow(cleared, "ore", "A", "B") == pytest.approx(1.5 * p - 45, rel=EXACT)
    assert price(cleared, "ore", "B") == pytest.approx(70.0, rel=EXACT)


def test_a_static_month_stores_nothing_and_waits_for_nothing() -> None:
    cleared, plain = clear_static(stored()), clear_static(trade())
    assert cleared.program.layout.size["working"] == 0
    assert cleared.price() == pytest.approx(plain.price(), rel=EXACT)


def test_use_grows_with_its_scale() -> None:
    network = build_network(trade())
    doubled = replace(open_terms(network), use_scale=np.array([1.0, 2.0]))
    # B wants twice as much at every price: 2 (100 - p') - (p' - 40) = 240 - 3 p'
    cleared = clear_static(network, terms=doubled)
    p = (240 - 15 + 45) / 4.5
    assert price(cleared, "ore", "A") == pytest.approx(p, rel=EXACT)
    assert cleared.consumption()[1] == pytest.approx(2 * (100 - p - 5), rel=EXACT)
