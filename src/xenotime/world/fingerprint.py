"""What a world is, in one short text, and what tells two worlds apart, in rows people can read.

The fingerprint is of contents: names of worlds, the order of rows and columns left at their default
do not change it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from xenotime.world.cells import fields_of
from xenotime.world.check_records import WORLD_TABLES
from xenotime.world.findings import key_text
from xenotime.world.tables import KEYS
from xenotime.world.world import World

_ABSENT = "(no such row)"


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that differs; `before` and `after` are blank-safe texts."""

    table: str
    key: str
    column: str
    before: str
    after: str


def cell_text(value: Any) -> str:
    """The canonical text of one value, also the one in CSV; floats read back the same."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    return repr(float(value) + 0.0)  # adding zero turns minus zero, which equals zero, into zero


def fingerprint(world: World) -> str:
    """SHA-256 (hexadecimal) of the contents of `world`.

    Equal for equal contents in any order; a column at its default counts as absent, so that a new
    column with a default leaves old fingerprints as they are.
    """
    digest = hashlib.sha256()
    for table in WORLD_TABLES:
        for row in sorted(_row_text(table, record) for record in getattr(world, table)):
            digest.update(f"{table} {row}\n".encode())
    return digest.hexdigest()


def _row_text(table: str, record: Any) -> str:
    return json.dumps(
        {
            name: cell_text(getattr(record, name))
            for name, item in fields_of(table).items()
            if name in KEYS[table] or getattr(record, name) != item.default
        },
        sort_keys=True,
    )


def difference(before: World, after: World) -> tuple[Difference, ...]:
    """Every cell in which two worlds differ, by table and key; empty if and only if fingerprints agree."""
    return tuple(row for table in WORLD_TABLES for row in _table_difference(table, before, after))


def _table_difference(table: str, before: World, after: World) -> Iterator[Difference]:
    old, new = _by_key(table, before), _by_key(table, after)
    for key in sorted(old.keys() | new.keys()):
        text = key_text(table, old.get(key) or new[key])
        if key not in new:
            yield Difference(table, text, "", _summary(table, old[key]), _ABSENT)
        elif key not in old:
            yield Difference(table, text, "", _ABSENT, _summary(table, new[key]))
        else:
            for name in fields_of(table):
                was, now = cell_text(getattr(old[key], name)), cell_text(getattr(new[key], name))
                if was != now:
                    yield Difference(table, text, name, was, now)


def _by_key(table: str, world: World) -> dict[tuple[str, ...], Any]:
    return {tuple(getattr(row, column) for column in KEYS[table]): row for row in getattr(world, table)}


def _summary(table: str, record: Any) -> str:
    filled = {
        name: cell_text(getattr(record, name))
        for name, item in fields_of(table).items()
        if name not in KEYS[table] and getattr(record, name) != item.default
    }
    return ", ".join(f"{name} {text}" for name, text in filled.items()) or "a row of defaults"
