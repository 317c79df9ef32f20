"""Rises of leverage over starts and months, with causes that add up to them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from xenotime.talks.leverage.losses import COLUMNS, Losses
from xenotime.talks.leverage.rises import GROUPS, rises
from xenotime.talks.leverage.stakes import Stakes
from xenotime.talks.leverage.surface import Asked, Surface

USES = (("magnet", "B", "cars"), ("magnet", "A", "cars"), ("oxide", "B", "glass"))
STAKES = Stakes(np.array([10.0, 10.0, np.nan]), np.full(3, np.nan))


def path(users: list[float], missing: list[float], makers: list[float]) -> Losses:
    """B loses what its users and stopped car lines lose; A what its makers lose."""
    months = len(users)
    parts = {name: np.zeros((months, 2)) for name in COLUMNS}
    parts["users"][:, 1] = users
    parts["value_added"][:, 1] = 10.0 * np.array(missing)
    parts["producers"][:, 0] = makers
    lost = np.zeros((months, 3))
    lost[:, 0] = missing
    table = np.sum(list(parts.values()), axis=0)
    labels = tuple(f"2025-{month + 1:02d}" for month in range(months))
    return Losses(labels, ("A", "B"), parts, table, table, USES, np.array([1, 0, 1]), lost)


def surface(*paths: Losses) -> Surface:
    starts = tuple(12 * place for place in range(len(paths)))
    return Surface(Asked(("A",), ("B",), "2025-01", starts, len(paths[0].months)), paths)


def test_every_part_of_a_loss_is_in_one_group() -> None:
    assert sorted(name for parts in GROUPS.values() for name in parts) == sorted(COLUMNS)


def test_a_later_start_with_more_leverage_is_listed_with_causes_that_add_up() -> None:
    found = surface(path([10, 20], [1, 2], [5, 10]), path([10, 35], [1, 1.5], [5, 6]))
    over = [item for item in rises(found, STAKES, (1, 2)) if item.basis == "starts"]
    (only,) = over  # at one month both starts are alike
    assert (only.duration, only.first, only.last) == (2, 0, 12)
    assert (only.before, only.after) == (30.0, 44.0)
    assert sum(cause.amount for cause in only.causes) == pytest.approx(only.amount)
    by = {(cause.side, cause.group): cause for cause in only.causes}
    assert by["on", "tonnes served"].amount == 15.0
    assert by["by", "producers"].amount == 4.0  # who uses it loses less
    assert by["on", "tonnes not served"].amount == -5.0
    assert by["on", "tonnes not served"].goods == ((("magnet", "B", "cars"), -5.0),)
    assert [cause.amount for cause in only.causes] == sorted((c.amount for c in only.causes), reverse=True)


def test_a_gap_that_grows_while_the_control_lasts_is_listed_up_to_its_dearest_month() -> None:
    found = surface(path([10, 30, 45], [0, 2, 3], [0, 0, 0]))
    (only,) = rises(found, STAKES, (3,))
    assert (only.basis, only.first, only.last) == ("months", 1, 2)
    assert (only.before, only.after) == (10.0, 40.0)
    assert {c.group: c.amount for c in only.causes if c.side == "on" and c.amount} == {
        "tonnes served": 10.0,
        "tonnes not served": 20.0,
    }


def test_what_does_not_rise_or_hardly_is_not_listed() -> None:
    flat = surface(path([10, 20], [0, 0], [0, 0]), path([10, 20.1], [0, 0], [0, 0]))
    assert rises(flat, STAKES, (1, 2)) == ()


def test_paths_without_uses_have_causes_without_goods() -> None:
    plain = [
        replace(item, users=(), owner=np.zeros(0, dtype=np.int64), lost=np.zeros((0, 0)))
        for item in (path([10], [0], [0]), path([20], [0], [0]))
    ]
    (only,) = rises(surface(*plain), STAKES, (1,))
    assert all(cause.goods == () for cause in only.causes)
