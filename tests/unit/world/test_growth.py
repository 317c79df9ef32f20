"""Growth of demand as it was expected in a month, against hand arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from xenotime.world.growth import growth_path, neutral_path
from xenotime.world.tables import Demand
from xenotime.world.world import World


def rate(
    sector: str, begin: int, to: int, cagr: float, known: str, scenario: str = "s", spread: float = 0.0
) -> SimpleNamespace:
    return SimpleNamespace(
        sector=sector,
        from_=begin,
        to=to,
        cagr=cagr,
        low=cagr - spread,
        high=cagr + spread,
        knowable_from=known,
        scenario=scenario,
        source=f"{sector}-{known}",
    )


class Tables:
    def __init__(self, *rows: SimpleNamespace) -> None:
        self._rows = rows

    def rows(self, table: str) -> Sequence[Any]:
        assert table == "growth"
        return self._rows


def world(*rows: Demand) -> World:
    return World(date="2024-12", demand=rows)


def demand(material: str, sector: str, note: str = "") -> Demand:
    return Demand(material=material, region="A", sector=sector, form="isoelastic", note=note)


MAGNET, OXIDE = demand("NdFeB_N", "wind"), demand("Ce_oxide", "glass")


def test_a_year_of_growth_is_its_rate_with_its_range() -> None:
    facts = Tables(rate("wind", 2024, 2030, 0.21, "2024-06", spread=0.1))
    path = growth_path(facts, world(MAGNET), "2024-12", 13)
    assert path.scale[0, 0] == 1.0
    assert path.scale[0, 12] == pytest.approx(1.21)
    assert path.scale[0, 6] == pytest.approx(1.1)
    assert (path.low[0, 12], path.high[0, 12]) == (pytest.approx(1.11), pytest.approx(1.31))
    assert path.sources == ("wind-2024-06",)


def test_a_later_start_has_grown_since_the_world() -> None:
    facts = Tables(rate("wind", 2024, 2030, 0.21, "2024-06"))
    path = growth_path(facts, world(MAGNET), "2025-12", 2)
    assert path.scale[0, 0] == pytest.approx(1.21)
    assert path.scale.shape == (1, 2)


def test_nothing_published_later_is_read() -> None:
    facts = Tables(rate("wind", 2024, 2030, 0.5, "2025-01"))
    path = growth_path(facts, world(MAGNET), "2024-12", 13)
    assert path.scale[0].tolist() == [1.0] * 13
    assert path.gaps == ("wind",)
    later = growth_path(facts, world(MAGNET), "2024-12", 13, known_by="2025-01")
    assert later.scale[0, 12] == pytest.approx(1.5)
    assert later.gaps == ()


def test_magnets_of_which_nothing_was_known_grow_as_all_oxides_do() -> None:
    facts = Tables(rate("wind", 2024, 2030, 0.5, "2025-01"), rate("all_oxides", 2024, 2030, 0.1, "2024-12"))
    path = growth_path(facts, world(MAGNET, OXIDE), "2024-12", 13)
    assert path.scale[:, 12] == pytest.approx([1.1, 1.1])
    assert path.gaps == ()


def test_what_was_expected_of_a_group_comes_before_a_past_rate_of_the_sector() -> None:
    facts = Tables(rate("wind", 2013, 2020, 0.5, "2021-01"), rate("all_magnets", 2024, 2030, 0.1, "2024-01"))
    assert growth_path(facts, world(MAGNET), "2024-12", 13).scale[0, 12] == pytest.approx(1.1)
    alone = Tables(rate("wind", 2013, 2020, 0.5, "2021-01"))
    assert growth_path(alone, world(MAGNET), "2024-12", 13).scale[0, 12] == pytest.approx(1.5)


def test_the_middle_of_several_scenarios_unless_one_is_named() -> None:
    facts = Tables(
        *(rate("wind", 2024, 2030, g, "2024-01", name) for g, name in ((0.3, "a"), (0.1, "b"), (0.2, "c")))
    )
    assert growth_path(facts, world(MAGNET), "2024-12", 13).scale[0, 12] == pytest.approx(1.2)
    assert growth_path(facts, world(MAGNET), "2024-12", 13, scenario="a").scale[0, 12] == pytest.approx(1.3)


def test_merged_sectors_grow_by_the_mean_of_theirs() -> None:
    facts = Tables(rate("glass", 2024, 2030, 0.1, "2024-01"), rate("ceramics", 2024, 2030, 0.3, "2024-01"))
    row = demand("Ce_oxide", "other", "merged: ceramics, glass")
    assert growth_path(facts, world(row), "2024-12", 13).scale[0, 12] == pytest.approx(1.2)


def test_the_rate_of_each_calendar_year_applies() -> None:
    facts = Tables(rate("wind", 2025, 2026, 0.0, "2024-01"), rate("wind", 2026, 2027, 0.21, "2024-01"))
    path = growth_path(facts, world(MAGNET), "2024-12", 25)
    assert path.scale[0, 12] == pytest.approx(1.0)
    assert path.scale[0, 24] == pytest.approx(1.21)


def test_before_the_world_there_is_no_path() -> None:
    with pytest.raises(ValueError, match="later"):
        growth_path(Tables(), world(MAGNET), "2024-11", 3)


def test_without_growth_every_month_is_the_base_month() -> None:
    path = neutral_path(world(MAGNET, OXIDE), 3)
    assert np.array_equal(path.scale, np.ones((2, 3)))
    assert path.low is path.scale
