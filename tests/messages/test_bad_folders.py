"""One bad folder for each problem code; each is run, and its message read."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from xenotime.errors import InputProblems, Problem
from xenotime.world.checks import CHECKS, check_world, read_checked
from xenotime.world.problems import CODES
from xenotime.world.sheet import GREATEST_FILE, MOST_ROWS
from xenotime.world.tables import Demand, Lane
from xenotime.world.world import World
from xenotime.world.write import write_world

BAD = Path(__file__).parents[1] / "data" / "bad"
HUGE = 200 * 2**20  # bytes; sparse, so it takes no room on the disk

# Per code, each place the folder is wrong in: file, row, column, a word of what was found, one of the remedy.
Place = tuple[str, int | None, str, str, str]
PLACES: dict[str, tuple[Place, ...]] = {
    "no-tables": (("no-tables", None, "", "no CSV file", "world init"),),
    "not-a-file": (("regions.csv", None, "", "folder", "rename"),),
    "unknown-table": (("lane.csv", None, "", "'lane.csv'", "did you mean 'lanes'?"),),
    "wrong-encoding": (("regions.csv", 3, "", "0xe9", "UTF-8"),),
    "wrong-separator": (("lanes.csv", 1, "", "material;origin", "commas"),),
    "bad-quoting": (("lanes.csv", 2, "", "expected after", "quotes"),),
    "empty-file": (("stocks.csv", 1, "", "no header", "header"),),
    "duplicate-column": (("lanes.csv", 1, "cost", "twice", "keep one"),),
    "unknown-column": (("lanes.csv", 1, "cots", "'cots'", "did you mean 'cost'?"),),
    "missing-column": (("demand.csv", 1, "form", "no such column", "add the column"),),
    "ragged-row": (
        ("lanes.csv", 3, "", "5 cells", "quotes around the cell"),
        ("lanes.csv", 4, "", "3 cells", "needs its comma"),
    ),
    "required-blank": (("lanes.csv", 2, "destination", "blank", "fill the cell"),),
    "bad-number": (
        ("lanes.csv", 2, "cost", "'1,5'", "write 1.5 if"),
        ("lanes.csv", 2, "lag_months", "'one'", "units.csv"),
        ("lanes.csv", 2, "tariff", "'5%'", "0.05"),
    ),
    "not-finite": (
        ("lanes.csv", 2, "cost", "'NaN'", "leave the cell blank"),
        ("lanes.csv", 3, "cost", "'1e999'", "power of ten"),
    ),
    "below-minimum": (("facilities.csv", 2, "capacity", "'-40'", "check the sign"),),
    "above-maximum": (("regions.csv", 2, "lat", "'91'", "check the scale"),),
    "bad-choice": (("demand.csv", 2, "form", "'fixd'", "did you mean 'fixed'?"),),
    "bad-flag": (("materials.csv", 2, "disposable", "'maybe'", "write yes or no"),),
    "bad-month": (("controls.csv", 2, "in_force", "'2025-4'", "2025-04"),),
    "stray-character": (("lanes.csv", 2, "origin", "' ARC'", "type it again"),),
    "duplicate-key": (("lanes.csv", 3, "material", "as in row 2", "keep one"),),
    "unknown-name": (
        ("facilities.csv", 2, "recipe", "'boil'", "recipes.csv"),
        ("lanes.csv", 2, "material", "'slat'", "did you mean 'salt'?"),
        ("stocks.csv", 2, "sector", "'kitchens'", "demand.csv"),
    ),
    "unknown-unit": (("units.csv", 2, "unit", "'USD/kt'", "kilotonne"),),
    "unknown-currency": (("units.csv", 2, "unit", "'EUR/t'", "from EUR to USD"),),
    "wrong-kind-of-unit": (("units.csv", 2, "unit", "'t_metal/month' for row 2", "REO and metal"),),
    "low-above-high": (("lanes.csv", 2, "low", "4 to 2", "exchange"),),
    "start-after-end": (("controls.csv", 2, "until", "2024-11", "in order"),),
    "form-needs": (("demand.csv", 2, "elasticity", "blank", "fill the cell"),),
    "form-excludes": (("demand.csv", 2, "elasticity", "-0.3", "empty the cell"),),
    "form-degenerate": (
        ("demand.csv", 2, "price", "0", "form fixed"),
        ("supply.csv", 2, "elasticity", "0", "form fixed"),
    ),
    "choke-below-price": (("demand.csv", 2, "choke", "8", "raise the choke"),),
    "lane-to-itself": (("lanes.csv", 2, "destination", "'ARC'", "another region"),),
    "control-value": (
        ("controls.csv", 2, "value", "3", "each instrument"),
        ("controls.csv", 3, "value", "blank", "each instrument"),
        ("controls.csv", 4, "value", "1.5", "each instrument"),
    ),
    "project-incomplete": (
        ("facilities.csv", 2, "kind", "a blank cell", "kind and capacity together"),
        ("facilities.csv", 3, "capacity", "a blank cell", "kind and capacity together"),
        ("facilities.csv", 4, "project", "'2030-01'", "leave the columns of projects blank"),
    ),
    "floor-incomplete": (
        ("facilities.csv", 2, "floor_price", "blank", "together"),
        ("facilities.csv", 3, "floor_material", "blank", "together"),
        ("facilities.csv", 4, "floor_material", "'brine'", "recipe makes"),
    ),
    "opening-above-capacity": (("stocks.csv", 2, "opening", "30", "raise the capacity"),),
    "contract-without-quantity": (("contracts.csv", 2, "quantity", "0", "give the quantity"),),
    "facility-disagrees": (("facilities.csv", 3, "capacity", "blank", "the same in all rows"),),
    "min-load-above-capacity": (("facilities.csv", 2, "min_load", "41", "raise the capacity"),),
    "unused-limit": (("limits.csv", 2, "limit_group", "'canal'", "lanes.csv"),),
    "recipe-without-output": (("recipes.csv", 2, "amount", "'boil'", "positive"),),
    "shares-not-summing": (("contents.csv", 3, "share", "sum to 100", "not percent"),),
    "creates-matter": (("recipes.csv", 3, "amount", "0.98 of NaCl", "lower the outputs"),),
    "free-disposal": (("materials.csv", 2, "disposal_cost", "0", "what it costs"),),
}


def provoke(action: Callable[[], object]) -> tuple[Problem, ...]:
    with pytest.raises(InputProblems) as caught:
        action()
    assert caught.value.exit_code == 2
    return caught.value.problems


def provoke_no_folder(scratch: Path) -> tuple[Problem, ...]:
    return provoke(lambda: read_checked(scratch / "nowhere"))


def provoke_huge_file(scratch: Path) -> tuple[Problem, ...]:
    with (scratch / "lanes.csv").open("wb") as stream:
        stream.truncate(HUGE)
    assert HUGE > GREATEST_FILE
    return provoke(lambda: read_checked(scratch))


def provoke_many_rows(scratch: Path) -> tuple[Problem, ...]:
    rows = "".join(f"place{number}\n" for number in range(MOST_ROWS + 1))
    (scratch / "regions.csv").write_text("region\n" + rows, encoding="utf-8")
    return provoke(lambda: read_checked(scratch))


def provoke_full_target(scratch: Path) -> tuple[Problem, ...]:
    (scratch / "diary.txt").write_text("mine", encoding="utf-8")
    found = provoke(
        lambda: write_world(World(lanes=(Lane(material="x", origin="A", destination="B"),)), scratch)
    )
    assert [file.name for file in scratch.iterdir()] == ["diary.txt"]
    return found


def provoke_blank_word(scratch: Path) -> tuple[Problem, ...]:
    nameless = Demand(material="x", region="A", sector="", form="fixed", quantity=1.0)
    found = provoke(lambda: write_world(World(demand=(nameless,)), scratch / "new"))
    assert not (scratch / "new").exists()
    return found


# Faults no folder in the repository can have: too large for it, or not about a folder that is read.
MADE: dict[str, tuple[Callable[[Path], tuple[Problem, ...]], str, str, str]] = {
    "no-folder": (provoke_no_folder, "nowhere", "nothing of that name", "world init"),
    "file-too-large": (provoke_huge_file, "lanes.csv", "200 MB", "only the rows and columns"),
    "too-many-rows": (provoke_many_rows, "regions.csv", "200000 rows", "aggregate"),
    "not-empty": (provoke_full_target, "", "something in it", "another folder"),
    "cannot-write": (provoke_blank_word, "demand.csv", "''", "change the value"),
}


def assert_is_useful(problem: Problem) -> None:
    for part in (problem.found, problem.expected, problem.remedy):
        assert part.strip()
        assert "None" not in part
        assert not re.search(r"[{}<>]|0x7f|object at", part.replace("0xe9", ""))
    assert problem.remedy not in (problem.found, problem.expected)
    assert str(problem).startswith(problem.file)


@pytest.mark.parametrize("code", PLACES)
def test_a_bad_folder_is_told_in_full(code: str) -> None:
    problems = provoke(lambda: read_checked(BAD / code))
    found = [(problem.code, Path(problem.file).name, problem.row, problem.column) for problem in problems]
    assert found == [(code, file, row, column) for file, row, column, _, _ in PLACES[code]]
    for problem, (*_, word, way_out) in zip(problems, PLACES[code], strict=True):
        assert word in problem.found
        assert way_out in problem.remedy
        assert_is_useful(problem)


@pytest.mark.parametrize("code", MADE)
def test_a_bad_input_made_here_is_told_in_full(code: str, tmp_path: Path) -> None:
    make, file, word, way_out = MADE[code]
    (problem,) = make(tmp_path)
    assert problem.code == code
    assert problem.file.endswith(file)
    assert word in problem.found
    assert way_out in problem.remedy
    assert_is_useful(problem)


def test_every_code_has_its_bad_input_and_no_folder_is_idle() -> None:
    assert set(PLACES) | set(MADE) == set(CODES)
    assert {folder.name for folder in BAD.iterdir() if folder.name in CODES} == set(PLACES)


def test_every_declared_check_says_what_it_is_about() -> None:
    assert len({check.code for check in CHECKS}) == len(CHECKS)
    for check in CHECKS:
        assert check.meaning
        assert check.reads
        assert check.code in PLACES


def test_all_problems_of_all_tables_come_at_once(tmp_path: Path) -> None:
    expected = set()
    for code in ("bad-number", "unused-limit", "bad-choice", "wrong-encoding", "low-above-high", "bad-flag"):
        for file in (BAD / code).iterdir():
            if not (tmp_path / file.name).exists():
                (tmp_path / file.name).write_bytes(file.read_bytes())
    expected = {"bad-number", "bad-choice", "wrong-encoding", "bad-flag"}
    problems = provoke(lambda: read_checked(tmp_path))
    assert expected <= {problem.code for problem in problems}
    assert len({problem.file for problem in problems}) >= 4


def test_a_check_across_rows_waits_for_the_rows_it_compares(tmp_path: Path) -> None:
    """The limit is unused only because the lane that names it cannot be read: no second problem."""
    lanes = "material,origin,destination,cost,limit_group\nsalt,ARC,BAY,many,canal\n"
    (tmp_path / "lanes.csv").write_text(lanes, encoding="utf-8")
    (tmp_path / "limits.csv").write_text("limit_group,limit\ncanal,20\n", encoding="utf-8")
    assert [problem.code for problem in provoke(lambda: read_checked(tmp_path))] == ["bad-number"]


def test_names_of_a_table_that_cannot_be_read_are_not_missed_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "materials.csv").write_bytes("material\nsalt é\n".encode("latin-1"))
    (tmp_path / "lanes.csv").write_text("material,origin,destination\nsalt,ARC,BAY\n", encoding="utf-8")
    assert [problem.code for problem in provoke(lambda: read_checked(tmp_path))] == ["wrong-encoding"]


def test_a_built_world_is_told_by_record() -> None:
    lane = Lane(material="salt", origin="ARC", destination="BAY", cost=float("nan"), lag_months=-1.0)
    problems = check_world(World(lanes=(lane, lane)))
    assert {problem.code for problem in problems} == {"not-finite", "below-minimum", "duplicate-key"}
    assert all("salt / ARC / BAY" in problem.found for problem in problems)
    assert all(problem.row is None for problem in problems)
