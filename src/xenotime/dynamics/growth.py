"""Demand that grows over a run as it was expected to grow when the run begins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xenotime.market.network import Array
from xenotime.months import months_between


@dataclass(frozen=True, slots=True)
class Growth:
    """Reference demand over that of the world, demand rows x months from `start`."""

    start: str
    scale: Array

    def at(self, month: str) -> Array:
        """Multiple of reference demand per row; months outside the path are as its ends."""
        if not self.start or not month:
            return np.asarray(self.scale[:, -1])
        position = min(max(months_between(self.start, month), 0), self.scale.shape[1] - 1)
        return np.asarray(self.scale[:, position])


def no_growth(rows: int) -> Growth:
    """Demand stays as it is."""
    return Growth("", np.ones((rows, 1)))


def grown(start: str, scale: Array, rows: int) -> Growth:
    """Growth of the world's own users; rows after them are orders, which do not grow."""
    own = np.ones((rows, scale.shape[1]))
    own[: len(scale)] = scale
    return Growth(start, own)
