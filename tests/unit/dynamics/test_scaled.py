"""Scales of behaviour on a world."""

from __future__ import annotations

from dataclasses import replace

import pytest

from unit.dynamics.dynamic_worlds import BAN, START, floating
from xenotime.dynamics.behaviour import load_behaviour
from xenotime.dynamics.scaled import LEAST_CHOKE, scaled_controls, scaled_world
from xenotime.dynamics.trajectory import prepare
from xenotime.policy.package import NOTHING

SHIPPED = load_behaviour()


def test_scales_of_one_leave_the_world_alone() -> None:
    world = floating()
    assert scaled_world(world, SHIPPED) is world


def test_each_scale_does_what_it_says() -> None:
    world = floating().with_tables(
        demand=tuple(replace(row, elasticity_long=-0.8, adapt_months=12.0) for row in floating().demand)
    )
    behaviour = replace(
        SHIPPED, elasticity_scale=0.5, elasticity_long_scale=2.0, choke_scale=0.1, cover_scale=3.0
    )
    scaled = scaled_world(world, behaviour)
    for before, after in zip(world.demand, scaled.demand, strict=True):
        assert after.elasticity == pytest.approx(-0.2)
        assert after.elasticity_long == pytest.approx(-1.6)
        assert after.choke == pytest.approx(10 * (before.price or 0))
        assert (after.price, after.quantity) == (before.price, before.quantity)
    assert [row.cover_days for row in scaled.stocks] == [135.0, 135.0]


def test_the_long_run_never_answers_less_than_the_short_and_choke_stays_above_price() -> None:
    world = floating().with_tables(
        demand=tuple(replace(row, elasticity_long=-0.5, adapt_months=12.0) for row in floating().demand)
    )
    scaled = scaled_world(world, replace(SHIPPED, elasticity_scale=3.0, choke_scale=1e-6))
    for row in scaled.demand:
        assert row.elasticity_long == row.elasticity == pytest.approx(-1.2)
        assert row.choke == pytest.approx(LEAST_CHOKE * (row.price or 0))


def test_the_base_month_is_the_same_at_any_scale() -> None:
    """Demand turns around its reference, which is close to where this small world clears."""
    usual = prepare(floating(), NOTHING, START).base.price()
    other = prepare(floating(), NOTHING, START, None, replace(SHIPPED, cover_scale=2.0)).base.price()
    assert other == pytest.approx(usual)


def test_what_goes_round_a_control_is_scaled() -> None:
    leaky = replace(BAN, leak_share=0.2)
    (found,) = scaled_controls((leaky,), replace(SHIPPED, leak_scale=2.0))
    assert found.leak_share == pytest.approx(0.4)
    assert scaled_controls((leaky,), SHIPPED) == (leaky,)
