"""Rows of the controls table from the entries of a case, checked against the world all at once."""

from __future__ import annotations

from dataclasses import dataclass, fields
from fnmatch import fnmatchcase

from xenotime.errors import InputProblems, Problem
from xenotime.months import month_of
from xenotime.policy.control_entry import DATES, ControlEntry
from xenotime.world.check_controls import NEEDS_VALUE, control_faults
from xenotime.world.problems import unknown_name
from xenotime.world.tables import Control, columns_of
from xenotime.world.world import World

WITHOUT_GOODS = ("technology_ban",)
INSTRUMENTS = columns_of("controls")["instrument"].choices
_SHARED = {item.name for item in fields(Control)} & set(ControlEntry.model_fields)


@dataclass(frozen=True, slots=True)
class Range:
    """A number of a control: its value, and the least and most it may be."""

    control: str
    name: str
    value: float | None
    low: float
    high: float


def expand(entries: tuple[ControlEntry, ...], world: World, file: str) -> tuple[Control, ...]:
    """Rows of the controls table from the entries of a case; patterns become one row per material.

    Raises InputProblems naming every unknown instrument, region, end-user class and material pattern,
    and every value its instrument cannot take.
    """
    materials = [row.material for row in world.materials] or sorted({lane.material for lane in world.lanes})
    regions = [row.region for row in world.regions] or sorted({lane.origin for lane in world.lanes})
    sectors = sorted({row.sector for row in world.demand})
    problems: list[Problem] = []
    rows: list[Control] = []
    for entry in entries:
        named: dict[str, None] = {}
        unnamed = []
        for pattern in entry.materials:
            found = [name for name in materials if fnmatchcase(name, pattern)]
            if not found:
                unnamed.append(unknown_name(file, f"{entry.control}.materials", pattern, materials))
            named.update(dict.fromkeys(found))
        problems += [*_check(entry, regions, sectors, file), *unnamed]
        rows += [_row(entry, name) for name in ([""] if entry.instrument in WITHOUT_GOODS else named)]
    if problems:
        raise InputProblems(problems)
    return tuple(rows)


def _row(entry: ControlEntry, material: str) -> Control:
    given = {name: getattr(entry, name) for name in _SHARED}
    given |= {name: _month(given[name]) for name in DATES}
    return Control(**given, material=material, note=entry.assumed)


def _month(date: str) -> str:
    return month_of(date) if date else ""


def _check(entry: ControlEntry, regions: list[str], sectors: list[str], file: str) -> list[Problem]:
    if entry.instrument in INSTRUMENTS:
        found = [_fault(file, entry, *fault) for fault in control_faults(_row(entry, ""))]
    else:
        found = [unknown_name(file, f"{entry.control}.instrument", entry.instrument, list(INSTRUMENTS))]
    for key, names in (("origin", regions), ("destination", regions), ("sector", sectors)):
        name = getattr(entry, key)
        if name and name not in names:
            found.append(unknown_name(file, f"{entry.control}.{key}", name, names))
    return found + [
        Problem(
            "bad-range",
            file,
            None,
            f"{entry.control}.range.{item.name}",
            f"[{item.low:g}, {item.high:g}] about {item.value if item.value is not None else 'nothing'}",
            "the least and the most, with the value between them",
            f"state {item.name}, and its least and most around it",
        )
        for item in ranges_of(entry)
        if item.value is None or not item.low <= item.value <= item.high
    ]


def ranges_of(entry: ControlEntry) -> tuple[Range, ...]:
    """Numbers of a control that are known within a range only."""
    stated = entry.range.model_dump(exclude_none=True) if entry.range is not None else {}
    return tuple(
        Range(entry.control, name, getattr(entry, name), float(low), float(high))
        for name, (low, high) in stated.items()
    )


def _fault(file: str, entry: ControlEntry, column: str, found: str, expected: str) -> Problem:
    place = f"{entry.control}.{column}"
    if found == "a blank cell":
        needed = f"a number, which a {entry.instrument} needs" if column == "value" else expected
        if column == "value" and entry.instrument not in NEEDS_VALUE:
            needed = expected
        return Problem("missing-value", file, None, place, "nothing", needed, f"add {column} = ...")
    remedy = "give each instrument what it needs and no more"
    return Problem(
        "control-value", file, None, place, found, expected.replace("a blank cell", "nothing"), remedy
    )
