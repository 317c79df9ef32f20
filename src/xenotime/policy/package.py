"""A package: everything a case adds to a world, read from its file and checked against the world at once."""

from __future__ import annotations

from dataclasses import dataclass

from xenotime.policy.case import Case
from xenotime.policy.controls import expand
from xenotime.world.tables import Control
from xenotime.world.world import World


@dataclass(frozen=True, slots=True)
class Package:
    """Controls, levers and beliefs of a case; an empty package is the baseline.

    controls : rows of the controls table, one per material, origin and destination named
    """

    controls: tuple[Control, ...] = ()


NOTHING = Package()


def read_package(case: Case, world: World) -> Package:
    """What a case does to `world`.

    Raises InputProblems with every unknown name and missing value of all its entries.
    """
    return Package(controls=expand(case.data.control, world, f"{case.name}/case.toml"))
