"""Plants, lines, stock and supply as rows of a form: from a file of plants and back, with nothing lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import UnionType
from typing import Any, Literal, get_args, get_origin

import tomli_w
from pydantic import BaseModel

from xenotime.errors import InputProblems, Problem
from xenotime.exposure.plant_file import (
    LineEntry,
    OptionEntry,
    PlantEntry,
    PlantFile,
    StockEntry,
    SupplyEntry,
    TransitEntry,
    parse_plants,
)

Said = Mapping[str, str]  # what a form says, by the name of the field
FORM = "the form"  # what messages call it
YES, NO = "yes", "no"
REMEDIES = {"add the key": "fill it in"}  # of a file, as they are said of a form


@dataclass(frozen=True, slots=True)
class Kind:
    """A table of the file of plants.

    name : its key in the file;  entry : record of a row;  title, says : for people
    """

    name: str
    entry: type[BaseModel]
    title: str
    says: str


KINDS = (
    Kind("plant", PlantEntry, "Plants", "where they stand (region such as DEU) and which sector they serve"),
    Kind("line", LineEntry, "Lines", "what each makes in a week and what a unit earns, USD"),
    Kind("stock", StockEntry, "Stock", "what is held of a part of the bill: pieces, or weeks of use"),
    Kind(
        "supply",
        SupplyEntry,
        "Contracts and licences",
        "from where a part comes, on which licence, how often; what is left out is assumed and told",
    ),
    Kind(
        "transit",
        TransitEntry,
        "Orders under way",
        "pieces and day of arrival; where you list any of a part, they are all that is under way of it",
    ),
    Kind(
        "option",
        OptionEntry,
        "What can be done",
        "what you know of an action better than the shipped table, or that it cannot be done",
    ),
)
TOP = ("title", "today", "weeks", "sector", "budget")
CELL = re.compile(r"([a-z]+)\.(\d{1,4})\.([a-z_]+)")
PLACE = re.compile(r"([a-z]+)\.(\d+)(?:\.([a-z_]+))?")


def choices_of(kind: Kind, key: str) -> tuple[str, ...]:
    """What a cell may hold where that is one of a few words, its default first; empty where it is not."""
    annotation: Any = kind.entry.model_fields[key].annotation
    if annotation is bool:
        return YES, NO
    if get_origin(annotation) is Literal:
        default = str(kind.entry.model_fields[key].default)
        return (default, *(str(word) for word in get_args(annotation) if word != default))
    return ()


def is_number(kind: Kind, key: str) -> bool:
    """Whether a cell holds a number."""
    annotation: Any = kind.entry.model_fields[key].annotation
    parts = get_args(annotation) if isinstance(annotation, UnionType) else (annotation,)
    return float in parts


def said_of(plants: PlantFile) -> dict[str, str]:
    """Fields of the form that say what a file of plants says."""
    said = {key: shown(getattr(plants, key)) for key in TOP}
    for kind in KINDS:
        for number, row in enumerate(getattr(plants, kind.name)):
            for key in kind.entry.model_fields:
                said[f"{kind.name}.{number}.{key}"] = shown(getattr(row, key))
    return said


def shown(value: Any) -> str:
    """A value as a field shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def rows_of(said: Said, kind: Kind) -> list[dict[str, str]]:
    """Rows of a table in the order of the form; rows in which nothing is filled in are none."""
    rows: dict[int, dict[str, str]] = {}
    for name, text in said.items():
        cell = CELL.fullmatch(name)
        if cell and cell[1] == kind.name and cell[3] in kind.entry.model_fields:
            rows.setdefault(int(cell[2]), {})[cell[3]] = text.strip()
    return [rows[number] for number in sorted(rows) if _is_filled(rows[number], kind)]


def _is_filled(row: Said, kind: Kind) -> bool:
    return any(text and not choices_of(kind, key) for key, text in row.items())


def has_plants(said: Said) -> bool:
    """Whether any row of any table is filled in."""
    return any(rows_of(said, kind) for kind in KINDS)


def plants_text(said: Said) -> str:
    """The form as a file of plants; raises InputProblems for what no such file may hold."""
    data: dict[str, Any] = {}
    for key in TOP:
        if text := said.get(key, "").strip():
            data[key] = text if key in ("title", "today", "sector") else _number(text)
    for kind in KINDS:
        if rows := [dict(_values(row, kind)) for row in rows_of(said, kind)]:
            data[kind.name] = rows
    text = tomli_w.dumps(data)
    try:
        parse_plants(text, FORM)
    except InputProblems as error:
        raise InputProblems(_placed(problem) for problem in error.problems) from error
    return text


def _values(row: Said, kind: Kind) -> Iterator[tuple[str, Any]]:
    for key, text in row.items():
        if not text:
            continue
        if choices_of(kind, key) == (YES, NO):
            yield key, text != NO
        else:
            yield key, _number(text) if is_number(kind, key) else text


def _number(text: str) -> Any:
    """A number, or the text itself, of which the file's own rules then say what they expect."""
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text


def _placed(problem: Problem) -> Problem:
    """A problem at its row of the form; the line of a text that nobody sees is left out."""
    place = PLACE.fullmatch(problem.column)
    if place is None:
        return replace(problem, row=None)
    key = f", {place[3]}" if place[3] else ""
    column = f"{place[1]} row {int(place[2]) + 1}{key}"
    return replace(problem, row=None, column=column, remedy=REMEDIES.get(problem.remedy, problem.remedy))
