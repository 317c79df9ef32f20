"""Rows a user adds to the ledger: CSV files with the header of one of its tables, checked like ours."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from xenotime.errors import InputProblems, Problem, one_problem
from xenotime.facts.checks import run_checks
from xenotime.facts.column import columns_of, header_of
from xenotime.facts.load import Facts, load_facts
from xenotime.facts.problems import Collector
from xenotime.facts.sheet import Placed, Sheet, read_table
from xenotime.facts.table import TABLES, Table
from xenotime.facts.words import Measure
from xenotime.talks.ledger.days import is_date
from xenotime.talks.ledger.from_reader import read_commitments

ACTS_IN = ("controls_record", "events")
ADDABLE = (
    "sources",
    "commitments",
    "events",
    "event_readings",
    "delivered_series",
    "commitment_measures",
    "chain_links",
)


def with_rows(paths: Iterable[str | Path], facts: Facts | None = None) -> Facts:
    """The shipped facts with the rows of the user's CSV files, and what the reader found in JSON files.

    A file is of the table whose columns its header has most of; sources may be added so, too.

    Raises InputProblems naming every fault of every file: unknown and missing columns, bad cells, keys that
    exist already, names and sources nobody knows.
    """
    shipped = load_facts() if facts is None else facts
    every = [Path(path) for path in paths]
    given = [path for path in every if path.suffix != ".json"]
    problems = Collector()
    added = {name: Sheet() for name in TABLES}
    for path in given:
        table = _table_of(path)
        sheet = read_table(path.parent, replace(table, files=(path.name,)), problems)
        added[table.name].rows += sheet.rows
        added[table.name].faulty += sheet.faulty
    read = _shipped_sheets()
    for name, sheet in added.items():
        read[name].rows += sheet.rows
        read[name].faulty += sheet.faulty
    run_checks(read, problems)
    names = {path.name for path in given}
    own = [problem for problem in problems.problems() if problem.file in names]
    own += [fault for sheet in added.values() for row in sheet.rows for fault in faults_of(row)]
    if own:
        raise InputProblems(own)
    tables = dict(shipped.tables)
    for name, sheet in added.items():
        tables[name] = (*tables[name], *(placed.record for placed in sheet.rows))
    for path in every:
        if path.suffix == ".json":
            tables["commitments"] = (*tables["commitments"], *read_commitments(path))
    return Facts(MappingProxyType(tables), shipped.as_of)


def faults_of(row: Placed) -> list[Problem]:
    """What a row of a user says that its columns alone cannot tell to be wrong."""
    found = []
    for name, info in columns_of(type(row.record)).items():
        text = str(getattr(row.record, name) or "")
        if info.kind == "date" and text and not all(is_date(part) for part in text.split("; ")):
            found.append(
                Problem(
                    "bad-date",
                    row.file,
                    row.line,
                    header_of(name),
                    repr(text),
                    "a day that is in the calendar",
                    "correct the date",
                )
            )
    if isinstance(row.record, Measure):
        found += _measure_faults(row, row.record)
    return found


def _measure_faults(row: Placed, measure: Measure) -> list[Problem]:
    """A flow needs a series, a start and an amount; an act needs a row and a date of the record."""
    wanted: list[tuple[str, str, str]] = []
    if measure.test == "act":
        table, _, rest = measure.act.partition(":")
        key, _, column = rest.partition(":")
        known = table in ACTS_IN and key and column in columns_of(TABLES[table].record)
        if not known:
            example = "controls_record:CHN-70-2025:in_force"
            wanted.append(("act", repr(measure.act), f"table:row:column of a date, such as {example}"))
    else:
        wanted += [
            (name, "nothing", "a value for a flow")
            for name in ("series", "start")
            if not getattr(measure, name)
        ]
        if measure.low <= 0:
            wanted.append(("low", repr(measure.low), "more than nothing: it is divided by"))
    return [
        Problem(
            "bad-value", row.file, row.line, name, found, expected, "see commitment_measures in docs/facts.md"
        )
        for name, found, expected in wanted
    ]


def _shipped_sheets() -> dict[str, Sheet]:
    folder, unseen = files("xenotime") / "data", Collector()
    return {name: read_table(folder, table, unseen) for name, table in TABLES.items()}


def _table_of(path: Path) -> Table:
    """The table a file is of, by its header."""
    header = _header(path)
    named = {name: TABLES[name] for name in ADDABLE}
    shared = {name: len(set(header) & set(table.columns())) for name, table in named.items()}
    best = max(shared, key=lambda name: (shared[name], -len(named[name].columns())))
    own = set(named[best].columns()) - {"grade", "source", "knowable_from", "note", "refers_to"}
    if not set(header) & own:
        raise one_problem(
            "unknown-table",
            path.name,
            f"a header of {', '.join(header[:6]) or 'nothing'}",
            "the header of " + ", ".join(named),
            "take the header of the table you mean from `xenotime ledger --template TABLE`",
            row=1,
        )
    return named[best]


def _header(path: Path) -> Sequence[str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return next(csv.reader(stream), [])
    except OSError as error:
        raise InputProblems(
            [
                Problem(
                    "cannot-read",
                    str(path),
                    None,
                    "",
                    str(error.strerror),
                    "a CSV file that can be read",
                    "check the path",
                )
            ]
        ) from error
    except UnicodeDecodeError as error:
        raise one_problem(
            "wrong-encoding", path.name, str(error.reason), "UTF-8 text", "save the file again as CSV UTF-8"
        ) from error


def template(table: str) -> str:
    """Header of a table that rows can be added to, as a line of CSV; raises InputProblems for others."""
    if table not in ADDABLE:
        raise one_problem(
            "unknown-table", table, repr(table), "one of " + ", ".join(ADDABLE), "correct the name"
        )
    return ",".join(TABLES[table].columns()) + "\n"
