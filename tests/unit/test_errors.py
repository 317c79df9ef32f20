"""What can go wrong has four parts and an exit code of its own."""

from __future__ import annotations

import pytest

from xenotime.errors import InputProblems, InternalFault, NoAnswer, Problem, XenotimeError, one_problem

PROBLEM = Problem("unknown-name", "lanes.csv", 7, "origin", "'Chna'", "a region", "did you mean China?")


def test_a_problem_reads_as_one_line() -> None:
    assert str(PROBLEM) == "lanes.csv:7 [origin]: found 'Chna'; expected a region; did you mean China?"


def test_a_problem_without_a_place_in_its_file_says_the_file() -> None:
    assert str(Problem("no-tables", "w", None, "", "nothing", "tables", "write some")) == (
        "w: found nothing; expected tables; write some"
    )


def test_all_problems_are_carried_one_a_line() -> None:
    error = InputProblems(iter([PROBLEM, PROBLEM]))
    assert error.problems == (PROBLEM, PROBLEM)
    assert str(error).splitlines() == [str(PROBLEM)] * 2


def test_one_problem_is_a_list_of_one() -> None:
    error = one_problem(
        "unknown-name", "lanes.csv", "'Chna'", "a region", "did you mean China?", row=7, column="origin"
    )
    assert error.problems == (PROBLEM,)


def test_no_answer_has_four_parts() -> None:
    error = NoAnswer("May", "no way", "a way", "build one")
    assert (error.where, error.found, error.expected, error.remedy) == ("May", "no way", "a way", "build one")
    assert str(error) == "May: found no way; expected a way; build one"


@pytest.mark.parametrize(
    ("error", "code"),
    [(InputProblems([PROBLEM]), 2), (NoAnswer("a", "b", "c", "d"), 1), (InternalFault("x"), 3)],
)
def test_each_kind_has_its_exit_code(error: XenotimeError, code: int) -> None:
    assert isinstance(error, XenotimeError)
    assert error.exit_code == code
