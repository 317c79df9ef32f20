"""The control whose leverage is asked for: from a case, or a ban of all that one region sends another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xenotime.errors import InputProblems, Problem
from xenotime.policy.control_entry import ControlEntry
from xenotime.policy.control_rows import expand
from xenotime.policy.package import Package
from xenotime.world.problems import unknown_name
from xenotime.world.tables import Control
from xenotime.world.world import World

NEVER = "9999-01"  # a control that is written down and never comes: the run without it has the same shape
NAME = "ban"


def check_sides(world: World, by: Sequence[str], on: Sequence[str]) -> None:
    """Raises InputProblems for regions the world does not have, and for one that is on both sides."""
    names = [row.region for row in world.regions]
    problems = [
        unknown_name("leverage", flag, name, names)
        for flag, wanted in (("--by", by), ("--on", on))
        for name in wanted
        if name not in names
    ]
    for flag, wanted in (("--by", by), ("--on", on)):
        if not wanted:
            problems.append(
                Problem("missing-value", "leverage", None, flag, "nothing", "a region", "name one")
            )
    both = sorted(set(by) & set(on))
    if both:
        problems.append(
            Problem(
                "same-side",
                "leverage",
                None,
                "--by and --on",
                ", ".join(both),
                "two different sides",
                "leave it on one side",
            )
        )
    if problems:
        raise InputProblems(problems)


def full_ban(world: World, by: Sequence[str], on: Sequence[str], only: bool) -> tuple[Control, ...]:
    """A ban of every material that leaves `by`: to `on` alone, or to everybody so that nobody passes it on.

    Raises InputProblems where nothing leaves `by`.
    """
    goods = sorted(
        {lane.material for lane in world.lanes if lane.origin in by and (not only or lane.destination in on)}
    )
    if not goods:
        raise InputProblems(
            [
                Problem(
                    "nothing-to-hold-back",
                    "leverage",
                    None,
                    "--by",
                    ", ".join(by),
                    "a region from which goods go to others",
                    "name the side that holds the goods",
                )
            ]
        )
    entries = tuple(
        ControlEntry(
            control=NAME,
            instrument="ban",
            materials=tuple(goods),
            origin=origin,
            destination=destination,
            assumed="A full ban, invented to measure leverage.",
        )
        for origin in by
        for destination in (on if only else ("",))
    )
    return expand(entries, world, "leverage")


def beginning(rows: Sequence[Control], month: str, lifted: str = "") -> tuple[Control, ...]:
    """The same rows announced and in force in `month`, for good; `lifted` is a month nobody foresees.

    The control comes as a surprise: what is announced ahead moves stocks before it binds, and that belongs to
    a case, not to the first month of a duration.
    """
    return tuple(
        replace(row, announced=month, in_force=month, enforced="", until="", suspended=lifted, resumes="")
        for row in rows
    )


def as_package(policies: Package, rows: Sequence[Control], month: str, lifted: str = "") -> Package:
    """What stays the same, and the control from `month` on."""
    return replace(policies, controls=(*policies.controls, *beginning(rows, month, lifted)))


def split(package: Package, by: Sequence[str]) -> tuple[Package, tuple[Control, ...]]:
    """Controls of one side apart from everything else of a package; beliefs about them are left out."""
    mine = tuple(row for row in package.controls if row.origin in by)
    names = {row.control for row in mine}
    kept = tuple(item for item in package.beliefs if not names & set(item.controls))
    others = tuple(row for row in package.controls if row.origin not in by)
    return replace(package, controls=others, beliefs=kept), mine
