"""The frozen file: behaviour as fitted, its law, and the record of the fit it came from, under one hash."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from xenotime.dynamics.behaviour import Behaviour, load_behaviour
from xenotime.ensembles.draws import Posterior, with_values
from xenotime.ensembles.fit import Fit
from xenotime.ensembles.store import digest, is_intact, keep, sealed
from xenotime.errors import NoAnswer

FILE = "frozen_behaviour.json"
RECORDS = "fit_records.csv"


@dataclass(frozen=True, slots=True)
class Frozen:
    """What scored runs use and nobody touches.

    values : middle of the posterior by name;  model_error : standard deviation of ln of what is left out
    """

    values: Mapping[str, float]
    posterior: Posterior
    model_error: float
    record: Mapping[str, Any]
    sha256: str

    def behaviour(self) -> Behaviour:
        """The shipped behaviour with the fitted numbers at their middle."""
        return with_values(load_behaviour(), self.values)


def data_folder() -> Path:
    """Where the package keeps its data."""
    return Path(str(resources.files("xenotime") / "data"))


def frozen_document(fit: Fit) -> dict[str, Any]:
    """The sealed file of a fit."""
    law = fit.learnt.normal()
    quantiles = fit.record["quantiles"]
    return sealed(
        {
            "kind": "frozen behaviour",
            "values": {name: quantiles[name][1] for name in fit.names},
            "posterior": {"names": law.names, "mean": law.mean, "covariance": law.covariance},
            "model_error": fit.record["model_error"],
            "fit": fit.record,
            "fit_sha256": digest(fit.record),
        }
    )


def freeze(fit: Fit, note: str, folder: Path | None = None) -> Path:
    """Write the frozen file and add the fit to the list of records; both, so that neither changes alone."""
    place = folder or data_folder()
    document = frozen_document(fit)
    keep(place / FILE, document, indent=1)
    row = [
        document["fit_sha256"],
        document["sha256"],
        str(len(fit.runs)),
        str(fit.observed.count()),
        fit.observed.until,
        note,
    ]
    with (place / "backtest" / RECORDS).open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerow(row)
    return place / FILE


def load_frozen(folder: Path | None = None) -> Frozen:
    """The frozen file; raises NoAnswer where there is none, it was changed, or no fit record names it."""
    place = folder or data_folder()
    path = place / FILE
    if not path.is_file():
        raise NoAnswer(FILE, "nothing", "behaviour frozen by a fit", "run `xenotime fit --freeze NOTE`")
    document = json.loads(path.read_text("utf-8"))
    if not is_intact(document) or document["fit_sha256"] != digest(document["fit"]):
        raise NoAnswer(
            FILE, "a file changed after it was frozen", "the file as fitted", "restore it, or fit again"
        )
    known = [row["frozen"] for row in fit_records(place)]
    if known[-1:] != [document["sha256"]]:
        raise NoAnswer(
            FILE, "a file that the last fit record does not name", "a new record", "fit and freeze again"
        )
    law = document["posterior"]
    posterior = Posterior(
        tuple(law["names"]), tuple(law["mean"]), tuple(tuple(row) for row in law["covariance"])
    )
    return Frozen(document["values"], posterior, document["model_error"], document["fit"], document["sha256"])


def fit_records(folder: Path | None = None) -> list[dict[str, str]]:
    """Every fit that was frozen, oldest first."""
    path = (folder or data_folder()) / "backtest" / RECORDS
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
