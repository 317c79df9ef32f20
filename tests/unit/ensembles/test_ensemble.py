"""An ensemble goes on with what is there, counts what failed, and says what is wrong with a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from unit.ensembles.small_studies import study_of
from xenotime.ensembles.draw_files import to_bytes
from xenotime.ensembles.ensemble import run_ensemble
from xenotime.ensembles.folder import draw_name, open_folder
from xenotime.ensembles.member import failed
from xenotime.ensembles.study import Study, draw, table_of
from xenotime.ensembles.told import failure_rows, headline_values, told
from xenotime.ensembles.workers import one
from xenotime.errors import InputProblems, NoAnswer


def failing(*which: int) -> object:
    """An evaluator in which some draws have no answer."""

    def run(study: Study, numbers: Sequence[int]) -> Iterator[tuple[int, bytes]]:
        table = table_of(study)
        for number in numbers:
            if number in which:
                yield number, to_bytes(failed(draw(study, number, table[number]), "NoAnswer: a month"))
            else:
                yield number, one(study, table, number)

    return run


def test_a_failed_draw_is_a_row_and_in_no_number(tmp_path: Path) -> None:
    folder = open_folder(str(tmp_path / "out"))
    found = run_ensemble(study_of(tmp_path, 3), folder, failing(1))  # type: ignore[arg-type]
    assert failure_rows(found) == [{"draw": 1, "reason": "NoAnswer: a month"}]
    data = told(found)
    assert data["draws"] | {"key": ""} == {
        "asked": 3,
        "answered": 2,
        "failed": 1,
        "design": "sobol",
        "seed": 2026,
        "key": "",
        "look_aheads": [[1, 1, 2]],
    }
    assert all(len(values) == 2 for values in headline_values(found).values())
    assert {row["draws"] for row in data["bands"] if row["outcome"] == "availability"} == {2}


def test_progress_is_told_as_draws_land(tmp_path: Path) -> None:
    said: list[tuple[int, int, str]] = []
    folder = open_folder(str(tmp_path / "out"))
    run_ensemble(study_of(tmp_path, 2), folder, failing(0), lambda *args: said.append(args))  # type: ignore[arg-type]
    assert said == [(0, 2, "0 of 2 draws"), (1, 2, "1 of 2 draws"), (2, 2, "2 of 2 draws")]
    said.clear()
    run_ensemble(study_of(tmp_path, 2), folder, failing(0), lambda *args: said.append(args))  # type: ignore[arg-type]
    assert said == [(2, 2, "2 of 2 draws")]


def test_an_ensemble_without_any_answer_has_none(tmp_path: Path) -> None:
    folder = open_folder(str(tmp_path / "out"))
    with pytest.raises(NoAnswer, match="NoAnswer: a month"):
        run_ensemble(study_of(tmp_path, 2), folder, failing(0, 1))  # type: ignore[arg-type]


def test_a_file_that_is_no_draw_is_said_with_what_to_do(tmp_path: Path) -> None:
    folder = open_folder(str(tmp_path / "out"))
    study = study_of(tmp_path, 2)
    run_ensemble(study, folder, failing(0))  # type: ignore[arg-type]
    folder.write(draw_name(1), b"half a file")
    with pytest.raises(InputProblems) as caught:
        run_ensemble(study, folder)
    (problem,) = caught.value.problems
    assert problem.code == "not-a-draw"
    assert problem.file.endswith("out/draw-000001.parquet")
    assert "delete" in problem.remedy
