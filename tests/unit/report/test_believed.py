"""A run tells what was believed, what was left out, and what it did to the spread of prices."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from small_worlds import EXACT
from unit.dynamics.doubt import believe, fear, path
from unit.dynamics.dynamic_worlds import BAN, START, floating
from unit.run_worlds import CASE, case_of
from xenotime.dynamics.foresight import Splitting
from xenotime.report.believed import belief_rows, belief_warnings, volatility_rows
from xenotime.runs import Run, explain_cell, load_run, run_case, save_run

DOUBT = """
[[belief]]
controls = ["ban"]
assumed = "Invented."

[[belief.path]]
month = "2025-02"
begins = "2025-04"
probability = { open = 0.75, closed = 0.25 }

[[belief.path]]
month = "2025-04"
probability = { closed = 1.0 }
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run_case(floating(), case_of(tmp_path_factory.mktemp("doubt"), CASE + DOUBT))


def test_the_document_tells_beliefs_month_by_month(run: Run) -> None:
    rows = run.document()["data"]["beliefs"]
    assert [(r["month"], r["control"], r["regime"], r["probability"]) for r in rows] == [
        ("2025-02", "ban", "open", 0.75),
        ("2025-02", "ban", "closed", 0.25),
        ("2025-03", "ban", "open", 0.75),
        ("2025-03", "ban", "closed", 0.25),
        ("2025-04", "ban", "closed", 1.0),
        ("2025-05", "ban", "closed", 1.0),
    ]
    assert {row["note"] for row in rows} == {"Invented."}


def test_the_document_tells_volatility_while_there_is_doubt(run: Run) -> None:
    rows = run.document()["data"]["volatility"]
    assert {row["month"] for row in rows} == {"2025-02", "2025-03"}
    assert {"month", "material", "region", "value", "unit"} == set(rows[0])
    heavy = [row["value"] for row in rows if (row["material"], row["region"]) == ("heavy", "B")]
    assert len(heavy) == 2
    assert min(heavy) > 0.1
    assert run.document()["warnings"] == []


def test_a_run_whose_look_aheads_differ_in_size_is_kept_and_told_again(run: Run, tmp_path: Path) -> None:
    sizes = {len(month.point.x) for month in run.trajectory.months}
    assert len(sizes) == 2
    folder = save_run(run, tmp_path / "kept", "floating")
    _, loaded = load_run(folder, lambda _: floating())
    for mine, theirs in zip(loaded.months, run.trajectory.months, strict=True):
        assert mine.point.x.tobytes() == theirs.point.x.tobytes()
        assert mine.point.m.tobytes() == theirs.point.m.tobytes()
    for position, month in enumerate(loaded.labels()):
        told = explain_cell(loaded.clearing(position), "heavy", "B")
        assert told == run.explain("heavy", "B", month)


def test_hazards_are_in_what_is_told(run: Run) -> None:
    item = replace(fear(0.0, begins="2025-03"), hazard=((0, 0, 0.1, 0), *[(0,) * 4] * 3))
    setup = replace(run.trajectory.setup, beliefs=(item,))
    rows = belief_rows(replace(run.trajectory, setup=setup))
    assert [row["probability"] for row in rows[:4]] == pytest.approx([0.81, 0.19, 0.9, 0.1], rel=EXACT)


def test_what_is_left_out_is_said() -> None:
    other = path((START, {"open": 0.6, "closed": 0.4}), control="ban")
    short = Splitting((1, 1), most=3)
    told = believe(1, fear(0.1), other, controls=(replace(BAN, control="feared"), BAN), splitting=short)
    (warning,) = belief_warnings(told)
    assert "the 3 likeliest" in warning
    assert "in 1 months" in warning
    assert "at most 0.04 likely" in warning
    assert np.all([row["value"] > 0 for row in volatility_rows(told)])
