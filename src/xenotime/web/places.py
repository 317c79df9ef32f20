"""Places a visitor may name: shipped worlds, and no path of the machine the workbench runs on."""

from __future__ import annotations

from xenotime.ensembles.places import is_shipped
from xenotime.errors import InputProblems, Problem


def place_problems(world: str, file: str) -> list[Problem]:
    """What is wrong with a world a visitor's file names: anything but a shipped month, above all a path."""
    if is_shipped(world):
        return []
    return [
        Problem(
            "not-a-shipped-world",
            file,
            None,
            "world",
            "a world that is no shipped month",
            "a month such as 2024-12",
            "name a shipped world; own worlds are for the command line",
        )
    ]


def only_shipped(world: str, file: str) -> str:
    """The name of a shipped world; raises InputProblems for anything else."""
    if problems := place_problems(world, file):
        raise InputProblems(problems)
    return world
