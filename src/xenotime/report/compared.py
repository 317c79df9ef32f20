"""Two runs side by side: what went in differently, and what came out differently."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rich.console import Console

from xenotime.errors import one_problem
from xenotime.report.envelope import envelope
from xenotime.report.terminal import show_rows

TABLES = {
    "prices": ("month", "material", "region", "market"),
    "availability": ("month", "element", "region"),
    "flows": ("month", "material", "origin", "destination"),
    "consumption": ("month", "material", "region", "sector"),
}
SHOWN = 15
NOTABLE = 1e-6  # relative change below which two numbers are the same


def load_document(place: Path) -> dict[str, Any]:
    """The run document in a run's folder or a JSON file; raises InputProblems when it is not one."""
    file = place / "run.json" if place.is_dir() else place
    try:
        document = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise one_problem(
            "not-a-run",
            str(place),
            str(error),
            "a run's folder or JSON",
            "write one with `xenotime run CASE --out DIR`",
        ) from error
    if not isinstance(document, dict) or document.get("kind") != "run":
        raise one_problem(
            "not-a-run",
            str(place),
            "JSON of another kind",
            "a document of kind run",
            "write one with `xenotime run CASE --json FILE`",
        )
    return document


def compare_documents(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """Differences of inputs (case, controls, fingerprints) and of outcomes, largest first."""
    inputs = [
        {"what": key, "first": first["data"]["case"].get(key), "second": second["data"]["case"].get(key)}
        for key in first["data"]["case"]
        if first["data"]["case"].get(key) != second["data"]["case"].get(key)
    ]
    inputs += [
        {"what": key, "first": first[key], "second": second[key]}
        for key in ("xenotime", "fingerprint")
        if first[key] != second[key]
    ]
    names = [{c["control"] for c in d["data"]["controls"]} for d in (first, second)]
    if names[0] != names[1]:
        inputs.append({"what": "controls", "first": sorted(names[0]), "second": sorted(names[1])})
    data: dict[str, Any] = {"inputs": inputs}
    for table, keys in TABLES.items():
        data[table] = _differences(first["data"][table], second["data"][table], keys)
    return envelope("compare", f"{first['fingerprint']}:{second['fingerprint']}", data)


def _differences(
    one: list[dict[str, Any]], two: list[dict[str, Any]], keys: tuple[str, ...]
) -> list[dict[str, Any]]:
    left = {tuple(row[key] for key in keys): row["value"] for row in one}
    right = {tuple(row[key] for key in keys): row["value"] for row in two}
    rows = []
    for key in dict.fromkeys([*left, *right]):
        before, after = left.get(key), right.get(key)
        if before is None or after is None:
            if before != after:
                rows.append(
                    {**dict(zip(keys, key, strict=True)), "first": before, "second": after, "change": None}
                )
        elif abs(after - before) > NOTABLE * max(abs(before), abs(after)):
            change = (after - before) / abs(before) if before else None
            rows.append(
                {**dict(zip(keys, key, strict=True)), "first": before, "second": after, "change": change}
            )
    return sorted(rows, key=lambda row: -abs(row["change"] or 0.0))


def show_comparison(console: Console, difference: dict[str, Any]) -> None:
    """Print the largest differences."""
    data = difference["data"]
    if not any(data.values()):
        console.print("the two runs are the same")
        return
    show_rows(
        console,
        "What went in",
        ("what", "first", "second"),
        [(row["what"], str(row["first"])[:60], str(row["second"])[:60]) for row in data["inputs"]],
    )
    for table, keys in TABLES.items():
        rows = data[table]
        show_rows(
            console,
            f"\n{table}: {len(rows)} differ, largest first",
            (*keys, "first", "second", "change"),
            [
                (
                    *(row[key] for key in keys),
                    row["first"] if row["first"] is not None else "-",
                    row["second"] if row["second"] is not None else "-",
                    f"{row['change']:+.1%}" if row["change"] is not None else "-",
                )
                for row in rows[:SHOWN]
            ],
        )
