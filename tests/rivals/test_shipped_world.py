"""Two independent solvers on the first month of the shipped world: the same flows, the same prices.

A clearing ends with our own exact equations whatever engine it began with, so the engines are asked here
alone, without start and without polishing: nothing of ours but the program stands between the answers.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from xenotime.api import load_world
from xenotime.market.choose import make_engine
from xenotime.market.clearing import Clearing, clear_static
from xenotime.market.engines import Raw
from xenotime.market.intervals import price_intervals
from xenotime.market.program import as_qp
from xenotime.market.scaling import find_scale, solve_scaled
from xenotime.market.sizes import column_sizes
from xenotime.world.cover_classes import pool_users

MONTH = "2025-01"
ACCURACY = 1e-6  # what the project promises of flows and of every determined price
UNDETERMINED = 0.05  # of traded tonnes: the most that may lack a single price
RAN = {"piqp": "piqp", "highs": "highs ipm"}
WORLD = {"piqp": "shipped", "highs": "pooled"}


@cache
def cleared(world: str = "pooled") -> Clearing:
    """The first month as everybody gets it, its curves cut once so that engines see one program.

    HiGHS gives up on the world with cover classes (five alike purchases at every user), so it is asked about
    the pooled one; that both worlds have one market is a test of its own, and PIQP clears the shipped one.
    """
    shipped = load_world()
    return clear_static(pool_users(shipped) if world == "pooled" else shipped, MONTH, refine=False)


@cache
def alone(engine: str) -> Raw:
    """One engine's own answer, with each charge at the amount the clearing found."""
    clearing = cleared(WORLD[engine])
    program, point = clearing.program, clearing.point
    qp = as_qp(program, program.A_tax.T @ point.y + program.G_tax.T @ point.m)
    scale = find_scale(program.A, program.G, column_sizes(program))
    return solve_scaled(make_engine(engine), qp, scale)


@cache
def determined(world: str) -> np.ndarray:
    """Nodes whose price is a point."""
    low, high = price_intervals(cleared(world))
    return np.asarray(high - low <= ACCURACY * np.maximum(np.abs(cleared(world).price()), 1e-12))


@pytest.mark.parametrize("engine", RAN)
def test_what_ran(engine: str) -> None:
    """HiGHS falls back quietly to its active-set code; what really ran is read back."""
    assert alone(engine).status == "solved"
    assert alone(engine).ran == RAN[engine]


def test_same_flows() -> None:
    """Flows within 1e-6 of what passes of their material, all else within 1e-6 of the largest of its kind.

    HiGHS against the default path, our own interior point; PIQP alone is asked for 1e-9 and leaves grams.
    """
    clearing = cleared()
    layout, network = clearing.program.layout, clearing.program.network
    passing: dict[str, float] = {}
    for (material, _, _), amount in zip(network.nodes, clearing.volume(), strict=True):
        passing[material] = passing.get(material, 0.0) + float(amount)
    ours, theirs = clearing.amount("lane"), alone("highs").x[layout.block(0, "lane")]
    for index, (_, material, *where) in enumerate(network.lanes.label):
        assert abs(ours[index] - theirs[index]) <= ACCURACY * passing[material] + 1e-12, (material, where)
    for kind in ("plant", "use", "disposal"):
        ours, theirs = clearing.amount(kind), alone("highs").x[layout.block(0, kind)]
        assert float(np.max(ours)) > 0
        assert float(np.max(np.abs(ours - theirs))) <= ACCURACY * float(np.max(ours)), kind


@pytest.mark.parametrize("engine", RAN)
def test_same_prices(engine: str) -> None:
    """Every determined price within 1e-6."""
    where, price = determined(WORLD[engine]), cleared(WORLD[engine]).price()
    assert where.sum() > 500
    np.testing.assert_allclose(alone(engine).y[where], price[where], rtol=ACCURACY)


def test_without_stocks_cover_classes_change_no_price() -> None:
    """In a static month nobody holds stock, so who holds how much cannot matter."""
    ours, pooled = cleared("shipped"), cleared("pooled")
    point, places = determined("pooled"), pooled.program.network.nodes
    both = [
        (float(pooled.price()[index]), float(ours.price()[ours.program.network.place[node]]))
        for index, node in enumerate(places)
        if point[index] and node[2] == ""
    ]
    assert len(both) > 300
    one, other = np.array(both).T
    np.testing.assert_allclose(other, one, rtol=ACCURACY)


def test_undetermined_share() -> None:
    """Tonnes that change hands where no single price is determined; run with -s to read it."""
    volume, point = cleared("shipped").volume(), determined("shipped")
    share = float(volume[~point].sum() / volume.sum())
    print(
        f"undetermined share of traded tonnes: {share:.2%}; "
        f"{int((~point).sum())} of {len(point)} nodes, most of them idle"
    )
    assert volume.sum() > 0
    assert share < UNDETERMINED
