"""A user's folder of tables becomes a `World`, or one complete list of problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, field
from pathlib import Path
from typing import Any

from xenotime.errors import InputProblems
from xenotime.units import UnitFault
from xenotime.world.cells import PROVENANCE, CellFault, fields_of, is_numeric, parse_cell
from xenotime.world.check_rows import ROW_CHECKS
from xenotime.world.conversion import Conversions, report_unit, take_units
from xenotime.world.findings import run_checks
from xenotime.world.problems import Collector, quoted, suggestion
from xenotime.world.references import Names
from xenotime.world.sheet import Row, rows_of
from xenotime.world.tables import KEYS, TABLES, required_columns
from xenotime.world.world import World

# Units come first because they change numbers, materials next because they say in what unit.
_ORDER = ("units", "materials", *(table for table in TABLES if table not in ("units", "materials")))


@dataclass(frozen=True, slots=True)
class Reading:
    """A folder as far as it could be read.

    Attributes
    ----------
    world : the rows that could be read
    lines : line in its file of every row of `world`, by table
    problems : everything found, more may be added by checks
    faulty : tables with a row (or more) that could not be read
    """

    world: World
    lines: Mapping[str, Sequence[int]]
    problems: Collector
    faulty: frozenset[str]


def read_world(path: str | Path) -> World:
    """Read the tables of a folder.

    Only the tables that exist are read; see :mod:`xenotime.world.tables` for their columns.  Use
    :func:`xenotime.world.checks.read_checked` to also run the checks on their meaning.

    Raises
    ------
    InputProblems : every fault of every table at once
    """
    reading = read_tables(path)
    found = reading.problems.problems()
    if found:
        raise InputProblems(found)
    return reading.world


def read_tables(path: str | Path) -> Reading:
    """Read what can be read of a folder, with all problems of its form and of its single rows."""
    folder = Path(path)
    problems = Collector()
    present = _find_tables(folder, problems)
    names, conversions = Names(), Conversions()
    records: dict[str, tuple[Any, ...]] = {}
    lines: dict[str, tuple[int, ...]] = {}
    for table in _ORDER:
        if table in present:
            sheet = _Sheet(table, names, conversions, problems)
            sheet.read(present[table])
            records[table], lines[table] = tuple(sheet.records), tuple(sheet.lines)
            if table == "units":
                take_units(zip(records[table], lines[table], strict=True), conversions, problems)
    names.check(frozenset(present), problems)
    faulty = frozenset(table for table in TABLES if f"{table}.csv" in problems.faulty())
    tables = {table: rows for table, rows in records.items() if table != "units"}
    world = World(name=folder.resolve().name or "world").with_tables(**tables)
    run_checks(ROW_CHECKS, world, problems, lines)
    return Reading(world, lines, problems, faulty)


def _find_tables(folder: Path, problems: Collector) -> dict[str, Path]:
    """Files of the known tables; CSV files with other names are problems, other files are not looked at."""
    if not folder.is_dir():
        found = "a file" if folder.exists() else "nothing of that name"
        problems.add(
            "no-folder",
            str(folder),
            None,
            "",
            found,
            "a folder of tables",
            "give the folder; `xenotime world init DIR` makes one to start from",
        )
        return {}
    present = {}
    for file in sorted(folder.iterdir()):
        if file.suffix.casefold() != ".csv" or file.name.startswith("."):
            continue
        if file.suffix == ".csv" and file.stem in TABLES:
            present[file.stem] = file
        else:
            problems.add(
                "unknown-table",
                file.name,
                None,
                "",
                quoted(file.name),
                "the name of a table, as in materials.csv",
                suggestion(file.stem, TABLES, f"take it away, or name it one of {', '.join(TABLES)}"),
            )
    if not present and not problems.faulty():
        problems.add(
            "no-tables",
            str(folder),
            None,
            "",
            "no CSV file",
            f"tables such as {', '.join(list(TABLES)[:6])}",
            "give the folder that holds the CSV files; `xenotime world init DIR` makes one to start from",
        )
    return present


@dataclass(slots=True)
class _Sheet:
    """One table on its way in."""

    table: str
    names: Names
    conversions: Conversions
    problems: Collector
    records: list[Any] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    _first_line: dict[tuple[str, ...], int] = field(default_factory=dict)

    @property
    def file(self) -> str:
        return f"{self.table}.csv"

    def read(self, path: Path) -> None:
        """Read all rows that can be told apart."""
        rows = rows_of(path, self.problems)
        header = next(rows, None)
        if header is None or not self._header_is_sound(header):
            self.names.unreadable.add(self.table)
            return
        columns = header.cells
        known = [name for name in columns if name in fields_of(self.table)]
        for row in rows:
            if len(row.cells) != len(columns):
                self._add(
                    "ragged-row",
                    row.line,
                    "",
                    f"{len(row.cells)} cells",
                    f"{len(columns)} cells, as in the header",
                    "a comma inside a cell needs quotes around the cell; a missing cell needs its comma",
                )
            elif not any(cell.strip() for cell in row.cells):
                self._add("required-blank", row.line, "", "only blank cells", "a row", "take the row away")
            else:
                cells = dict(zip(columns, row.cells, strict=True))
                self._take(row.line, {name: cells[name] for name in known})
        if self.problems.lost_rows(self.file):
            self.names.unreadable.add(self.table)

    def _add(self, code: str, line: int | None, column: str, found: str, expected: str, remedy: str) -> None:
        self.problems.add(code, self.file, line, column, found, expected, remedy)

    def _header_is_sound(self, header: Row) -> bool:
        cells, known = header.cells, fields_of(self.table)
        if len(cells) == 1 and any(mark in cells[0] for mark in ";\t|"):
            self._add(
                "wrong-separator",
                header.line,
                "",
                quoted(cells[0]),
                "columns parted by commas",
                "save the table as CSV with commas between the cells and points in the numbers",
            )
            return False
        for position, name in enumerate(cells):
            if name in cells[:position]:
                self._add(
                    "duplicate-column",
                    header.line,
                    name,
                    f"{quoted(name)} twice",
                    "every column once",
                    "keep one of the two",
                )
            elif name not in known:
                unused = [other for other in known if other not in cells and other not in PROVENANCE]
                self._add(
                    "unknown-column",
                    header.line,
                    name,
                    quoted(name),
                    f"a column of {self.table}",
                    suggestion(name, unused, f"take it away, or use one of {', '.join(unused)}"),
                )
        missing = [name for name in required_columns(self.table) if name not in cells]
        for name in missing:
            meaning = known[name].metadata["column"].meaning
            self._add(
                "missing-column", header.line, name, "no such column", f"{name}: {meaning}", "add the column"
            )
        return not missing and len(set(cells)) == len(cells)

    def _take(self, line: int, cells: dict[str, str]) -> None:
        self.names.note(self.table, line, cells)
        self.conversions.note(self.table, cells)
        values, sound = {}, True
        for name, text in cells.items():
            item = fields_of(self.table)[name]
            try:
                factor = (
                    self.conversions.factor(self.table, name, cells)
                    if is_numeric(item) and text.strip()
                    else 1.0
                )
                values[name] = parse_cell(item, text, factor)
            except UnitFault as fault:
                sound = False
                report_unit(fault, self.table, name, line, self.conversions, self.problems)
            except CellFault as fault:
                sound = False
                self._add(fault.code, line, name, fault.found, fault.expected, fault.remedy)
        self._note_key(line, cells)
        if sound:
            self.records.append(TABLES[self.table](**values))
            self.lines.append(line)

    def _note_key(self, line: int, cells: Mapping[str, str]) -> None:
        columns = KEYS[self.table]
        key = []
        for column in columns:
            default = fields_of(self.table)[column].default
            text = cells.get(column, "")
            if not text.strip():
                if default is MISSING:
                    return
                text = default
            key.append(text)
        first = self._first_line.setdefault(tuple(key), line)
        if first != line:
            self._add(
                "duplicate-key",
                line,
                columns[0],
                f"{quoted(' / '.join(key))}, as in row {first}",
                f"one row for each {' + '.join(columns)}",
                "keep one of the two, or tell them apart",
            )
