"""Where goods were made and their elements separated, by the flows of a base month."""

from __future__ import annotations

import numpy as np
import pytest

from small_worlds import joint
from xenotime.exposure.origins import find_origins
from xenotime.market.clearing import clear_static
from xenotime.world.tables import Material


def test_what_is_separated_at_home_keeps_its_country_abroad() -> None:
    world = joint()
    world = world.with_tables(
        materials=tuple(
            Material(
                material=row.material, stage="concentrate" if row.material == "ore" else "separated_oxide"
            )
            for row in world.materials
        )
    )
    found = find_origins(world, clear_static(world, refine=False))
    at = found.countries.index("A")
    for name, element in (("light", "Nd"), ("heavy", "Dy")):
        assert found.made[name, "B"][at] == pytest.approx(1.0)
        assert found.separated[name, "B"][found.elements.index(element), at] == pytest.approx(1.0)


def test_shares_sum_to_one_or_to_nothing_on_the_shipped_world() -> None:
    from xenotime.api import load_world
    from xenotime.company_study import base_month

    world = load_world()
    found = find_origins(world, base_month(world, "2025-01"))
    for place, share in found.made.items():
        assert share.sum() == pytest.approx(1.0) or share.sum() == 0.0, place
        assert np.all(share >= -1e-12)
    sums = np.concatenate([table.sum(axis=1) for table in found.separated.values()])
    assert np.all(np.isclose(sums, 1.0) | (sums == 0.0))
    # what nobody abroad separates in the base year comes from China
    dy = found.separated["NdFeB_SH", "DEU"][found.elements.index("Dy")]
    assert dy[found.countries.index("CHN")] > 0.9
