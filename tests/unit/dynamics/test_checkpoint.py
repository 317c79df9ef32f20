"""A run that was stopped goes on where it stopped, with the bytes of one that was not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from unit.dynamics.doubt import FEARED, fear
from unit.dynamics.dynamic_worlds import BAN, START, floating
from xenotime.dynamics.checkpoint import Checkpoint, month_arrays
from xenotime.dynamics.trajectory import Trajectory, prepare, run_months
from xenotime.policy.package import Package

MONTHS = 6


def roll(months: int, place: Checkpoint | None = None) -> Trajectory:
    world = floating()
    return run_months(world, prepare(world, Package((BAN,)), START), START, months, checkpoint=place)


def bytes_of(run: Trajectory) -> list[bytes]:
    return [array.tobytes() for month in run.months for _, array in sorted(month_arrays(month).items())]


WHOLE = bytes_of(roll(MONTHS))


@pytest.mark.parametrize("stopped", [1, 3, 5])
def test_stopped_and_resumed_at_any_month_is_the_same_run(tmp_path: Path, stopped: int) -> None:
    place = Checkpoint(tmp_path / "months", "key")
    roll(stopped, place)
    again = roll(MONTHS, place)
    assert bytes_of(again) == WHOLE


def test_months_kept_are_not_made_again(tmp_path: Path) -> None:
    place = Checkpoint(tmp_path / "months", "key")
    roll(MONTHS, place)
    before = {file: file.stat().st_mtime_ns for file in place.folder.glob("*.npz")}
    roll(MONTHS, place)
    assert {file: file.stat().st_mtime_ns for file in place.folder.glob("*.npz")} == before


def test_months_of_another_run_are_thrown_away(tmp_path: Path) -> None:
    roll(MONTHS, Checkpoint(tmp_path / "months", "another"))
    assert Checkpoint(tmp_path / "months", "key").read(MONTHS) == ((), None)
    roll(1, Checkpoint(tmp_path / "months", "key"))
    assert len(list((tmp_path / "months").glob("*.npz"))) == 1


def test_a_month_cut_short_by_a_crash_is_not_read(tmp_path: Path) -> None:
    place = Checkpoint(tmp_path / "months", "key")
    roll(2, place)
    (place.folder / ".draft").write_bytes(b"half a month")
    assert bytes_of(roll(MONTHS, place)) == WHOLE


def test_what_is_read_is_what_was_written(tmp_path: Path) -> None:
    place = Checkpoint(tmp_path / "months", "key")
    run = roll(2, place)
    months, after = place.read(9)
    assert [item.month for item in months] == ["2025-01", "2025-02"]
    assert after is not None
    assert np.array_equal(after.stock, run.after.stock)


@pytest.mark.parametrize("stopped", [1, 2, 3])
def test_the_market_at_rest_is_kept_leaf_by_leaf(tmp_path: Path, stopped: int) -> None:
    """A doubt that arises in February: one rest before it and two after it, resumed on either side."""
    world = floating()

    def run(months: int, place: Checkpoint | None = None) -> Trajectory:
        setup = prepare(world, Package((FEARED,), beliefs=(fear(0.3, since="2025-02"),)), START)
        return run_months(world, setup, START, months, checkpoint=place)

    whole, place = run(4), Checkpoint(tmp_path / "months", "key")
    run(stopped, place)
    again = run(4, place)
    assert bytes_of(again) == bytes_of(whole)
    one = len(whole.setup.begin)
    assert [len(month.before.rest) for month in again.months] == [0, one, 2 * one, 2 * one]
    for mine, theirs in zip(again.months, whole.months, strict=True):
        assert mine.before.rest.tobytes() == theirs.before.rest.tobytes()
    assert again.after.rest.tobytes() == whole.after.rest.tobytes()
