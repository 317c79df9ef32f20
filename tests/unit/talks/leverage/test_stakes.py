"""Value added and output per tonne: from the facts, the mean of merged sectors, nothing where unknown."""

from __future__ import annotations

from dataclasses import replace

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
        date="2024-12",
        materials=(Material(material="NdFeB_H", stage="sintered_magnet"), Material(material="Y_oxide")),
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
    used = {
        row.sector: row.quantity
        for row in facts.rows("magnet_demand")
        if (row.magnet_grade, row.region, row.year) == ("H", "USA", 2024)
    }
    share = used["ev_traction"] / (used["ev_traction"] + used["auto_other"])
    assert 0 < share < 0.5
    assert found.output[2] == pytest.approx(
        share * figure("ev_traction", "magnet", "output_value")
        + (1 - share) * figure("auto_other", "magnet", "output_value")
    )
    assert found.sources


def test_where_a_region_has_no_use_on_record_the_worlds_decides_and_else_all_count_alike() -> None:
    facts = load_facts()
    world = World(
        date="2024-12",
        materials=tuple(Material(material=name, stage="sintered_magnet") for name in ("NdFeB_H", "NdFeB_X")),
    )
    merged = "merged: ev_traction, auto_other"
    rows = tuple(replace(use(name, "other", merged), region="nowhere") for name in ("NdFeB_H", "NdFeB_X"))
    found = read_stakes(rows, world, facts)
    world_used = {
        name: sum(
            row.quantity
            for row in facts.rows("magnet_demand")
            if (row.magnet_grade, row.sector, row.year) == ("H", name, 2024)
        )
        for name in ("ev_traction", "auto_other")
    }
    order = [item.sector for item in found.figures]
    share = dict(zip(order, found.parts[0], strict=True))
    assert share["ev_traction"] == pytest.approx(world_used["ev_traction"] / sum(world_used.values()))
    assert found.parts[1] == pytest.approx([0.5, 0.5])


def test_other_figures_change_what_rows_are_worth_by_their_parts() -> None:
    facts = load_facts()
    world = World(date="2024-12", materials=(Material(material="NdFeB_H", stage="sintered_magnet"),))
    rows = (use("NdFeB_H", "ev_traction"), use("NdFeB_H", "other", "merged: ev_traction, auto_other"))
    found = read_stakes(rows, world, facts)
    values = np.array([item.value for item in found.figures])
    assert found.at(values).value_added == pytest.approx(found.value_added)
    doubled = np.where([item.sector == "ev_traction" for item in found.figures], 2 * values, values)
    more = found.at(doubled).value_added - found.value_added
    share = found.parts[1][[item.sector for item in found.figures].index("ev_traction")]
    assert more == pytest.approx([found.value_added[0], share * found.value_added[0]])


def test_a_world_of_ones_own_has_none_and_orders_have_none() -> None:
    blank = no_stakes((use("x", "mill"),))
    assert np.isnan(blank.value_added).all()
    assert blank.unknown == ("mill",)
    assert np.isnan(for_rows(blank, 3).output).tolist() == [True, True, True]
