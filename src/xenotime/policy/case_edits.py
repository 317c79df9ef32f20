"""A case changed at a few places - a date, a share, a lever left out - and written as a file again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tomli_w

from xenotime.errors import InputProblems, Problem
from xenotime.policy.case import Case, parse_case

LISTS = ("control", "lever", "belief")
OFF = "off"  # a key of an edit: the entry is left out


def edited(case: Case, edits: Mapping[str, Any], title: str = "") -> Case:
    """The case with `edits`: by place such as ``control.0.until`` or ``months``; ``control.0.off`` drops it.

    A value of None takes the key away.  Raises InputProblems for a place the case does not have, and for
    what no case may hold; a case without edits is itself.
    """
    if not edits and not title:
        return case
    data = case.data.model_dump(exclude_defaults=True, mode="json")
    problems = [problem for place in edits if (problem := _misplaced(case, data, place)) is not None]
    if problems:
        raise InputProblems(problems)
    dropped = {place.rpartition(".")[0] for place, value in edits.items() if _is_off(place) and value}
    for place, value in edits.items():
        holder, _, key = place.rpartition(".")
        if not _is_off(place):
            _put(_entry(data, holder), key, value)
    for name in LISTS:
        rows = [row for at, row in enumerate(data.get(name, ())) if f"{name}.{at}" not in dropped]
        data.pop(name, None)
        if rows:
            data[name] = rows
    if title:
        data["title"] = title
    name = f"{case.name}-edited"
    return parse_case(name, f"{name}.toml", tomli_w.dumps(data))


def with_entries_of(case: Case, other: Case) -> Case:
    """The case with the controls, levers and beliefs of another that it does not have yet."""
    data = case.data.model_dump(exclude_defaults=True, mode="json")
    for name in LISTS:
        mine = {getattr(row, name) for row in getattr(case.data, name)}
        more = [row for row in getattr(other.data, name) if getattr(row, name) not in mine]
        rows = data.get(name, []) + [row.model_dump(exclude_defaults=True, mode="json") for row in more]
        data.pop(name, None)
        if rows:
            data[name] = rows
    name = f"{case.name}+{other.name}"
    return parse_case(name, f"{name}.toml", tomli_w.dumps(data))


def _is_off(place: str) -> bool:
    return place.rpartition(".")[2] == OFF


def _entry(data: dict[str, Any], holder: str) -> dict[str, Any]:
    """The table a place is in."""
    if not holder:
        return data
    name, _, number = holder.partition(".")
    found: dict[str, Any] = data[name][int(number)]
    return found


def _put(entry: dict[str, Any], key: str, value: Any) -> None:
    if value is None:
        entry.pop(key, None)
    else:
        entry[key] = value


def _misplaced(case: Case, data: Mapping[str, Any], place: str) -> Problem | None:
    """A place the case has no entry for."""
    holder, _, _ = place.rpartition(".")
    name, _, number = holder.partition(".")
    if not holder or (name in LISTS and number.isdecimal() and int(number) < len(data.get(name, ()))):
        return None
    there = ", ".join(f"{n}.0 to {n}.{len(data[n]) - 1}" for n in LISTS if data.get(n)) or "no entries"
    return Problem(
        "unknown-entry",
        case.name,
        None,
        place,
        "no such entry of the case",
        f"one of {there}, or a key of the case",
        "open the case again and change what is there",
    )
