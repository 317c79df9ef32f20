"""Scores of the frozen model as the pages tell them, worked out from the committed predictions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from maker.text import table
from xenotime.ensembles.backtest import backtest
from xenotime.ensembles.episodes import Episode, find_episodes
from xenotime.ensembles.rivals import MAIN

Row = Mapping[str, Any]
SAMPLES = {"in-sample": "in-sample", "hold-out": "held out", "forecast": "forecast, not scored yet"}
AS_KNOWN = {"all": "all facts", "as known": "facts as known then"}


@cache
def scored() -> dict[str, Any]:
    """The data of `xenotime backtest all`."""
    return dict(backtest(find_episodes("all")))


def episodes() -> tuple[Episode, ...]:
    """Every episode that is replayed."""
    return tuple(find_episodes("all"))


def kinds_of(episode: str, facts: str) -> dict[str, list[Row]]:
    """Score rows of an episode by kind of target, one row for each rival."""
    found: dict[str, list[Row]] = {}
    for row in scored()["scores"]:
        if (row["episode"], row["facts"], row["by"]) == (episode, facts, "kind"):
            found.setdefault(str(row["group"]), []).append(row)
    return found


def number(value: float | None) -> str:
    """A score to the hundredth; a dash where there is none."""
    return "–" if value is None else f"{value:.2f}".replace("-", "−")


def ours_on_both(row: Row) -> float | None:
    """Our error on the targets the rival answers too; None where the rival answers none."""
    if row["rival_error"] is None:
        return None
    if row["compared"] == row["targets"]:
        return float(row["error"])
    return None if row["skill"] is None else float((1 - row["skill"]) * row["rival_error"])


def best_rival(rows: Sequence[Row]) -> Row | None:
    """The rival that does best against ours on the targets both answer; `no change` before its equals."""
    told = [(ours, row) for row in rows if (ours := ours_on_both(row)) is not None]
    if not told:
        return None
    return min(told, key=lambda pair: (pair[1]["rival_error"] - pair[0], pair[1]["rival"] != MAIN))[1]


def verdict(rows: Sequence[Row]) -> str:
    """Who was nearer: ours, or the best rival by name."""
    best = best_rival(rows)
    ours = ours_on_both(best) if best is not None else None
    if best is None or ours is None:
        return "no rival"
    if ours == best["rival_error"]:
        return f"equal ({best['rival']})"
    return "ours" if ours < best["rival_error"] else str(best["rival"])


def score_table(episode: str, facts: str) -> str:
    """Errors of ours and of the best rival, skill, coverage, and who was nearer; by kind of target."""
    rows = []
    for kind, own in kinds_of(episode, facts).items():
        best = best_rival(own)
        plainest = next((row for row in own if row["rival"] == MAIN), None)
        rows.append(
            (
                kind,
                own[0]["targets"],
                number(own[0]["error"]),
                f"{number(best['rival_error'])} ({best['rival']})" if best else "–",
                number(plainest["skill"]) if plainest else "–",
                number(own[0]["coverage"]),
                verdict(own),
            )
        )
    head = (
        "kind",
        "targets",
        "our error",
        "best rival's",
        f"skill against {MAIN}",
        "inside our 80 % band",
        "nearer",
    )
    return table(head, rows)
