"""Every kind of fault a folder of facts can have; a code outside `CODES` cannot be raised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import lru_cache
from types import MappingProxyType

from xenotime.errors import Problem

SHOWN = 60  # characters of a cell that a message quotes

CODES: Mapping[str, str] = MappingProxyType(
    {
        "missing-table": "a declared file is not there",
        "unknown-table": "a CSV file nobody declared",
        "no-folder": "a folder of facts that is none",
        "no-tables": "a folder without any CSV file",
        "file-too-large": "a file over the size limit",
        "wrong-encoding": "a file that is not UTF-8 text",
        "bad-quoting": "quotes that do not pair up",
        "empty-file": "a file without a header",
        "missing-column": "a declared column is not there",
        "unknown-column": "a column nobody declared",
        "duplicate-column": "a column twice",
        "ragged-row": "a row with more or fewer cells than the header",
        "required-blank": "a blank cell in a column that must be filled",
        "bad-number": "a cell that is not a number",
        "not-finite": "NaN or infinity",
        "below-minimum": "a number under the least its column admits",
        "above-maximum": "a number over the most its column admits",
        "bad-date": "a year, month, date or period in another form",
        "bad-choice": "a word outside the list of its column",
        "stray-character": "spaces around a text, or characters nobody sees",
        "duplicate-key": "two rows about the same thing",
        "unknown-name": "a name its table does not have",
        "outside-range": "a figure outside its own range",
        "source-conflict": "one source id for two documents",
        "grade-too-good": "a figure graded better than its source",
        "dates-disorder": "a period that ends before it begins",
    }
)


class Collector:
    """All problems found so far."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def add(
        self, code: str, file: str, row: int | None, column: str, found: str, expected: str, remedy: str
    ) -> None:
        """Keep one problem; raises KeyError for a code outside `CODES`."""
        CODES[code]
        self._found.append(Problem(code, file, row, column, found, expected, remedy))

    def problems(self) -> tuple[Problem, ...]:
        """Everything found, by file and row."""
        return tuple(
            sorted(self._found, key=lambda problem: (problem.file, problem.row or 0, problem.column))
        )


def quoted(text: str) -> str:
    """A cell as messages show it."""
    return repr(text if len(text) <= SHOWN else text[: SHOWN - 3] + "...")


def nearest(word: str, names: Iterable[str]) -> str:
    """Remedy that names the closest known name, if there is one."""
    return _nearest(word, tuple(sorted(names)))


@lru_cache(maxsize=256)
def _nearest(word: str, names: tuple[str, ...]) -> str:
    near = get_close_matches(word, names, n=3, cutoff=0.6)
    return f"did you mean {' or '.join(near)}?" if near else "correct the name, or add the row it means"
