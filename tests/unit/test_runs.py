"""A case beside its baseline: read as arrays, kept in a folder, told again from it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from small_worlds import ACCURACY, price
from unit.dynamics.dynamic_worlds import floating
from unit.run_worlds import CALM, CASE, banned_run, case_of
from xenotime.errors import InputProblems, Problem
from xenotime.runs import Run, explain_cell, load_run, position_of, run_case, save_run
from xenotime.world.world import World


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return banned_run(tmp_path_factory.mktemp("run"))


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    return save_run(run, tmp_path / "kept", "floating")


def find(name: str) -> World:
    assert name == "floating"
    return floating()


def problem(caught: pytest.ExceptionInfo[InputProblems]) -> Problem:
    (found,) = caught.value.problems
    assert found.found
    assert found.expected
    assert found.remedy
    return found


def test_the_baseline_is_the_run_without_the_controls(run: Run) -> None:
    for position in (0, 1):
        assert run.trajectory.clearing(position).price() == pytest.approx(
            run.baseline.clearing(position).price(), rel=ACCURACY
        )
    last = [price(t.clearing(4), "heavy", "B") for t in (run.trajectory, run.baseline)]
    assert last[0] > 2 * last[1]


def test_a_case_without_controls_is_its_own_baseline(tmp_path: Path) -> None:
    calm = run_case(floating(), case_of(tmp_path, CALM), months=1)
    assert calm.baseline is calm.trajectory
    assert len(calm.trajectory.months) == 1


def test_arrays_have_labels_and_units(run: Run) -> None:
    cell = run.price.sel(material="heavy", region="B", month="2025-04")
    assert float(cell) == pytest.approx(price(run.trajectory.clearing(3), "heavy", "B"), rel=ACCURACY)
    assert run.price.dims == ("month", "material", "region")
    assert run.price.attrs["units"] == "USD/unit"
    assert run.flow.dims == ("month", "material", "origin", "destination")
    assert float(run.flow.sel(material="heavy", origin="A", destination="B", month="2025-04")) == 0.0
    assert run.shortfall.dims == ("month", "material", "region", "sector")


def test_a_run_shows_itself_with_its_title_escaped(run: Run) -> None:
    spoiled = replace(run, case=replace(run.case, data=run.case.data.model_copy(update={"title": "<b>&"})))
    assert "&lt;b&gt;&amp;" in spoiled._repr_html_()
    assert "5 months" in spoiled._repr_html_()


def test_a_saved_run_tells_the_same(run: Run, folder: Path) -> None:
    case, loaded = load_run(folder, find)
    assert case == run.case
    assert loaded.labels() == run.trajectory.labels()
    for month, (material, region) in zip(loaded.labels(), [("heavy", "B"), ("light", "A")] * 2, strict=False):
        told = explain_cell(loaded.clearing(position_of(loaded, month)), material, region)
        assert told == run.explain(material, region, month)


def test_saved_bytes_are_the_same_each_time(run: Run, tmp_path: Path) -> None:
    first, second = (save_run(run, tmp_path / name, "floating") for name in ("one", "two"))
    for name in ("run.json", "case.toml", "run.meta.json"):
        assert (first / name).read_bytes() == (second / name).read_bytes()
    with np.load(first / "solutions.npz") as one, np.load(second / "solutions.npz") as two:
        assert set(one.files) == set(two.files)
        assert all(one[name].tobytes() == two[name].tobytes() for name in one.files)


def test_a_saved_run_has_its_document_and_nothing_half_written(run: Run, folder: Path) -> None:
    document = json.loads((folder / "run.json").read_text("utf-8"))
    assert document["kind"] == "run"
    assert document == json.loads(json.dumps(run.document()))
    assert (folder / "case.toml").read_text("utf-8") == CASE
    assert sorted(path.name for path in folder.parent.iterdir()) == ["kept"]


def test_a_run_may_replace_a_run(run: Run, folder: Path) -> None:
    (folder / "stale").write_text("x")
    assert save_run(run, folder, "floating") == folder
    assert not (folder / "stale").exists()


def test_a_folder_that_is_something_else_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(InputProblems) as caught:
        save_run(run, tmp_path, "floating")
    assert problem(caught).code == "folder-in-use"
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_a_place_that_is_a_file_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "thesis").write_text("years of work")
    with pytest.raises(InputProblems) as caught:
        save_run(run, tmp_path / "thesis", "floating")
    assert problem(caught).code in ("folder-in-use", "cannot-write")
    assert (tmp_path / "thesis").read_text() == "years of work"


def test_what_is_not_a_run_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputProblems) as caught:
        load_run(tmp_path, find)
    assert problem(caught).code == "not-a-run"
    assert "run.meta.json" in problem(caught).found
    assert "--out" in problem(caught).remedy


def test_a_run_is_not_told_from_another_world(folder: Path) -> None:
    """Duals of one world on the data of another would explain nothing; the change is said instead."""
    changed = floating()
    dearer = tuple(replace(lane, cost=lane.cost + 1) for lane in changed.lanes)
    with pytest.raises(InputProblems) as caught:
        load_run(folder, lambda name: changed.with_tables(lanes=dearer))
    assert problem(caught).code == "world-changed"
    assert "put the world's tables back" in problem(caught).remedy


@pytest.mark.parametrize(
    ("cell", "column", "nearest"),
    [
        (("hevy", "B", "2025-01"), "material", "heavy"),
        (("heavy", "C", "2025-01"), "region", "B"),
        (("heavy", "B", "2025-13"), "month", "2025-01"),
    ],
)
def test_names_a_run_does_not_have_offer_those_it_has(
    run: Run, cell: tuple[str, str, str], column: str, nearest: str
) -> None:
    with pytest.raises(InputProblems) as caught:
        run.explain(*cell)
    assert problem(caught).code == "unknown-name"
    assert problem(caught).file == column
    assert nearest in problem(caught).remedy


def test_a_market_it_does_not_have_is_a_fault_too(run: Run) -> None:
    with pytest.raises(InputProblems) as caught:
        run.explain("heavy", "B", "2025-01", market="pool")
    assert (problem(caught).code, problem(caught).file) == ("unknown-name", "market")


def test_a_control_the_world_does_not_know_stops_before_any_month(tmp_path: Path) -> None:
    with pytest.raises(InputProblems) as caught:
        run_case(floating(), case_of(tmp_path, CASE.replace('"heavy"', '"hevy"')))
    assert problem(caught).code == "unknown-name"
    assert "heavy" in problem(caught).remedy


def test_the_same_run_gives_the_same_document(run: Run, tmp_path: Path) -> None:
    again = run_case(floating(), case_of(tmp_path))
    assert json.dumps(again.document()) == json.dumps(run.document())


def test_every_determined_price_of_the_run_adds_up(run: Run) -> None:
    count = 0
    for row in run.trajectory.table("prices"):
        if row["determined"]:
            told = run.explain(row["material"], row["region"], row["month"])
            assert sum(term.amount for term in told.leaves) == pytest.approx(row["value"], rel=ACCURACY)
            count += 1
    assert count >= 5 * 4
