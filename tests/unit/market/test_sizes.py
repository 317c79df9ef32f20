"""Typical sizes are positive and of the right order, so that scaling has something to hold on to."""

from __future__ import annotations

import numpy as np
import pytest

from small_worlds import build_network, clear_static, joint, stored, trade
from xenotime.market.sizes import column_sizes, node_sizes

DECADES = 1e3  # a size further off than this is no longer a size


@pytest.mark.parametrize("world", [trade, joint, stored, lambda: joint(capacity=None)])
def test_sizes_are_near_what_happens(world: object) -> None:
    cleared = clear_static(world())  # type: ignore[operator]
    size, x = column_sizes(cleared.program), np.abs(cleared.point.x)
    assert np.all(size > 0)
    moving = x > 1e-6 * x.max()
    assert np.all(x[moving] < DECADES * size[moving])
    assert np.all(size[moving] < DECADES * x[moving])


def test_a_node_is_as_large_as_what_is_wanted_and_made_there() -> None:
    network = build_network(trade())
    sizes = node_sizes(network, np.array([35.0, 100.0]), np.array([0, 1]), np.zeros(0))
    assert sizes.tolist() == [35.0, 100.0]


def test_a_way_station_is_as_large_as_its_neighbours() -> None:
    world = trade()
    network = build_network(world.with_tables(demand=world.demand[1:], supply=world.supply[1:]))
    assert node_sizes(network, np.array([100.0]), np.array([0]), np.zeros(0)).tolist() == [100.0, 100.0]
