"""Every determined price of the shipped case adds up, before the licences and under them."""

from __future__ import annotations

import numpy as np
import pytest

from xenotime.api import load_case, load_world
from xenotime.dynamics.trajectory import prepare, run_months
from xenotime.ensembles.frozen import load_frozen
from xenotime.market.explain import leaves_of
from xenotime.market.intervals import price_intervals
from xenotime.policy.package import read_package

SUM = 1e-6  # what the project promises
VAGUE = ("other", "residual", "adjustment")


@pytest.mark.slow
def test_every_determined_price_is_the_sum_of_its_named_terms() -> None:
    world, case = load_world(), load_case("april-2025")
    setup = prepare(world, read_package(case, world), case.data.start, behaviour=load_frozen().behaviour())
    run = run_months(world, setup, case.data.start, 5)
    for position in (0, 4):
        clearing = run.clearing(position)
        low, high = price_intervals(clearing)
        price = clearing.price()
        nodes = [int(node) for node in np.flatnonzero(high <= low) if price[node] != 0.0]
        assert len(nodes) > 700
        for node in nodes:
            leaves = leaves_of(clearing, node)
            assert abs(sum(leaf.amount for leaf in leaves) - price[node]) <= SUM * abs(price[node]), node
            for leaf in leaves:
                assert leaf.kind not in VAGUE
                assert leaf.name.split()[0] not in VAGUE
