"""Leverage on the terminal."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text

from xenotime.report.leverage_words import (
    DRIVER_HEADER,
    PUBLISHED_HEADER,
    driver_rows,
    fact_words,
    half_life_words,
    names,
    published_rows,
    shown_durations,
    stronger_words,
    surface_rows,
)
from xenotime.report.terminal import show_rows

MEASURE_WORDS = {
    "loss": "loss (surplus on tonnes served, and value added of tonnes not served)",
    "surplus": "the same with tonnes not served at their choke price",
    "value_added": "of it, value added of tonnes not served",
    "output": "output that is lost for good (turnover; no part of the loss)",
}


def print_leverage(document: dict[str, Any], console: Console) -> None:
    """Print what a leverage document says; text from data is never read as markup."""
    data = document["data"]
    control = data["control"]
    console.print(
        Text(
            f"Leverage of {names(data, 'by')} over {names(data, 'on')}: {control['instrument']}", style="bold"
        )
    )
    console.print(Text(stronger_words(data)))
    for sentence in half_life_words(data):
        console.print(Text(sentence))
    durations = shown_durations(data)
    for side in ("on", "by"):
        for measure, words in MEASURE_WORDS.items():
            show_rows(
                console,
                f"\n{names(data, side)}, USD: {words}",
                ("control begins", *(f"{d} months" for d in durations)),
                surface_rows(data, side, measure, durations),
            )
    if data["drivers"]:
        show_rows(console, "\nWhat makes it shrink", DRIVER_HEADER, driver_rows(data))
    facts = list(fact_words(data))
    if facts:
        console.print(Text("\nFacts that would change the answer most", style="bold"))
        for sentence in facts:
            console.print(Text(f"  {sentence}"))
    for row in data["ends"]:
        console.print(
            Text(
                f"An end after {row['duration']} months, rolled {row['months_after']} further: "
                f"{names(data, row['side'])} loses {row['rolled']:,.4g} USD, by the path {row['path']:,.4g}."
            )
        )
    for kind, title in (("loss", "Published losses"), ("exposure", "Published exposure: no loss")):
        rows = published_rows(data, kind)
        if rows:
            show_rows(console, f"\n{title} beside ours", PUBLISHED_HEADER, rows)
    for warning in document["warnings"]:
        console.print(Text(f"Warning: {warning}", style="yellow"))
