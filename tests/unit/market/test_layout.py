"""Columns stand in blocks, one set per node of the tree."""

from __future__ import annotations

from small_worlds import build_network, joint, stored
from xenotime.market.layout import KINDS, make_layout


def test_blocks_follow_each_other_and_repeat() -> None:
    layout = make_layout(build_network(joint()), segments=2, supplies=0, stocks=0)
    assert layout.size == dict(zip(KINDS, (2, 2, 2, 0, 4, 0, 0), strict=True))
    assert layout.width == 10
    assert layout.block(0, "use") == slice(4, 6)
    assert layout.block(3, "use") == slice(34, 36)
    covered = [index for kind in KINDS for index in range(*layout.block(1, kind).indices(20))]
    assert covered == list(range(10, 20))


def test_stocks_have_a_working_and_a_free_part() -> None:
    layout = make_layout(build_network(stored()), segments=2, supplies=2, stocks=2)
    assert (layout.size["working"], layout.size["free"]) == (2, 2)
    assert layout.block(0, "free").stop == layout.width
