"""``python -m xenotime.facts.package``: write datapackage.json from the declared tables.

With ``--doc FILE`` the page on the facts is written instead.
"""

from __future__ import annotations

import argparse
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from xenotime.facts.cells import FORMS
from xenotime.facts.column import Column
from xenotime.facts.page import page_text
from xenotime.facts.table import TABLES, Table

_NOT_INPUT = "Observed series, kept to score results. They are no inputs of any world."


def package_text() -> str:
    """The descriptor as JSON text; the same tables give the same bytes."""
    resources = [_resource(table, file) for table in TABLES.values() for file in table.files]
    descriptor = {
        "profile": "data-package",
        "name": "xenotime-facts",
        "title": "Facts of the rare-earth chain",
        "description": "Figures, each with range, grade, source, period and the month from which it could be "
        "known; the dated record of controls, words and deeds; observed series for scoring.",
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "Creative Commons Attribution 4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
            }
        ],
        "resources": resources,
    }
    return json.dumps(descriptor, indent=1, ensure_ascii=False) + "\n"


def _resource(table: Table, file: str) -> dict[str, Any]:
    stem = file.removesuffix(".csv").rpartition("/")[2]
    meaning = f"One row is {table.meaning}."
    if table.figure:
        meaning += f" Main figure: {table.figure} ({table.columns()[table.figure].unit}; {table.basis})."
    return {
        "name": stem,
        "path": file,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "description": f"{_NOT_INPUT} {meaning}" if table.scoring else meaning,
        "scoring_only": table.scoring,
        "schema": {
            "fields": [_field(name, column) for name, column in table.columns().items()],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": _foreign_keys(table),
        },
    }


def _field(name: str, column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": not column.blank}
    if column.choices:
        constraints["enum"] = list(column.choices)
    if column.minimum is not None:
        constraints["minimum"] = column.minimum
    if column.maximum is not None:
        constraints["maximum"] = column.maximum
    if column.kind in FORMS and column.kind != "year":
        form = FORMS[column.kind][1].pattern
        constraints["pattern"] = f"(?:{form})(?:; (?:{form}))*" if column.many else form
    field: dict[str, Any] = {
        "name": name,
        "type": column.kind if column.kind in ("number", "integer", "year") else "string",
        "description": column.meaning,
        "constraints": constraints,
    }
    if column.unit:
        field["unit"] = column.unit
    if column.references:
        field["references"] = column.references
    if column.outcome:
        field["hindsight"] = True
    return field


def _foreign_keys(table: Table) -> list[dict[str, Any]]:
    """Only what the standard can say: one key of one file, without further words, lists or blanks."""
    found = []
    for name, column in table.columns().items():
        target = TABLES.get(column.references)
        if target and len(target.files) == 1 and not (column.also or column.many or column.blank):
            reference = {"resource": target.name, "fields": target.key[0]}
            found.append({"fields": name, "reference": reference})
    return found


def main() -> None:
    """Write the descriptor beside the tables, or the page to a file."""
    parser = argparse.ArgumentParser(prog="python -m xenotime.facts.package", description=__doc__)
    parser.add_argument("--doc", type=Path, metavar="FILE", help="write the page on the facts there instead")
    arguments = parser.parse_args()
    if arguments.doc:
        arguments.doc.write_text(page_text(), encoding="utf-8")
        return
    target = Path(str(files("xenotime") / "data" / "datapackage.json"))
    target.write_text(package_text(), encoding="utf-8")


if __name__ == "__main__":
    main()
