"""A series of yearly figures: what stands in for a year that was not out yet."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from xenotime.facts.column import header_of
from xenotime.facts.table import Table


@dataclass(frozen=True, slots=True)
class Carried:
    """An earlier row moved to the base year, and the yearly change its range was widened by."""

    row: Any
    year: int
    change: float


def year_column(table: Table) -> str:
    """Name of the column that tells the years of a series apart."""
    return "year" if "year" in table.columns() else "period"


def series_key(table: Table, row: Any) -> tuple[str, ...]:
    """Key of a row without its year."""
    return tuple(
        str(getattr(row, name, getattr(row, f"{name}_", "")))
        for name in table.key
        if name not in ("year", "period", "refers_to")
    )


def year_of(row: Any) -> int | None:
    """Year of a yearly figure; None for a month, quarter or span."""
    text = str(getattr(row, "year", "") or getattr(row, "period", "") or row.refers_to)
    return int(text) if len(text) == 4 and text.isdigit() else None


class History:
    """Figures of a table that were out by the month, and how much they moved from year to year."""

    def __init__(
        self, table: Table, rows: Sequence[Any], is_known: Callable[[Any], bool], year: int, default: float
    ) -> None:
        self._table, self._year = table, year
        self._known: dict[tuple[str, ...], dict[int, Any]] = {}
        for row in rows:
            at = year_of(row)
            if at is not None and at <= year and is_known(row):
                self._known.setdefault(series_key(table, row), {})[at] = row
        changes = [c for series in self._known.values() if (c := self._change(series)) is not None]
        self._usual = sum(changes) / len(changes) if changes else default

    def _change(self, series: dict[int, Any]) -> float | None:
        """Mean absolute logarithmic change a year; None with fewer than two positive figures."""
        points = [(at, self._value(row)) for at, row in sorted(series.items()) if self._value(row) > 0]
        if len(points) < 2:
            return None
        steps = [
            abs(math.log(after / before)) / (end - begin)
            for (begin, before), (end, after) in pairwise(points)
        ]
        return sum(steps) / len(steps)

    def _value(self, row: Any) -> float:
        return float(getattr(row, self._table.figure))

    def carry(self, row: Any, most: int) -> Carried | None:
        """The latest earlier figure of the row's series, at most `most` years old, moved to the base year.

        Its range is widened by the factor ``exp(change * sqrt(years))``, the spread of a walk whose yearly
        step is the usual change of the series.
        """
        series = self._known.get(series_key(self._table, row), {})
        earlier = [at for at in series if self._year - most <= at < self._year]
        if not earlier:
            return None
        at = max(earlier)
        own = self._change(series)
        change = self._usual if own is None else own
        factor = math.exp(change * math.sqrt(self._year - at))
        column, old = year_column(self._table), series[at]
        moved = replace(
            old,
            **{header_of(column): type(getattr(old, column))(self._year)},
            low=old.low / factor,
            high=old.high * factor,
            grade="D",
            note=f"{at} carried forward; {old.note}".strip("; "),
        )
        return Carried(moved, at, change)
