"""A package: everything a case adds to a world, read from its file and checked against the world at once."""

from __future__ import annotations

from dataclasses import dataclass

from xenotime.errors import InputProblems, Problem
from xenotime.policy.beliefs import Belief
from xenotime.policy.case import Case
from xenotime.policy.controls import expand
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
    """

    controls: tuple[Control, ...] = ()
    levers: tuple[Lever, ...] = ()
    beliefs: tuple[Belief, ...] = ()


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
    return Package(controls, levers, beliefs)
