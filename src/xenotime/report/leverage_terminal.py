"""Leverage on the terminal."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text

from xenotime.report.leverage_causes import rise_words
from xenotime.report.leverage_words import (
    DRIVER_HEADER,
    NOT_IN_IT,
    PUBLISHED_HEADER,
    band_words,
    control_words,
    driver_rows,
    driver_words,
    end_words,
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
    title = f"Leverage of {names(data, 'by')} over {names(data, 'on')}: {control_words(data)}"
    console.print(Text(title, style="bold"))
    for sentence in (stronger_words(data), *half_life_words(data), band_words(data), driver_words(data)):
        if sentence:
            console.print(Text(sentence))
    facts = list(fact_words(data))
    if facts:
        console.print(Text(f"\nFacts that would change the answer most, of {data['facts_of']}", style="bold"))
        for sentence in facts:
            console.print(Text(f"  {sentence}"))
    durations = shown_durations(data)
    for side in ("on", "by"):
        for measure, words in MEASURE_WORDS.items():
            console.print(Text(f"\n{names(data, side)}, USD: {words}", style="bold"))
            header = ("control begins", *(f"{d} months" for d in durations))
            show_rows(console, "", header, surface_rows(data, side, measure, durations))
    if data["drivers"]:
        console.print(Text("\nWhat makes it shrink: one mechanism switched off at a time", style="bold"))
        show_rows(console, "", DRIVER_HEADER, driver_rows(data))
    if data["rises"]:
        console.print(Text("\nWhere leverage rises, and why", style="bold"))
        for row in data["rises"]:
            console.print(Text(f"  {rise_words(data, row)}"))
    for row in data["ends"]:
        console.print(Text(end_words(data, row)))
    for kind, title in (("loss", "Published losses"), ("exposure", "Published exposure: no loss")):
        rows = published_rows(data, kind)
        if rows:
            console.print(Text(f"\n{title} beside ours", style="bold"))
            show_rows(console, "", PUBLISHED_HEADER, rows)
    console.print(Text(f"\n{NOT_IN_IT}", style="dim"))
    for warning in document["warnings"]:
        console.print(Text(f"Warning: {warning}", style="yellow"))
