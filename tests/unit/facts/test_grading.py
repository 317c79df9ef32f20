"""How good a figure is."""

from __future__ import annotations

import pytest

from xenotime.facts.column import GRADES
from xenotime.facts.grading import DEFAULT_RANGE, MEANING, default_range, worst


def test_something_derived_carries_the_worst_grade() -> None:
    assert worst("ABA") == "B"
    assert worst(["D", "A"]) == "D"
    assert worst([]) == "D"


def test_what_is_not_a_grade_is_refused() -> None:
    with pytest.raises(ValueError, match="'E' is not a grade; use one of A, B, C, D"):
        worst(["A", "E"])


def test_a_range_is_wider_the_worse_the_grade() -> None:
    assert default_range(100, "A") == (95, 105)
    assert default_range(-10, "D") == (-14, -6)
    assert default_range(0.9, "C", share=True) == (pytest.approx(0.72), 1.0)
    assert [DEFAULT_RANGE[grade] for grade in GRADES] == sorted(DEFAULT_RANGE.values())
    assert set(MEANING) == set(GRADES)
