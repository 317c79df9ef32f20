"""Every number has a stream of its own; a longer ensemble begins with the shorter one."""

from __future__ import annotations

import numpy as np
import pytest

from xenotime.ensembles.sampling import luck, points

NAMES = ("choke/a", "cover/b", "control/odds")


def test_a_longer_ensemble_begins_with_the_shorter() -> None:
    long = points("sobol", 1, NAMES, 100)
    for draws in (1, 2, 3, 17, 64):
        np.testing.assert_array_equal(points("sobol", 1, NAMES, draws), long[:draws])


def test_another_number_moves_no_draw() -> None:
    more = points("sobol", 1, ("aaa", *NAMES, "zzz"), 20)
    np.testing.assert_array_equal(points("sobol", 1, NAMES, 20), more[:, 1:4])


def test_another_seed_moves_all() -> None:
    assert (points("sobol", 1, NAMES, 20) != points("sobol", 2, NAMES, 20)).all()


@pytest.mark.parametrize("power", [3, 5, 7])
def test_every_first_block_is_stratified_in_every_number(power: int) -> None:
    count = 2**power
    table = points("sobol", 5, NAMES, count)
    for column in table.T:
        assert sorted((column * count).astype(int)) == list(range(count))


def test_two_numbers_do_not_share_their_halves() -> None:
    table = points("sobol", 5, [f"number {i}" for i in range(60)], 256)
    together = np.abs(np.corrcoef(table.T) - np.eye(60))
    assert together.max() < 0.3  # chance leaves 1 / 16 times four; shared halves would make 0.75


def test_a_hypercube_is_stratified_over_what_is_asked_for_and_depends_on_it() -> None:
    table = points("lhs", 1, NAMES, 10)
    for column in table.T:
        assert sorted((column * 10).astype(int)) == list(range(10))
    assert (points("lhs", 1, NAMES, 11)[:10] != table).any()


def test_luck_is_that_of_seed_and_number() -> None:
    assert luck(1, 2) == luck(1, 2)
    assert len({luck(seed, number) for seed in range(5) for number in range(20)}) == 100


def test_an_unknown_design_is_refused() -> None:
    with pytest.raises(ValueError, match="sobol, lhs"):
        points("grid", 1, NAMES, 4)
