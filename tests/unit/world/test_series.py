"""What stands in for a year that was not out, by hand."""

from __future__ import annotations

import math
from typing import Any

import pytest

from xenotime.facts.supply import MineProduction
from xenotime.facts.table import TABLES
from xenotime.world.series import History

TABLE = TABLES["mine_production"]


def mined(year: int, tonnes: float, feed: str = "f", known: str = "2009-01", half: float = 0.1) -> Any:
    return MineProduction(
        region="A",
        feed=feed,
        year=year,
        production=tonnes,
        low=tonnes * (1 - half),
        high=tonnes * (1 + half),
        grade="B",
        source="s",
        refers_to=str(year),
        knowable_from=known,
        note="n",
    )


def history(*rows: Any, default: float = 0.3) -> History:
    return History(TABLE, rows, lambda row: row.knowable_from <= "2009-12", 2009, default)


def test_the_latest_earlier_figure_is_carried_with_the_change_of_its_own_series() -> None:
    wanted = mined(2009, 500.0, known="2011-01")
    carried = history(mined(2005, 100.0), mined(2007, 400.0), wanted).carry(wanted, 3)
    assert carried is not None
    change = math.log(4) / 2
    assert (carried.year, carried.change) == (2007, pytest.approx(change))
    row = carried.row
    assert (row.year, row.production, row.grade, row.knowable_from) == (2009, 400.0, "D", "2009-01")
    assert row.low == pytest.approx(360.0 / math.exp(change * math.sqrt(2)))
    assert row.high == pytest.approx(440.0 * math.exp(change * math.sqrt(2)))
    assert row.note == "2007 carried forward; n"


def test_a_short_series_moves_as_the_table_usually_does() -> None:
    wanted = mined(2009, 5.0, known="2011-01")
    others = (mined(2007, 100.0, "g"), mined(2008, 200.0, "g"))
    carried = history(mined(2008, 10.0), wanted, *others).carry(wanted, 3)
    assert carried is not None
    assert carried.change == pytest.approx(math.log(2))
    alone = history(mined(2008, 10.0), wanted).carry(wanted, 3)
    assert alone is not None
    assert alone.change == 0.3


def test_what_is_too_old_or_not_out_is_not_carried() -> None:
    wanted = mined(2009, 5.0, known="2011-01")
    assert history(mined(2005, 10.0), wanted).carry(wanted, 3) is None
    assert history(mined(2008, 10.0, known="2010-02"), wanted).carry(wanted, 3) is None
    assert history(mined(2008, 10.0, "g"), wanted).carry(wanted, 3) is None


def test_nothing_mined_stays_nothing() -> None:
    wanted = mined(2009, 0.0, known="2011-01")
    carried = history(mined(2008, 0.0), wanted).carry(wanted, 3)
    assert carried is not None
    assert (carried.row.low, carried.row.production, carried.row.high) == (0.0, 0.0, 0.0)
