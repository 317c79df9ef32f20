"""Facts as they stood in a month: what was known, what is carried forward, and what is borrowed from later.

A world of a past date needs figures nobody had published yet.  They are found in this order, each named:

1. the figure itself, where it was knowable;
2. the same series' latest knowable year, carried forward, its range widened by how much series of its
   kind changed from year to year (only where `strict`);
3. the later-published figure, flagged as such.

Plants nobody had announced are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import exp, log, sqrt
from statistics import NormalDist, pstdev
from types import MappingProxyType
from typing import Any

from xenotime.facts.load import Facts, knowable
from xenotime.facts.table import TABLES, Table

TONNES = ("mine_production", "stage_output", "uses", "magnet_demand", "trade")
SERIES = (*TONNES, "capacities", "quotas", "grades")
TAIL = NormalDist().inv_cdf(0.9)  # a range is read as the first to the last tenth
# What a world is built from besides; other tables hold no more than was known.
INPUTS = (
    *("feeds", "assays", "facilities", "yields", "costs", "elasticities", "choke", "cover", "prices"),
    *("price_volumes", "transit", "freight", "tariffs", "export_taxes", "vat_refund", "assumptions"),
)
KEPT, CARRIED, LEFT_OUT = "borrowed from later", "carried forward", "left out"


@dataclass(frozen=True, slots=True)
class LaterFact:
    """A figure that was not knowable yet, and what stands for it.

    tonnes : t per year that rest on it, zero where it is no tonnage
    treatment : borrowed from later, carried forward, or left out
    low, value, high : what is used
    """

    table: str
    about: str
    refers_to: str
    knowable_from: str
    treatment: str
    tonnes: float
    value: float | None
    low: float | None
    high: float | None
    unit: str
    source: str
    why: str


def as_known(facts: Facts, known_by: str, year: int, strict: bool) -> tuple[Facts, tuple[LaterFact, ...]]:
    """Facts for a world of base `year` as known by the month `known_by`, and every figure that was not.

    strict : carry earlier years forward where there are any, rather than borrow from later
    """
    tables: dict[str, tuple[Any, ...]] = dict(knowable(facts, known_by).tables)
    tables |= {name: facts.tables[name] for name in ("elements", "sources", "missing")}
    later: list[LaterFact] = []
    for name in (*SERIES, *INPUTS):
        table, rows = TABLES[name], facts.tables[name]
        if not rows or not hasattr(rows[0], "knowable_from"):
            tables[name] = rows
            continue
        if name in SERIES:
            known = known_years(table, rows, known_by) if strict else {}
            spread = yearly_change(table, rows) if strict else 0.0
            made = [_series_row(table, row, known, known_by, year, spread) for row in rows]
        else:
            made = [_other_row(table, row, known_by, year) for row in rows]
        tables[name] = tuple(row for row, _ in made if row is not None)
        later += [fact for _, fact in made if fact is not None]
    return Facts(MappingProxyType(tables), known_by), tuple(later)


def yearly_change(table: Table, rows: tuple[Any, ...]) -> float:
    """Standard deviation of the logarithm of change from a year to the next, over all series of a table."""
    series: dict[tuple[str, ...], dict[int, float]] = {}
    for row in rows:
        value = getattr(row, table.figure)
        if value:
            series.setdefault(_key(table, row), {})[int(row.year)] = float(value)
    moves = [
        log(years[later] / years[year])
        for years in series.values()
        for year in years
        if (later := year + 1) in years
    ]
    return pstdev(moves) if len(moves) > 1 else 0.0


def known_years(table: Table, rows: tuple[Any, ...], known_by: str) -> dict[tuple[str, ...], list[Any]]:
    """Rows of each series that were knowable, latest year last."""
    found: dict[tuple[str, ...], list[Any]] = {}
    for row in sorted(rows, key=lambda row: int(row.year)):
        if row.knowable_from <= known_by and getattr(row, table.figure):
            found.setdefault(_key(table, row), []).append(row)
    return found


def _key(table: Table, row: Any) -> tuple[str, ...]:
    return tuple(str(getattr(row, name, "")) for name in table.key if name != "year")


def _series_row(
    table: Table,
    row: Any,
    known: Mapping[tuple[str, ...], list[Any]],
    known_by: str,
    year: int,
    spread: float,
) -> tuple[Any, LaterFact | None]:
    """A row of yearly figures; other years than the base year are used as they are known."""
    if row.knowable_from <= known_by:
        return row, None
    if int(row.year) != year:
        return None, None
    earlier = [other for other in known.get(_key(table, row), ()) if int(other.year) < year]
    if not earlier:
        return row, _fact(table, row, row, KEPT, "no earlier figure of the series was known")
    before = earlier[-1]
    value, years = getattr(before, table.figure), year - int(before.year)
    widening = exp(TAIL * spread * sqrt(years))
    carried = replace(
        row,
        **{table.figure: value},
        low=min(float(before.low), value / widening),
        high=max(float(before.high), value * widening),
        grade="D",
        source=before.source,
        knowable_from=before.knowable_from,
        note=f"{before.year} carried forward",
    )
    why = f"figure of {before.year}; range widened by {spread:.0%} a year"
    return carried, _fact(table, row, carried, CARRIED, why)


def _other_row(table: Table, row: Any, known_by: str, year: int) -> tuple[Any, LaterFact | None]:
    """A row without a year of its own."""
    if row.knowable_from <= known_by:
        return row, None
    if table.name == "facilities":
        begin = row.start or row.planned_start
        if not begin or begin > known_by:
            return None, _fact(table, row, None, LEFT_OUT, "not announced yet as far as a source shows")
    if hasattr(row, "period") and str(row.period)[:4] > str(year):
        return None, None  # a price of a later year is no input of this base year
    return row, _fact(table, row, row, KEPT, "no earlier source for it")


def _fact(table: Table, row: Any, used: Any, treatment: str, why: str) -> LaterFact:
    figure = table.figure
    value = getattr(used, figure) if used is not None and figure else None
    about = " / ".join(str(getattr(row, name, getattr(row, f"{name}_", ""))) for name in table.key)
    return LaterFact(
        table=table.name,
        about=about,
        refers_to=str(getattr(row, "refers_to", "")),
        knowable_from=row.knowable_from,
        treatment=treatment,
        tonnes=float(value or 0.0) if table.name in TONNES else 0.0,
        value=None if value is None else float(value),
        low=getattr(used, "low", None),
        high=getattr(used, "high", None),
        unit=table.unit(row) if figure else "",
        source=str(getattr(used, "source", "") or row.source),
        why=why,
    )


def tonnes_known(facts: Facts, later: tuple[LaterFact, ...], year: int) -> tuple[Mapping[str, Any], ...]:
    """Per table of tonnages: what the base year adds up to, and how much was known, carried and borrowed."""
    found = []
    for name in TONNES:
        rows = [row for row in facts.tables[name] if int(row.year) == year]
        total = sum(float(getattr(row, TABLES[name].figure) or 0.0) for row in rows)
        here = [fact for fact in later if fact.table == name]
        parts = {
            treatment: sum(fact.tonnes for fact in here if fact.treatment == treatment)
            for treatment in (CARRIED, KEPT)
        }
        known = total - sum(parts.values())
        found.append(
            {
                "table": name,
                "tonnes": total,
                "known": known,
                "carried": parts[CARRIED],
                "borrowed": parts[KEPT],
                "known_share": known / total if total else 1.0,
            }
        )
    return tuple(found)
