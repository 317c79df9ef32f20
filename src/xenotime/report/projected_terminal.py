"""A project's value on the terminal."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text

from xenotime.report import projected_words as words
from xenotime.report.terminal import show_rows


def print_project(document: dict[str, Any], console: Console) -> None:
    """Print what a project document says; text from data is never read as markup."""
    data = document["data"]
    console.print(Text(f"Project: {data['title']}", style="bold"))
    for sentence in words.opening_words(data):
        console.print(Text(sentence))
    show_rows(console, "\nWhat it is worth, with and without", words.VALUE_HEADER, words.value_rows(data))
    show_rows(console, "\nWhat kills it", words.KILLER_HEADER, words.killer_rows(data))
    if data["effects"]:
        show_rows(console, "\nWhat its opening does to others", words.EFFECT_HEADER, words.effect_rows(data))
    if data["supports"]:
        show_rows(console, "\nWho promises what", words.SUPPORT_HEADER[:8], _short(words.support_rows(data)))
    if data["payments"]:
        show_rows(console, "\nFloor payments as published", words.PAYMENT_HEADER, words.payment_rows(data))
    show_rows(console, "\nNumbers", words.NUMBER_HEADER, words.number_rows(data))
    for text in data["assumed"]:
        console.print(Text(f"Assumed: {text}"))
    for warning in document["warnings"]:
        console.print(Text(f"Warning: {warning}", style="yellow"))


def _short(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [row[:8] for row in rows]
