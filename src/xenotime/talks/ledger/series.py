"""Delivered series: points that may be months or running totals, and the best cover of a time by them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xenotime.facts.load import Facts
from xenotime.facts.observed import ObservedExport, ObservedQuotaUse
from xenotime.facts.words import Delivered
from xenotime.talks.ledger.days import first_day, last_day

EXPORTS, QUOTA_USE = "exports", "quota_use"


@dataclass(frozen=True, slots=True)
class Point:
    """`value` was delivered from day `start` to day `end`, both counted; between `low` and `high`."""

    start: int
    end: int
    value: float
    low: float
    high: float
    grade: str
    source: str

    @property
    def days(self) -> int:
        return self.end - self.start + 1


def series_points(facts: Facts, name: str) -> tuple[Point, ...]:
    """Points of a series by time: rows of ``delivered_series``, and the observed rows of that name.

    ``exports/magnets/CHN/USA`` also reads observed exports, ``quota_use/rare_earths/CHN`` those under quotas.
    """
    found = [_point(row.start, row.end, row) for row in facts.rows(Delivered) if row.series == name] + list(
        _observed(facts, name)
    )
    return tuple(sorted(found, key=lambda point: (point.start, point.end, point.value)))


def _point(start: str, end: str, row: Delivered | ObservedExport | ObservedQuotaUse) -> Point:
    return Point(first_day(start), last_day(end), row.value, row.low, row.high, row.grade, row.source)


def _observed(facts: Facts, name: str) -> Iterable[Point]:
    kind, _, rest = name.partition("/")
    if kind == EXPORTS:
        for row in facts.rows(ObservedExport):
            if "/".join((row.product, row.origin, row.destination)) == rest:
                yield _point(*_span(row.period), row)
    if kind == QUOTA_USE:
        for use in facts.rows(ObservedQuotaUse):
            if use.measure == "exports" and use.category == "total" and rest.endswith(use.region):
                yield _point(*_span(use.period), use)


def _span(period: str) -> tuple[str, str]:
    """First and last month of a period such as 2025, 2025-Q1, 2025-H1, 2025-03 or 2025-01..2025-05."""
    first, _, last = period.partition("..")
    year, _, part = first.partition("-")
    if part[:1] == "Q":
        quarter = int(part[1])
        return f"{year}-{3 * quarter - 2:02d}", f"{year}-{3 * quarter:02d}"
    if part[:1] == "H":
        return (f"{year}-01", f"{year}-06") if part == "H1" else (f"{year}-07", f"{year}-12")
    return first, last or first


def cover(points: Sequence[Point], start: int, end: int) -> tuple[Point, ...]:
    """Points inside [start, end] that do not overlap and cover most days; of equal covers the fewest points.

    Weighted interval scheduling; the order of `points` changes nothing.
    """
    inside = sorted(
        (p for p in points if start <= p.start and p.end <= end),
        key=lambda p: (p.end, p.start, p.value, p.source),
    )
    best: list[tuple[int, int, tuple[Point, ...]]] = [(0, 0, ())]
    for count, point in enumerate(inside):
        before = max((i for i in range(count) if inside[i].end < point.start), default=-1)
        days, pieces, chain = best[before + 1]
        taken = (days + point.days, pieces - 1, (*chain, point))
        best.append(max(best[-1], taken, key=lambda item: (item[0], item[1])))
    return best[-1][2]


def rates(points: Sequence[Point]) -> list[tuple[int, float, float]]:
    """Daily rates known: of points, and between running totals of one start; (last day, length, rate)."""
    found = [(p.end, float(p.days), p.value / p.days) for p in points]
    for first in points:
        for later in points:
            if first.start == later.start and first.end < later.end:
                length = later.end - first.end
                found.append((later.end, float(length), (later.value - first.value) / length))
    return sorted(found)
