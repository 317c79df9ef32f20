"""Demand that grows as it was expected to."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from unit.dynamics.dynamic_worlds import START, floating
from unit.run_worlds import CALM, case_of
from xenotime.dynamics.growth import grown, no_growth
from xenotime.dynamics.trajectory import prepare, run_months
from xenotime.errors import InputProblems
from xenotime.policy.package import NOTHING
from xenotime.runs import run_case

PATH = np.array([[1.0, 1.1, 1.21], [1.0, 1.0, 1.0]])


def test_months_outside_the_path_are_its_ends() -> None:
    growth = grown("2025-01", PATH, 3)
    assert [growth.at(month)[0] for month in ("2024-06", "2025-02", "2026-01", "")] == [1.0, 1.1, 1.21, 1.21]
    assert growth.at("2025-02")[2] == 1.0  # an order behind the users does not grow


def test_no_growth_is_one() -> None:
    assert no_growth(2).at("2025-07").tolist() == [1.0, 1.0]


def test_users_want_more_and_nothing_is_taken_for_catching_up() -> None:
    world = floating()
    setup = prepare(world, NOTHING, START, growth=PATH)
    run = run_months(world, setup, START, 3)
    scales = [run.clearing(position).program.terms[0].use_scale for position in range(3)]
    assert [scale[0] for scale in scales] == pytest.approx([1.0, 1.1, 1.21])
    used = run.array(lambda clearing: clearing.consumption())
    assert used[2, 0] > 1.1 * used[0, 0]
    assert run.after.backlog.late.sum() == 0.0


def test_a_scenario_nobody_published_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputProblems) as caught:
        run_case(floating(), case_of(tmp_path, 'growth = "explosive"\n' + CALM), months=1)
    (problem,) = caught.value.problems
    assert (problem.code, problem.found) == ("unknown-name", "'explosive'")
