"""The shipped world left alone stays as it is; five years of it conserve matter and repeat byte for byte."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from xenotime.api import load_case, load_world
from xenotime.dynamics.account import account_elements
from xenotime.dynamics.checkpoint import Checkpoint, Month, month_arrays
from xenotime.dynamics.trajectory import Trajectory, prepare, run_months
from xenotime.ensembles.frozen import load_frozen
from xenotime.policy.package import NOTHING, read_package
from xenotime.world.world import World

START = "2025-01"
DRIFT = 0.05  # of a stock: what leaving the world alone may do to it
CONSERVED = 1e-9  # relative, the account of snapped residues included
SNAPPED = 1e-6  # of throughput: the most that account may hold
YEARS = 60
FITTED = load_frozen().behaviour()  # what users run


def without_starts() -> World:
    """The shipped world with no plant to come: no control and no growth."""
    world = load_world()
    return world.with_tables(facilities=tuple(row for row in world.facilities if row.start <= START))


@cache
def at_rest(months: int) -> Trajectory:
    world = without_starts()
    return run_months(world, prepare(world, NOTHING, START, behaviour=FITTED, still=True), START, months)


def largest_drift(run: Trajectory) -> float:
    stocks = np.stack([month.before.stock for month in run.months] + [run.after.stock])
    held = stocks[0] > 0
    assert held.sum() > 1000
    return float(np.max(np.abs(stocks[:, held] / stocks[0, held] - 1)))


@pytest.mark.parametrize("months", [6, pytest.param(YEARS, marks=pytest.mark.slow)])
def test_no_stock_drains_or_builds_when_nothing_happens(months: int) -> None:
    assert largest_drift(at_rest(months)) < DRIFT


@pytest.mark.parametrize("months", [6, pytest.param(YEARS, marks=pytest.mark.slow)])
def test_nobody_waits_and_nobody_adapts_when_nothing_happens(months: int) -> None:
    after = at_rest(months).after
    assert float(after.backlog.waiting.sum()) == 0.0
    assert float(np.max(np.abs(after.adapted.level))) < 0.01  # rounding of prices, through elasticities


@pytest.mark.slow
def test_five_years_under_licences_conserve_every_element_and_repeat_byte_for_byte(tmp_path: Path) -> None:
    world, case = load_world(), load_case("april-2025")
    setup = prepare(world, read_package(case, world), START, behaviour=FITTED)
    whole = run_months(world, setup, START, YEARS)
    for account in account_elements(whole):
        assert account.residual < CONSERVED, account.element
        assert account.snapped < SNAPPED * account.throughput, account.element
    place, stop = Checkpoint(tmp_path / "months", "key"), YEARS // 2
    run_months(
        world,
        prepare(world, read_package(case, world), START, behaviour=FITTED),
        START,
        stop,
        checkpoint=place,
    )
    fresh = prepare(world, read_package(case, world), START, behaviour=FITTED)
    again = run_months(world, fresh, START, YEARS, checkpoint=place)
    for mine, theirs in zip(whole.months, again.months, strict=True):
        assert arrays_bytes(mine) == arrays_bytes(theirs), mine.month


def arrays_bytes(month: Month) -> dict[str, bytes]:
    return {name: array.tobytes() for name, array in month_arrays(month).items()}
