"""How demand was expected to grow, as known in a month: a multiplier per demand row and month, with a range.

    s_rm = product over months k from the world's month to m of (1 + g_r(year of k)) ** (1/12)

with ``g`` the growth a year that was expected for the row's sector, else for all magnets or all oxides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from xenotime.months import month_number
from xenotime.world.numbers import FactTables
from xenotime.world.tables import Demand
from xenotime.world.world import World

Array = npt.NDArray[np.float64]
MAGNETS, OXIDES = "all_magnets", "all_oxides"
MERGED = "merged: "
MONTHS = 12.0
BEYOND = 12  # months the last look-ahead of a run sees past it


@dataclass(frozen=True, slots=True)
class GrowthPath:
    """Size of use over its size in the world, demand row x month.

    Attributes
    ----------
    scale, low, high : dimensionless, shape (rows of ``world.demand``, months)
    sources : sources of the rates used
    gaps : sectors for which no rate was known, which do not grow
    """

    scale: Array
    low: Array
    high: Array
    sources: tuple[str, ...]
    gaps: tuple[str, ...]


def neutral_path(world: World, months: int) -> GrowthPath:
    """No growth: ones."""
    flat = np.ones((len(world.demand), months))
    return GrowthPath(flat, flat, flat, (), ())


def growth_path(
    facts: FactTables, world: World, start: str, months: int, known_by: str = "", scenario: str = ""
) -> GrowthPath:
    """Expected growth of every demand row over `months` months from `start` (YYYY-MM).

    Parameters
    ----------
    known_by : month up to which a rate had to be out; the world's month if blank
    scenario : name of one scenario; blank takes the middle one of those about the same span

    Raises
    ------
    ValueError : `start` lies before the world's month, or is no month
    """
    first, base = month_number(start), month_number(world.date)
    if first < base:
        raise ValueError(f"growth from {start}: the world is of {world.date}, which is later")
    rates = Rates(facts, known_by or world.date, scenario)
    steps = np.arange(base + 1, first + months)
    paths: dict[tuple[str, ...], Array] = {}
    found, gaps, sources = np.ones((3, len(world.demand), months)), set(), set()
    for place, row in enumerate(world.demand):
        names = sectors_of(row)
        group = group_of(row)
        key = (group, *names)
        if key not in paths:
            paths[key] = np.ones((3, len(steps) + 1))
            rows = {
                year: [rates.row(name, group, year) for name in names]
                for year in sorted({int(step) // 12 for step in steps})
            }
            gaps |= {
                name for each in rows.values() for name, row_ in zip(names, each, strict=True) if not row_
            }
            sources |= {r.source for each in rows.values() for r in each if r is not None}
            paths[key][:, 1:] = np.cumprod(_monthly(rows, steps), axis=1)
        found[:, place] = paths[key][:, first - base :][:, :months]
    scale, low, high = found
    return GrowthPath(scale, low, high, tuple(sorted(sources)), tuple(sorted(gaps)))


def _monthly(rows: Mapping[int, Sequence[Any]], steps: npt.NDArray[np.int64]) -> Array:
    """Growth factor of each step: expected, low, high; several sectors count alike."""
    yearly = {
        year: np.mean([(r.cagr, r.low, r.high) if r else (0.0, 0.0, 0.0) for r in each], axis=0)
        for year, each in rows.items()
    }
    return np.array([(1 + yearly[int(step) // 12]) ** (1 / MONTHS) for step in steps]).reshape(-1, 3).T


def sectors_of(row: Demand) -> tuple[str, ...]:
    """Sectors a demand row stands for: its own, or those merged into it."""
    if row.note.startswith(MERGED):
        return tuple(row.note.removeprefix(MERGED).split(", "))
    return (row.sector,)


def group_of(row: Demand) -> str:
    """The group whose growth stands in for a sector without a rate."""
    return MAGNETS if row.material.startswith(("NdFeB_", "SmCo")) else OXIDES


class Rates:
    """Growth a year by sector, among the rows that were out by a month."""

    def __init__(self, facts: FactTables, known_by: str, scenario: str = "") -> None:
        self._rows: dict[str, list[Any]] = {}
        for row in facts.rows("growth"):
            if row.knowable_from <= known_by and scenario in ("", row.scenario):
                self._rows.setdefault(row.sector, []).append(row)

    def row(self, sector: str, group: str, year: int) -> Any:
        """The row for a sector in a year; None where neither it nor its group has any.

        A span that holds the year comes before one that does not: the sector's, then the group's, then that
        of all oxides, magnets' own among them; a past rate is only carried on where nothing was expected.
        """
        names = dict.fromkeys((sector, group, OXIDES))
        for name, inside in [(name, 0) for name in names] + [(name, 1) for name in names]:
            rows = [r for r in self._rows.get(name, []) if _span(r, year)[0] == inside]
            if rows:
                nearest = min(_span(row, year) for row in rows)
                level = sorted(
                    (r for r in rows if _span(r, year) == nearest), key=lambda r: (r.cagr, r.source)
                )
                return level[(len(level) - 1) // 2]
        return None


def _span(row: Any, year: int) -> tuple[int, int]:
    """How well a row's span fits a year: within, the shortest first; else by the years between."""
    begin, end = int(row.from_), int(row.to)
    if begin <= year < end:
        return (0, end - begin)
    return (1, min(abs(begin - year), abs(end - year)))
