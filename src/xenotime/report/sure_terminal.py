"""The terminal summary of an ensemble: headline numbers with their bands, and what makes them wide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from xenotime.report.sure import (
    answer_sentences,
    coverage_sentence,
    draws_sentence,
    drivers,
    headline_table,
    next_rows,
)


def print_bands(document: dict[str, Any], console: Console, brief: bool = False) -> None:
    """Print what an ensemble says; text from data is never read as markup.

    brief : without the title and question, as the end of the summary of a run
    """
    data = document["data"]
    if not brief:
        console.print(Text(data["case"]["title"], style="bold"))
        console.print(Text(data["case"]["question"], style="italic"))
    console.print()
    console.print(Text(draws_sentence(data)))
    for sentence in answer_sentences(data):
        topic, _, rest = sentence.partition(": ")
        console.print(Text.assemble((f"{topic}: ", "bold"), rest))
    console.print()
    _table(
        console,
        "How sure",
        ("what", "over the draws", "explained", "assumed"),
        headline_table(data),
        numbers=(2, 3),
    )
    _table(
        console,
        "The five numbers that matter most",
        ("number", "range", "share of the spread", "grade", "source"),
        drivers(data),
    )
    _table(
        console,
        "Check next: what knowing it would take off the spread, on the mean of the numbers above",
        ("fact", "share", "range", "grade", "source"),
        next_rows(data),
        numbers=(1,),
    )
    console.print(Text(coverage_sentence(data), style="dim"))
    for warning in document["warnings"]:
        console.print(Text(f"Warning: {warning}", style="yellow"))


def _table(
    console: Console,
    title: str,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    numbers: Sequence[int] = (),
) -> None:
    if not rows:
        console.print(Text(f"{title}: nothing; the draws are too few or too alike to tell.", style="dim"))
        console.print()
        return
    laid = Table(title=Text(title, style="bold"), title_justify="left", box=None, pad_edge=False)
    for place, name in enumerate(header):
        laid.add_column(
            Text(name, style="dim"), justify="right" if place in numbers else "left", overflow="fold"
        )
    for row in rows:
        laid.add_row(*(Text(cell) for cell in row))
    console.print(laid)
    console.print()
