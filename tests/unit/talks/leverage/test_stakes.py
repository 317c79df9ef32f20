"""Value added and output per tonne: from the facts, the mean of merged sectors, nothing where unknown."""

from __future__ import annotations

import numpy as np
import pytest

from xenotime.facts.load import load_facts
from xenotime.talks.leverage.stakes import for_rows, no_stakes, read_stakes
from xenotime.world.tables import Demand, Material
from xenotime.world.world import World


def use(material: str, sector: str, note: str = "") -> Demand:
    """One use."""
    return Demand(material=material, region="USA", sector=sector, form="fixed", quantity=1.0, note=note)


def test_magnets_and_oxides_have_their_own_figures_and_merged_sectors_their_mean() -> None:
    facts = load_facts()
    world = World(
        materials=(Material(material="NdFeB_H", stage="sintered_magnet"), Material(material="Y_oxide"))
    )
    rows = (
        use("NdFeB_H", "ev_traction"),
        use("Y_oxide", "capacitors"),
        use("NdFeB_H", "other", "merged: ev_traction, auto_other"),
    )
    found = read_stakes(rows, world, facts)

    def figure(sector: str, kind: str, measure: str) -> float:
        (row,) = facts.select("downstream", sector=sector, region="WLD", material_class=kind, measure=measure)
        return float(row.value)

    assert found.value_added[0] == figure("ev_traction", "magnet", "value_added")
    assert found.value_added[1] == figure("capacitors", "oxide", "value_added")
    assert found.output[2] == pytest.approx(
        (figure("ev_traction", "magnet", "output_value") + figure("auto_other", "magnet", "output_value")) / 2
    )
    assert found.sources


def test_a_world_of_ones_own_has_none_and_orders_have_none() -> None:
    blank = no_stakes((use("x", "mill"),))
    assert np.isnan(blank.value_added).all()
    assert blank.unknown == ("mill",)
    assert np.isnan(for_rows(blank, 3).output).tolist() == [True, True, True]
