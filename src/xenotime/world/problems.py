"""Every kind of fault a folder of tables can have, and the collector that keeps all of them.

A code that is not in `CODES` cannot be raised, and every code has a bad folder in the tests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import lru_cache
from heapq import nsmallest
from itertools import pairwise
from types import MappingProxyType

from xenotime.errors import Problem, one_problem

KEPT = 200  # problems of one code and file that are kept in full; the rest are counted
SHOWN = 60  # characters of a cell that a message quotes
COMPARED = 20  # names looked at closely for the nearest one, after a quick look at all
SUGGESTED = 50  # problems of one code and file that name the nearest name; a hostile folder has millions

CODES: Mapping[str, str] = MappingProxyType(
    {
        "no-folder": "the world is not a folder",
        "no-tables": "the folder holds none of the tables of a world",
        "not-a-file": "something with the name of a table is not a plain file",
        "unknown-table": "a CSV file whose name is not the name of a table",
        "file-too-large": "a file over the size limit, refused before it is read",
        "too-many-rows": "a table over the row limit",
        "wrong-encoding": "a file that is not UTF-8 text",
        "wrong-separator": "cells parted by something else than commas",
        "bad-quoting": "quotes that do not pair up, or a cell without end",
        "empty-file": "a file without a header",
        "duplicate-column": "a column twice in the header",
        "unknown-column": "a column the table does not have",
        "missing-column": "a required column is absent",
        "ragged-row": "a row with more or fewer cells than the header",
        "required-blank": "a blank cell in a required column",
        "bad-number": "a cell that is not a number",
        "not-finite": "NaN or infinity",
        "below-minimum": "a number under the least its column admits",
        "above-maximum": "a number over the most its column admits",
        "bad-choice": "a word outside the list of its column",
        "bad-flag": "a cell that is neither yes nor no",
        "bad-month": "a cell that is not a month YYYY-MM",
        "stray-character": "a name with spaces around it, or characters nobody sees",
        "duplicate-key": "two rows about the same thing",
        "unknown-name": "a name no table knows",
        "unknown-unit": "a unit that is not known or has two meanings",
        "unknown-currency": "money that is not USD",
        "wrong-kind-of-unit": "a unit of another kind than the column",
        "low-above-high": "a range that ends before it begins",
        "start-after-end": "a period that ends before it begins",
        "form-needs": "a curve without the numbers of its form",
        "form-excludes": "a curve with numbers of another form",
        "form-degenerate": "a curve whose numbers make no curve",
        "choke-below-price": "a choke price not above the reference price",
        "lane-to-itself": "a lane that ends where it begins",
        "control-value": "a control without its value, or with one it cannot have",
        "floor-incomplete": "a price floor without its material or price, or on something not made",
        "project-incomplete": "a project without its stage, kind or capacity",
        "opening-above-capacity": "a stock that starts fuller than full",
        "contract-without-quantity": "a contract over nothing",
        "facility-disagrees": "rows of one facility that contradict each other",
        "min-load-above-capacity": "a least activity over the capacity",
        "unused-limit": "a joint limit no lane names",
        "recipe-without-output": "a recipe that makes nothing",
        "shares-not-summing": "contents of more than the whole",
        "creates-matter": "a recipe that puts out more of an element than it takes in",
        "free-disposal": "a material with contents that may be thrown away for nothing",
        "not-empty": "a world is to be written where something is already",
        "cannot-write": "a world that would not read back the same, or a place that takes no files",
    }
)
_ROWS_LOST = (
    "not-a-file",
    "file-too-large",
    "too-many-rows",
    "wrong-encoding",
    "bad-quoting",
    "empty-file",
    "ragged-row",
)


def quoted(text: str) -> str:
    """`text` as a message shows it: in quotes, printable, and short."""
    safe = printable(text[: SHOWN + 1])
    return f"'{safe[:SHOWN]}…'" if len(text) > SHOWN else f"'{safe}'"


def printable(text: str) -> str:
    """`text` with a mark in place of every character that has no print."""
    return "".join(letter if letter.isprintable() else "�" for letter in text)


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name closest to `name`, or ``""`` when none is close."""
    wanted = name[:SHOWN].casefold()
    parts = _parts(wanted)
    alike = nsmallest(
        COMPARED,
        ((-len(parts & others), folded, other) for other, folded, others in _split(frozenset(known))),
    )
    folded = {name: other for _, name, other in reversed(alike)}
    close = get_close_matches(wanted, folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else ""


@lru_cache(maxsize=16)
def _split(known: frozenset[str]) -> tuple[tuple[str, str, frozenset[str]], ...]:
    folded = ((other, other[:SHOWN].casefold()) for other in known)
    return tuple((other, name, _parts(name)) for other, name in folded)


def _parts(name: str) -> frozenset[str]:
    """Single letters and pairs: what a misspelled name still shares with the right one."""
    return frozenset(name) | frozenset(map("".join, pairwise(name)))


def suggestion(name: str, known: Iterable[str], otherwise: str) -> str:
    """``did you mean X?`` followed by what to do if not."""
    close = nearest(name, known)
    return f"did you mean '{close}'? otherwise {otherwise}" if close else otherwise


def unknown_name(
    file: str,
    column: str,
    name: str,
    known: Iterable[str],
    expected: str = "a name of this world",
    otherwise: str = "see `xenotime world show`",
) -> Problem:
    """A name that is none of `known`, with the nearest of them."""
    return Problem(
        "unknown-name", file, None, column, repr(name), expected, suggestion(name, known, otherwise)
    )


class Collector:
    """Takes every problem; keeps the first `KEPT` of one code and file and counts the rest."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._seen: Counter[tuple[str, str]] = Counter()
        self._tainted: set[str] = set()

    def wants_nearest(self, code: str, file: str) -> bool:
        """Whether one more of this kind should name the nearest name."""
        return self._seen[code, file] < SUGGESTED

    def add(
        self, code: str, file: str, row: int | None, column: str, found: str, expected: str, remedy: str
    ) -> None:
        """Keep one problem; raises KeyError for a code that is not declared."""
        CODES[code]
        self._seen[code, file] += 1
        if self._seen[code, file] <= KEPT:
            parts = (printable(part) for part in (column, found, expected, remedy))
            self._problems.append(Problem(code, printable(file), row, *parts))

    def faulty(self) -> frozenset[str]:
        """Files with at least one problem, or with rows lost to a problem elsewhere."""
        return frozenset(file for _, file in self._seen) | self._tainted

    def taint(self, file: str) -> None:
        """Note that rows of `file` are lost to a problem reported elsewhere."""
        self._tainted.add(file)

    def lost_rows(self, file: str) -> bool:
        """Whether some rows of `file` could not even be told apart, so that its names are not all known."""
        return any((code, file) in self._seen for code in _ROWS_LOST)

    def problems(self) -> tuple[Problem, ...]:
        """Everything, by file and row; what was only counted is one more problem of its code."""
        rest = [
            Problem(
                code,
                file,
                None,
                "",
                f"{count - KEPT} more of this kind: {CODES[code]}",
                "none",
                "mend the ones listed first; they often share one cause",
            )
            for (code, file), count in self._seen.items()
            if count > KEPT
        ]
        return tuple(sorted(self._problems, key=lambda p: (p.file, p.row or 0))) + tuple(rest)


def known_name(what: str, name: str, names: tuple[str, ...]) -> int:
    """Place of `name` among `names`; raises InputProblems, with the nearest as remedy, where it is none."""
    if name in names:
        return names.index(name)
    raise one_problem(
        "unknown-name",
        what,
        repr(name),
        f"a {what} of this run",
        suggestion(name, names, f"use one of {', '.join(names[:6])} ..."),
    )
