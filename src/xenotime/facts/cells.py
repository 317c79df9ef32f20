"""One cell of text to one value, or one fault."""

from __future__ import annotations

import math
import re

from xenotime.facts.column import Column
from xenotime.facts.problems import nearest, quoted

_MONTH = r"[0-9]{4}-(?:0[1-9]|1[0-2])"
FORMS = {
    "year": ("a year YYYY", re.compile(r"[0-9]{4}")),
    "month": ("a month YYYY-MM", re.compile(_MONTH)),
    "date": (
        "a date YYYY-MM-DD, month YYYY-MM or year YYYY",
        re.compile(rf"[0-9]{{4}}|{_MONTH}(?:-(?:0[1-9]|[12][0-9]|3[01]))?"),
    ),
    "period": (
        "a year, month, quarter YYYY-Qn, half YYYY-Hn, or months YYYY-MM..YYYY-MM",
        re.compile(rf"[0-9]{{4}}(?:-Q[1-4]|-H[12])?|{_MONTH}(?:\.\.{_MONTH})?"),
    ),
}
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[+-]?(?:nan|inf|infinity)", re.IGNORECASE)


class CellFault(Exception):
    """A cell that cannot be read; carries the code and three parts of the message."""

    def __init__(self, code: str, found: str, expected: str, remedy: str) -> None:
        super().__init__(f"found {found}; expected {expected}; {remedy}")
        self.code, self.found, self.expected, self.remedy = code, found, expected, remedy


def parse_cell(column: Column, text: str) -> str | float | int | None:
    """Value of `text`; a blank that is admitted is None for numbers and ``""`` for text.

    Raises
    ------
    CellFault : with one of the cell codes of :mod:`xenotime.facts.problems`
    """
    if text != text.strip() or not text.isprintable():
        raise CellFault(
            "stray-character",
            quoted(text),
            "text without spaces around it or hidden characters",
            "delete the cell's content and type it again",
        )
    if not text:
        if not column.blank:
            raise CellFault(
                "required-blank",
                "a blank cell",
                column.meaning,
                "fill it; what is not known has no row here but one in a missing table",
            )
        return None if column.kind in ("number", "integer") else ""
    if column.kind in ("number", "integer"):
        return _number(column, text)
    if column.kind in FORMS:
        expected, form = FORMS[column.kind]
        if not all(form.fullmatch(part) for part in (text.split("; ") if column.many else [text])):
            raise CellFault("bad-date", quoted(text), expected, "write it in this form")
        return int(text) if column.kind == "year" else text
    if column.choices and text not in column.choices:
        raise CellFault(
            "bad-choice", quoted(text), f"one of {', '.join(column.choices)}", nearest(text, column.choices)
        )
    return text


def _number(column: Column, text: str) -> float | int:
    if _NOT_FINITE.fullmatch(text):
        raise CellFault("not-finite", quoted(text), "a finite number", "take the row away if it is not known")
    if not _NUMBER.fullmatch(text):
        raise CellFault(
            "bad-number",
            quoted(text),
            "a number such as 1234.5",
            "digits and a decimal point, no unit and no marks between thousands",
        )
    value = float(text)
    if not math.isfinite(value):
        raise CellFault("not-finite", quoted(text), "a finite number", "check the power of ten")
    if column.kind == "integer" and value != int(value):
        raise CellFault("bad-number", quoted(text), "a whole number", "round it and say so in the note")
    if column.minimum is not None and value < column.minimum:
        raise CellFault(
            "below-minimum",
            quoted(text),
            f"at least {column.minimum:g} {column.unit}".strip(),
            f"check sign and scale: {column.meaning}",
        )
    if column.maximum is not None and value > column.maximum:
        raise CellFault(
            "above-maximum",
            quoted(text),
            f"at most {column.maximum:g} {column.unit}".strip(),
            f"check scale: {column.meaning}",
        )
    return int(value) if column.kind == "integer" else value
