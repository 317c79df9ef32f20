"""Every row of every table in one form, to be looked through: by words, table, grade and source."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from xenotime.facts.column import GRADES
from xenotime.facts.load import Facts, load_facts
from xenotime.facts.query import Entry, entry_of
from xenotime.facts.table import TABLES

RECALLED = ("recalled", "remembered")  # words of a note about what was set down from memory
SHORT = 2  # letters of a word that must stand alone
MARK = 4  # letters of a digest that keep two rows of like names apart


@dataclass(frozen=True, slots=True)
class Line:
    """One row.

    table : it stands in;  anchor : names it in a page, the same as long as its key is the same
    entry : what it says;  scoring : whether it is an observation, used to score and no input
    recalled : whether it or a detail of it was set down from memory and not read again
    known_from : month from which it could be known, blank where its table does not say
    words : everything it says, in small letters
    """

    table: str
    anchor: str
    entry: Entry
    scoring: bool
    recalled: bool
    known_from: str
    words: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for; blank is everything.

    query : words that must all stand in the row;  grade, source, table : as the row has them
    recalled : whether only what was set down from memory is wanted
    """

    query: str = ""
    table: str = ""
    grade: str = ""
    source: str = ""
    recalled: bool = False


def lines_of(facts: Facts) -> tuple[Line, ...]:
    """All rows but those of sources and of what is missing, in the order of the package."""
    titles = {name: source.title for name, source in facts.sources().items()}
    memory = {name for name, source in facts.sources().items() if source.retrieval == "recalled"}
    return tuple(_lines(facts, titles, memory))


def _lines(facts: Facts, titles: Mapping[str, str], memory: set[str]) -> Iterator[Line]:
    for table in TABLES.values():
        if table.name in ("sources", "missing"):
            continue
        used: set[str] = set()
        for row in facts.rows(table.name):
            entry = entry_of(table, row, titles)
            anchor = anchor_of(table.name, entry.about)
            while anchor in used:  # the key of a figure may be said twice, by two sources
                anchor += "-also"
            used.add(anchor)
            recalled = entry.source in memory or any(word in entry.note for word in RECALLED)
            known = getattr(row, "knowable_from", "")
            yield Line(table.name, anchor, entry, table.scoring, recalled, known, _words(table.name, entry))


def anchor_of(table: str, about: str) -> str:
    """Name of a row in a page: legible, and apart from rows whose keys differ in signs alone."""
    plain = re.sub(r"[^a-z0-9]+", "-", f"{table} {about}".lower()).strip("-")
    return f"{plain[:80]}-{hashlib.sha256(about.encode()).hexdigest()[:MARK]}"


def _words(table: str, entry: Entry) -> str:
    """The key on the first line, everything else behind it."""
    parts = (table, entry.unit, entry.refers_to, entry.source, entry.title, entry.note)
    return f"{entry.about}\n{' '.join((*parts, *entry.details.values()))}".lower()


def found(lines: Iterable[Line], asked: Asked) -> tuple[Line, ...]:
    """Lines in which all words stand and whose table, grade and source are those asked for.

    A word of one or two letters must stand alone, for most are symbols; the name of an element also finds
    rows whose key has its symbol.
    """
    wanted = [_pattern(word) for word in asked.query.lower().split()]
    return tuple(
        line
        for line in lines
        if (not asked.table or line.table == asked.table)
        and (not asked.grade or line.entry.grade == asked.grade)
        and (not asked.source or line.entry.source == asked.source)
        and (not asked.recalled or line.recalled)
        and all(pattern.search(line.words) for pattern in wanted)
    )


def _pattern(word: str) -> re.Pattern[str]:
    plain = re.escape(word)
    if len(word) <= SHORT:
        return re.compile(rf"(?<![a-z]){plain}(?![a-z])")
    symbol = symbols().get(word)
    return re.compile(rf"{plain}|^[^\n]*(?<![a-z]){symbol}(?![a-z])[^\n]*\n" if symbol else plain)


@cache
def symbols() -> Mapping[str, str]:
    """Names of elements to their symbols, all in small letters."""
    return {row.name.lower(): row.element.lower() for row in load_facts().rows("elements")}


def graded(lines: Iterable[Line]) -> dict[str, dict[str, int]]:
    """How many rows of each table carry which grade; "" counts rows of tables without grades."""
    counts: dict[str, dict[str, int]] = {}
    for line in lines:
        own = counts.setdefault(line.table, dict.fromkeys((*GRADES, ""), 0))
        own[line.entry.grade] += 1
    return counts
