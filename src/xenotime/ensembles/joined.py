"""Predictions joined with what happened: refused unless both are the committed ones."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from math import log
from pathlib import Path
from typing import Any

from xenotime.ensembles.destinations import reported
from xenotime.ensembles.door import FIT_UNTIL, LAST_USED, Observed, observed_until
from xenotime.ensembles.episodes import Episode
from xenotime.ensembles.frozen import Frozen, data_folder
from xenotime.ensembles.measured import REPORTED, observed_value
from xenotime.ensembles.quotes import Quote, Rates, read_rates
from xenotime.ensembles.rivals import MAIN
from xenotime.ensembles.scores import covers, crps, skill
from xenotime.ensembles.store import is_intact
from xenotime.ensembles.targets import LOG, target_from
from xenotime.errors import NoAnswer
from xenotime.months import month_of
from xenotime.world.numbers import FactTables

STOPS = ("line_stop", "output_cut", "stock_out")
RECORDS = "prediction_records.csv"
Row = dict[str, Any]


def check_prediction(
    document: Mapping[str, Any], frozen: Frozen, records: Sequence[Mapping[str, str]]
) -> None:
    """Raises NoAnswer unless the prediction is whole, made with the frozen file, and on the record."""
    name = f"prediction {document.get('episode', '?')}"
    if not is_intact(document):
        raise NoAnswer(name, "a file changed after it was sealed", "the file as predicted", "predict again")
    if document["frozen"] != frozen.sha256:
        raise NoAnswer(
            name,
            "predictions of another frozen file",
            f"frozen {frozen.sha256[:12]}",
            "predict again, then commit",
        )
    if document["sha256"] not in {row["prediction"] for row in records}:
        raise NoAnswer(
            name,
            "predictions that were not committed",
            f"a row of {RECORDS}",
            "predict and commit before joining",
        )


def prediction_records(folder: Path | None = None) -> list[dict[str, str]]:
    """Predictions that were committed before they were joined, oldest first."""
    path = (folder or data_folder()) / "backtest" / RECORDS
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def load_predictions(episode: str, folder: Path | None = None) -> tuple[dict[str, Any], ...]:
    """Committed predictions of an episode, one for each variant of its facts; raises NoAnswer without any."""
    place = (folder or data_folder()) / "predictions"
    found = [json.loads(path.read_text("utf-8")) for path in sorted(place.glob("*.json"))]
    own = tuple(document for document in found if document["episode"] == episode)
    if not own:
        raise NoAnswer(
            episode,
            "no predictions",
            "predictions committed before",
            "run `xenotime backtest --predict-only`",
        )
    return own


def join(
    episode: Episode,
    document: Mapping[str, Any],
    frozen: Frozen,
    records: Sequence[Mapping[str, str]],
    facts: FactTables,
) -> list[Row]:
    """Rows of the table of targets, each with what was observed and how far every forecast was off.

    Observed rows after 2015 are read here only, after the checks.  Raises NoAnswer for a forecast.
    """
    check_prediction(document, frozen, records)
    if episode.sample == "forecast":
        raise NoAnswer(episode.episode, "a forecast", "an episode that is over", "forecasts are not scored")
    last = FIT_UNTIL if episode.sample == "in-sample" else LAST_USED
    observed = observed_until(last, facts)
    stops = stops_until(last, facts) if episode.stopped else {}
    rates = read_rates(facts)
    rows = [_joined(document, row, observed, rates, stops) for row in document["targets"]]
    return [row for row in rows if row is not None]


def stops_until(month: str, facts: FactTables) -> dict[tuple[str, str], float]:
    """(region, month) of company reports: 1 where lines stopped or output was cut, 0 where none did."""
    found: dict[tuple[str, str], float] = {}
    for row in facts.rows("disruptions"):
        if row.start and month_of(row.start) <= month and row.type in (*STOPS, "no_stop"):
            key = (row.region, month_of(row.start))
            found[key] = max(found.get(key, 0.0), float(row.type in STOPS))
    return found


def _joined(
    document: Mapping[str, Any],
    row: Mapping[str, Any],
    observed: Observed,
    rates: Rates,
    stops: Mapping[tuple[str, str], float],
) -> Row | None:
    names = ("predicted", "low", "high", "members", "rivals")
    target = target_from({key: value for key, value in row.items() if key not in names})
    if target.kind in REPORTED:
        quote = reported(target, stops)
    else:
        quote = observed_value(target, observed, rates, document["base"])
    if quote is None or (target.scale == LOG and quote.value <= 0):
        return None
    size = size_of(row, quote)
    error = distance(row["predicted"], quote.value, target.scale, size)
    rivals = {
        name: distance(value, quote.value, target.scale, size)
        for name, value in row["rivals"].items()
        if value is not None and (target.scale != LOG or value > 0)
    }
    members = [placed(value, target.scale, size) for value in row["members"]]
    plain = {key: getattr(target, key) for key in ("episode", "target", "kind", "element", "stage", "market")}
    return {
        **plain,
        "destination": target.destination,
        "first": target.first,
        "last": target.last,
        "unit": target.unit,
        "sample": document["sample"],
        "facts": document["variant"],
        "observed": quote.value,
        "observed_low": quote.low,
        "observed_high": quote.high,
        "predicted": row["predicted"],
        "low": row["low"],
        "high": row["high"],
        "rival": row["rivals"].get(MAIN),
        "skill": skill(error, rivals[MAIN]) if MAIN in rivals else None,
        "error": error,
        "crps": crps(members, placed(quote.value, target.scale, size)),
        "covered": covers(row["low"], row["high"], quote.value),
        "rival_errors": rivals,
        "rival_values": dict(row["rivals"]),
    }


def size_of(row: Mapping[str, Any], quote: Quote) -> float:
    """What an error of a quantity is a share of: the usual amount, else the one observed, else one."""
    if row["kind"] != "quantity":
        return 1.0
    usual = row["rivals"].get(MAIN) or 0.0
    return usual if usual > 0 else max(quote.value, 1.0)


def placed(value: float, scale: str, size: float) -> float:
    """A value on the axis errors are measured on."""
    return log(value) if scale == LOG else value / size


def distance(value: float, observed: float, scale: str, size: float) -> float:
    """Absolute error: of logarithms, or as a share of `size`."""
    return abs(placed(value, scale, size) - placed(observed, scale, size))
