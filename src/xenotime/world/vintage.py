"""Facts as they stood in a month: which figures were out, what stands in for the rest, what is hindsight.

A figure of the base year that was out by then is used as it is or, where only a later edition was read, with
the range of a first edition.  One that was not is replaced by the same series' earlier figure with a wider
range; where there is none the later figure stays and is listed.  The full variant keeps every later figure
and lists it all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from xenotime.errors import one_problem
from xenotime.facts.grading import worst
from xenotime.facts.load import Facts
from xenotime.facts.publication import FirstKnown, read_publications
from xenotime.facts.table import TABLES
from xenotime.world.as_of import View, about, later_fact
from xenotime.world.numbers import Numbers
from xenotime.world.parameters import flag_parameters, standing_rows
from xenotime.world.plants_known import known_plants
from xenotime.world.relied import (
    CARRIED,
    FIRST,
    KNOWN,
    LATER,
    Gap,
    LaterFact,
    Reliance,
    Tally,
    stage_of,
)
from xenotime.world.series import History, year_of

STRICT, FULL = "strict", "full"
VARIANTS = (STRICT, FULL)
YEARLY = ("mine_production", "stage_output", "uses", "magnet_demand", "trade", "quotas", "prices")


@dataclass(frozen=True, slots=True)
class Vintage:
    """Facts for a builder as of a month, and what was done to them."""

    facts: Facts
    gaps: tuple[Gap, ...]
    later: tuple[LaterFact, ...]
    reliance: tuple[Reliance, ...]


def take_vintage(facts: Facts, year: int, known_by: str, variant: str = STRICT) -> Vintage:
    """Facts for the base year `year` as they could be known in `known_by`.

    Raises InputProblems for a word that is no variant.
    """
    if variant not in VARIANTS:
        raise one_problem(
            "unknown-name", "variant", repr(variant), " or ".join(VARIANTS), "strict leaves out what it can"
        )
    rules = read_publications(facts.rows("publication"))
    view = View(facts, Numbers(facts), rules, year, known_by, variant == STRICT, Tally())
    tables = dict(facts.tables)
    for name in YEARLY:
        chosen = tuple(_yearly(view, name))
        tables[name] = chosen if view.strict else facts.rows(name)
    plants = known_plants(facts.rows("facilities"), rules, known_by, view.strict, view.tally)
    tables["facilities"] = plants.rows
    for name in ("capacities", "costs", "cover"):
        rows = tuple(standing_rows(view, name, plants.rows))
        tables[name] = rows if view.strict else facts.rows(name)
    flag_parameters(view, tables)
    tally = view.tally
    seen = replace(facts, tables=MappingProxyType(tables), as_of=known_by if view.strict else facts.as_of)
    return Vintage(seen, tuple(tally.gaps), tuple(tally.later), tally.reliance())


def _yearly(view: View, name: str) -> Iterator[Any]:
    """Rows of the base year, each as known, as a first edition, carried forward, or later and listed."""
    table, rows = TABLES[name], view.facts.rows(name)
    most, usual = int(view.numbers["carried_years_most"]), view.numbers["carried_change"]
    history = History(table, rows, lambda row: view.known(name, row) is not None, view.year, usual)
    for row in rows:
        if year_of(row) != view.year:
            continue
        stage = stage_of(name, row, {})
        first = view.known(name, row)
        value = float(getattr(row, table.figure))
        if first is not None:
            kind = FIRST if first.revision else KNOWN
            seen = _first_edition(view, name, row, first) if first.revision and view.strict else row
        elif view.strict and (carried := history.carry(row, most)) is not None:
            kind, seen = CARRIED, carried.row
            value = float(getattr(seen, table.figure))
            why = f"{carried.year} carried forward, range widened by {carried.change:.0%} a year"
            view.tally.gaps.append(Gap("carried", name, about(name, row), value, seen.low, seen.high, why))
        else:
            kind, seen = LATER, row
            view.tally.later.append(later_fact(name, row, stage, value if stage else 0.0))
        if stage:
            view.tally.count(name, stage, kind, value)
        yield seen


def _first_edition(view: View, name: str, row: Any, first: FirstKnown) -> Any:
    """The later edition's figure with a range that holds the first edition's."""
    value = float(getattr(row, TABLES[name].figure))
    half = first.revision * abs(value)
    low, high = min(row.low, value - half), max(row.high, value + half)
    why = f"first published {first.month}; a later edition is used, first ones differ by {first.revision:.0%}"
    view.tally.gaps.append(Gap("first edition", name, about(name, row), value, low, high, why))
    return replace(row, low=low, high=high, grade=worst((row.grade, first.grade)))
