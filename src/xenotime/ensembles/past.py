"""How often past outcomes fell inside the model's bands: from the predictions on record and what happened."""

from __future__ import annotations

from typing import Any

from xenotime.ensembles.backtest import backtest
from xenotime.ensembles.episodes import load_episodes
from xenotime.ensembles.rivals import MAIN

BAND = 0.8  # what the bands of predictions are meant to hold


def coverage_rows() -> list[dict[str, Any]]:
    """Share of outcomes inside their 80 % band, by episode, facts and kind of outcome.

    Raises NoAnswer where predictions or the frozen fit are not those on record.
    """
    return [
        {
            "episode": row["episode"],
            "sample": row["sample"],
            "facts": row["facts"],
            "outcome": row["group"],
            "targets": row["targets"],
            "inside": row["coverage"],
            "meant": BAND,
        }
        for row in backtest(load_episodes())["scores"]
        if row["by"] in ("all", "kind") and row["rival"] == MAIN
    ]
