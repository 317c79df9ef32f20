"""`xenotime world check --hindcast`: other years from frozen costs, scored against no change."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from xenotime.report.terminal import show_rows
from xenotime.world.predict import Prediction, Score


def show_hindcast(console: Console, predictions: Sequence[Prediction], scores: Sequence[Score]) -> None:
    """Scores by year and stage, then every figure behind them (t/year)."""
    show_rows(
        console,
        "\nhindcast: mean absolute error in t/year, and skill against no change (1 perfect, 0 no better)",
        ("year", "stage", "figures", "error", "no change", "skill"),
        [(s.year, s.stage, s.figures, s.error, s.rival_error, f"{s.skill:.2f}") for s in scores],
    )
    show_rows(
        console,
        "\nfigures (t/year)",
        ("year", "stage", "region", "observed", "predicted", "no change"),
        [(p.year, p.stage, p.region, p.observed, p.predicted, p.rival) for p in predictions],
    )
    console.print(
        "\nCosts, wedges and prices of reference stay those of the base year; plants, capacities, quotas and "
        "the level of demand are those of the year.\nChinese mining follows its quota and magnets follow "
        "growth rates that rest on magnet output: these two are consistency checks, the others predictions.",
        highlight=False,
    )
