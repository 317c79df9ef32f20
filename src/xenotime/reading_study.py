"""A text's levers run: the base case with them and without, who gains what, who holds the stronger hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from xenotime.dynamics.trajectory import ROUGH, Trajectory
from xenotime.facts.load import load_facts
from xenotime.facts.reading import LeverSetting
from xenotime.leverage_study import Question, leverage
from xenotime.market.choose import DEFAULT_ENGINE
from xenotime.policy.case import Case
from xenotime.policy.package import NOTHING, Package, read_package
from xenotime.report.document import run_document
from xenotime.report.leveraged import leverage_document
from xenotime.report.read_study import with_package, with_study
from xenotime.report.reading import Asked as Read
from xenotime.rolls import Roll
from xenotime.talks.leverage.accounts import MonthAccount, month_account, open_books
from xenotime.talks.leverage.controls_on import NEVER, check_sides
from xenotime.talks.leverage.losses import Losses, losses
from xenotime.talks.leverage.stakes import no_stakes, read_stakes
from xenotime.talks.leverage.surface import Asked
from xenotime.talks.reader.package import (
    NamedLever,
    Sides,
    case_of,
    named_levers,
    package_text,
    sides_of,
)
from xenotime.world.world import World

Told = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Studied:
    """What the levers of a text would do.

    without, with_levers : run documents of the base case without and with them
    gains : minus losses by party, of having the levers;  hands : the leverage document with them
    """

    case: Case
    sides: Sides
    levers: tuple[NamedLever, ...]
    months: int
    without: dict[str, Any]
    with_levers: dict[str, Any]
    gains: Losses
    hands: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Packaged:
    """The levers of a text as a package: sides, levers, the base case with them, the document so far."""

    sides: Sides
    levers: tuple[NamedLever, ...]
    case: Case
    document: dict[str, Any]


def packaged(
    asked: Read,
    world: World,
    base: Case,
    by: Sequence[str] = (),
    on: Sequence[str] = (),
    settings: Sequence[LeverSetting] | None = None,
    name: str = "",
) -> Packaged:
    """The levers of a text added to `base`, at the shipped settings unless others are given.

    by, on : the sides; from the controls of `base` and the parties of the text where left out

    Raises InputProblems for sides that are not found and levers that do not fit the world.
    """
    facts = load_facts()
    sides = sides_of(asked.reading, world, base, facts, by, on)
    rows = facts.rows(LeverSetting) if settings is None else settings
    levers = named_levers(asked.reading, sides, base, rows, asked.lexicon)
    case = case_of(name or f"{base.name}-read", package_text(base, levers, asked.reading))
    read_package(case, world)  # what does not fit the world is told before anything is written
    return Packaged(sides, levers, case, with_package(asked.document, levers))


def study_of(
    asked: Read,
    world: World,
    made: Packaged,
    months: int,
    *,
    keep: Path | None = None,
    tell: Told | None = None,
) -> dict[str, Any]:
    """The document of a text whose levers have been run; raises as :func:`study`."""
    done = study(world, made.case, made.sides, made.levers, months, keep=keep, tell=tell)
    return with_study(made.document, done, asked.reading, asked.lexicon)


def study(
    world: World,
    case: Case,
    sides: Sides,
    levers: tuple[NamedLever, ...],
    months: int,
    *,
    keep: Path | None = None,
    tell: Told | None = None,
) -> Studied:
    """Roll nothing, the controls alone, and controls with levers; then leverage with the levers in place.

    case : the base case with the levers in it;  keep : folder months are kept in and taken up again

    Raises InputProblems for levers that do not fit the world, NoAnswer of a month without one.
    """
    package = read_package(case, world)
    check_sides(world, sides.by, sides.on)
    asked = Roll(world, case, months, DEFAULT_ENGINE, ROUGH)
    runs = {
        name: asked.roll(rows, keep / name if keep is not None else None, tell)
        for name, rows in (("nothing", NOTHING), ("without", never(package)), ("with", package))
    }
    question = Question(world, case, sides.by, sides.on)
    held, free = runs["with"], runs["without"]
    stakes = read_stakes(world.demand, world, load_facts()) if world.built else no_stakes(world.demand)
    gains = losses(open_books(held.setup), stakes, accounts_of(free), accounts_of(held))
    span = Asked(sides.by, sides.on, case.data.start, (0,), months)
    place = keep / "leverage" if keep is not None else None
    answer = leverage(question, span, keep=place, tell=tell)
    return Studied(
        case,
        sides,
        levers,
        months,
        run_document(case, free, runs["nothing"], package.controls),
        run_document(case, held, runs["nothing"], package.controls),
        gains,
        leverage_document(answer),
    )


def never(package: Package) -> Package:
    """The package with levers that are written down and never come, so that both runs have one network."""
    later = {"announced": NEVER, "start": NEVER, "until": ""}
    return replace(package, levers=tuple(lever.model_copy(update=later) for lever in package.levers))


def accounts_of(run: Trajectory) -> tuple[MonthAccount, ...]:
    """Accounts of every month of a run."""
    books = open_books(run.setup)
    return tuple(
        month_account(books, item.month, item.before, run.clearing(at), run.state_after(at))
        for at, item in enumerate(run.months)
    )
