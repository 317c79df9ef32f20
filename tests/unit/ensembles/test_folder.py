"""Where draws are kept: whole or not there, one study a folder, on any file system."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from xenotime.ensembles.folder import MANIFEST, claim, open_folder
from xenotime.errors import InputProblems

ABOUT = {"seed": 1, "case": "ban"}


@pytest.fixture(params=["folder", "memory"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "new" / "study") if request.param == "folder" else f"memory:/{tmp_path}"


def test_files_come_back_and_are_replaced_whole(place: str) -> None:
    folder = open_folder(place)
    assert not folder.has("a")
    folder.write("a", b"one")
    folder.write("a", b"two")
    assert folder.has("a")
    assert folder.read("a") == b"two"


def test_a_folder_is_claimed_once_and_taken_up_again(place: str) -> None:
    claim(open_folder(place), "k", ABOUT)
    before = open_folder(place).read(MANIFEST)
    claim(open_folder(place), "k", ABOUT)
    assert open_folder(place).read(MANIFEST) == before
    assert json.loads(before) == {"key": "k", "about": ABOUT}


def test_another_study_is_refused_and_what_differs_is_said(place: str) -> None:
    claim(open_folder(place), "k", ABOUT)
    with pytest.raises(InputProblems) as told:
        claim(open_folder(place), "other", ABOUT | {"seed": 2})
    (problem,) = told.value.problems
    assert problem.code == "other-study"
    assert problem.file == place
    assert "seed" in problem.found
    assert "case" not in problem.found
    assert problem.remedy


def test_a_folder_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", "utf-8")
    with pytest.raises(InputProblems) as told:
        claim(open_folder(str(tmp_path)), "k", ABOUT)
    assert told.value.problems[0].code == "folder-in-use"
    assert [item.name for item in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("", "utf-8")
    with pytest.raises(InputProblems):
        claim(open_folder(str(file)), "k", ABOUT)


def test_a_draft_that_was_left_behind_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / ".draft-x").write_bytes(b"half")
    claim(open_folder(str(tmp_path)), "k", ABOUT)
    assert open_folder(str(tmp_path)).has(MANIFEST)


def test_an_address_nothing_can_open_is_refused() -> None:
    with pytest.raises(InputProblems) as told:
        open_folder("nowhere://bucket/x")
    assert told.value.problems[0].code == "unknown-store"
