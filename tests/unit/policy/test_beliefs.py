"""Belief paths: which step holds, and what is believed of a later month."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from small_worlds import EXACT
from unit.dynamics.dynamic_worlds import floating
from unit.run_worlds import CASE, case_of
from xenotime.policy.beliefs import Belief, BeliefStep, as_row, predicted, step_in, transition
from xenotime.policy.case import load_case
from xenotime.policy.package import read_package
from xenotime.policy.regimes import REGIMES

HAZARD = tuple(
    as_row({"closed": 0.2} if name == "open" else {"open": 0.5} if name == "closed" else {})
    for name in REGIMES
)
TWO = Belief(
    ("a",),
    (
        BeliefStep("2025-03", "", as_row({"open": 0.9, "closed": 0.1})),
        BeliefStep("2025-06", "2026-01", as_row({"open": 1.0})),
    ),
    HAZARD,
)
BELIEF = """
[[belief]]
controls = ["ban"]
hazard = { suspended = { closed = 0.25 } }
assumed = "Invented."
source = "nobody"

[[belief.path]]
month = "2025-02-03"
probability = { suspended = 1.0 }

[[belief.path]]
month = "2025-04"
begins = "2025-06-01"
probability = { suspended = 0.333333, closed = 0.666667 }
"""


def test_a_step_holds_until_the_next() -> None:
    assert step_in(TWO, "2025-02") is None
    assert [step_in(TWO, month) for month in ("2025-03", "2025-05", "2025-06", "2030-01")] == [
        TWO.steps[0],
        TWO.steps[0],
        TWO.steps[1],
        TWO.steps[1],
    ]
    assert predicted(TWO, "2025-02", "2025-09") == {}


def test_chances_to_stay_complete_the_hazards() -> None:
    matrix = transition(TWO)
    assert matrix.sum(axis=1) == pytest.approx(np.ones(len(REGIMES)), rel=EXACT)
    assert (matrix[0, 0], matrix[0, 2], matrix[2, 0], matrix[2, 2], matrix[1, 1]) == (0.8, 0.2, 0.5, 0.5, 1)


@pytest.mark.parametrize(
    ("later", "open_"),
    # open' = 0.8 open + 0.5 closed: 0.9 -> 0.77 -> 0.731
    [("2025-03", 0.9), ("2025-04", 0.77), ("2025-05", 0.731), ("2025-01", 0.9)],
)
def test_a_later_month_is_believed_by_powers_of_the_matrix(later: str, open_: float) -> None:
    assert predicted(TWO, "2025-03", later) == pytest.approx({"open": open_, "closed": 1 - open_}, rel=EXACT)


def test_a_case_states_beliefs(tmp_path: Path) -> None:
    (belief,) = read_package(case_of(tmp_path, CASE + BELIEF), floating()).beliefs
    assert belief.controls == ("ban",)
    assert (belief.note, belief.source) == ("Invented.", "nobody")
    assert [(step.month, step.begins) for step in belief.steps] == [("2025-02", ""), ("2025-04", "2025-06")]
    assert predicted(belief, "2025-02", "2025-03") == pytest.approx(
        {"suspended": 0.75, "closed": 0.25}, rel=EXACT
    )
    assert sum(belief.steps[1].probability) == pytest.approx(1.0, rel=EXACT)


def test_a_case_without_beliefs_has_none(tmp_path: Path) -> None:
    assert read_package(case_of(tmp_path), floating()).beliefs == ()


def test_the_truce_of_busan_is_a_doubt_about_what_never_binds_in_its_run() -> None:
    case = load_case("busan-truce")
    (entry,) = case.data.belief
    (doubted,) = [row for row in case.data.control if row.control in entry.controls]
    first, last = case.data.start, case.data.months
    assert (first, last, doubted.in_force) == ("2025-10", 13, "2026-11-10")  # October 2025 to October 2026
    assert "grade D" in entry.assumed
