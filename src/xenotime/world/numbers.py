"""Access to the facts the builder needs: tables, assumed numbers, yields, and rows of the base year."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from xenotime.errors import NoAnswer


class FactTables(Protocol):
    """What the builder asks of the facts package: rows with one attribute per column."""

    def rows(self, table: str) -> Sequence[Any]:
        """Rows of a table in file order."""
        ...


class Numbers(Mapping[str, float]):
    """The builder's own graded assumptions by name; an unknown name is an error, never a default."""

    def __init__(self, facts: FactTables) -> None:
        self._rows = {row.name: row for row in facts.rows("assumptions")}

    def __getitem__(self, name: str) -> float:
        return float(self._rows[name].value)

    def __contains__(self, name: object) -> bool:
        return name in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


class Yields:
    """Share recovered by a process, by product; the assumption `yield_<process>` is the last resort."""

    def __init__(self, facts: FactTables, numbers: Numbers) -> None:
        self._rows = {(row.process, row.product): float(row.recovery) for row in facts.rows("yields")}
        self._numbers = numbers

    def recovery(self, process: str, *products: str) -> float:
        """Recovered share, under the first product that has a row; raises NoAnswer when none has."""
        for product in products:
            if (process, product) in self._rows:
                return self._rows[process, product]
        if f"yield_{process}" in self._numbers:
            return self._numbers[f"yield_{process}"]
        raise NoAnswer(
            f"yields {process} of {' or '.join(products)}",
            "no row",
            "a recovery for one of the products",
            "add a row to yields.csv",
        )


def of_year(rows: Sequence[Any], year: int, key: Callable[[Any], Any]) -> dict[Any, Any]:
    """One row per key: the row of `year`, else of the nearest earlier, else of the nearest later year."""
    found: dict[Any, Any] = {}
    for row in rows:
        name = key(row)
        if name not in found or _distance(int(row.year), year) < _distance(int(found[name].year), year):
            found[name] = row
    return found


def _distance(at: int, year: int) -> tuple[int, int]:
    return (0 if at == year else 1 if at < year else 2, abs(at - year))


def year_rows(rows: Sequence[Any], year: int) -> list[Any]:
    """Rows of the latest year not after `year` for which there are any, else of the first year after it."""
    years = sorted({int(row.year) for row in rows})
    if not years:
        return []
    before = [at for at in years if at <= year]
    pick = before[-1] if before else years[0]
    return [row for row in rows if int(row.year) == pick]
