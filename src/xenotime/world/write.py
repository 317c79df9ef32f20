"""A world as a folder of tables, whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import MISSING
from pathlib import Path
from typing import Any

from xenotime.errors import InputProblems, Problem, one_problem
from xenotime.world.cells import PROVENANCE, CellFault, fields_of, parse_cell
from xenotime.world.check_records import WORLD_TABLES
from xenotime.world.findings import key_text
from xenotime.world.fingerprint import cell_text
from xenotime.world.tables import KEYS
from xenotime.world.world import World

_OPEN_TO_READ = 0o755  # a scratch folder is made for its owner alone


def write_world(world: World, folder: str | Path) -> Path:
    """Write the tables of `world` that have rows, with the columns that are used; return the folder.

    ``read_world`` gives the same tables back.  Name, date and build records are not written.

    Raises
    ------
    InputProblems : the folder is there and not empty, or a value would not read back the same
    """
    problems = [problem for table in WORLD_TABLES for problem in _unreadable(table, getattr(world, table))]
    if problems:
        raise InputProblems(problems)
    tables = {table: rows for table in WORLD_TABLES if (rows := getattr(world, table))}

    def fill(target: Path) -> None:
        for table, rows in tables.items():
            _write_table(target / f"{table}.csv", table, rows)

    return write_folder(Path(folder), fill)


def write_folder(folder: Path, fill: Callable[[Path], None]) -> Path:
    """Let `fill` write into a new folder beside `folder`, and rename it once it is complete.

    Raises
    ------
    InputProblems : `folder` is there and not empty, or cannot be made
    """
    target = folder.resolve()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise one_problem(
            "not-empty",
            str(folder),
            "a folder with something in it" if target.is_dir() else "a file",
            "a new or empty folder",
            "name another folder; nothing is ever written over",
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise one_problem(
            "cannot-write",
            str(folder),
            error.strerror or "an error",
            "a place to write to",
            "name another folder",
        ) from error
    try:
        fill(scratch)
        scratch.chmod(_OPEN_TO_READ)
        if target.exists():
            target.rmdir()
        scratch.replace(target)
    except BaseException:
        shutil.rmtree(scratch, ignore_errors=True)
        raise
    return folder


def _used_columns(table: str, rows: tuple[Any, ...]) -> list[str]:
    return [
        name
        for name, item in fields_of(table).items()
        if item.default is MISSING
        or name in KEYS[table]
        or any(getattr(row, name) != item.default for row in rows)
    ]


def _write_table(path: Path, table: str, rows: tuple[Any, ...]) -> None:
    columns = _used_columns(table, rows)
    columns.sort(key=lambda name: (name not in KEYS[table], name in PROVENANCE))
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(",".join(columns) + "\n")
        for row in rows:
            stream.write(",".join(_quoted(cell_text(getattr(row, name))) for name in columns) + "\n")


def _quoted(text: str) -> str:
    """The csv module leaves a lone carriage return bare when lines end otherwise, and then cannot read it."""
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\r\n') else text


def _unreadable(table: str, rows: tuple[Any, ...]) -> list[Problem]:
    """Values that would come back as something else, such as a blank where the default is a word."""
    problems = []
    for row in rows:
        for name, item in fields_of(table).items():
            value = getattr(row, name)
            try:
                same = parse_cell(item, cell_text(value)) == value
                found, expected = repr(value), f"{item.default!r} or another text"
            except CellFault as fault:
                same, found, expected = False, fault.found, fault.expected
            if not same:
                where = f"{found} in {key_text(table, row)}"
                problems.append(
                    Problem(
                        "cannot-write", f"{table}.csv", None, name, where, expected, "change the value first"
                    )
                )
    return problems
