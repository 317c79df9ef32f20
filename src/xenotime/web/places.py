"""Places a visitor may name: shipped worlds, and no path of the machine the workbench runs on."""

from __future__ import annotations

from xenotime.ensembles.places import is_shipped
from xenotime.errors import one_problem


def only_shipped(world: str, file: str) -> str:
    """The name of a shipped world; raises InputProblems for anything else, above all a path."""
    if not is_shipped(world):
        raise one_problem(
            "not-a-shipped-world",
            file,
            "a world that is no shipped month",
            "a month such as 2024-12",
            "name a shipped world; own worlds are for the command line",
            column="world",
        )
    return world
