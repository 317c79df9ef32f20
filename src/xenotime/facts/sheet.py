"""The CSV files of one table to records, with the file and line each came from."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from typing import Any

from xenotime.facts.cells import CellFault, parse_cell
from xenotime.facts.column import Column, columns_of, header_of
from xenotime.facts.problems import Collector, nearest, quoted
from xenotime.facts.table import Table

GREATEST_FILE = 32 * 2**20  # bytes; the largest shipped table needs a fiftieth of it


@dataclass(frozen=True, slots=True)
class Placed:
    """A record, and where it stands (line 1 is the header)."""

    record: Any
    file: str
    line: int


@dataclass(slots=True)
class Sheet:
    """Rows of one table; `faulty` holds the cells of unreadable rows, so that others may name them."""

    rows: list[Placed] = field(default_factory=list)
    faulty: list[dict[str, str]] = field(default_factory=list)
    unreadable: bool = False


def read_table(folder: Traversable, table: Table, problems: Collector) -> Sheet:
    """All rows of `table` that can be read, over its files in order; faults go to `problems`."""
    sheet = Sheet()
    for name in table.files:
        path = folder.joinpath(*name.split("/"))
        if path.is_file():
            read_file(path, name, table, sheet, problems)
        else:
            problems.add(
                "missing-table",
                name,
                None,
                "",
                "no such file",
                f"the table {table.name}",
                "add the file, with its header at least",
            )
            sheet.unreadable = True
    return sheet


def read_file(path: Traversable, file: str, table: Table, sheet: Sheet, problems: Collector) -> None:
    """Add the rows of one file of `table` to `sheet`; `file` is what its faults call it."""
    lines = _cells(path, file, problems)
    _, header = next(lines, (0, None))
    if header is None or not _header_is_sound(header, file, table, problems):
        sheet.unreadable = True
        return
    columns = {header_of(name): (name, info) for name, info in columns_of(table.record).items()}
    for line, cells in lines:
        if len(cells) != len(header):
            problems.add(
                "ragged-row",
                file,
                line,
                "",
                f"{len(cells)} cells",
                f"{len(header)} cells, as in the header",
                "a comma inside a cell needs quotes around the cell",
            )
            continue
        texts = dict(zip(header, cells, strict=True))
        values = _values(texts, columns, file, line, problems)
        if values is None:
            sheet.faulty.append(texts)
        else:
            sheet.rows.append(Placed(table.record(**values), file, line))


def _values(
    cells: dict[str, str], columns: dict[str, tuple[str, Column]], file: str, line: int, problems: Collector
) -> dict[str, Any] | None:
    values: dict[str, Any] = {}
    for header, (attribute, info) in columns.items():
        try:
            values[attribute] = parse_cell(info, cells[header])
        except CellFault as fault:
            problems.add(fault.code, file, line, header, fault.found, fault.expected, fault.remedy)
    return values if len(values) == len(columns) else None


def _header_is_sound(header: list[str], file: str, table: Table, problems: Collector) -> bool:
    known = table.columns()
    sound = True
    for position, name in enumerate(header):
        if name in header[:position]:
            problems.add(
                "duplicate-column", file, 1, name, "the column twice", "it once", "keep one of the two"
            )
            sound = False
        elif name not in known:
            problems.add(
                "unknown-column",
                file,
                1,
                name,
                quoted(name),
                f"a column of {table.name}",
                nearest(name, [other for other in known if other not in header]),
            )
            sound = False
    for name in known:
        if name not in header:
            problems.add(
                "missing-column",
                file,
                1,
                name,
                "no such column",
                f"{name}: {known[name].meaning}",
                "add the column",
            )
            sound = False
    return sound


def _cells(path: Traversable, file: str, problems: Collector) -> Iterator[tuple[int, list[str]]]:
    with path.open("rb") as stream:
        raw = stream.read(GREATEST_FILE + 1)
    if len(raw) > GREATEST_FILE:
        problems.add(
            "file-too-large",
            file,
            None,
            "",
            f"more than {GREATEST_FILE} bytes",
            "a smaller file",
            "check that it is the right file",
        )
        return
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        problems.add(
            "wrong-encoding",
            file,
            line,
            "",
            f"byte 0x{raw[fault.start]:02x}",
            "UTF-8 text",
            "save the file again as CSV UTF-8",
        )
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    count, line = 0, 1
    try:
        for cells in reader:
            if cells:
                count += 1
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as fault:
        problems.add(
            "bad-quoting", file, line, "", str(fault), "quotes in pairs", "close the quote of this cell"
        )
        return
    if not count:
        problems.add(
            "empty-file",
            file,
            None,
            "",
            "no header",
            "names of columns in the first line",
            "write the header",
        )
