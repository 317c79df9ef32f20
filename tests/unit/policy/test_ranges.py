"""Numbers of a control that are known within a range: read, checked, replaced and drawn."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from unit.dynamics.dynamic_worlds import floating
from xenotime.ensembles.draws import control_draw
from xenotime.errors import InputProblems
from xenotime.policy.case import load_case
from xenotime.policy.control_rows import Range
from xenotime.policy.package import Package, read_package

CASE = """title = "A queue"
question = "How fast?"

[[control]]
control = "queue"
instrument = "licence"
materials = ["light"]
origin = "A"
announced = "2025-02"
in_force = "2025-02"
statutory_days = 45
approval_odds = 0.8
service_rate = 0.65
"""
KNOWN = (Range("queue", "approval_odds", 0.8, 0.4, 1.0), Range("queue", "service_rate", 0.65, 0.3, 1.5))


def package(tmp_path: Path, more: str) -> Package:
    file = tmp_path / "mine.toml"
    file.write_text(CASE + more, "utf-8")
    return read_package(load_case(file), floating())


def test_ranges_are_read_and_a_run_takes_the_middle(tmp_path: Path) -> None:
    found = package(tmp_path, "range = { approval_odds = [0.4, 1.0], service_rate = [0.3, 1.5] }")
    assert found.ranges == KNOWN
    assert {(row.approval_odds, row.service_rate) for row in found.controls} == {(0.8, 0.65)}
    assert found == package(tmp_path, "")  # the same run


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("range = { approval_odds = [0.9, 1.0] }", "queue.range.approval_odds"),
        ("range = { service_rate = [1.5, 0.3] }", "queue.range.service_rate"),
        ("range = { leak_share = [0.1, 0.3] }", "queue.range.leak_share"),
        ("range = { order_ceiling = [1.2, 4.0] }", "queue.range.order_ceiling"),
        ("range = { approval_ods = [0.4, 1.0] }", "approval_ods"),
    ],
)
def test_a_range_that_does_not_hold_its_value_is_told(tmp_path: Path, text: str, place: str) -> None:
    with pytest.raises(InputProblems) as caught:
        package(tmp_path, text)
    (problem,) = caught.value.problems
    assert place in problem.column
    assert problem.code == ("unknown-key" if place == "approval_ods" else "bad-range")
    assert problem.found
    assert problem.remedy


def test_numbers_are_replaced_in_every_row_of_their_control_and_nowhere_else(tmp_path: Path) -> None:
    before = package(tmp_path, "")
    after = before.with_numbers({"queue.approval_odds": 0.5, "other.approval_odds": 0.1})
    assert {(row.approval_odds, row.service_rate) for row in after.controls} == {(0.5, 0.65)}


def test_draws_stay_in_their_range_with_half_on_each_side() -> None:
    draws = [control_draw(KNOWN, 5, number) for number in range(200)]
    for item in KNOWN:
        values = np.array([draw[f"{item.control}.{item.name}"] for draw in draws])
        assert item.low <= values.min()
        assert values.max() <= item.high
        assert np.median(values) == pytest.approx(item.value, rel=0.03)


def test_one_office_decides_alike_on_two_controls() -> None:
    two = (*KNOWN, Range("later", "service_rate", 0.65, 0.3, 1.5))
    draw = control_draw(two, 5, 3)
    assert draw["later.service_rate"] == draw["queue.service_rate"]
    assert control_draw((), 5, 3) == {}
