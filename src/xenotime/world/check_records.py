"""What reading a folder makes sure of, for worlds that were built and not read: cells, keys, names."""

from __future__ import annotations

from typing import Any, cast

from xenotime.world.cells import CellFault, check_bounds, check_choice, check_month, fields_of
from xenotime.world.findings import key_text
from xenotime.world.problems import Collector, quoted
from xenotime.world.references import Names, pointers_of
from xenotime.world.tables import KEYS, TABLES, Column
from xenotime.world.world import World

WORLD_TABLES = tuple(table for table in TABLES if table != "units")


def check_records(world: World, problems: Collector) -> None:
    """Add every value out of bounds, every key given twice and every name of nothing."""
    names = Names()
    present = frozenset(table for table in WORLD_TABLES if getattr(world, table))
    for table in WORLD_TABLES:
        seen: set[tuple[str, ...]] = set()
        for index, record in enumerate(getattr(world, table)):
            _check_values(table, record, problems)
            key = tuple(str(getattr(record, column)) for column in KEYS[table])
            if key in seen:
                problems.add(
                    "duplicate-key",
                    f"{table}.csv",
                    None,
                    KEYS[table][0],
                    quoted(key_text(table, record)),
                    f"one row for each {' + '.join(KEYS[table])}",
                    "keep one of the two, or tell them apart",
                )
            seen.add(key)
            columns = {*pointers_of(table), KEYS[table][0], "sector"}.intersection(fields_of(table))
            names.note(table, index, {column: str(getattr(record, column)) for column in columns})
    names.check(present, problems, numbered=False)


def _check_values(table: str, record: Any, problems: Collector) -> None:
    for name, item in fields_of(table).items():
        column, value = cast(Column, item.metadata["column"]), getattr(record, name)
        try:
            if isinstance(value, bool) or value is None:
                continue
            if isinstance(value, str):
                if value and column.period:
                    check_month(value)
                check_choice(column, value)
            else:
                check_bounds(column, float(value), f"{value}")
        except CellFault as fault:
            found = f"{fault.found} in {key_text(table, record)}"
            problems.add(fault.code, f"{table}.csv", None, name, found, fault.expected, fault.remedy)
