"""A case changed at a few places is the case with those places changed, and a file again."""

from __future__ import annotations

import pytest

from xenotime.errors import InputProblems
from xenotime.policy.case import case_names, load_case, parse_case
from xenotime.policy.case_edits import edited


@pytest.mark.parametrize("name", case_names())
def test_a_change_of_length_changes_nothing_else(name: str) -> None:
    case = load_case(name)
    made = edited(case, {"months": 5})
    assert made.data == case.data.model_copy(update={"months": 5})
    assert parse_case(made.name, "again.toml", made.text).data == made.data


def test_no_edit_is_the_case_itself() -> None:
    case = load_case("april-2025")
    assert edited(case, {}) is case


def test_entries_are_changed_taken_away_and_left_out() -> None:
    case = load_case("april-2025")
    edits = {"control.1.off": True, "control.0.until": "2025-11", "control.0.announced": None}
    made = edited(case, edits, title="Half of it")
    (control,) = made.data.control
    assert made.data.title == "Half of it"
    assert (control.until, control.announced) == ("2025-11", "")
    assert control.materials == case.data.control[0].materials
    assert edited(case, {"control.1.off": False}).data.control == case.data.control


def test_what_no_case_may_hold_is_told_with_its_place() -> None:
    case = load_case("april-2025")
    with pytest.raises(InputProblems) as caught:
        edited(case, {"control.0.approval_odds": 7.0, "control.1.until": "soon"})
    assert any("approval_odds" in problem.column for problem in caught.value.problems)


@pytest.mark.parametrize("place", ["control.9.until", "lever.0.start", "control.x.until", "nothing.0.key"])
def test_an_entry_the_case_does_not_have_is_told(place: str) -> None:
    with pytest.raises(InputProblems) as caught:
        edited(load_case("april-2025"), {place: "2025-01"})
    (problem,) = caught.value.problems
    assert problem.code == "unknown-entry"
    assert problem.column == place
    assert "control.0 to control.1" in problem.expected
