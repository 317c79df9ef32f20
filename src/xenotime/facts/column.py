"""What one column of a facts table means: the words every table is declared in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any, cast

GRADES = ("A", "B", "C", "D")
YES_NO = ("yes", "no")


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes
    ----------
    meaning : in words, for people and for the data package
    kind : ``text``, ``number``, ``integer``, ``year`` (YYYY), ``month`` (YYYY-MM), ``date`` (YYYY, YYYY-MM or
        YYYY-MM-DD) or ``period`` (a year, month, quarter YYYY-Qn, half year YYYY-Hn, or months A..B)
    unit : unit of a number
    references : ``table`` whose key the value is one of, or ``table.column``
    also : words admitted beside those of `references`
    many : several values parted by semicolons
    choices : the only words admitted
    minimum, maximum : inclusive bounds
    blank : whether an empty cell is admitted; it means not known or not applicable, never zero
    outcome : hindsight: unknown until the month in the row's ``outcome_from``
    """

    meaning: str
    kind: str = "text"
    unit: str = ""
    references: str = ""
    also: tuple[str, ...] = ()
    many: bool = False
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    blank: bool = False
    outcome: bool = False


def column(meaning: str, kind: str = "text", **details: Any) -> Any:
    """A field of a row record; `details` are the other attributes of :class:`Column`."""
    return field(metadata={"column": Column(meaning, kind, **details)})


def number(
    meaning: str,
    unit: str,
    minimum: float | None = None,
    maximum: float | None = None,
    *,
    blank: bool = False,
    outcome: bool = False,
) -> Any:
    """A field that holds a number of `unit`."""
    return column(
        meaning, "number", unit=unit, minimum=minimum, maximum=maximum, blank=blank, outcome=outcome
    )


def name_of(references: str, meaning: str, also: tuple[str, ...] = (), *, blank: bool = False) -> Any:
    """A field that names a row of another table."""
    return column(meaning, references=references, also=also, blank=blank)


def choice(meaning: str, *words: str) -> Any:
    """A field that holds one of a few words."""
    return column(meaning, choices=words)


def year(meaning: str) -> Any:
    """A field that holds a year."""
    return column(meaning, "year")


def when(meaning: str, *, outcome: bool = False) -> Any:
    """A field that holds a date as exactly as it is known, or nothing."""
    return column(meaning, "date", blank=True, outcome=outcome)


def words(meaning: str, *, outcome: bool = False) -> Any:
    """A field of free text that may be blank."""
    return column(meaning, blank=True, outcome=outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Any row of any table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Row):
    """A row whose main figure has a range, a grade and a source: the tail of a figure."""

    low: float = column("lower end of the range", "number")
    high: float = column("upper end of the range", "number")
    grade: str = column("A official or legal, B filing or peer-reviewed, C press, D estimate", choices=GRADES)
    source: str = column("where it comes from", references="sources")
    refers_to: str = column("period the figure is about", "period")
    knowable_from: str = column("month in which this number could first be known", "month")
    note: str = column("remark, method of an estimate", blank=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed(Row):
    """A row of the dated record: the tail of a thing said or done."""

    grade: str = column(
        "A official or legal, B filing or peer-reviewed, C press, D recalled or weak", choices=GRADES
    )
    source: str = column("where it comes from", references="sources")
    knowable_from: str = column("month in which it could first be known", "month")
    note: str = column("remark", blank=True)


def header_of(attribute: str) -> str:
    """Name of a column in its file; an attribute ends in ``_`` where Python keeps the word for itself."""
    return attribute.removesuffix("_")


def columns_of(record: type[Any]) -> dict[str, Column]:
    """Attribute name to meaning; a record's own columns come first, the shared tail last."""
    tail = {item.name for base in record.__mro__[1:] for item in _fields_of(base)}
    found = {item.name: cast(Column, item.metadata["column"]) for item in fields(record)}
    own = [name for name in found if name not in tail]
    return {name: found[name] for name in [*own, *(name for name in found if name in tail)]}


def _fields_of(base: type[Any]) -> Iterator[Any]:
    if base in (Figure, Deed):
        yield from fields(base)
