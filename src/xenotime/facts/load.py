"""The shipped data package, or a folder laid out like it, to frozen facts; or all its problems at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, overload

from xenotime.errors import InputProblems, Problem, one_problem
from xenotime.facts.checks import run_checks
from xenotime.facts.column import Row, columns_of
from xenotime.facts.problems import Collector, nearest
from xenotime.facts.sheet import Sheet, read_table
from xenotime.facts.source import Fact, Missing, Source
from xenotime.facts.table import BY_RECORD, TABLES, Table
from xenotime.months import month_number

R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Facts:
    """All tables as frozen rows.

    Attributes
    ----------
    tables : rows by table name, in file order; rows have one attribute per column
    as_of : month up to which figures had to be knowable; blank is no limit
    own : digest of the rows of one's own that were added to those that ship; blank is none
    """

    tables: Mapping[str, tuple[Any, ...]]
    as_of: str = ""
    own: str = ""

    @overload
    def rows(self, table: type[R]) -> tuple[R, ...]: ...

    @overload
    def rows(self, table: str) -> tuple[Any, ...]: ...

    def rows(self, table: str | type[Any]) -> tuple[Any, ...]:
        """Rows of a table, named by its name or its record type; raises InputProblems for an unknown name."""
        name = table if isinstance(table, str) else BY_RECORD[table]
        if name not in self.tables:
            raise one_problem(
                "unknown-name", "facts", repr(name), "the name of a table", nearest(name, TABLES)
            )
        return self.tables[name]

    def select(self, table: str, **where: object) -> tuple[Any, ...]:
        """Rows whose columns equal the given values; raises InputProblems for an unknown table or column."""
        rows = self.rows(table)
        columns = columns_of(TABLES[table].record)
        for name in where:
            if name not in columns:
                raise one_problem(
                    "unknown-column", table, repr(name), f"a column of {table}", nearest(name, columns)
                )
        return tuple(row for row in rows if all(getattr(row, name) == value for name, value in where.items()))

    def sources(self) -> dict[str, Source]:
        """Sources by id."""
        return {row.source: row for row in self.rows(Source)}

    def missing(self) -> tuple[Missing, ...]:
        """What was looked for and not found."""
        return self.rows(Missing)

    def figures(self, table: str) -> Iterator[Fact]:
        """Main figures of a table, in one form for all tables; none for tables without figures."""
        declared = TABLES[table]
        return (fact_of(declared, row) for row in self.rows(table) if declared.figure)


def fact_of(table: Table, row: Any) -> Fact:
    """The main figure of one row."""
    about = " / ".join(str(getattr(row, name, getattr(row, f"{name}_", ""))) for name in table.key)
    return Fact(
        table=table.name,
        about=about,
        value=getattr(row, table.figure),
        low=row.low,
        high=row.high,
        unit=table.unit(row),
        basis=table.basis,
        refers_to=row.refers_to,
        knowable_from=row.knowable_from,
        grade=row.grade,
        source=row.source,
        note=row.note,
    )


def load_facts(as_of: str | None = None, folder: str | Path | None = None) -> Facts:
    """Read and check every table.

    Parameters
    ----------
    as_of : keep only rows knowable by this month YYYY-MM, and blank the columns of hindsight of later months;
        by the date of the document read, see :mod:`xenotime.facts.publication` for first publications
    folder : a folder laid out like the shipped package; the shipped package if left out

    Raises
    ------
    InputProblems : every fault of every table at once
    """
    if as_of is not None:
        try:
            month_number(as_of)
        except ValueError:
            raise one_problem(
                "bad-date", "facts", repr(as_of), "a month YYYY-MM", "write it as 2010-12", column="as_of"
            ) from None
    facts = _shipped() if folder is None else _read(Path(folder))
    return facts if as_of is None else knowable(facts, as_of)


def find_problems(folder: str | Path | None = None) -> tuple[Problem, ...]:
    """Every fault of a folder of facts (the shipped package if left out), without raising."""
    return _read_all(files("xenotime") / "data" if folder is None else Path(folder))[1]


def knowable(facts: Facts, as_of: str) -> Facts:
    """Facts as they could be known in a month; raises ValueError for text that is not a month."""
    month_number(as_of)
    tables = {name: tuple(_at(facts.tables[name], name, as_of)) for name in facts.tables}
    return Facts(MappingProxyType(tables), as_of, facts.own)


def _at(rows: tuple[Any, ...], name: str, as_of: str) -> Iterator[Any]:
    columns = columns_of(TABLES[name].record)
    hindsight = {
        attribute: None if info.kind in ("number", "integer") else ""
        for attribute, info in columns.items()
        if info.outcome
    }
    for row in rows:
        if "knowable_from" in columns and row.knowable_from > as_of:
            continue
        yield replace(row, **hindsight) if hindsight and row.outcome_from > as_of else row


@lru_cache(maxsize=1)
def _shipped() -> Facts:
    return _read(files("xenotime") / "data")


def _read(folder: Traversable) -> Facts:
    tables, problems = _read_all(folder)
    if problems:
        raise InputProblems(problems)
    return Facts(MappingProxyType(tables))


def _read_all(folder: Traversable) -> tuple[dict[str, tuple[Any, ...]], tuple[Problem, ...]]:
    problems = Collector()
    _check_files(folder, problems)
    read = {name: read_table(folder, table, problems) for name, table in TABLES.items()}
    run_checks(read, problems)
    return tables_of(read), problems.problems()


def tables_of(read: Mapping[str, Sheet]) -> dict[str, tuple[Any, ...]]:
    """Rows by table, each source once."""
    tables = {name: tuple(row.record for row in sheet.rows) for name, sheet in read.items()}
    tables["sources"] = tuple({row.source: row for row in tables["sources"]}.values())
    return tables


def _check_files(folder: Traversable, problems: Collector) -> None:
    declared = {file for table in TABLES.values() for file in table.files}
    for sub in ("", "observed"):
        place = folder.joinpath(sub) if sub else folder
        if not place.is_dir():
            continue
        for path in place.iterdir():
            name = f"{sub}/{path.name}" if sub else path.name
            if name.endswith(".csv") and name not in declared:
                problems.add(
                    "unknown-table",
                    name,
                    None,
                    "",
                    "a file nobody declared",
                    "one of the declared tables",
                    nearest(name, declared),
                )
