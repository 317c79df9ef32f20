"""Packages on the terminal."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text

from xenotime.report import planned_words as words
from xenotime.report.terminal import show_rows


def print_plan(document: dict[str, Any], console: Console) -> None:
    """Print what a plan document says; text from data is never read as markup."""
    data = document["data"]
    console.print(Text(data["title"], style="bold"))
    for sentence in words.opening_words(data):
        console.print(Text(sentence))
    frontier = data["frontier"]
    show_rows(console, "\nThe frontier", words.SHORT_HEADER, words.short_rows(frontier))
    show_rows(console, "\nLoss and regret by case and variant", words.REGRET_HEADER, words.regret_rows(data))
    show_rows(console, "\nEvery lever alone", words.LEVER_HEADER, words.lever_rows(data))
    show_rows(
        console, f"\nWho gains and who loses by {data['best']}", words.PARTY_HEADER, words.party_rows(data)
    )
    if data["bills"]:
        show_rows(console, "\nWho pays whom", words.BILL_HEADER, words.bill_rows(data))
    for text in data["assumed"]:
        console.print(Text(f"Assumed: {text}"))
    for warning in document["warnings"]:
        console.print(Text(f"Warning: {warning}", style="yellow"))
