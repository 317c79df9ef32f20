"""Segments of one curve held as one column: who uses a good has one amount, however finely its curve is cut.

Four fifths of the columns of a month are segments of curves of use.  A run of segments, each taking over
where the one before ends and none much steeper than the next, is one column whose marginal value bends; only
the segment it stands in matters at a time.  The step at the choke price is nearly flat beside the curve and
stays a column of its own: a method that follows slopes would jump from all of it to none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from xenotime.market import curve_loops
from xenotime.market.demand import Chain
from xenotime.market.engines import QP, Array
from xenotime.market.layout import Layout

Index = npt.NDArray[np.int64]
MEETS = 1e-9  # relative: a segment that begins this near the end of the one before takes over from it
STEEPEST = 4.0  # ratio of slopes of neighbours within one curve


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a program are held as one.

    head : the first column of the program of each held column;  group : held column of each of the program
    """

    head: Index
    group: Index

    def sums(self, values: Array) -> Array:
        """Sums of `values`, one per column of the program, over each held column."""
        return np.add.reduceat(values, self.head) if len(values) else values


def apart(count: int) -> Columns:
    """Every column held by itself."""
    every = np.arange(count)
    return Columns(every, every)


def hold_curves(
    layout: Layout, periods: int, uses: tuple[Chain, ...], supplies: tuple[Chain, ...]
) -> Columns:
    """The columns of a program of `periods` tree nodes, the segments of its curves together."""
    follows = np.zeros((periods, layout.width), dtype=bool)
    for kind, chains in (("use", uses), ("supply", supplies)):
        if chains:
            follows[:, layout.block(0, kind)] = np.concatenate([_follows(chain) for chain in chains])
    begins = ~follows.ravel()
    return Columns(np.flatnonzero(begins), np.cumsum(begins) - 1)


def _follows(chain: Chain) -> npt.NDArray[np.bool_]:
    """Whether each segment of a chain goes on where the one before ends, at a slope like its."""
    found = np.zeros(len(chain.width), dtype=bool)
    rise = np.abs(chain.last - chain.first)
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = np.where(np.isfinite(chain.width), rise / chain.width, 0.0)
        ratio = slope[1:] / slope[:-1]
    meets = np.abs(chain.first[1:] - chain.last[:-1]) <= MEETS * np.abs(chain.first[1:])
    sloped = (slope > 0) & np.isfinite(slope)
    found[1:] = meets & sloped[1:] & sloped[:-1] & (ratio < STEEPEST) & (ratio > 1 / STEEPEST)
    return found


@dataclass(frozen=True, slots=True)
class Knots:
    """The curves among the held columns of a program, scaled: piecewise linear marginal costs.

    column : held column of each curve;  first : its segments are `first[i] .. first[i + 1]`
    at : amount at which a segment begins;  cost : marginal cost there;  slope : its rise along the segment
    """

    column: Index
    first: Index
    at: Array
    cost: Array
    slope: Array


@dataclass(frozen=True, slots=True)
class Stand:
    """Cost and curvature of every column where it stands now, P x + c its marginal cost.

    segment : of each curve, counted from its first
    """

    knots: Knots
    P: Array
    c: Array
    segment: Index

    def at(self, x: Array) -> int:
        """Take the segments that amounts `x` lie in; gives how many curves are in another than before."""
        knots = self.knots
        return int(
            curve_loops.locate(
                knots.column, knots.first, knots.at, knots.cost, knots.slope, x, self.P, self.c, self.segment
            )
        )


def find_knots(columns: Columns, qp: QP, held: Array, money: float) -> Knots:
    """Curves of `qp` in scaled units.

    held : size of each held column;  money : what values are divided by
    """
    count = np.diff(np.append(columns.head, len(columns.group)))
    column = np.flatnonzero(count > 1)
    segment = np.flatnonzero(count[columns.group] > 1)
    first = np.concatenate([[0], np.cumsum(count[column])])
    size = held[columns.group[segment]]
    at = np.empty(len(segment))
    curve_loops.begins(first, qp.high[segment] / size, at)
    return Knots(column, first, at, qp.c[segment] * size / money, qp.P[segment] * size**2 / money)
