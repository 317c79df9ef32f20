"""What rows must be to each other: keys, references, ranges, sources, grades, order of dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xenotime.facts.column import GRADES, columns_of, header_of
from xenotime.facts.problems import Collector, nearest, quoted
from xenotime.facts.sheet import Placed, Sheet
from xenotime.facts.table import TABLES, Table

# Pairs of columns of which the first may not be later; equal prefixes of different exactness are in order.
_IN_ORDER = (
    ("start", "end"),
    ("year_from", "year_to"),
    ("from_", "to"),
    ("announced", "ended"),
    ("in_force", "ended"),
    ("in_force", "until"),
    ("suspended", "resumes"),
    ("announced", "in_force"),
)


def run_checks(read: Mapping[str, Sheet], problems: Collector) -> None:
    """Check every table of `read` by itself and against the others."""
    grades = {row.record.source: row.record.grade for row in read["sources"].rows}
    _check_recalled(read["sources"].rows, problems)
    for name, sheet in read.items():
        table, rows = TABLES[name], sheet.rows
        _check_keys(table, rows, problems)
        _check_references(table, rows, read, problems)
        _check_ranges(table, rows, problems)
        _check_order(table, rows, problems)
        if name != "sources":
            _check_grades(table, rows, grades, problems)


def _check_keys(table: Table, rows: Sequence[Placed], problems: Collector) -> None:
    attributes = {header_of(name): name for name in columns_of(table.record)}
    first: dict[tuple[Any, ...], Placed] = {}
    for row in rows:
        key = tuple(getattr(row.record, attributes[column]) for column in table.key)
        before = first.setdefault(key, row)
        if before is row:
            continue
        if table.name == "sources":
            if before.record != row.record:
                problems.add(
                    "source-conflict",
                    row.file,
                    row.line,
                    "source",
                    quoted(key[0]),
                    f"the same row as {before.file}:{before.line}",
                    "rename one of the two",
                )
        else:
            problems.add(
                "duplicate-key",
                row.file,
                row.line,
                table.key[0],
                quoted(" / ".join(str(part) for part in key)),
                f"one row for each {' + '.join(table.key)}, see {before.file}:{before.line}",
                "keep one of the two, or tell them apart",
            )


def _check_references(
    table: Table, rows: Sequence[Placed], read: Mapping[str, Sheet], problems: Collector
) -> None:
    for attribute, column in columns_of(table.record).items():
        if not column.references:
            continue
        target, _, key = column.references.partition(".")
        if read[target].unreadable:
            continue
        known = _names(read[target], key or TABLES[target].key[0]) | set(column.also)
        for row in rows:
            text = getattr(row.record, attribute)
            for word in text.split(";") if column.many else [text]:
                if word and word not in known:
                    problems.add(
                        "unknown-name",
                        row.file,
                        row.line,
                        header_of(attribute),
                        quoted(word),
                        f"a name in {column.references}",
                        nearest(word, known),
                    )


def _names(sheet: Sheet, column: str) -> set[str]:
    whole = {getattr(row.record, column) for row in sheet.rows}
    return whole | {texts[column] for texts in sheet.faulty if column in texts}


def _check_ranges(table: Table, rows: Sequence[Placed], problems: Collector) -> None:
    if not table.figure:
        return
    for row in rows:
        value, low, high = getattr(row.record, table.figure), row.record.low, row.record.high
        if not low <= value <= high:
            problems.add(
                "outside-range",
                row.file,
                row.line,
                table.figure,
                f"{low:g} .. {value:g} .. {high:g}",
                "low <= figure <= high",
                "correct the range or the figure",
            )


def _check_order(table: Table, rows: Sequence[Placed], problems: Collector) -> None:
    names = columns_of(table.record)
    for first, last in _IN_ORDER:
        if first not in names or last not in names:
            continue
        for row in rows:
            begins, ends = str(getattr(row.record, first)), str(getattr(row.record, last))
            exact = min(len(begins), len(ends))
            if begins[:exact] > ends[:exact]:
                problems.add(
                    "dates-disorder",
                    row.file,
                    row.line,
                    header_of(last),
                    f"{begins} .. {ends}",
                    f"{header_of(first)} not after {header_of(last)}",
                    "swap or correct them",
                )


def _check_recalled(rows: Sequence[Placed], problems: Collector) -> None:
    for row in rows:
        if row.record.retrieval == "recalled" and row.record.grade != GRADES[-1]:
            problems.add(
                "grade-too-good",
                row.file,
                row.line,
                "grade",
                row.record.grade,
                f"{GRADES[-1]} for what was recalled and not read again",
                "lower the grade, or read it and say so in retrieval",
            )


def _check_grades(
    table: Table, rows: Sequence[Placed], grades: Mapping[str, str], problems: Collector
) -> None:
    if not {"grade", "source"} <= set(columns_of(table.record)):
        return
    for row in rows:
        limit = grades.get(row.record.source)
        if limit is not None and row.record.grade < limit:
            problems.add(
                "grade-too-good",
                row.file,
                row.line,
                "grade",
                row.record.grade,
                f"{limit} at best, as {row.record.source}",
                "lower the grade, or raise the source's",
            )
