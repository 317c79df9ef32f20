"""Facts looked at from a month: what was known of a row, and how it is named in the records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xenotime.facts.load import Facts
from xenotime.facts.publication import FirstKnown, Publications
from xenotime.facts.table import TABLES
from xenotime.world.numbers import Numbers
from xenotime.world.relied import LaterFact, Tally


@dataclass(frozen=True, slots=True)
class View:
    """Facts, a base year, a month, and the tally of what was done."""

    facts: Facts
    numbers: Numbers
    rules: Publications
    year: int
    known_by: str
    strict: bool
    tally: Tally

    def known(self, table: str, row: Any) -> FirstKnown | None:
        """When the row was first known; None where that is after the month."""
        found = self.rules.first_known(table, row)
        return found if found.month <= self.known_by else None


def about(table: str, row: Any) -> str:
    """Key of a row in words."""
    parts = (str(getattr(row, name, getattr(row, f"{name}_", ""))) for name in TABLES[table].key)
    return " / ".join(part for part in parts if part)


def later_fact(table: str, row: Any, stage: str, tonnes: float, why: str = "no earlier figure") -> LaterFact:
    """The record of a figure in use that came later."""
    figure = TABLES[table].figure
    return LaterFact(
        table,
        about(table, row),
        stage,
        tonnes,
        float(getattr(row, figure)) if figure else None,
        row.low,
        row.high,
        row.knowable_from,
        row.source,
        why,
    )
