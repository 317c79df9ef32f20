"""A company's exposure on the terminal."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text

from xenotime.report import exposed_words as words
from xenotime.report.terminal import show_rows


def print_exposure(document: dict[str, Any], console: Console) -> None:
    """Print what an exposure document says; text from data is never read as markup."""
    data = document["data"]
    console.print(Text(f"Exposure: {data['title']}", style="bold"))
    for sentence in words.opening_words(data):
        console.print(Text(sentence))
    show_rows(console, "\nWhat it holds, by worth", words.ELEMENT_HEADER, words.element_rows(data))
    if data["licences"]:
        show_rows(console, "\nWhat falls under a control", words.LICENCE_HEADER, words.licence_rows(data))
        show_rows(console, "\nWhy", words.TRACE_HEADER, words.trace_rows(data))
    if data["stops"]:
        show_rows(console, "\nWhen lines stop", words.STOP_HEADER, words.stop_rows(data))
    if data["actions"]:
        title = f"\nWhat can be done, by cost of a week of output kept ({_shown(data)})"
        show_rows(console, title, words.SHORT, words.short_action_rows(data))
        for sentence in words.plan_words(data):
            console.print(Text(sentence))
    assumed = words.assumed_rows(data)
    if assumed:
        show_rows(console, "\nAssumed", words.ASSUMED_HEADER, assumed)
    if data["unread"]:
        show_rows(console, "\nNot read as any material", words.UNREAD_HEADER, words.unread_rows(data))
    for warning in document["warnings"]:
        console.print(Text(f"Warning: {warning}", style="yellow"))


def _shown(data: dict[str, Any]) -> str:
    count = len(data["actions"])
    return (
        f"{count} actions" if count <= words.MOST else f"the first {words.MOST} of {count}; --report has all"
    )
