"""Tables of a document as CSV files for a spreadsheet, whose cells it will not take for formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from xenotime.report.files import write_text

FORMULA = ("=", "+", "-", "@", "\t", "\r", "|")


def write_tables(document: Mapping[str, Any], folder: Path) -> Path:
    """One CSV file for each table of flat rows in a document; returns the folder.

    Raises InputProblems when the place cannot be written.
    """
    for name, rows in document["data"].items():
        if isinstance(rows, list) and rows and all(isinstance(row, dict) for row in rows):
            write_text(folder / f"{name}.csv", table_text(rows))
    return folder


def table_text(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as CSV, nested values flattened, text that a spreadsheet would work out marked."""
    flat = [dict(_flat(row)) for row in rows]
    names = list(dict.fromkeys(name for row in flat for name in row))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([plain_cell(row.get(name)) for name in names] for row in flat)
    return out.getvalue()


def plain_cell(value: Any) -> Any:
    """A cell a spreadsheet takes as it is: numbers stay, text that begins like a formula is marked."""
    if value is None:
        return ""
    if isinstance(value, str) and value.lstrip().startswith(FORMULA):
        return f"'{value}"
    return value


def _flat(row: Mapping[str, Any]) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name, value in row.items():
        if isinstance(value, Mapping):
            found += [(f"{name}_{key}", inner) for key, inner in value.items()]
        elif isinstance(value, list):
            found += [(f"{name}_{item.get('case', '')}", item.get("value")) for item in value]
        else:
            found.append((name, value))
    return found
