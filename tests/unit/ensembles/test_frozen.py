"""The shipped frozen file changes with a new fit record only, and predictions stand on it."""

from __future__ import annotations

import json

from xenotime.ensembles.frozen import FILE, data_folder, fit_records, load_frozen
from xenotime.ensembles.joined import check_prediction, prediction_records

SHIPPED = (data_folder() / FILE).is_file()


def test_records_and_file_come_together() -> None:
    assert bool(fit_records()) == SHIPPED


def test_the_shipped_file_is_the_last_fit_record() -> None:
    """A file without a record, a record without its file, and a changed file all fail."""
    records = fit_records()
    last = (records[-1]["frozen"], "2015-12") if records else ("", "")
    frozen = load_frozen() if SHIPPED else None
    found = (frozen.sha256, frozen.record["observed_until"]) if frozen is not None else ("", "")
    assert found == last


def test_shipped_predictions_stand_on_the_frozen_file_and_the_record() -> None:
    files = sorted((data_folder() / "predictions").glob("*.json"))
    records = prediction_records()
    assert bool(files) == bool(records)
    assert SHIPPED or not files  # nothing is predicted before behaviour is frozen
    for path in files:
        check_prediction(json.loads(path.read_text("utf-8")), load_frozen(), records)
