"""Scaled cover: what is held at the start goes with the days of cover, so a scale is no shock of its own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from unit.dynamics.dynamic_worlds import START, floating
from xenotime.dynamics.behaviour import load_behaviour
from xenotime.dynamics.scaled import scaled_world
from xenotime.dynamics.storage import normal_stock, opening_stock
from xenotime.dynamics.trajectory import prepare, run_months
from xenotime.policy.package import NOTHING

ONE = load_behaviour()
SETTLED = 1e-2  # of stock and price: the drift of this small chain in two months without any control


def test_what_is_held_at_the_start_goes_with_the_days_of_cover() -> None:
    world = floating()
    world = world.with_tables(stocks=tuple(replace(row, opening=60.0) for row in world.stocks))
    row = scaled_world(world, replace(ONE, cover_scale=2.0)).stocks[0]
    assert (row.cover_days, row.opening) == (90.0, 120.0)


def test_holders_with_scaled_cover_begin_with_it_and_nobody_rushes_to_restock() -> None:
    # a month without a control: price and stock stay where they are at any cover
    world = floating()
    base = prepare(world, NOTHING, START).base
    held = world.with_tables(
        stocks=tuple(
            replace(r, opening=float(n)) for r, n in zip(world.stocks, normal_stock(base), strict=True)
        )
    )
    for scale in (0.5, 2.0):
        setup = prepare(held, NOTHING, START, behaviour=replace(ONE, cover_scale=scale))
        assert np.allclose(opening_stock(setup.base), normal_stock(setup.base), rtol=1e-9)
        run = run_months(held, setup, START, 2)
        assert np.allclose(run.after.stock, scale * normal_stock(base), rtol=SETTLED)
        assert np.allclose(run.after.price, base.price(), rtol=SETTLED)
