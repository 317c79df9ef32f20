"""Stocks are valued so that nobody wants to change anything in normal times (M5)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from small_worlds import EXACT, clear_static, stored
from xenotime.dynamics.behaviour import load_behaviour
from xenotime.dynamics.storage import DAYS_IN_MONTH, normal_stock, opening_stock, value_storage
from xenotime.market.horizon import single_path
from xenotime.world.world import World

PLAIN = replace(load_behaviour(), discount_annual=0.1, working_value=0.25, terminal_fall=0.5, snap=1e-7)


def test_a_month_of_cover_is_a_month_of_what_passes() -> None:
    base = clear_static(stored())
    assert normal_stock(base) == pytest.approx([40.0, 45.0], rel=EXACT)
    assert normal_stock(clear_static(stored(days=DAYS_IN_MONTH / 2))) == pytest.approx(
        [20.0, 22.5], rel=EXACT
    )


def with_opening(amount: float) -> World:
    world = stored()
    return world.with_tables(stocks=(replace(world.stocks[0], opening=amount), world.stocks[1]))


def test_a_given_opening_stock_is_taken() -> None:
    assert opening_stock(clear_static(with_opening(7.0))) == pytest.approx([7.0, 45.0], rel=EXACT)


def test_at_base_prices_nobody_wants_to_change_anything() -> None:
    """ease (1 - normal / working) = holding + (1 - beta) price, for the last unit held."""
    base = clear_static(stored())
    prices = {0: base.price()}
    storage = value_storage(base, single_path((1,)), prices, PLAIN)
    price = base.price()
    carry = 0.5 + (1 - PLAIN.discount) * price
    marginal = storage.ease * (1 - normal_stock(base) / storage.working)
    assert marginal == pytest.approx(carry, rel=EXACT)
    assert storage.ease == pytest.approx(0.25 * price + carry, rel=EXACT)
    assert storage.terminal[0] == pytest.approx(price, rel=EXACT)
    assert storage.terminal_at == pytest.approx(normal_stock(base), rel=EXACT)


def test_the_end_value_falls_by_its_share_over_one_normal_stock() -> None:
    base = clear_static(stored())
    storage = value_storage(base, single_path((1,)), {0: base.price()}, PLAIN)
    fall = storage.terminal_slope * normal_stock(base)
    assert fall == pytest.approx(0.5 * base.price(), rel=1e-6)  # the snap threshold is added to the scale


def test_a_place_without_cover_keeps_no_working_stock() -> None:
    world = stored()
    bare = replace(world.stocks[0], cover_days=None)
    base = clear_static(world.with_tables(stocks=(bare, world.stocks[1])))
    storage = value_storage(base, single_path((1,)), {0: base.price()}, PLAIN)
    assert (storage.working[0], storage.ease[0]) == (0.0, 0.0)
    assert normal_stock(base)[0] == 0.0


def test_capacities_are_limits_and_blanks_none() -> None:
    world = stored()
    full = replace(world.stocks[0], capacity=9.0)
    base = clear_static(world.with_tables(stocks=(full, world.stocks[1])))
    assert value_storage(base, single_path((1,)), {0: base.price()}, PLAIN).capacity.tolist() == [9.0, np.inf]


def test_the_shipped_numbers_make_a_yearly_return() -> None:
    shipped = load_behaviour()
    assert shipped.discount**-12 == pytest.approx(1 + shipped.discount_annual, rel=EXACT)
    assert 0 < shipped.discount < 1
