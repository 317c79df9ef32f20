"""What is read off a month, against the clearing itself."""

from __future__ import annotations

import pytest

from unit.ensembles.tiny_backtest import job
from xenotime.dynamics.behaviour import load_behaviour
from xenotime.dynamics.step import first_state, step
from xenotime.dynamics.trajectory import prepare
from xenotime.ensembles.evaluate import run_series
from xenotime.ensembles.series import Reader, Series, series_from
from xenotime.market.choose import make_engine


def _month(name: str) -> tuple[dict[str, float], object]:
    task = job()
    setup = prepare(task.world, task.package, task.start)
    reader = Reader(task.world, setup, task.origin, task.quota)
    clearing = step(setup, first_state(setup), name, make_engine("interior")).clearing
    return reader.read(clearing), clearing


def test_a_month_under_a_quota() -> None:
    found, clearing = _month("2010-04")
    rents = {row["name"]: row for row in clearing.table("rents") if row["kind"] == "control"}  # type: ignore[attr-defined]
    inside, border = found["inside/Dy_oxide"], found["fob/Dy_oxide"]
    rent = rents.get("quota-Dy_oxide", {"value": 0.0})["value"]
    assert border == pytest.approx(inside + rent, rel=1e-6)
    assert rent > 0
    assert found["export/Dy_oxide/B"] == pytest.approx(8.0, rel=1e-6)
    assert found["export/quota/WLD"] == pytest.approx(
        found["export/Dy_oxide/WLD"] + found["export/Nd_oxide/WLD"], rel=1e-6
    )
    assert found["export/Dy/WLD"] == found["export/Dy_oxide/WLD"]


def test_mines_are_counted_in_oxide() -> None:
    found, clearing = _month("2010-01")
    activities = {row["facility"]: row["value"] for row in clearing.table("activities")}  # type: ignore[attr-defined]
    assert found["mined/A"] == pytest.approx(0.4 * activities["pit"], rel=1e-6)
    assert found["mined/WLD"] == found["mined/A"]


def test_a_run_is_read_month_by_month_and_comes_back_from_json() -> None:
    run = run_series(job(2), load_behaviour())
    assert run.months == ("2010-01", "2010-02")
    assert all(len(row) == 2 for row in run.values.values())
    assert run.base["fob/Nd_oxide"] == pytest.approx(run.values["fob/Nd_oxide"][0], rel=0.1)
    again = series_from(run.plain())
    assert again.values == run.values


def test_means_and_sums_over_months_the_run_has() -> None:
    run = Series(("2010-01", "2010-02", "2010-03"), {}, {"a": [1.0, 2.0, 6.0]})
    assert run.mean("a", "2010-01", "2010-03") == 3.0
    assert run.total("a", "2010-02", "2010-03") == 8.0
    assert run.total("a", "2010-02", "2010-04") is None
    assert run.mean("b", "2010-01", "2010-01") is None
