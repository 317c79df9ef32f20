"""Structural variants: straight demand through the same point and slope, up to the same choke price."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from unit.dynamics.dynamic_worlds import START, floating
from xenotime.dynamics.trajectory import prepare
from xenotime.ensembles.variants import straight_above, straight_uses, structure_numbers
from xenotime.market.demand import Chain, use_chain
from xenotime.policy.package import NOTHING
from xenotime.world.tables import Demand

ROW = Demand(
    material="m", region="r", form="isoelastic", price=10.0, quantity=100.0, elasticity=-0.2, choke=40.0
)


def use_at(curve: Chain, price: float) -> float:
    """Quantity of a chain at a price that none of its segments is flat at."""
    inside = [
        width * np.clip((first - price) / (first - last), 0, 1) if first > last else width * (first > price)
        for width, first, last in zip(curve.width, curve.first, curve.last, strict=True)
    ]
    return float(np.sum(inside))


def test_the_line_goes_through_the_reference_with_the_same_slope() -> None:
    line = straight_above(ROW, use_chain(ROW))
    assert use_at(line, 10.0) == pytest.approx(100.0)
    for price in (12.0, 20.0, 39.0):
        assert use_at(line, price) == pytest.approx(100.0 * (1 - 0.2 * (price / 10 - 1)), rel=1e-9)


def test_the_choke_price_stays_and_below_the_reference_nothing_changes() -> None:
    bent, line = use_chain(ROW), straight_above(ROW, use_chain(ROW))
    assert len(line.width) == len(bent.width)
    assert use_at(line, 40.5) == 0.0
    for price in (1.0, 3.0, 5.0):
        assert use_at(line, price) == pytest.approx(use_at(bent, price))
    assert (line.width >= 0).all()


def test_a_line_that_reaches_nothing_before_the_choke_price_leaves_nobody_short() -> None:
    row = replace(ROW, elasticity=-0.8)  # nothing is used from 22.5 on
    line = straight_above(row, use_chain(row))
    assert line.width[0] == 0.0
    assert use_at(line, 30.0) == 0.0


def test_straight_rows_stay_as_they_are() -> None:
    row = Demand(material="m", region="r", form="linear", intercept=5.0, slope=1.0)
    curve = use_chain(row)
    assert straight_above(row, curve) is curve


def test_every_isoelastic_use_of_a_setup_is_straightened() -> None:
    setup = prepare(floating(), NOTHING, START)
    after = straight_uses(setup)
    assert all((a.width != b.width).any() for a, b in zip(after.uses, setup.uses, strict=True))
    np.testing.assert_allclose([a.width.sum() for a in after.uses], [b.width.sum() for b in setup.uses])


def test_only_choices_that_mean_something_are_drawn() -> None:
    world = floating()
    named = [item.name for item in structure_numbers(world, ((1, 1), (1, 2)))]
    assert named == ["structure/foresight", "structure/demand"]
    assert [item.name for item in structure_numbers(world, ((1, 1),))] == ["structure/demand"]
    classes = world.with_tables(demand=tuple(replace(use, cover_class="1") for use in world.demand))
    assert "structure/stocks" in [item.name for item in structure_numbers(classes, ((1, 1),))]
