"""States as named arrays and back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from xenotime.dynamics.keep import arrays_of, from_arrays, join_uneven, uneven_part
from xenotime.market.network import Array


@dataclass(frozen=True)
class Inner:
    left: Array


@dataclass(frozen=True)
class Outer:
    amount: Array
    part: Inner


OUTER = Outer(np.array([1.0, 2.0]), Inner(np.array([3.0])))


def test_parts_are_named_with_dots() -> None:
    assert set(arrays_of(OUTER)) == {"amount", "part.left"}


def test_a_record_comes_back_whole() -> None:
    again = from_arrays(Outer, arrays_of(OUTER))
    assert again.amount.tolist() == [1.0, 2.0]
    assert again.part.left.tolist() == [3.0]


def test_a_missing_array_is_no_silent_zero() -> None:
    with pytest.raises(KeyError, match=r"part\.left"):
        from_arrays(Outer, {"amount": OUTER.amount})


def test_arrays_of_uneven_length_come_back_one_by_one() -> None:
    parts = [np.array([1.0, 2.0]), np.zeros(0), np.array([3.0])]
    joined, ends = join_uneven(parts)
    assert ends.tolist() == [2, 2, 3]
    assert [uneven_part(joined, ends, position).tolist() for position in range(3)] == [[1.0, 2.0], [], [3.0]]
