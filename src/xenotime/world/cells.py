"""One cell of text to one value, or one fault."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import MISSING, Field, fields
from functools import lru_cache
from typing import Any, cast

from xenotime.world.problems import quoted, suggestion
from xenotime.world.tables import TABLES, Column, Provenance

_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_FLAGS = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}
_NOT_FINITE = {
    "nan",
    "inf",
    "infinity",
    "+inf",
    "-inf",
    "+infinity",
    "-infinity",
    "-nan",
    "+nan",
    "1.#inf",
    "1.#qnan",
}
_FREE_TEXT = frozenset(
    {"name", "note", "title", "publisher", "operator", "group", "url", "price_basis", "date"}
)
PROVENANCE = frozenset(item.name for item in fields(Provenance))
_DAMAGE = "delete the cell's content and type it again"


class CellFault(Exception):
    """A cell that cannot be read; carries the code and three parts of the message."""

    def __init__(self, code: str, found: str, expected: str, remedy: str) -> None:
        super().__init__(f"found {found}; expected {expected}; {remedy}")
        self.code, self.found, self.expected, self.remedy = code, found, expected, remedy


@lru_cache(maxsize=64)
def fields_of(table: str) -> dict[str, Field[Any]]:
    """Dataclass fields of a table's record by name."""
    return {item.name: item for item in fields(TABLES[table])}


def is_numeric(item: Field[Any]) -> bool:
    """Whether the field holds a number."""
    return str(item.type).startswith("float")


def parse_cell(item: Field[Any], text: str, factor: float = 1.0) -> str | float | bool | None:
    """Value of `text` for one field; a number is multiplied by `factor` before its bounds are looked at.

    Raises
    ------
    CellFault : with one of the cell codes of :mod:`xenotime.world.problems`
    """
    column = cast(Column, item.metadata["column"])
    if not text.strip():
        if item.default is MISSING:
            raise CellFault(
                "required-blank",
                "a blank cell",
                f"a value for {item.name}: {column.meaning}",
                "fill the cell or take the row away",
            )
        return cast("str | float | bool | None", item.default)
    if is_numeric(item):
        return _number(column, text, factor)
    if item.type == "bool":
        return _flag(text)
    return _text(item.name, column, text)


def _number(column: Column, text: str, factor: float) -> float:
    word = text.strip()
    if word.casefold() in _NOT_FINITE:
        raise CellFault(
            "not-finite", quoted(text), "a finite number", "leave the cell blank if it is not known"
        )
    if not _NUMBER.fullmatch(word):
        raise CellFault("bad-number", quoted(text), "a number such as 1234.5 or 1.2e3", _number_remedy(word))
    value = float(word) * factor
    if not math.isfinite(value):
        raise CellFault("not-finite", quoted(text), "a number a computer can hold", "check the power of ten")
    shown = quoted(text) if factor == 1.0 else f"{quoted(text)} = {value:g} {column.unit}"
    check_bounds(column, value, shown)
    return value


def check_bounds(column: Column, value: float, shown: str) -> None:
    """Raise CellFault if `value` is not finite or leaves the bounds of `column`."""
    if not math.isfinite(value):
        raise CellFault("not-finite", shown, "a finite number", "leave the cell blank if it is not known")
    if column.minimum is not None and value < column.minimum:
        raise CellFault(
            "below-minimum", shown, f"at least {column.minimum:g}", f"check the sign: {column.meaning}"
        )
    if column.maximum is not None and value > column.maximum:
        raise CellFault(
            "above-maximum", shown, f"at most {column.maximum:g}", f"check the scale: {column.meaning}"
        )


def _number_remedy(word: str) -> str:
    if re.fullmatch(r"[+-]?[0-9]+,[0-9]+", word):
        whole, part = word.split(",")
        return f"write {whole}.{part} if the comma is the decimal mark, {whole}{part} if it parts thousands"
    if re.fullmatch(r"[+-]?[0-9]{1,3}([ ,'_][0-9]{3})+(\.[0-9]*)?", word):
        return f"write it without marks between the thousands: {re.sub(r'[ ,_]|' + chr(39), '', word)}"
    if word.endswith("%"):
        return "write the share as a fraction, 5 % as 0.05, or name the unit percent in units.csv"
    if word.casefold() in {"na", "n/a", "#n/a", "none", "null", "-", "--", "?", "unknown"}:
        return "leave the cell blank if it is not known"
    return "write digits with a decimal point and no unit; units belong in units.csv"


def _flag(text: str) -> bool:
    try:
        return _FLAGS[text.strip().casefold()]
    except KeyError:
        raise CellFault(
            "bad-flag", quoted(text), "yes or no", "write yes or no (true, false, 1 and 0 do too)"
        ) from None


def _text(name: str, column: Column, text: str) -> str:
    if name in _FREE_TEXT:
        return text
    if text != text.strip() or not text.isprintable():
        raise CellFault("stray-character", quoted(text), "a name without spaces around it", _DAMAGE)
    if unicodedata.normalize("NFC", text) != text:
        raise CellFault("stray-character", f"{quoted(text)} with parted accents", "composed letters", _DAMAGE)
    if column.period:
        check_month(text)
    check_choice(column, text)
    return text


def check_month(text: str) -> None:
    """Raise CellFault unless `text` is a month."""
    if not _MONTH.fullmatch(text):
        remedy = "write the month as 2025-04; days and quarters are not used"
        raise CellFault("bad-month", quoted(text), "a month YYYY-MM", remedy)


def check_choice(column: Column, text: str) -> None:
    """Raise CellFault if `column` lists its words and `text` is none of them."""
    if column.choices and text not in column.choices:
        words = [word for word in column.choices if word]
        raise CellFault(
            "bad-choice",
            quoted(text),
            f"one of {', '.join(words)}",
            suggestion(text, words, "take one of these words"),
        )
