"""Scaling and dropping of fixed columns change nothing but the units an engine works in."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp

from small_worlds import ACCURACY
from xenotime.market.choose import make_engine
from xenotime.market.engines import QP, Raw
from xenotime.market.scaling import apply_scale, find_scale, solve_scaled


def uneven() -> QP:
    """Tonnes and micrograms side by side; the third column is fixed at 4."""
    return QP(
        P=np.array([2e-6, 2e6, 0.0]),
        c=np.array([-6e-3, -4e3, 7.0]),
        A=sp.csc_matrix([[1e-3, 1e3, 1.0]]),
        b=np.array([8.0]),
        G=sp.csc_matrix([[1e-3, 0.0, 0.0]]),
        h=np.array([2.2]),
        low=np.array([0.0, 0.0, 4.0]),
        high=np.array([1e4, 1.0, 4.0]),
    )


SIZE = np.array([1e3, 1e-3, 1.0])


def test_scaled_rows_have_a_largest_entry_of_one() -> None:
    scale = find_scale(uneven().A, uneven().G, SIZE)
    scaled = apply_scale(uneven(), scale, 1.0)
    assert abs(scaled.A).max() == pytest.approx(1.0)
    assert abs(scaled.G).max() == pytest.approx(1.0)
    assert pytest.approx([2.0, 2.0, 0.0]) == scaled.P
    assert scaled.high == pytest.approx([10.0, 1000.0, 4.0])


def test_rows_of_nothing_are_left_alone() -> None:
    empty = sp.csc_matrix((2, 3))
    assert find_scale(empty, sp.csc_matrix((0, 3)), SIZE).equality.tolist() == [1.0, 1.0]


@pytest.mark.parametrize("name", ["interior", "piqp", "highs", "clarabel"])
def test_an_answer_comes_back_in_its_own_units(name: str) -> None:
    """In units of their size this is (x - 3)^2 + (y - 2)^2 with x + y = 4, x <= 2.2 (duel in test_polish)."""
    raw = solve_scaled(make_engine(name), uneven(), find_scale(uneven().A, uneven().G, SIZE))
    assert raw.x == pytest.approx([2200.0, 1.8e-3, 4.0], rel=ACCURACY)
    assert raw.y == pytest.approx([-0.4], rel=ACCURACY * 10)
    assert raw.m == pytest.approx([1.2], rel=ACCURACY * 10)


class Spy:
    """Keeps the program it was asked to solve."""

    name = "spy"

    def __init__(self) -> None:
        self.seen: list[QP] = []

    def solve(self, qp: QP, start: Raw | None = None) -> Raw:
        self.seen.append(qp)
        n = len(qp.c)
        return Raw(np.full(n, 1e9), np.zeros(len(qp.b)), np.zeros(len(qp.h)), "solved", "spy", 0)


def test_fixed_columns_are_dropped_and_their_part_moved_to_the_right() -> None:
    spy = Spy()
    raw = solve_scaled(spy, uneven(), find_scale(uneven().A, uneven().G, SIZE))
    (seen,) = spy.seen
    assert len(seen.c) == 2
    assert seen.b == pytest.approx([4.0])
    assert raw.x == pytest.approx([1e4, 1.0, 4.0]), "an answer outside its bounds is put on them"


def test_a_program_without_costs_can_be_scaled() -> None:
    free = replace(uneven(), c=np.zeros(3))
    assert solve_scaled(Spy(), free, find_scale(free.A, free.G, SIZE)).status == "solved"
