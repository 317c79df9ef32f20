"""What a declared check is made of, and how its findings become problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xenotime.world.problems import CODES, Collector
from xenotime.world.tables import KEYS
from xenotime.world.world import World


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a check fails: a row of a table (its place in the tuple) or, with None, the table."""

    table: str
    index: int | None
    column: str
    found: str
    expected: str


@dataclass(frozen=True, slots=True)
class Check:
    """One declared check.

    Attributes
    ----------
    code : its name, one of the problem codes
    reads : tables it looks at; it only runs when these were read without a fault
    remedy : what to do about any of its findings
    find : World -> findings
    by_row : looks at one row at a time, so that it may run beside faulty rows
    """

    code: str
    reads: tuple[str, ...]
    remedy: str
    find: Callable[[World], Iterator[Finding]]
    by_row: bool = False

    @property
    def meaning(self) -> str:
        """What the fault is, in one line."""
        return CODES[self.code]


def run_checks(
    checks: Sequence[Check],
    world: World,
    problems: Collector,
    lines: Mapping[str, Sequence[int]] | None = None,
    faulty: frozenset[str] = frozenset(),
) -> None:
    """Add the findings of `checks` to `problems`.

    lines : line in the file of every row, by table, for a world that was read from a folder
    faulty : tables some row of which could not be read
    """
    for check in checks:
        if not check.by_row and faulty.intersection(check.reads):
            continue
        for finding in check.find(world):
            row, found = None, finding.found
            if lines is not None:
                if finding.index is not None:
                    row = lines[finding.table][finding.index]
            elif finding.index is not None:
                found = f"{found} in {key_text(finding.table, getattr(world, finding.table)[finding.index])}"
            problems.add(
                check.code, f"{finding.table}.csv", row, finding.column, found, finding.expected, check.remedy
            )


def key_text(table: str, record: Any) -> str:
    """The key of a record, as people read it."""
    return " / ".join(str(getattr(record, column)) or "(blank)" for column in KEYS[table])
