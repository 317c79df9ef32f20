"""The tree of a look-ahead: weights, branches, and where goods under way arrive."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from small_worlds import EXACT, build_network, flow, look_ahead, no_value, price
from xenotime.market.clearing import Clearing
from xenotime.market.horizon import STATIC, arrival_shares, branching, single_path
from xenotime.market.terms import open_terms
from xenotime.world.tables import Demand, Lane, Region, Stock, Supply
from xenotime.world.world import World

BETA, HOLDING = 0.9, 2.0
CHANCE = {"open": 0.6, "shut": 0.4}


def test_a_path_has_no_branches() -> None:
    path = single_path((1, 1, 3), "calm")
    assert path.start == (0, 1, 2)
    assert path.leaves() == (2,)
    assert path.path(2) == (0, 1, 2)
    assert path.regime == ("calm",) * 3
    assert path.weights(BETA) == pytest.approx([1, 0.9, 0.81])
    assert STATIC.leaves() == (0,)


def test_branches_leave_the_trunk_where_they_are_told_to() -> None:
    tree = branching((1, 1, 3), 1, CHANCE, "now")
    assert tree.parent == (-1, 0, 1, 0, 3)
    assert tree.start == (0, 1, 2, 1, 2)
    assert tree.length == (1, 1, 3, 1, 3)
    assert tree.regime == ("now", "open", "open", "shut", "shut")
    assert tree.leaves() == (2, 4)
    assert tree.weights(BETA) == pytest.approx([1, 0.6 * 0.9, 0.6 * 0.81, 0.4 * 0.9, 0.4 * 0.81])
    assert tree.descends(4, 3)
    assert tree.descends(4, 0)
    assert not tree.descends(4, 1)


def test_probabilities_must_sum_to_one() -> None:
    with pytest.raises(ValueError, match="sum to one"):
        branching((1, 1), 1, {"open": 0.6, "shut": 0.5}, "now")


@pytest.mark.parametrize(
    ("leaving", "lag", "arriving", "at_sea"),
    [
        (0, 0.0, {0: 1.0}, {1: 0.0}),
        (0, 0.5, {0: 0.5, 1: 0.5}, {1: 0.0}),
        (0, 3.5, {1: 0.5}, {1: 0.5}),
        (1, 0.5, {1: 2.5 / 3}, {1: 0.5 / 3}),
        (1, 4.0, {}, {1: 1.0}),
    ],
)
def test_goods_under_way_are_split_in_proportion(
    leaving: int, lag: float, arriving: dict[int, float], at_sea: dict[int, float]
) -> None:
    found = arrival_shares(single_path((1, 3)), leaving, lag)
    assert found[0] == pytest.approx(arriving)
    assert {leaf: share for leaf, share in found[1].items() if share} == pytest.approx(
        {leaf: share for leaf, share in at_sea.items() if share}
    )


def test_what_leaves_the_trunk_arrives_on_every_branch() -> None:
    tree = branching((1, 1), 1, CHANCE, "now")
    arriving, at_sea = arrival_shares(tree, 0, 1.25)
    assert arriving == pytest.approx({1: 0.75, 2: 0.75})
    assert at_sea == pytest.approx({1: 0.25, 2: 0.25})
    assert arrival_shares(tree, 1, 0.0)[0] == pytest.approx({1: 1.0})


def island() -> World:
    """B buys from A at 20 + 5 and can store; it wants 100 - p."""
    return World(
        regions=(Region(region="A"), Region(region="B")),
        supply=(
            Supply(material="ore", region="A", form="linear", intercept=20.0, slope=0.0, capacity=500.0),
        ),
        demand=(Demand(material="ore", region="B", form="linear", intercept=100.0, slope=1.0),),
        lanes=(Lane(material="ore", origin="A", destination="B", cost=5.0),),
        stocks=(Stock(material="ore", region="B"),),
    )


def cleared_tree() -> Clearing:
    network = build_network(island())
    open_ = open_terms(network)
    shut = replace(open_, lane_high=np.zeros(1))
    tree = branching((1, 1), 1, CHANCE, "now")
    storage = no_value(1, tree.leaves(), 2, holding=np.array([HOLDING]))
    return look_ahead(network, tree, storage, np.zeros(1), BETA, terms=(open_, open_, shut))


def test_one_decision_on_the_trunk_serves_all_branches() -> None:
    """25 = beta (.6 x 25 + .4 (100 - s)) - 2: the stock is 62.5 whatever comes, and shut costs 37.5."""
    cleared = cleared_tree()
    assert cleared.stock(0) == pytest.approx([62.5], rel=EXACT)
    assert [price(cleared, "ore", "B", period=o) for o in range(3)] == pytest.approx(
        [25, 25, 37.5], rel=EXACT
    )
    assert flow(cleared, "ore", "A", "B", 0) == pytest.approx(75 + 62.5, rel=EXACT)
    assert flow(cleared, "ore", "A", "B", 1) == pytest.approx(12.5, rel=EXACT)
    assert cleared.consumption(2) == pytest.approx([62.5], rel=EXACT)
    (column,) = cleared.program.A[:, cleared.program.layout.block(0, "free")].T.toarray()
    nodes = len(cleared.program.network.nodes)
    assert [int(row) for row in np.flatnonzero(column > 0)] == [nodes + 1, 2 * nodes + 1]


def test_a_price_is_its_dual_over_chance_and_discount() -> None:
    cleared = cleared_tree()
    duals = cleared.point.y.reshape(3, 2)[:, 1]
    assert duals == pytest.approx([25, 0.6 * BETA * 25, 0.4 * BETA * 37.5], rel=EXACT)


def test_a_surer_closure_is_stored_for_more() -> None:
    network = build_network(island())
    open_ = open_terms(network)
    shut = replace(open_, lane_high=np.zeros(1))
    kept = []
    for chance in (0.4, 0.6):
        tree = branching((1, 1), 1, {"open": 1 - chance, "shut": chance}, "now")
        storage = no_value(1, tree.leaves(), 2, holding=np.array([HOLDING]))
        kept.append(
            look_ahead(network, tree, storage, np.zeros(1), BETA, terms=(open_, open_, shut)).stock(0)[0]
        )
    # 30 = 25 (1 - c) + c (100 - s): s = 75 - 5 / c
    assert kept == pytest.approx([62.5, 75 - 5 / 0.6], rel=EXACT)
