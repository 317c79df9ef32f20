"""Frozen records of what backs a figure: the source, the figure itself, and what could not be found."""

from __future__ import annotations

from dataclasses import dataclass

from xenotime.facts.column import GRADES, Row, choice, column, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Row):
    """A document, or a stated method of ours, that figures come from."""

    source: str = column("key: publisher-year-topic")
    title: str = column("title, in the language read")
    publisher: str = column("who published it", blank=True)
    date: str = column("date of publication, of each document if several", "date", blank=True, many=True)
    url: str = words("address, where there is one")
    grade: str = column("best grade a figure from here may carry", choices=GRADES)
    retrieval: str = choice(
        "how it was reached: read, quoted by another text, derived by us, recalled from memory, or verified",
        "read",
        "quoted",
        "derived",
        "recalled",
        "verified",
    )
    note: str = words("remark")


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing(Row):
    """Something looked for and not found, so that nobody takes silence for zero."""

    topic: str = column("table or subject")
    what: str = column("what is missing")
    where_looked: str = words("where it was looked for")
    note: str = words("what is done without it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One figure of any table, with all that is known about it.

    Attributes
    ----------
    table : the table it stands in
    about : the row's key in words, e.g. ``Dy / magnets / JPN``
    value, low, high : the figure and its range, in `unit`
    unit, basis : e.g. ``t/yr`` and ``t of oxide``
    refers_to, knowable_from : what period it is about, and from which month it could be known
    grade, source, note : how good, from whom, with what remark
    """

    table: str
    about: str
    value: float
    low: float
    high: float
    unit: str
    basis: str
    refers_to: str
    knowable_from: str
    grade: str
    source: str
    note: str
