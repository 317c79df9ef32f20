"""A text's levers run: the base case with them and without, who gains what, who holds the stronger hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from xenotime.dynamics.trajectory import ROUGH, Trajectory
from xenotime.ensembles.places import find_world
from xenotime.facts.load import load_facts
from xenotime.facts.reading import LeverSetting
from xenotime.leverage_study import Question, leverage
from xenotime.market.choose import DEFAULT_ENGINE
from xenotime.policy.case import Case
from xenotime.policy.package import NOTHING, Package, read_package
from xenotime.report.document import run_document
from xenotime.report.leveraged import leverage_document
from xenotime.report.read_study import with_package, with_study
from xenotime.report.reading import TextRead
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
    read_settings,
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
class Levers:
    """What is to be made of the levers a text names.

    base : case they are added to;  name : of the case with them, blank after the base
    by, on : the sides, blank as base and text have them;  settings : CSV instead of the shipped settings
    run : whether the base is rolled with them and without;  months : of that run
    keep : folder its months are kept in and taken up again
    """

    base: Case
    name: str = ""
    by: tuple[str, ...] = ()
    on: tuple[str, ...] = ()
    settings: Path | None = None
    run: bool = False
    months: int = 12
    keep: Path | None = None


def with_levers(
    read: TextRead, wanted: Levers, world: World | str | Path | None = None, tell: Told | None = None
) -> TextRead:
    """What was read, with its levers as a package and as a case, and what they would do where it is run.

    world : a world, or where one is found; the base's own where there is none

    Raises InputProblems for sides and levers that do not fit, NoAnswer of a month without one.
    """
    facts, base = load_facts(), wanted.base
    picture = world if isinstance(world, World) else find_world(world or base.data.world)
    found = sides_of(read.reading, picture, base, facts, wanted.by, wanted.on)
    rows: Sequence[LeverSetting] = facts.rows(LeverSetting)
    if wanted.settings is not None:
        rows = read_settings(wanted.settings)
    levers = named_levers(read.reading, found, base, rows, read.lexicon)
    case = case_of(wanted.name or f"{base.name}-read", package_text(base, levers, read.reading))
    read_package(case, picture)  # what does not fit the world is told before anything is worked out
    document = with_package(read.told, levers)
    if wanted.run:
        done = study(picture, case, found, levers, wanted.months, keep=wanted.keep, tell=tell)
        document = with_study(document, done, read.reading, read.lexicon)
    return replace(read, told=document, case=case)


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
