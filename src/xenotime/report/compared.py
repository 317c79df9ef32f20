"""Runs side by side: what went in differently, what came out differently, each against the first."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from xenotime.errors import InputProblems, one_problem
from xenotime.report.envelope import envelope
from xenotime.report.outcomes import NOTABLE, outcomes
from xenotime.report.terminal import money, show_rows
from xenotime.world.fingerprint import difference, fingerprint
from xenotime.world.world import World

TABLES = {
    "prices": ("month", "material", "region", "market"),
    "availability": ("month", "element", "region"),
    "flows": ("month", "material", "origin", "destination"),
    "consumption": ("month", "material", "region", "sector"),
}
SHOWN = 15
LONGEST = 48  # characters of an input shown in a column
FindWorld = Callable[[str], World]


@dataclass(frozen=True, slots=True)
class SavedRun:
    """A run's document and how its world is found again; blank for a run given as JSON alone."""

    name: str
    document: dict[str, Any]
    world: str = ""


def load_saved(place: Path) -> SavedRun:
    """A run from its folder or its JSON file; raises InputProblems when it is neither."""
    document = load_document(place)
    how = place / "run.meta.json"
    world = json.loads(how.read_text("utf-8"))["world"] if how.is_file() else ""
    return SavedRun(str(place), document, world)


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


def compare_runs(runs: Sequence[SavedRun], find_world: FindWorld | None = None) -> dict[str, Any]:
    """Differences of any number of runs, each against the first.

    `inputs` has a row per thing that went in and its value in each run; `world` the cells in which the
    worlds differ, where both can be found again by `find_world`; `outcomes` what came out differently by
    material and region; `tables` every row that differs, run by run.

    Raises InputProblems for fewer than two runs.
    """
    if len(runs) < 2:
        raise one_problem("bad-value", "runs", str(len(runs)), "two runs or more", "name another run")
    documents = [run.document for run in runs]
    data = {
        "runs": [
            {"run": run.name, "case": run.document["data"]["case"].get("name"), "fingerprint": _print_of(run)}
            for run in runs
        ],
        "inputs": compare_inputs(documents),
        "world": compare_worlds(runs, find_world),
        "outcomes": outcomes(documents),
        "tables": [
            {
                "run": run.name,
                **{
                    table: _differences(documents[0]["data"][table], run.document["data"][table], keys)
                    for table, keys in TABLES.items()
                },
            }
            for run in runs[1:]
        ],
    }
    return envelope("compare", ":".join(_print_of(run) for run in runs), data)


def _print_of(run: SavedRun) -> str:
    return str(run.document["fingerprint"])


def compare_inputs(documents: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What went in differently: every named input where the runs list them, else what their documents say."""
    each = [_inputs(document) for document in documents]
    return [
        {"what": name, "values": values}
        for name in dict.fromkeys(name for inputs in each for name in inputs)
        if len(set(values := [inputs.get(name) for inputs in each])) > 1
    ]


def _inputs(document: dict[str, Any]) -> dict[str, str]:
    data = document["data"]
    told = {"fingerprint": document["fingerprint"], "version": document["xenotime"], **data.get("inputs", {})}
    if "inputs" not in data:
        told |= {f"case.{key}": str(value) for key, value in data["case"].items()}
        told["controls"] = ", ".join(sorted({row["control"] for row in data["controls"]}))
        told["months"] = str(data["case"].get("months", ""))
    return told


def compare_worlds(runs: Sequence[SavedRun], find_world: FindWorld | None) -> list[dict[str, Any]]:
    """Cells in which a run's world differs from the first run's; a note where a world is not at hand."""
    prints = [run.document["data"].get("inputs", {}).get("world", "") for run in runs]
    if find_world is None or len(set(prints)) < 2:
        return []
    first = _world(runs[0], prints[0], find_world)
    rows: list[dict[str, Any]] = []
    for run, print_ in zip(runs[1:], prints[1:], strict=True):
        if print_ == prints[0]:
            continue
        other = _world(run, print_, find_world)
        if first is None or other is None:
            gone = run.name if other is None else runs[0].name
            rows.append({"run": run.name, "table": "", "key": f"the world of {gone} is no longer at hand"})
            continue
        rows += [
            {
                "run": run.name,
                "table": d.table,
                "key": d.key,
                "column": d.column,
                "values": [d.before, d.after],
            }
            for d in difference(first, other)
        ]
    return rows


def _world(run: SavedRun, print_: str, find_world: FindWorld) -> World | None:
    """The world a run was made on, or None where it is gone or has changed since."""
    if not run.world:
        return None
    try:
        world = find_world(run.world)
    except InputProblems:
        return None
    return world if fingerprint(world) == print_ else None


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
