"""A user's own world: what its rows say is what is drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from small_worlds import trade
from unit.ensembles.small_studies import ranged
from xenotime.ensembles.acting import drawn_world
from xenotime.ensembles.row_numbers import row_numbers
from xenotime.world.fingerprint import difference


def test_rows_with_a_range_are_numbers_and_others_are_not() -> None:
    names = {item.name for item in row_numbers(ranged())}
    assert names == {
        "row/facilities/pit",
        "row/facilities/plant",
        "row/demand/light/B/mill/-",
        "row/demand/heavy/B/mill/-",
        "row/stocks/light/B/market/-/-",
        "row/stocks/heavy/B/market/-/-",
    }
    assert row_numbers(trade()) == ()


def test_a_grade_alone_is_the_range_of_the_grade() -> None:
    world = trade()
    lanes = tuple(replace(lane, grade="C", source="somebody") for lane in world.lanes)
    (item,) = row_numbers(world.with_tables(lanes=lanes))
    assert (item.low, item.value, item.high) == pytest.approx((4.0, 5.0, 6.0))
    assert (item.grade, item.source, item.row) == ("C", "somebody", "lanes: ore, A, B cost")


def test_the_main_figure_of_a_straight_line_is_its_intercept() -> None:
    world = trade()
    supply = tuple(
        replace(row, low=0.9 * (row.intercept or 0), high=1.2 * (row.intercept or 0)) for row in world.supply
    )
    found = row_numbers(world.with_tables(supply=supply))
    assert [act.column for item in found for act in item.acts] == ["intercept", "intercept"]


def test_each_changes_its_own_cells_to_what_was_drawn() -> None:
    world = ranged()
    numbers = row_numbers(world)
    for item in numbers:
        after = drawn_world(world, numbers, {item.name: item.high})
        changed = difference(world, after)
        assert {(found.table, found.column) for found in changed} == {(a.table, a.column) for a in item.acts}
        (main,) = {a for a in item.acts if a.column != "cover_days"}
        assert getattr(getattr(after, main.table)[main.row], main.column) == pytest.approx(item.high)


def test_rows_of_one_facility_are_one_number() -> None:
    world = ranged()
    pit = world.facilities[0]
    world = world.with_tables(facilities=(*world.facilities, replace(pit, recipe="separate")))
    found = [item for item in row_numbers(world) if item.name == "row/facilities/pit"]
    assert [act.row for item in found for act in item.acts] == [0, 2]
