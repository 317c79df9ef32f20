"""Runs side by side: what went in differently, what came out differently, each against the first."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xenotime.errors import InputProblems, one_problem
from xenotime.report.envelope import envelope
from xenotime.report.outcomes import NOTABLE, outcomes
from xenotime.world.fingerprint import difference, fingerprint
from xenotime.world.world import World

TABLES = {
    "prices": ("month", "material", "region", "market"),
    "availability": ("month", "element", "region"),
    "flows": ("month", "material", "origin", "destination"),
    "consumption": ("month", "material", "region", "sector"),
}
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
