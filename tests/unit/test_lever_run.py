"""A case with a lever from the file to the document and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from unit.dynamics.dynamic_worlds import floating
from unit.run_worlds import CASE, case_of
from xenotime.dynamics.lever_money import lever_payments
from xenotime.errors import InputProblems
from xenotime.policy.package import read_package
from xenotime.runs import load_run, run_case, save_run

LEVER = """
[[lever]]
lever = "reserve"
kind = "stockpile"
sponsor = "B"
material = "heavy"
region = "B"
start = "2025-01"
quantity = 1.5
price = 100.0
control = "ban"
assumed = "Invented."
"""


def test_a_run_tells_what_was_paid_and_held_and_can_be_taken_up_again(tmp_path: Path) -> None:
    run = run_case(floating(), case_of(tmp_path, CASE + LEVER), months=4)
    data = run.document()["data"]
    assert [row["what"] for row in data["payments"]] == ["purchase", "purchase", "release"]
    assert [round(row["value"], 9) for row in data["government_stocks"]] == [1.5, 3.0, 3.0, 1.5]
    assert data["levers"][0]["lever"] == "reserve"
    assert {row["region"] for row in data["availability"]} == {"B"}
    folder = save_run(run, tmp_path / "kept", "the world")
    _, again = load_run(folder, lambda _: floating())
    assert lever_payments(again) == lever_payments(run.trajectory)


def test_faults_of_controls_and_levers_are_told_together(tmp_path: Path) -> None:
    text = CASE.replace('instrument = "ban"', 'instrument = "bann"') + LEVER.replace('"heavy"', '"havy"')
    with pytest.raises(InputProblems) as caught:
        read_package(case_of(tmp_path, text), floating())
    assert [problem.column for problem in caught.value.problems] == ["ban.instrument", "reserve.material"]
