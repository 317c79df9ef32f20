"""The declared table of checks on what a world says, and the two ways to run it."""

from __future__ import annotations

from pathlib import Path

from xenotime.errors import InputProblems, Problem
from xenotime.world.check_matter import MATTER_CHECKS
from xenotime.world.check_network import NETWORK_CHECKS
from xenotime.world.check_records import check_records
from xenotime.world.check_rows import ROW_CHECKS
from xenotime.world.findings import Check, run_checks
from xenotime.world.problems import Collector
from xenotime.world.read import read_tables
from xenotime.world.world import World

CHECKS: tuple[Check, ...] = (*ROW_CHECKS, *NETWORK_CHECKS, *MATTER_CHECKS)


def check_world(world: World) -> tuple[Problem, ...]:
    """All problems of any world, however it came to be; empty if there are none.

    Problems carry no row, because a built world has no file; the message names the record instead.
    """
    problems = Collector()
    check_records(world, problems)
    faulty = frozenset(file.removesuffix(".csv") for file in problems.faulty())
    run_checks([check for check in CHECKS if not faulty.intersection(check.reads)], world, problems)
    return problems.problems()


def read_checked(path: str | Path) -> World:
    """Read a folder and check what it says.

    A check that compares rows waits until the tables it reads are free of other faults, because
    it would blame what is only a consequence.

    Raises
    ------
    InputProblems : every fault of form, and every fault of meaning that can be told, at once
    """
    reading = read_tables(path)
    run_checks(
        [check for check in CHECKS if not check.by_row],
        reading.world,
        reading.problems,
        reading.lines,
        reading.faulty,
    )
    found = reading.problems.problems()
    if found:
        raise InputProblems(found)
    return reading.world
