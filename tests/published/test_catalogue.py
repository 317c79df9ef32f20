"""The catalogue of published problems against the folders that hold them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from published.answers import WORLDS
from xenotime.world.checks import read_checked

HERE = Path(__file__).parent
FOLDERS = sorted(path.name for path in WORLDS.iterdir())


def test_catalogue_names_every_folder_and_no_other() -> None:
    listed = re.findall(
        r"^\| `([a-z_0-9]+)` \|", (HERE / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert sorted(listed) == FOLDERS


def test_every_folder_is_solved_by_a_test() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in HERE.glob("test_*_*.py"))
    assert [name for name in FOLDERS if f'"{name}"' not in tests] == []


@pytest.mark.parametrize("name", FOLDERS)
def test_every_folder_is_a_world_without_problems(name: str) -> None:
    assert read_checked(WORLDS / name).demand
