"""Half-lives of known curves, and who holds the stronger hand on known losses."""

from __future__ import annotations

import numpy as np
import pytest

from xenotime.talks.leverage.half_life import gap, half_life, hand, over_starts, within
from xenotime.talks.leverage.losses import COLUMNS, Losses
from xenotime.talks.leverage.surface import Asked, Surface


def path(on: list[float], by: list[float]) -> Losses:
    """Losses of two parties, all of it users'."""
    table = np.array([by, on]).T
    parts = {name: table * (name == "users") for name in COLUMNS}
    months = tuple(f"2025-{month + 1:02d}" for month in range(len(on)))
    return Losses(months, ("A", "B"), parts, table, table * 10)


def surface(*paths: Losses, starts: tuple[int, ...] = (0,)) -> Surface:
    """A surface of A's control over B."""
    asked = Asked(("A",), ("B",), "2025-01", starts, len(paths[0].months))
    return Surface(asked, paths)


def test_between_two_points_the_half_is_found_on_a_straight_line() -> None:
    found = half_life([0, 12, 24], [100.0, 60.0, 40.0])
    assert (found.months, found.how) == (pytest.approx(18.0), "reached")


def test_beyond_what_was_rolled_it_is_that_of_an_exponential() -> None:
    found = half_life([0, 12, 24], [100.0, 90.0, 81.0])
    assert (found.months, found.how) == (pytest.approx(12 * np.log(0.5) / np.log(0.9)), "fitted")


@pytest.mark.parametrize("values", [[100.0, 100.0], [100.0, 120.0], [-5.0, -8.0], [0.0, 0.0], [100.0, 99.9]])
def test_what_does_not_fall_has_none(values: list[float]) -> None:
    assert half_life([0, 12], values).months is None


def test_a_gap_that_turns_has_fallen_to_half_before() -> None:
    assert half_life([0, 10], [100.0, -100.0]).months == pytest.approx(2.5)


def test_leverage_is_the_loss_of_the_other_less_ones_own() -> None:
    found = surface(path([10, 30, 40], [2, 4, 6]))
    assert gap(found, 0).tolist() == [8, 26, 34]
    assert gap(found, 0, "output").tolist() == [80, 260, 340]
    assert within(found).months == pytest.approx(
        1 * (18 - 9) / (18 - 8)
    )  # months: 8, 18, 8; from the second on


def test_the_half_life_over_starts_takes_the_longest_duration() -> None:
    found = surface(path([10, 40], [0, 0]), path([5, 10], [0, 0]), starts=(0, 24))
    assert over_starts(found, 2).months == pytest.approx(24 * (40 - 20) / (40 - 10))


def test_the_stronger_hand_is_of_who_loses_less_until_it_turns() -> None:
    found = hand(surface(path([10, 30, 31], [2, 4, 12])), 0, 3)
    assert (found.side, found.gap, found.until) == ("by", 19.0, 3)
    assert found.ratio == pytest.approx(31 / 12)
    back = hand(surface(path([1, 2], [5, 9])), 0, 2)
    assert (back.side, back.gap, back.until) == ("on", 7.0, None)
    assert hand(surface(path([0, 0], [0, 0])), 0, 2).side == "neither"
