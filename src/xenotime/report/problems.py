"""All problems of an input as one table on the terminal."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from xenotime.errors import InputProblems, Problem

WIDTH_OF_FILES = 200  # columns where no terminal says how wide it is
EXPLAINED = 3  # codes the last line names
SHOWN = 200  # rows of the table; every code is shown before any code is shown often


def choose_shown(problems: Sequence[Problem], most: int = SHOWN) -> tuple[Problem, ...]:
    """At most `most` problems, in their order, taking the codes in turn."""
    if len(problems) <= most:
        return tuple(problems)
    queues: dict[str, deque[int]] = defaultdict(deque)
    for index, problem in enumerate(problems):
        queues[problem.code].append(index)
    chosen: list[int] = []
    while len(chosen) < most:
        for queue in queues.values():
            if queue and len(chosen) < most:
                chosen.append(queue.popleft())
    return tuple(problems[index] for index in sorted(chosen))


def summary_line(problems: Sequence[Problem], shown: int) -> str:
    """``3 problems: 2 unknown-name, 1 bad-number``, and how many are not shown."""
    counts = Counter(problem.code for problem in problems)
    by_code = ", ".join(f"{count} {code}" for code, count in counts.most_common())
    noun = "problem" if len(problems) == 1 else "problems"
    hidden = f" ({len(problems) - shown} not shown)" if shown < len(problems) else ""
    return f"{len(problems)} {noun}{hidden}: {by_code}"


def more_line(problems: Sequence[Problem]) -> str:
    """The command that explains the commonest codes; one line for all problems, so messages stay short."""
    commonest = [code for code, _ in Counter(problem.code for problem in problems).most_common(EXPLAINED)]
    return f"more: xenotime trouble {' '.join(commonest)}"


def problem_table(problems: Sequence[Problem]) -> Table:
    """One row per problem: file, row, column, found, expected, what to do."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, expand=False, pad_edge=False)
    for heading in ("file", "row", "column", "found", "expected", "what to do"):
        table.add_column(
            heading,
            justify="right" if heading == "row" else "left",
            overflow="fold",
            no_wrap=heading == "row",
        )
    for problem in problems:
        row = "" if problem.row is None else str(problem.row)
        cells = (problem.file, row, problem.column, problem.found, problem.expected, problem.remedy)
        table.add_row(*(Text(cell) for cell in cells))  # as Text, so that brackets in cells are no markup
    return table


def print_problems(fault: InputProblems, console: Console | None = None) -> None:
    """Print the table and its summary to stderr (or to `console`)."""
    from rich.console import Console
    from rich.text import Text

    out = console or Console(stderr=True, width=None if sys.stderr.isatty() else WIDTH_OF_FILES)
    shown = choose_shown(fault.problems)
    out.print(problem_table(shown))
    out.print(Text(summary_line(fault.problems, len(shown))))
    out.print(Text(more_line(fault.problems)))
