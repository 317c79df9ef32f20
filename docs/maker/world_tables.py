"""The page of the tables of a world: the data contract, column by column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from maker.text import NOTICE, cell
from xenotime.world.tables import KEYS, TABLES, Provenance, SourceRow, columns_of, required_columns

SHARED = tuple(field.name for field in fields(Provenance))


def _table_part(table: str) -> Iterator[str]:
    required = set(required_columns(table))
    yield f"## {table}"
    yield "Key: " + ", ".join(f"`{name}`" for name in KEYS[table]) + "."
    rows = ["| column | meaning | unit | admitted | default |", "|---|---|---|---|---|"]
    defaults = {name: field.default for name, field in TABLES[table].__dataclass_fields__.items()}
    for name, column in columns_of(table).items():
        if name in SHARED and TABLES[table] is not SourceRow:
            continue
        admitted = [", ".join(choice or "blank" for choice in column.choices)] if column.choices else []
        if column.references:
            admitted.append(f"key of {column.references}")
        if column.minimum is not None or column.maximum is not None:
            low = "" if column.minimum is None else f"{column.minimum:g}"
            high = "" if column.maximum is None else f"{column.maximum:g}"
            admitted.append(f"{low} to {high}".strip() if high else f"at least {low}")
        if column.period:
            admitted.append("YYYY-MM")
        default = (
            "**required**"
            if name in required
            else str(defaults[name])
            if defaults[name] not in (None, "")
            else ""
        )
        cells = (f"`{name}`", column.meaning, column.unit, "; ".join(admitted), default)
        rows.append("| " + " | ".join(cell(one) for one in cells) + " |")
    yield "\n".join(rows)


def tables_page() -> str:
    """The data contract of a world, column by column."""
    parts = [NOTICE, "# Tables of a world"]
    parts.append(
        "A world is a folder of CSV files named after these tables. Only the tables a question needs must be"
        " there, and only the required columns in them. Quantities are per month in the material's unit,"
        " money is USD per unit. An unknown column is an error."
    )
    shared = ["| column | meaning |", "|---|---|"]
    shared += [f"| `{name}` | {columns_of('regions')[name].meaning} |" for name in SHARED]
    parts += ["## In every table", "These columns may be added to any table but sources.", "\n".join(shared)]
    for table in TABLES:
        parts.extend(_table_part(table))
    return "\n\n".join(parts) + "\n"
