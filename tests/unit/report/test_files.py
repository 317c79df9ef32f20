"""Files are written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from xenotime.errors import InputProblems
from xenotime.report.files import write_text


def test_a_file_is_written_with_its_folder_and_leaves_no_draft(tmp_path: Path) -> None:
    target = write_text(tmp_path / "new" / "a.txt", "Größe")
    assert target.read_text("utf-8") == "Größe"
    assert [path.name for path in target.parent.iterdir()] == ["a.txt"]
    write_text(target, "again")
    assert target.read_text("utf-8") == "again"


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept")
    with pytest.raises(InputProblems) as caught:
        write_text(tmp_path / "file" / "a.txt", "x")
    (problem,) = caught.value.problems
    assert problem.code == "cannot-write"
    assert problem.file.endswith("a.txt")
    assert problem.found
    assert problem.remedy == "give another path"
    assert (tmp_path / "file").read_text() == "kept"


def test_a_folder_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputProblems) as caught:
        write_text(tmp_path / "folder", "x")
    assert caught.value.problems[0].code == "cannot-write"
    assert [path.name for path in tmp_path.iterdir()] == ["folder"], "no draft is left behind"
