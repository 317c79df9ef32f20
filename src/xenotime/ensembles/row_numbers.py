"""Uncertain numbers of a user's own world: the ranges its rows state, each about the row's main figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xenotime.ensembles.uncertain import Act, Uncertain, is_open
from xenotime.facts.grading import default_range
from xenotime.world.conversion import MAIN_FIGURE
from xenotime.world.tables import KEYS
from xenotime.world.world import World

# Contents and recipes are left out: drawn apart from each other they would make or lose matter.
DRAWN = ("facilities", "lanes", "limits", "demand", "supply", "stocks", "contracts")
WITH_IT = {"opening": ("cover_days",)}  # what moves with a figure, in proportion
INSTEAD = {("demand", "quantity"): "intercept", ("supply", "quantity"): "intercept"}  # of straight lines


def row_numbers(world: World) -> tuple[Uncertain, ...]:
    """One number per row that states ``low`` and ``high``, or a grade whose default range stands in."""
    return tuple(item for table in DRAWN for item in _of_table(world, table))


def _of_table(world: World, table: str) -> Iterator[Uncertain]:
    seen: dict[tuple[str, ...], int] = {}
    for place, row in enumerate(getattr(world, table)):
        column = MAIN_FIGURE[table]
        if getattr(row, column, None) is None and (table, column) in INSTEAD:
            column = INSTEAD[table, column]
        value = getattr(row, column)
        low, high = _range(row, value)
        if not value or not is_open(low, value, high) or low is None or high is None:
            continue
        key = tuple(str(getattr(row, name)) for name in KEYS[table])
        if table == "facilities":  # the rows of a facility share one capacity
            if (key[0],) in seen:
                continue
            seen[key[0],] = place
            key = (key[0],)
        cells = [Act(table, at, column) for at in _rows_of(world, table, place)]
        cells += [
            Act(table, place, other)
            for other in WITH_IT.get(column, ())
            if getattr(row, other, None) is not None
        ]
        yield Uncertain(
            name="/".join(("row", table, *(part or "-" for part in key))),
            kind="row",
            low=low,
            value=float(value),
            high=high,
            grade=row.grade or "D",
            source=row.source,
            row=f"{table}: {', '.join(part for part in key if part)} {column}",
            acts=tuple(cells),
        )


def _rows_of(world: World, table: str, place: int) -> list[int]:
    if table != "facilities":
        return [place]
    name = world.facilities[place].facility
    return [at for at, row in enumerate(world.facilities) if row.facility == name]


def _range(row: Any, value: float | None) -> tuple[float | None, float | None]:
    if row.low is not None and row.high is not None:
        return row.low, row.high
    if value is None or not row.grade or row.low is not None or row.high is not None:
        return None, None
    return default_range(float(value), row.grade)
