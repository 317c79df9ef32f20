"""`xenotime facts`: what is known about a name, printed or as JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from rich.console import Console

from xenotime.facts.load import load_facts
from xenotime.facts.query import Entry, Known, describe
from xenotime.facts.table import TABLES
from xenotime.report.envelope import envelope, to_json
from xenotime.report.terminal import money, show_rows

SHOWN = 12  # rows of one table printed; all of them are in the JSON
LONG = 70  # characters of a title or remark printed


def show_facts(console: Console, query: str, json: str, write: Callable[[str, str], None]) -> None:
    """Print everything known about `query` by table, with grade and source; the tables without one.

    Raises InputProblems for a name nothing is known about.
    """
    if not query:
        facts = load_facts()
        show_rows(
            console,
            "Tables of facts (ask for an element, a place, a plant, a sector or a control)",
            ("table", "rows", "what it says"),
            [(name, len(facts.rows(name)), table.meaning) for name, table in TABLES.items()],
        )
        return
    known = describe(query)
    if json:
        write(json, to_json(facts_document(known)))
    if json == "-":
        return
    console.print(f"[bold]{known.name}[/bold]", highlight=False)
    for group in known.groups:
        scoring = " (kept for scoring, no input)" if group.scoring else ""
        show_rows(
            console,
            f"\n{group.table}{scoring}: {group.meaning} ({len(group.entries)})",
            ("about", "value", "range", "unit", "of", "grade", "source"),
            [_printed(entry) for entry in _latest(group.entries)],
        )
        if len(group.entries) > SHOWN:
            console.print(f"... and {len(group.entries) - SHOWN} more; all with --json", highlight=False)
    if known.missing:
        show_rows(
            console,
            "\nlooked for and not found",
            ("what", "where", "remark"),
            [(row.what, row.where_looked, row.note[:LONG]) for row in known.missing],
        )


def _latest(entries: tuple[Entry, ...]) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.refers_to, reverse=True)[:SHOWN]


def _printed(entry: Entry) -> tuple[Any, ...]:
    span = "" if entry.low is None else f"{money(entry.low)} .. {money(entry.high)}"
    value = "" if entry.value is None else money(entry.value)
    return entry.about, value, span, entry.unit, entry.refers_to, entry.grade, entry.title[:LONG]


def facts_document(known: Known) -> dict[str, Any]:
    """All entries as JSON."""
    data = {
        "query": known.query,
        "name": known.name,
        "entries": known.records(),
        "missing": [asdict(row) for row in known.missing],
    }
    return envelope("facts", "", data)
