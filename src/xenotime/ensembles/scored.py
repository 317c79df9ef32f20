"""Scores of joined targets: by kind, element, stage, market, destination and month, beside every rival."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from xenotime.ensembles.rivals import MAIN
from xenotime.ensembles.scores import skill

Row = Mapping[str, Any]
BY: Mapping[str, Callable[[Row], str]] = {
    "all": lambda row: "all",
    "kind": lambda row: str(row["kind"]),
    "element": lambda row: f"{row['kind']} {row['element']}",
    "stage": lambda row: f"{row['kind']} {row['stage']}",
    "market": lambda row: f"{row['kind']} {row['market'] or '-'}",
    "destination": lambda row: f"{row['kind']} {row['destination'] or '-'}",
    "month": lambda row: f"{row['kind']} {row['last']}",
}
LARGE_MISS = 3  # of these, per episode and kind, the scoreboard shows the largest


def score_rows(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """One row per episode, facts, way of grouping, group and rival; kinds are mixed in `all` only."""
    found = []
    for episode, facts in dict.fromkeys((str(row["episode"]), str(row["facts"])) for row in rows):
        own = [row for row in rows if (row["episode"], row["facts"]) == (episode, facts)]
        for by, name_of in BY.items():
            for group in dict.fromkeys(name_of(row) for row in own):
                members = [row for row in own if name_of(row) == group]
                found += list(_scores(episode, facts, by, group, members))
    return found


def _scores(episode: str, facts: str, by: str, group: str, rows: Sequence[Row]) -> Iterable[dict[str, Any]]:
    common = {
        "episode": episode,
        "sample": rows[0]["sample"],
        "facts": facts,
        "by": by,
        "group": group,
        "targets": len(rows),
        "error": float(np.mean([row["error"] for row in rows])),
        "crps": float(np.mean([row["crps"] for row in rows])),
        "coverage": float(np.mean([row["covered"] for row in rows])),
    }
    rivals = dict.fromkeys(name for row in rows for name in row["rival_errors"])
    for rival in rivals or {MAIN: None}:
        both = [(row["error"], row["rival_errors"][rival]) for row in rows if rival in row["rival_errors"]]
        mine, theirs = (float(np.mean([pair[k] for pair in both])) if both else None for k in (0, 1))
        yield {
            **common,
            "rival": rival,
            "compared": len(both),
            "rival_error": theirs,
            "skill": skill(mine, theirs) if mine is not None and theirs is not None else None,
        }


def rival_rows(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """One row per target and rival: what it said, how far it was off, and our skill against it."""
    return [
        {
            "episode": row["episode"],
            "target": row["target"],
            "facts": row["facts"],
            "rival": rival,
            "value": row["rival_values"][rival],
            "error": error,
            "skill": skill(row["error"], error),
        }
        for row in rows
        for rival, error in row["rival_errors"].items()
    ]


def largest_misses(rows: Sequence[Row]) -> list[Row]:
    """The targets of each episode and kind the model was furthest off on, outside its own band."""
    found: list[Row] = []
    for key in dict.fromkeys((row["episode"], row["facts"], row["kind"]) for row in rows):
        own = [
            row for row in rows if (row["episode"], row["facts"], row["kind"]) == key and not row["covered"]
        ]
        found += sorted(own, key=lambda row: -float(row["error"]))[:LARGE_MISS]
    return found


def plain_targets(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The table of targets: flat, of the rivals only the plainest; the table of rivals has them all."""
    return [
        {key: value for key, value in row.items() if not key.startswith("rival_")}
        | {"rival_error": row["rival_errors"].get(MAIN)}
        for row in rows
    ]
