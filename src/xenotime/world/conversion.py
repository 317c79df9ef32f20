"""What ``units.csv`` says: factors from the units columns are written in to those the world counts in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import cast

from xenotime.units import UnitFault, conversion_factor
from xenotime.world.cells import fields_of, is_numeric
from xenotime.world.problems import Collector, quoted, suggestion
from xenotime.world.tables import TABLES, Column, UnitRow

DEFAULT_UNIT = "t"
UNITS_FILE = "units.csv"

# The figure that `low` and `high` of a row are about, so that a range changes unit with its figure.
MAIN_FIGURE: Mapping[str, str] = {
    "contents": "share",
    "recipes": "amount",
    "facilities": "capacity",
    "lanes": "cost",
    "limits": "limit",
    "demand": "quantity",
    "supply": "quantity",
    "stocks": "opening",
    "contracts": "quantity",
    "controls": "value",
}
_QUOTAS = frozenset({"quota", "production_quota", "port"})
Cells = Mapping[str, str]


@dataclass(slots=True)
class Conversions:
    """Units by table and column, and the unit each material is counted in.

    `groups` fills while lanes are read: the unit of a joint limit is that of the lanes that share it.
    """

    written: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    unit_of: dict[str, str] = field(default_factory=dict)
    groups: dict[str, set[str]] = field(default_factory=dict)
    _said: set[tuple[str, ...]] = field(default_factory=set)

    def note(self, table: str, cells: Cells) -> None:
        """Remember what later tables need from this row."""
        if table == "materials" and cells.get("material"):
            self.unit_of[cells["material"]] = cells.get("unit") or DEFAULT_UNIT
        if table == "lanes" and cells.get("limit_group"):
            self.groups.setdefault(cells["limit_group"], set()).add(self._unit(cells.get("material", "")))

    def factor(self, table: str, column: str, cells: Cells) -> float:
        """What the numbers of `column` in this row are multiplied by.

        Raises
        ------
        UnitFault : the unit named for this column does not fit the row's material
        """
        if not self.written:
            return 1.0
        if column in ("low", "high") and table in MAIN_FIGURE:
            linear = cells.get("form") == "linear"
            column = "intercept" if linear else MAIN_FIGURE[table]
        entry = self.written.get((table, column))
        if entry is None:
            return 1.0
        wanted = cast(Column, fields_of(table)[column].metadata["column"]).unit
        if (table, column) == ("controls", "value"):
            if cells.get("instrument") not in _QUOTAS:
                return 1.0
            wanted = "unit/month"
        if table == "contents":
            wanted = ""
        if re.search(r"\bunit\b", wanted):
            unit = self._row_unit(table, column, cells)
            wanted = re.sub(r"\bunit\b", lambda _: f"({unit})" if " " in unit else unit, wanted)
        return conversion_factor(entry[0], wanted)

    def is_new(self, *fault: str) -> bool:
        """Whether this fault was not yet reported."""
        new = fault not in self._said
        self._said.add(fault)
        return new

    def _row_unit(self, table: str, column: str, cells: Cells) -> str:
        if table == "limits":
            units = self.groups.get(cells.get("limit_group", ""), set())
        elif column == "floor_price":
            units = {self._unit(cells.get("floor_material", ""))}
        elif cells.get("material"):
            units = {self._unit(cells["material"])}
        else:
            units = set(self.unit_of.values()) or {DEFAULT_UNIT}
        if len(units) != 1:
            raise UnitFault(
                "wrong-kind-of-unit",
                f"materials counted in {', '.join(sorted(units)) or 'no unit'}",
                "one unit for all that this row is about",
                f"take {table}, {column} out of units.csv and give these numbers in world units yourself",
            )
        return next(iter(units))

    def _unit(self, material: str) -> str:
        return self.unit_of.get(material, DEFAULT_UNIT)


def report_unit(
    fault: UnitFault, table: str, column: str, line: int, conversions: Conversions, problems: Collector
) -> None:
    """Add a fault met in a row of `table` to the row of ``units.csv`` that causes it, each kind once."""
    main = MAIN_FIGURE.get(table, column) if column in ("low", "high") else column
    if conversions.is_new(table, main, fault.expected):
        row = conversions.written[table, main][1] if (table, main) in conversions.written else None
        found = f"{fault.found} for row {line} of {table}.csv"
        problems.add(fault.code, UNITS_FILE, row, "unit", found, fault.expected, fault.remedy)
    problems.taint(f"{table}.csv")


def take_units(rows: Iterable[tuple[UnitRow, int]], conversions: Conversions, problems: Collector) -> None:
    """Enter the rows of ``units.csv``, each once looked at: its table, column and unit must exist.

    A unit is tried against a bare number; only faults of the unit itself count here, its kind is
    judged row by row, because it depends on the material.
    """
    for row, line in rows:
        if row.table not in TABLES:
            problems.add(
                "unknown-name",
                UNITS_FILE,
                line,
                "table",
                quoted(row.table),
                "the name of a table",
                suggestion(row.table, TABLES, f"take one of {', '.join(TABLES)}"),
            )
            continue
        numeric = [name for name, item in fields_of(row.table).items() if is_numeric(item)]
        if row.column not in numeric:
            problems.add(
                "unknown-name",
                UNITS_FILE,
                line,
                "column",
                quoted(row.column),
                f"a column of numbers of {row.table}",
                suggestion(row.column, numeric, f"take one of {', '.join(numeric)}"),
            )
            continue
        if row.column in ("low", "high"):
            problems.add(
                "wrong-kind-of-unit",
                UNITS_FILE,
                line,
                "column",
                quoted(row.column),
                "the column of a figure",
                f"give the unit of {MAIN_FIGURE.get(row.table, 'the figure')}; its range follows",
            )
            continue
        try:
            conversion_factor(row.unit, row.unit)
        except UnitFault as fault:
            problems.add(fault.code, UNITS_FILE, line, "unit", fault.found, fault.expected, fault.remedy)
            continue
        conversions.written[row.table, row.column] = (row.unit, line)
