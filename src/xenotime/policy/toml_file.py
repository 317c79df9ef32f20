"""Files of TOML that a person writes - cases, games, plants, projects - read strictly, all faults at once."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from xenotime.errors import InputProblems, Problem, one_problem
from xenotime.world.problems import suggestion

File = TypeVar("File", bound=BaseModel)
LONGEST = 80  # characters shown of a value that is wrong


def read_toml(text: str, file: str, model: type[File]) -> File:
    """The keys of `text` as a record of `model`; `file` is the name told in messages.

    Raises InputProblems for what is not TOML, and for every unknown key (with the nearest known one), missing
    key and bad value, with its line.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise one_problem("not-toml", file, str(error), "a TOML file", "correct the place named") from error
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        found = [_problem(file, text, model, dict(item)) for item in error.errors()]
        raise InputProblems(found) from error


def text_of(path: str | Path, expected: str, remedy: str) -> str:
    """Text of a file a person wrote; raises InputProblems for one that is not there or not UTF-8."""
    place = Path(path)
    try:
        return place.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        found = f"bytes that are not UTF-8 at {error.start}"
        raise one_problem(
            "wrong-encoding", place.name, found, "a UTF-8 text file", "save the file as UTF-8"
        ) from error
    except OSError as error:
        raise one_problem("not-a-file", str(place), "no such file", expected, remedy) from error


def line_of(text: str, key: str, value: object = None) -> int | None:
    """Line on which a key stands, with the value where one is given; None where it stands nowhere."""
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", line) and (value is None or str(value) in line):
            return number
    return None


def _problem(file: str, text: str, model: type[BaseModel], error: dict[str, Any]) -> Problem:
    place = [str(part) for part in error["loc"]]
    key, where = place[-1], ".".join(place)
    if error["type"] == "extra_forbidden":
        known = _record_at(model, place[:-1]).model_fields
        expected, remedy = "one of " + ", ".join(known), suggestion(key, known, "remove it")
        return Problem("unknown-key", file, line_of(text, key), where, "not a known key", expected, remedy)
    if error["type"] == "missing":
        return Problem("missing-key", file, None, where, "nothing", f"a value for {key}", "add the key")
    found = repr(error.get("input"))[:LONGEST]
    return Problem("bad-value", file, line_of(text, key), where, found, error["msg"], "correct the value")


def _record_at(model: type[BaseModel], place: list[str]) -> type[BaseModel]:
    """The record a place in a file belongs to: followed from `model` through its tables of entries."""
    for part in place:
        field = model.model_fields.get(part)
        inner = _record_in(field.annotation) if field is not None else None
        model = inner or model
    return model


def _record_in(annotation: Any) -> type[BaseModel] | None:
    """The record inside an annotation such as ``tuple[Entry, ...]`` or ``Entry | None``; None without one."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _record_in(part)) is not None), None)
