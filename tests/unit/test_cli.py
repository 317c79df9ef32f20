"""The command line on small worlds: what it prints, what it writes, and how it exits."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from small_worlds import trade
from unit.run_worlds import CALM, write_inputs
from xenotime.cli import app, guarded
from xenotime.errors import InternalFault, NoAnswer, one_problem
from xenotime.world.tables import Demand
from xenotime.world.write import write_world


def call(*words: str) -> int:
    return guarded(lambda: app(list(words), standalone_mode=False))


@pytest.fixture
def inputs(tmp_path: Path) -> tuple[str, str]:
    world, case = write_inputs(tmp_path, CALM)
    return str(world), str(case)


def test_solve_prints_prices(inputs: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert call("solve", inputs[0]) == 0
    out = capsys.readouterr()
    assert "heavy" in out.out
    assert out.err == ""


def test_json_on_stdout_is_json_and_nothing_else(
    inputs: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("solve", inputs[0], "--json", "-") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["kind"] == "solve"
    assert {"prices", "flows", "objective", "checks"} <= set(document["data"])
    assert "static clearing stores nothing" in document["warnings"][0]


def test_a_run_is_kept_explained_and_compared(
    inputs: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world, case = inputs
    out, other, report = tmp_path / "one", tmp_path / "two", tmp_path / "report.html"
    assert (
        call("run", case, "--world", world, "--months", "2", "--out", str(out), "--report", str(report)) == 0
    )
    assert "Heavy oxide" in capsys.readouterr().out
    assert report.read_text("utf-8").startswith("<!")
    cell = ("--material", "heavy", "--region", "B", "--month", "2025-02")
    assert call("explain", str(out), *cell) == 0
    assert "heavy in B" in capsys.readouterr().out
    assert call("explain", str(out), *cell, "--json", "-") == 0
    told = json.loads(capsys.readouterr().out)["data"]
    assert sum(term["amount"] for term in told["leaves"]) == pytest.approx(told["price"], rel=1e-6)
    assert call("run", case, "--world", world, "--months", "3", "--json", str(other)) == 0
    capsys.readouterr()
    assert call("compare", str(out), str(other), "--json", "-") == 0
    difference = json.loads(capsys.readouterr().out)["data"]
    assert {"what": "months", "values": ["2", "3"]} in difference["inputs"]
    assert not [
        row for row in difference["inputs"] if row["what"].startswith(("case.", "behaviour.", "world"))
    ]
    assert call("compare", str(out), str(out)) == 0
    assert "the two runs are the same" in capsys.readouterr().out


def test_the_cases_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("cases") == 0
    assert "april-2025" in capsys.readouterr().out


def test_a_world_to_start_from_is_written_checked_and_solved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tmp_path / "mine")
    assert call("world", "init", folder) == 0
    assert call("world", "check", folder) == 0
    assert call("solve", folder) == 0
    assert capsys.readouterr().err == ""


def test_other_years_are_predicted_and_scored_on_demand(capsys: pytest.CaptureFixture[str]) -> None:
    """With the costs of 2024 frozen, 2022 and 2023 are nearer than no change in every stage."""
    assert call("world", "check", "--hindcast", "--notes") == 0
    out = capsys.readouterr().out
    assert "nobody can use anything it makes" in out  # the notes
    rows = [line.split() for line in out.splitlines() if line[:4] in ("2022", "2023")]
    scores = {(row[0], row[1]): float(row[-1]) for row in rows if row[2].isdigit()}
    assert len(scores) == 8
    assert all(0 < skill < 1 for skill in scores.values())


def test_doctor_finds_the_engines_and_they_agree(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("doctor") == 0
    out = capsys.readouterr().out
    assert "engines agree" in out
    for name in ("interior", "piqp", "highs", "clarabel"):
        assert f"engine {name}: solved and verified" in out


def test_bad_input_exits_with_two_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out.json"
    assert call("solve", str(tmp_path / "nowhere"), "--json", str(target)) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "nowhere" in said.err
    assert list(tmp_path.iterdir()) == []


def test_a_fault_of_ours_exits_with_three(capsys: pytest.CaptureFixture[str]) -> None:
    def broken() -> None:
        raise KeyError("nobody thought of this")

    assert guarded(broken) == 3
    assert "please report" in capsys.readouterr().err


def test_an_unknown_engine_exits_with_two_before_anything_is_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("run", "april-2025", "--engine", "gurobi") == 2
    assert "gurobi" in capsys.readouterr().err


@pytest.mark.parametrize("months", ["0", "-3", "two"])
def test_a_run_is_at_least_a_month_long(months: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("run", "april-2025", "--months", months) == 2
    assert "months" in capsys.readouterr().err


def test_an_unknown_option_exits_with_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("solve", "--nonsense") == 2
    assert "nonsense" in capsys.readouterr().err


def test_no_answer_exits_with_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    must = Demand(material="ore", region="B", form="fixed", quantity=500.0)
    folder = write_world(
        trade(limit=10.0).with_tables(demand=(must,), supply=trade().supply[:1]), tmp_path / "w"
    )
    assert call("solve", str(folder)) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "no valid answer" in said.err
    assert "ore in B" in said.err


def raising(error: Exception) -> int:
    def action() -> None:
        raise error

    return guarded(action)


def test_each_kind_of_failure_has_its_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert raising(NoAnswer("a", "b", "c", "d")) == 1
    assert raising(one_problem("unknown-name", "x.csv", "a", "b", "c")) == 2
    assert raising(InternalFault("bug")) == 3
    assert "a fault of xenotime: bug" in capsys.readouterr().err
    assert raising(BrokenPipeError()) == 0
    assert raising(ZeroDivisionError()) == 3


def test_a_place_that_cannot_be_written_is_said(
    inputs: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("x")
    assert call("solve", inputs[0], "--json", str(tmp_path / "file" / "out.json")) == 2
    assert "give another path" in capsys.readouterr().err.replace("\n", " ")


def test_a_run_that_cannot_be_kept_is_said(
    inputs: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world, case = inputs
    (tmp_path / "file").write_text("x")
    assert call("run", case, "--world", world, "--months", "1", "--out", str(tmp_path / "file" / "out")) == 2
    assert capsys.readouterr().err


def test_the_command_starts_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "xenotime.cli", "cases"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "april-2025" in done.stdout
