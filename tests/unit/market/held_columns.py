"""Programs held by columns with numbers drawn by chance, and the same as whole matrices for plain numpy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
SAME = 1e-12  # a handful of terms summed in another order


@dataclass(frozen=True)
class Held:
    """start, row, amount, worth : by columns;  Q, B : the same as whole matrices

    The rest is a point and its bounds: `kind` 0 cannot move, 1 has a lower bound, 2 has both.
    """

    start: npt.NDArray[np.int64]
    row: npt.NDArray[np.int32]
    amount: Array
    worth: Array
    Q: Array
    B: Array
    kind: npt.NDArray[np.int8]
    P: Array
    c: Array
    r: Array
    low: Array
    high: Array
    x: Array
    y: Array

    @property
    def places(self) -> tuple[Any, Any]:
        return self.start, self.row

    @property
    def moves(self) -> npt.NDArray[np.bool_]:
        return np.asarray(self.kind != 0)

    @property
    def both(self) -> npt.NDArray[np.bool_]:
        return np.asarray(self.kind == 2)

    def empty(self, count: int) -> list[Array]:
        """Vectors over the columns that hold what no loop may read."""
        return [np.full(len(self.c), np.nan) for _ in range(count)]

    def over_rows(self, count: int) -> list[Array]:
        """The same over the rows."""
        return [np.full(len(self.r), np.nan) for _ in range(count)]


def held(seed: int, rows: int = 6, columns: int = 14) -> Held:
    """A program in which every kind of column, flat costs and an empty column occur."""
    luck = np.random.default_rng(seed)
    Q = np.where(luck.random((rows, columns)) < 0.35, luck.normal(size=(rows, columns)), 0.0)
    Q[:, -1] = 0.0
    B = Q * np.where(luck.random(Q.shape) < 0.3, luck.uniform(0.5, 1.0, Q.shape), 1.0)
    kind = np.concatenate([[0, 1, 2], luck.integers(0, 3, columns - 3)]).astype(np.int8)
    low = luck.uniform(-1.0, 0.0, columns)
    high = np.where(kind == 2, low + luck.uniform(0.5, 2.0, columns), np.where(kind == 1, np.inf, low))
    x = np.where(kind == 0, low, low + luck.uniform(0.05, 0.45, columns))
    at = [np.flatnonzero(Q[:, j]) for j in range(columns)]
    return Held(
        np.concatenate([[0], np.cumsum([len(part) for part in at])]).astype(np.int64),
        np.concatenate(at).astype(np.int32),
        np.concatenate([Q[part, j] for j, part in enumerate(at)]),
        np.concatenate([B[part, j] for j, part in enumerate(at)]),
        Q,
        B,
        kind,
        np.where(luck.random(columns) < 0.5, 0.0, luck.uniform(0.1, 2.0, columns)),
        luck.normal(size=columns) * 3.0,
        luck.normal(size=rows),
        low,
        high,
        x,
        luck.normal(size=rows) * 2.0,
    )
