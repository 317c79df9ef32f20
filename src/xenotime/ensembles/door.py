"""The one door to observed rows: nobody reads a row whose period ends after the month asked for."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from xenotime.ensembles.periods import months_of
from xenotime.world.numbers import FactTables

FIT_UNTIL = "2015-12"  # nothing is tuned on what happened later
LAST_USED = "2025-12"  # nothing that happened later is used at all
FIGURES = ("value", "low", "high", "note")
TABLES = ("observed_prices", "observed_exports", "observed_production", "observed_quota_use")


@dataclass(frozen=True, slots=True)
class Observed:
    """Observed rows up to the month `until`, as they are in the facts."""

    until: str
    observed_prices: tuple[Any, ...]
    observed_exports: tuple[Any, ...]
    observed_production: tuple[Any, ...]
    observed_quota_use: tuple[Any, ...]

    def rows(self, table: str) -> tuple[Any, ...]:
        """Rows of one table."""
        return tuple(getattr(self, table))

    def count(self) -> int:
        """Rows behind the door."""
        return sum(len(self.rows(table)) for table in TABLES)

    def fingerprint(self) -> str:
        """SHA-256 over every row, in file order."""
        text = "\n".join(repr(row) for table in TABLES for row in self.rows(table))
        return sha256(text.encode("utf-8")).hexdigest()


def observed_until(month: str, facts: FactTables) -> Observed:
    """Rows whose whole period lies in or before `month`; of later rows only the period is looked at.

    Raises ValueError for a month after the last that is ever used.
    """
    if month > LAST_USED:
        raise ValueError(f"observed rows after {LAST_USED} are not used, {month} was asked for")
    kept = {name: tuple(row for row in facts.rows(name) if _ended(row, month)) for name in TABLES}
    return Observed(month, **kept)


class KeysOnly:
    """An observed row whose figures cannot be read: what predictions are made from."""

    __slots__ = ("_row",)

    def __init__(self, row: Any) -> None:
        self._row = row

    def __getattr__(self, name: str) -> Any:
        if name in FIGURES:
            raise PermissionError(f"{name} of an observed row after {FIT_UNTIL} is read by the join only")
        return getattr(self._row, name)


def keys_until(month: str, facts: FactTables) -> Observed:
    """Rows to `month`; those after 2015 show what they are about and not what happened."""
    seen = observed_until(month, facts)
    hidden = {
        name: tuple(row if _ended(row, FIT_UNTIL) else KeysOnly(row) for row in seen.rows(name))
        for name in TABLES
    }
    return Observed(month, **hidden)


def _ended(row: Any, month: str) -> bool:
    return months_of(row.period)[1] <= month
