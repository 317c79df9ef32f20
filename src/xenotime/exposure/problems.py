"""Faults of a bill, found in whole columns at once and told one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from xenotime.errors import InputProblems, Problem

KEPT = 2000  # problems of one kind that are told one by one; the rest is counted


class Faults:
    """Collects problems; every row that is at fault is told, or counted where there are very many."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: list[Problem] = []
        self._seen: Counter[tuple[str, str]] = Counter()

    def add(self, code: str, row: int | None, column: str, found: str, expected: str, remedy: str) -> None:
        """Keep one problem."""
        self._seen[code, column] += 1
        if self._seen[code, column] <= KEPT:
            self._found.append(Problem(code, self.file, row, column, found, expected, remedy))

    def each(
        self, code: str, rows: Iterable[int], column: str, texts: Iterable[str], expected: str, remedy: str
    ) -> None:
        """One problem for each row; `rows` are lines as an editor shows them."""
        for row, text in zip(rows, texts, strict=True):
            self.add(code, int(row), column, shown(text), expected, remedy)

    def any(self) -> bool:
        """Whether something was found."""
        return bool(self._found)

    def stop(self) -> None:
        """Raises InputProblems with everything found, where anything was."""
        if not self._found:
            return
        rest = [
            Problem(
                code,
                self.file,
                None,
                column,
                f"{count - KEPT} more rows with this fault",
                "none",
                "mend the ones listed first; they often share one cause",
            )
            for (code, column), count in self._seen.items()
            if count > KEPT
        ]
        raise InputProblems((*sorted(self._found, key=lambda item: item.row or 0), *rest))


def shown(text: object, most: int = 60) -> str:
    """Text of a cell as it is quoted: what cannot be printed is escaped, what is long is cut."""
    whole = repr(str(text))
    return whole if len(whole) <= most else f"{whole[:most]}...'"
