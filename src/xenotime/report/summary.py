"""The terminal summary of a run: the answer in words, then the largest effects as small tables."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from xenotime.report.answer import answer
from xenotime.report.effects import EffectTable, effect_tables
from xenotime.report.findings import find

ROWS = 6  # rows per table; five tables then fit two screens


def print_summary(document: dict[str, Any], console: Console) -> None:
    """Print what happened to price and availability, where, when and to whom.

    Parameters
    ----------
    document : a run document
    console : where to print; text from data is never read as markup
    """
    data = document["data"]
    case = data["case"]
    found = find(data)
    console.print(Text(case["title"], style="bold"))
    console.print(Text(case["question"], style="italic"))
    console.print()
    for sentence in answer(data, found):
        topic, _, rest = sentence.partition(": ")
        console.print(Text.assemble((f"{topic}: ", "bold"), rest))
    for table in effect_tables(data, found, most=ROWS):
        console.print()
        console.print(_laid_out(table) if table.rows else Text(table.empty, style="dim"))
    for warning in document["warnings"]:
        console.print(Text(f"Warning: {warning}", style="yellow"))
    console.print()
    console.print(
        Text(
            f"{len(data['months'])} months from {data['months'][0]}; {len(data['sources'])} sources; "
            f"fingerprint {document['fingerprint']}",
            style="dim",
        )
    )


def _laid_out(table: EffectTable) -> Table:
    laid = Table(
        title=Text(table.title, style="bold"),
        title_justify="left",
        box=None,
        pad_edge=False,
        padding=(0, 2, 0, 0),
    )
    for number, name in enumerate(table.header):
        laid.add_column(Text(name, style="dim"), justify="right" if number in table.numbers else "left")
    for row in table.rows:
        laid.add_row(*(Text(cell) for cell in row))
    return laid
