"""Worlds written and read back; fingerprints and differences."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.errors import InputProblems
from xenotime.world.checks import check_world, read_checked
from xenotime.world.fingerprint import Difference, difference, fingerprint
from xenotime.world.read import read_world
from xenotime.world.tables import Control, Demand, Lane, Material, Region, Stock
from xenotime.world.template import init_world
from xenotime.world.world import World
from xenotime.world.write import write_world

NAME = st.text(st.sampled_from("abcXYZ019_-é中 ,\"'"), min_size=1, max_size=6).filter(
    lambda text: text == text.strip()
)
REMARK = st.text(st.sampled_from("ab ,\"'\n\r\té;"), max_size=8).filter(lambda text: not text or text.strip())
NUMBER = st.floats(min_value=0, max_value=1e30)
PLACES = st.lists(NAME, min_size=2, max_size=4, unique=True)


@st.composite
def small_worlds(draw: st.DrawFn) -> World:
    places, material = draw(PLACES), draw(NAME)
    lanes = tuple(
        Lane(
            material=material,
            origin=places[0],
            destination=place,
            cost=draw(st.floats(allow_nan=False, allow_infinity=False)),
            limit=draw(st.none() | NUMBER),
            note=draw(REMARK),
        )
        for place in places[1:]
    )
    return World(
        regions=tuple(Region(region=place, name=draw(REMARK)) for place in places),
        materials=(Material(material=material, disposable=draw(st.booleans()), disposal_cost=draw(NUMBER)),),
        lanes=lanes,
        demand=(Demand(material=material, region=places[1], form="fixed", quantity=draw(NUMBER)),),
        stocks=(Stock(material=material, region=places[0], opening=draw(NUMBER)),),
        controls=(Control(control="c", instrument="ban", in_force=draw(st.sampled_from(["", "2025-04"]))),),
    )


@pytest.fixture
def starter(tmp_path: Path) -> World:
    init_world(tmp_path / "starter")
    return read_checked(tmp_path / "starter")


@given(world=small_worlds())
def test_what_is_written_reads_back_the_same(world: World) -> None:
    with TemporaryDirectory() as place:
        again = read_world(write_world(world, Path(place) / world.name))
    assert again == world
    assert difference(world, again) == ()
    assert fingerprint(world) == fingerprint(again)


def test_only_used_tables_and_columns_are_written(tmp_path: Path) -> None:
    folder = write_world(
        World(lanes=(Lane(material="x", origin="A", destination="B", cost=0.1),)), tmp_path / "w"
    )
    assert [file.name for file in folder.iterdir()] == ["lanes.csv"]
    assert (folder / "lanes.csv").read_text(
        encoding="utf-8"
    ) == "material,origin,destination,cost\nx,A,B,0.1\n"


def test_a_failed_write_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, starter: World
) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("xenotime.world.write._write_table", full)
    before = sorted(file.name for file in tmp_path.iterdir())
    with pytest.raises(OSError, match="no space"):
        write_world(starter, tmp_path / "new")
    assert sorted(file.name for file in tmp_path.iterdir()) == before


def test_a_file_in_the_way_is_left_alone(tmp_path: Path, starter: World) -> None:
    (tmp_path / "here").write_text("mine", encoding="utf-8")
    with pytest.raises(InputProblems, match="nothing is ever written over"):
        write_world(starter, tmp_path / "here")
    assert (tmp_path / "here").read_text(encoding="utf-8") == "mine"


def test_an_empty_folder_may_be_filled(tmp_path: Path, starter: World) -> None:
    (tmp_path / "empty").mkdir()
    assert read_world(write_world(starter, tmp_path / "empty")).lanes == starter.lanes


def test_a_number_no_one_can_read_is_not_written(tmp_path: Path) -> None:
    lane = Lane(material="x", origin="A", destination="B", cost=float("inf"))
    with pytest.raises(InputProblems, match="finite") as caught:
        write_world(World(lanes=(lane,)), tmp_path / "w")
    assert caught.value.problems[0].code == "cannot-write"
    assert not (tmp_path / "w").exists()


def test_order_and_name_do_not_change_the_fingerprint(starter: World) -> None:
    shuffled = random.Random(5).sample(starter.facilities, len(starter.facilities))  # noqa: S311
    other = replace(starter, name="other", date="2024-12").with_tables(facilities=tuple(shuffled))
    assert other.facilities != starter.facilities
    assert fingerprint(other) == fingerprint(starter)
    assert difference(starter, other) == ()


def test_any_cell_changes_the_fingerprint_and_is_named(starter: World) -> None:
    first, *rest = starter.lanes
    dearer = starter.with_tables(lanes=(replace(first, cost=first.cost + 1e-9), *rest))
    assert fingerprint(dearer) != fingerprint(starter)
    key = "lumenite_concentrate / NOR / SUD"
    assert difference(starter, dearer) == (Difference("lanes", key, "cost", "40.0", "40.000000001"),)


def test_rows_that_come_and_go_are_named(starter: World) -> None:
    fewer = starter.with_tables(stocks=())
    (gone,) = difference(starter, fewer)
    (come,) = difference(fewer, starter)
    assert (gone.table, gone.key, gone.after) == (
        "stocks",
        "lumen_metal / SUD / market / (blank) / (blank)",
        "(no such row)",
    )
    assert gone.before == "opening 200.0, holding_cost 8.0"
    assert (come.before, come.after) == (gone.after, gone.before)


def test_the_starter_is_a_sound_world_that_uses_units(starter: World) -> None:
    assert check_world(starter) == ()
    capacity = {row.facility: row.capacity for row in starter.facilities}
    assert capacity == {"north_mine": 2000, "south_mine": 500, "north_smelter": 400, "south_smelter": 150}
    assert [row.quantity for row in starter.demand] == [125, 200, 10]


def test_the_starter_explains_itself(tmp_path: Path) -> None:
    files = init_world(tmp_path / "mine")
    readme = (tmp_path / "mine" / "README.md").read_text(encoding="utf-8")
    for file in files:
        assert file.is_file()
        assert file.suffix == ".md" or f"| {file.stem} |" in readme


def test_the_readme_of_the_starter_gives_a_control_that_is_read(tmp_path: Path) -> None:
    init_world(tmp_path / "mine")
    readme = (tmp_path / "mine" / "README.md").read_text(encoding="utf-8")
    lines = [
        line.strip()
        for line in readme.splitlines()
        if line.startswith("    ") and "," in line and ":" not in line
    ]
    (tmp_path / "mine" / "controls.csv").write_text("\n".join(lines[-2:]) + "\n", encoding="utf-8")
    (control,) = read_checked(tmp_path / "mine").controls
    assert (control.instrument, control.value) == ("quota", 20)


def test_the_starter_is_not_written_over_anything(tmp_path: Path) -> None:
    init_world(tmp_path / "mine")
    with pytest.raises(InputProblems):
        init_world(tmp_path / "mine")
