"""Everything known about a name: an element, material, place, plant, sector, control, table or source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from xenotime.errors import one_problem
from xenotime.facts.column import Deed, columns_of, header_of
from xenotime.facts.load import Facts, load_facts
from xenotime.facts.names import Subject, find_subject, near_names
from xenotime.facts.source import Missing
from xenotime.facts.table import TABLES, Table

_TAIL = {"low", "high", "grade", "source", "refers_to", "knowable_from", "note", "outcome_from"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of a table.

    Attributes
    ----------
    about : key of the row in words
    value, low, high, unit : main figure and its range; None and "" without one
    refers_to, grade, source, title, note : period, grade, source id and title, remark; "" where there is none
    details : the other filled columns, by name
    """

    about: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    refers_to: str
    grade: str
    source: str
    title: str
    note: str
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Entries of one table; `scoring` marks observed series, which are no inputs."""

    table: str
    meaning: str
    scoring: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All that is known about `name`, by table, and what was looked for and not found."""

    query: str
    name: str
    groups: tuple[Group, ...]
    missing: tuple[Missing, ...]

    def records(self) -> list[dict[str, object]]:
        """One flat record per entry, for printing and JSON."""
        return [
            {
                "table": group.table,
                "about": entry.about,
                "value": entry.value,
                "low": entry.low,
                "high": entry.high,
                "unit": entry.unit,
                "refers_to": entry.refers_to,
                "grade": entry.grade,
                "source": entry.source,
                "title": entry.title,
                "note": entry.note,
                **{f"detail_{name}": text for name, text in entry.details.items()},
            }
            for group in self.groups
            for entry in group.entries
        ]


def describe(query: str, facts: Facts | None = None) -> Known:
    """Rows about `query`, by table in the order of the package.

    Parameters
    ----------
    query : a symbol or name of an element, a material, region, plant, operator, feed, sector, magnet grade,
        control, event, commitment, lever, table or source; case does not matter
    facts : facts to look in; the shipped ones if left out

    Raises
    ------
    InputProblems : the name is unknown; the nearest known names are offered
    """
    known = load_facts() if facts is None else facts
    subject = find_subject(query, known)
    if subject is None:
        near = near_names(query, known)
        offer = f"did you mean {' or '.join(near)}?" if near else "ask for an element, a place or a plant"
        raise one_problem("unknown-name", "facts", repr(query), "a name in the facts", offer)
    titles = {name: source.title for name, source in known.sources().items()}
    groups = tuple(
        Group(table=table.name, meaning=table.meaning, scoring=table.scoring, entries=entries)
        for table in TABLES.values()
        if table.name != "missing" and (entries := tuple(_entries(table, known, subject, titles)))
    )
    missing = tuple(row for row in known.missing() if subject.is_mentioned((row.topic, row.what, row.note)))
    return Known(query=query, name=subject.name, groups=groups, missing=missing)


def _entries(table: Table, facts: Facts, subject: Subject, titles: Mapping[str, str]) -> Iterator[Entry]:
    columns = columns_of(table.record)
    names = [
        name
        for name, info in columns.items()
        if info.kind == "text" and name not in ("note", "unit", "grade")
    ]
    if subject.source:
        names = ["source"] if "source" in columns else []
    free = issubclass(table.record, Deed)
    for row in facts.rows(table.name):
        if (
            subject.table == table.name
            or any(subject.is_named(getattr(row, name), name, table.name) for name in names)
            or (free and subject.is_mentioned(getattr(row, name) for name in names))
        ):
            yield entry_of(table, row, titles)


def entry_of(table: Table, row: Any, titles: Mapping[str, str]) -> Entry:
    """One row of any table in one form; `titles` are those of the sources by their names."""
    columns = columns_of(table.record)
    key = [str(getattr(row, name)) for name in columns if header_of(name) in table.key]
    hidden = {*_TAIL, table.figure} | ({"unit"} if table.figure else set())
    rest = (name for name in columns if header_of(name) not in table.key and name not in hidden)
    source = getattr(row, "source", "")
    figure = table.figure
    return Entry(
        about=" / ".join(part for part in key if part),
        value=getattr(row, figure) if figure else None,
        low=row.low if figure else None,
        high=row.high if figure else None,
        unit=table.unit(row) if figure else "",
        refers_to=getattr(row, "refers_to", ""),
        grade=getattr(row, "grade", ""),
        source=source,
        title=titles.get(source, ""),
        note=getattr(row, "note", ""),
        details={
            header_of(name): re.sub(r"\s+", " ", str(value))
            for name in rest
            if (value := getattr(row, name)) not in ("", None)
        },
    )
