"""A package: everything a case adds to a world, read from its file and checked against the world at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from xenotime.errors import InputProblems, Problem
from xenotime.policy.beliefs import Belief
from xenotime.policy.case import Case
from xenotime.policy.control_rows import Range, expand, ranges_of
from xenotime.policy.lever_checks import read_levers
from xenotime.policy.levers import Lever
from xenotime.policy.read_beliefs import read_beliefs
from xenotime.world.tables import Control
from xenotime.world.world import World


@dataclass(frozen=True, slots=True)
class Package:
    """Controls, levers and beliefs of a case; an empty package is the baseline.

    controls : rows of the controls table, one per material, origin and destination named
    levers : with months, and prices in USD per unit
    beliefs : what is held possible about controls whose future is in doubt
    ranges : numbers of controls that are known within a range only; a run takes their middle, draws do not
    """

    controls: tuple[Control, ...] = ()
    levers: tuple[Lever, ...] = ()
    beliefs: tuple[Belief, ...] = ()
    ranges: tuple[Range, ...] = field(default=(), repr=False, compare=False)

    def with_numbers(self, numbers: Mapping[str, float]) -> Package:
        """The package with numbers of its controls replaced; keys are ``control.name``."""
        rows = []
        for row in self.controls:
            mine = {key: value for key, value in numbers.items() if key.startswith(f"{row.control}.")}
            changed: dict[str, Any] = {key.removeprefix(f"{row.control}."): v for key, v in mine.items()}
            rows.append(replace(row, **changed))
        return replace(self, controls=tuple(rows))


NOTHING = Package()


def read_package(case: Case, world: World) -> Package:
    """What a case does to `world`.

    Raises InputProblems with every unknown name and missing value of all its entries.
    """
    file = f"{case.name}/case.toml"
    names = tuple(entry.control for entry in case.data.control)
    instruments = {row.control: row.instrument for row in world.controls}
    instruments |= {entry.control: entry.instrument for entry in case.data.control}
    problems: list[Problem] = []
    controls: tuple[Control, ...] = ()
    levers: tuple[Lever, ...] = ()
    beliefs: tuple[Belief, ...] = ()
    try:
        controls = expand(case.data.control, world, file)
    except InputProblems as fault:
        problems += fault.problems
    try:
        levers = read_levers(case.data.lever, world, file, names)
    except InputProblems as fault:
        problems += fault.problems
    try:
        beliefs = read_beliefs(case.data.belief, instruments, file)
    except InputProblems as fault:
        problems += fault.problems
    if problems:
        raise InputProblems(problems)
    ranges = tuple(item for entry in case.data.control for item in ranges_of(entry))
    return Package(controls, levers, beliefs, ranges)
