"""What commands share: a console, JSON on stdout alone, progress on a terminal, options of one name."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

JsonOption = Annotated[str, typer.Option("--json", help="write JSON to this file, or - for stdout")]
WorldOption = Annotated[
    str, typer.Option("--world", help="a folder of tables instead of the case's shipped world")
]

FactsOption = Annotated[
    str, typer.Option("--facts", help="a folder of your own rows to add to the shipped facts")
]


def say(json_target: str = "") -> Any:
    """A console for people; on stderr when stdout belongs to JSON."""
    from rich.console import Console

    wide = None if sys.stdout.isatty() else 120  # a pipe has no width of its own
    return Console(stderr=json_target == "-", width=wide)


def write_json(target: str, text: str) -> None:
    if target == "-":
        print(text)
    elif target:
        from xenotime.report.files import write_text

        write_text(Path(target), text)


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int, str], None]]:
    """Progress on stderr, and only to a terminal."""
    if not sys.stderr.isatty():
        yield lambda done, total, month: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[month]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task(label, month="")
        yield lambda done, total, month: bar.update(task, completed=done, total=total, month=month)


def periods(text: str) -> tuple[int, ...]:
    """Lengths of look-ahead periods from text such as ``1,2,3``; raises InputProblems for anything else."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isdigit() and int(part) > 0 for part in parts):
        from xenotime.errors import one_problem

        raise one_problem("bad-value", "--look-ahead", repr(text), "months such as 1,1,1,3,3,3", "correct it")
    return tuple(int(part) for part in parts)
