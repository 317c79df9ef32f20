"""`xenotime backtest` and `xenotime fit` as documents and for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console

from xenotime.report.envelope import envelope
from xenotime.report.terminal import show_rows

Row = Mapping[str, Any]


def backtest_document(data: dict[str, Any]) -> dict[str, Any]:
    """The JSON document of scores."""
    return envelope("backtest", data["frozen"], data, _warnings(data["episodes"]))


def predictions_document(predictions: Sequence[Row], frozen: str) -> dict[str, Any]:
    """The JSON document of predictions alone: the same tables, with nothing observed in them."""
    return envelope("predictions", frozen, {"predictions": list(predictions)}, _warnings(predictions))


def _warnings(runs: Sequence[Row]) -> list[str]:
    found = []
    for run in runs:
        failed = run["failures"] if isinstance(run["failures"], int) else len(run["failures"])
        if failed:
            found.append(f"{run['episode']}: {failed} runs had no answer and are left out")
    return found


def show_backtest(console: Console, data: Row) -> None:
    """Scores by kind, then every target."""
    show_rows(
        console,
        "Scores: error and CRPS of prices as logarithms, of quantities as shares of the usual amount",
        ("episode", "sample", "facts", "kind", "targets", "error", "crps", "coverage", "rival", "skill"),
        [tuple(_short(row[k]) for k in _SCORES) for row in data["scores"] if row["by"] == "kind"],
    )
    show_rows(
        console,
        "\nTargets",
        ("episode", "target", "observed", "predicted", "low", "high", "rival", "skill"),
        [tuple(_short(row[k]) for k in _TARGETS) for row in data["targets"]],
    )


def show_predictions(console: Console, predictions: Sequence[Row]) -> None:
    """What is predicted, before anyone looks."""
    show_rows(
        console,
        "Predictions: nothing observed was read",
        ("episode", "target", "predicted", "low", "high"),
        [
            (run["episode"], row["target"], *(_short(row[k]) for k in ("predicted", "low", "high")))
            for run in predictions
            for row in run["targets"]
        ],
    )


def show_fit(console: Console, record: Row) -> None:
    """What was learnt of each number, and how fits that were shown part did on the rest."""
    priors = {row["name"]: row for row in record["priors"]}
    show_rows(
        console,
        f"Fit on {len(record['targets'])} figures of {record['episode']}, {record['points']} points, "
        f"{len(record['failures'])} without an answer",
        ("number", "prior low", "prior high", "low", "middle", "high"),
        [
            (name, _short(priors[name]["low"]), _short(priors[name]["high"]), *(_short(v) for v in values))
            for name, values in record["quantiles"].items()
        ],
    )
    show_rows(
        console,
        "\nFits that were shown only part, scored on the rest",
        ("fit", "scored", "log error", "coverage", "skill against no change"),
        [
            (
                c["check"],
                c["scored"],
                *(_short(c.get(k)) for k in ("log_error", "coverage", "skill_against_no_change")),
            )
            for c in record["checks"]
        ],
    )


_SCORES = ("episode", "sample", "facts", "group", "targets", "error", "crps", "coverage", "rival", "skill")
_TARGETS = ("episode", "target", "observed", "predicted", "low", "high", "rival", "skill")


def _short(value: Any) -> Any:
    if value is None:
        return "-"
    return f"{value:.3g}" if isinstance(value, float) else value
