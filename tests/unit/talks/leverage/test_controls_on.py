"""The control leverage is measured by: a ban, a case's own, its dates, and sides that do not fit."""

from __future__ import annotations

import pytest

from small_worlds import trade
from unit.dynamics.dynamic_worlds import BAN, floating
from xenotime.errors import InputProblems
from xenotime.policy.package import Package
from xenotime.talks.leverage.controls_on import as_package, beginning, check_sides, full_ban, split


def codes(fault: pytest.ExceptionInfo[InputProblems]) -> list[str]:
    """Codes of all problems of a fault."""
    return [problem.code for problem in fault.value.problems]


def test_a_ban_holds_back_everything_that_leaves() -> None:
    rows = full_ban(floating(), ("A",), ("B",), only=False)
    assert {row.material for row in rows} == {"light", "heavy"}
    assert {(row.origin, row.destination, row.instrument) for row in rows} == {("A", "", "ban")}
    assert {row.destination for row in full_ban(floating(), ("A",), ("B",), only=True)} == {"B"}


def test_nothing_to_hold_back_is_told() -> None:
    with pytest.raises(InputProblems) as fault:
        full_ban(trade(), ("B",), ("A",), only=False)
    assert codes(fault) == ["nothing-to-hold-back"]


def test_sides_must_be_regions_and_two_of_them() -> None:
    with pytest.raises(InputProblems) as fault:
        check_sides(trade(), ("A", "Z"), ("A",))
    assert codes(fault) == ["unknown-name", "same-side"]
    with pytest.raises(InputProblems) as fault:
        check_sides(trade(), (), ("A",))
    assert codes(fault) == ["missing-value"]


def test_a_control_comes_as_a_surprise_and_for_good() -> None:
    (row,) = beginning((BAN,), "2026-06")
    assert (row.announced, row.in_force, row.until, row.suspended) == ("2026-06", "2026-06", "", "")
    (ended,) = beginning((BAN,), "2026-06", "2026-09")
    assert ended.suspended == "2026-09"


def test_a_case_gives_its_own_control_and_keeps_the_others() -> None:
    from dataclasses import replace

    other = replace(BAN, control="other", origin="B")
    rest, mine = split(Package((BAN, other)), ("A",))
    assert (rest.controls, mine) == ((other,), (BAN,))
    assert [row.control for row in as_package(rest, mine, "2025-01").controls] == ["other", "ban"]
