"""What `xenotime compare` prints: inputs, worlds by table, outcomes by material and region."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

from xenotime.report.compared import TABLES
from xenotime.report.terminal import money, show_rows

SHOWN = 15
LONGEST = 48  # characters of an input shown in a column


def show_comparison(console: Console, compared: dict[str, Any]) -> None:
    """Print what went in and came out differently, largest first."""
    data = compared["data"]
    parts = [
        data["inputs"],
        data["world"],
        data["outcomes"],
        *(t[name] for t in data["tables"] for name in TABLES),
    ]
    if not any(parts):
        console.print("the runs are the same" if len(data["runs"]) > 2 else "the two runs are the same")
        return
    names = tuple(f"{place}: {Path(run['run']).name}" for place, run in enumerate(data["runs"], 1))
    show_rows(
        console,
        f"What went in: {len(data['inputs'])} differ",
        ("what", *names),
        [(row["what"], *(_short(value) for value in row["values"])) for row in data["inputs"]],
    )
    _show_world(console, data["world"])
    show_rows(
        console,
        f"\nWhat came out, by material and region: {len(data['outcomes'])} differ, largest change first",
        ("outcome", "material", "region", "unit", *names, "change"),
        [
            (
                *(row["outcome"], row["material"], row["region"], row["unit"]),
                *(_short(value) for value in row["values"]),
                _percent(row["change"]),
            )
            for row in _by_outcome(data["outcomes"])
        ],
    )
    for tables in data["tables"]:
        counts = ", ".join(f"{len(tables[name])} {name}" for name in TABLES)
        console.print(f"\nrows that differ in {tables['run']}: {counts}; all in --json", highlight=False)


def _by_outcome(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first rows of each outcome, in the order the outcomes are listed."""
    kept: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        kept.setdefault(row["outcome"], []).append(row)
    return [row for group in kept.values() for row in group[:SHOWN]]


def _show_world(console: Console, rows: Sequence[dict[str, Any]]) -> None:
    """Rows one world lacks and cells that changed, by table; then the largest changes of numbers."""
    for row in rows:
        if not row["table"]:
            console.print(row["key"], highlight=False)
    rows = [row for row in rows if row["table"]]
    if not rows:
        return
    counts: Counter[tuple[str, str, str]] = Counter()
    for row in rows:
        kind = "cells changed" if row.get("column") else "rows in one only"
        counts[Path(row["run"]).name, row["table"], kind] += 1
    show_rows(
        console,
        "\nThe worlds, by table",
        ("run", "table", "what", "count"),
        [(*key, count) for key, count in counts.items()],
    )
    changed = sorted((row for row in rows if _relative(row) > 0), key=lambda row: -_relative(row))
    show_rows(
        console,
        f"\nThe largest changes of numbers in the worlds; all {len(rows)} in --json",
        ("run", "table", "row", "column", "first", "this"),
        [
            (
                *(Path(row["run"]).name, row["table"], row["key"], row["column"]),
                *(_short(value) for value in row["values"]),
            )
            for row in changed[:SHOWN]
        ],
    )


def _relative(row: dict[str, Any]) -> float:
    """Change of a number over the larger of the two; 0 for texts and rows one world lacks."""
    try:
        before, after = (float(value) for value in row.get("values", ("", "")))
    except ValueError:
        return 0.0
    return abs(after - before) / max(abs(before), abs(after), 1e-300)


def _short(value: Any) -> str:
    if isinstance(value, float):
        return money(value)
    text = "-" if value is None else str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."


def _percent(change: float | None) -> str:
    return f"{change:+.1%}" if change is not None else "-"
