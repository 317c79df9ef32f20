"""The shipped frozen file changes with a new fit record only, and predictions stand on it."""

from __future__ import annotations

import json

import pytest

from xenotime.ensembles.frozen import FILE, data_folder, fit_records, load_frozen
from xenotime.ensembles.joined import check_prediction, prediction_records

SHIPPED = (data_folder() / FILE).is_file()
needs_frozen = pytest.mark.skipif(not SHIPPED, reason="no fit has been frozen yet")


def test_records_and_file_come_together() -> None:
    assert bool(fit_records()) == SHIPPED


@needs_frozen
def test_the_shipped_file_is_the_last_fit_record() -> None:
    frozen = load_frozen()
    assert fit_records()[-1]["frozen"] == frozen.sha256
    assert frozen.record["observed_until"] == "2015-12"


@needs_frozen
def test_shipped_predictions_stand_on_the_frozen_file_and_the_record() -> None:
    frozen, records = load_frozen(), prediction_records()
    for path in sorted((data_folder() / "predictions").glob("*.json")):
        check_prediction(json.loads(path.read_text("utf-8")), frozen, records)
