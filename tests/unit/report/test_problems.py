"""The table of problems on the terminal."""

from __future__ import annotations

import io

from rich.console import Console

from xenotime.errors import InputProblems, Problem
from xenotime.report.problems import SHOWN, choose_shown, more_line, print_problems, summary_line


def problem(code: str = "bad-number", row: int | None = 7, found: str = "'x'") -> Problem:
    return Problem(code, "lanes.csv", row, "cost", found, "a number", "write digits")


def printed(problems: list[Problem], width: int = 160) -> str:
    out = io.StringIO()
    print_problems(InputProblems(problems), Console(file=out, width=width))
    return out.getvalue()


def test_every_part_of_a_problem_is_printed() -> None:
    text = printed([problem()])
    for part in ("file", "what to do", "lanes.csv", "7", "cost", "'x'", "a number", "write digits"):
        assert part in text
    assert "1 problem: 1 bad-number" in text


def test_brackets_in_cells_are_not_taken_for_markup() -> None:
    assert "'[bold]x[/nothing]'" in printed([problem(found="'[bold]x[/nothing]'")])


def test_a_narrow_terminal_loses_nothing() -> None:
    text = printed([problem(found="'" + "x" * 90 + "'")], width=60)
    assert text.count("x") >= 90


def test_no_code_is_crowded_out() -> None:
    many = [problem(row=row) for row in range(1, 3 * SHOWN)] + [problem("bad-flag", None)]
    shown = choose_shown(many)
    assert len(shown) == SHOWN
    assert shown[-1].code == "bad-flag"
    assert [p.row for p in shown[:-1]] == list(range(1, SHOWN))
    assert f"({2 * SHOWN} not shown)" in summary_line(many, len(shown))


def test_few_problems_are_all_shown_in_their_order() -> None:
    few = [problem(row=3), problem("bad-flag", 2), problem(row=1)]
    assert choose_shown(few) == tuple(few)
    assert summary_line(few, 3) == "3 problems: 2 bad-number, 1 bad-flag"


def test_one_last_line_names_the_commonest_codes_for_more() -> None:
    mixed = [
        problem("ragged-row"),
        *[problem(row=row) for row in (1, 2)],
        problem("bad-flag"),
        problem("bad-month"),
    ]
    assert more_line(mixed) == "more: xenotime trouble bad-number ragged-row bad-flag"
    assert printed(mixed).rstrip().endswith(more_line(mixed))
