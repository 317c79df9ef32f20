"""States as named arrays and back, so that a run can be kept and taken up again at any month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar, get_type_hints

import numpy as np

Part = TypeVar("Part")


def arrays_of(part: Any, prefix: str = "") -> dict[str, Any]:
    """Arrays of a frozen record by dotted name; a field is an array, or a record of arrays."""
    found: dict[str, Any] = {}
    for item in fields(part):
        value = getattr(part, item.name)
        name = f"{prefix}{item.name}"
        if is_dataclass(value):
            found |= arrays_of(value, f"{name}.")
        else:
            found[name] = np.asarray(value)
    return found


def from_arrays(kind: type[Part], arrays: Mapping[str, Any], prefix: str = "") -> Part:
    """The record of `kind` whose arrays :func:`arrays_of` gave; raises KeyError where one is missing."""
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for item in fields(kind):  # type: ignore[arg-type]  # every state part is a dataclass
        name, hint = f"{prefix}{item.name}", hints[item.name]
        if isinstance(hint, type) and is_dataclass(hint):
            values[item.name] = from_arrays(hint, arrays, f"{name}.")
        else:
            values[item.name] = np.asarray(arrays[name])
    return kind(**values)


def join_uneven(parts: Iterable[Any]) -> tuple[Any, Any]:
    """Arrays of one kind end to end, and where each ends: trees of look-aheads differ in size."""
    rows = [np.asarray(part) for part in parts]
    return np.concatenate(rows), np.cumsum([len(row) for row in rows])


def uneven_part(joined: Any, ends: Any, position: int) -> Any:
    """The part at `position` of what :func:`join_uneven` joined."""
    return joined[ends[position - 1] if position else 0 : ends[position]]
