"""A project's question as the user meets it: its file or plant, run under cases, valued, and what kills it.

Draws of a case are of the ensembles, which stand above `choice`; this module joins the two.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path

import numpy as np

from xenotime.choice.answer import Cased, Opening, Valued, Variant
from xenotime.choice.entries import ProjectFile
from xenotime.choice.flows import Change
from xenotime.choice.from_levers import with_levers
from xenotime.choice.killers import LONGEST_DELAY, find_killers
from xenotime.choice.luck import Luck, make_luck
from xenotime.choice.opening import Seen, effects_of, opened, without
from xenotime.choice.payments import payments_of
from xenotime.choice.prices import Paths, make_paths
from xenotime.choice.project import Project
from xenotime.choice.project_file import example, load_project
from xenotime.choice.resolve import assumed_numbers, make_project, plant_of
from xenotime.choice.value import evaluate, first_month, months_looked_at
from xenotime.dynamics.project_times import load_numbers
from xenotime.dynamics.quotes import MOVES
from xenotime.dynamics.step import Setup, first_state, step
from xenotime.ensembles.places import find_world
from xenotime.ensembles.saved import Saved
from xenotime.errors import one_problem
from xenotime.facts.load import Facts
from xenotime.facts.own import find_facts
from xenotime.market.choose import make_engine
from xenotime.months import month_number, month_range, month_text
from xenotime.policy.case import Case
from xenotime.policy.levers import Lever
from xenotime.policy.package import Package, read_package
from xenotime.project_prices import Told, Wanted, find_saved, price_runs
from xenotime.rolls import setup_of
from xenotime.world.fingerprint import fingerprint
from xenotime.world.world import World

LEAST = 1e-3  # share of a price: less is within what months are settled to
SHOWN = 4  # an opening later than one in so many months of a run is told as if it came then


@dataclass(frozen=True, slots=True)
class Asking:
    """A project file read against a world: the plant it is in it, and the recipe it runs there, if any."""

    name: str
    data: ProjectFile
    world: World
    facility: str
    recipe: str


def value_project(
    source: str | Path,
    cases: Sequence[Case],
    world: World | str | Path | None = None,
    wanted: Wanted | None = None,
    facts: Facts | str | Path | None = None,
    tell: Told | None = None,
) -> Valued:
    """Value a project under cases.

    source : a project file, a shipped example, or a plant of the world
    world : that of the project file, else of the first case, if left out
    facts : those known, or a folder of rows to add to those that ship; all that ship if left out

    Raises InputProblems for a file, plant or case that does not fit, NoAnswer where a month has none.
    """
    known = find_facts(facts)
    asked = wanted if wanted is not None else Wanted()
    if not cases:
        raise one_problem(
            "no-case",
            "project",
            "no case",
            "a case to take prices from",
            "add --case, such as --case baseline-2025",
        )
    asking = _read(source, world, cases[0])
    saved = find_saved(cases, fingerprint(asking.world), asked)
    done = tuple(_cased(asking, case, known, asked, saved.get(case.name), tell) for case in cases)
    floors = {floor.name for item in done for floor in item.project.floors}
    data = asking.data
    return Valued(
        asking.name,
        done[0].project.title,
        data.question,
        _key(asking, cases, asked, known.own, saved),
        done,
        tuple(item for item in payments_of(known) if item.lever in floors),
        data.assumed,
        data.citation,
        asked.draws,
    )


def _read(source: str | Path, world: World | str | Path | None, case: Case) -> Asking:
    """The file, or a file that says no more than the plant's name."""
    shipped = example(str(source))
    is_file = shipped is not None or Path(source).suffix == ".toml" or Path(source).is_file()
    data = load_project(shipped or source) if is_file else ProjectFile(facility=str(source))
    if isinstance(world, World):
        place = world
    else:
        place = find_world(world or data.world or case.data.world)
    name = str(source) if shipped is not None or not is_file else Path(source).stem
    if data.facility:
        plant_of(place, data.facility)
    return Asking(name, data, place, data.facility or name, data.recipe)


def _key(asking: Asking, cases: Sequence[Case], asked: Wanted, facts: str, saved: Mapping[str, Saved]) -> str:
    said = [metadata.version("xenotime"), asking.name, repr(asking.data), repr(replace(asked, saved=()))]
    said += [fingerprint(asking.world), *(case.text for case in cases), *([facts] if facts else [])]
    said += [f"{case} {kept.key} {' '.join(kept.draws)}" for case, kept in saved.items()]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _cased(
    asking: Asking, case: Case, facts: Facts, asked: Wanted, saved: Saved | None, tell: Told | None
) -> Cased:
    package = read_package(case, asking.world)
    project = make_project(asking.data, asking.name, asking.world, facts, case.data.start)
    plants = [row for row in asking.world.facilities if row.facility == asking.facility]
    project, told = with_levers(project, plants[0] if plants else None, package.levers)
    months = saved.months if saved is not None else asked.months or case.data.months
    in_world = bool(plants) or bool(asking.recipe)
    world = asking.world
    if in_world:
        world = opened(asking.world, project, asking.facility, project.recipe, project.start)
    runs, failed = price_runs(world, case, package, project, months, asked, saved, tell)
    numbers, luck = assumed_numbers(facts), make_luck(asked.lucks, asked.seed)
    paths = make_paths(
        runs,
        project.places(),
        first_month(project),
        months_looked_at(project, LONGEST_DELAY),
        luck,
        load_numbers(),
        numbers["flood_spell_months"].value,
    )

    variants = tuple(_variants(project, paths, luck))
    killers = tuple(
        find_killers(
            lambda change: evaluate(project, paths, luck, change),
            project,
            numbers["cover_odds"].value,
        )
    )
    opening, why = None, ""
    if asked.effect:
        opening, why = _opening(asking, case, package, project, months, asked, in_world, tell)
    if len(plants) > 1 and not asking.recipe and not asking.data.good:
        others = ", ".join(row.recipe for row in plants if row.recipe != project.recipe)
        told = (*told, f"valued on {project.recipe}, its cheapest; `recipe` may name another: {others}")
    notes = (*told, *failed, *((why,) if why else ()))
    return Cased(
        case.name,
        case.data.title,
        project,
        paths,
        luck,
        months,
        len(runs),
        variants,
        killers,
        opening,
        notes,
    )


def _variants(project: Project, paths: Paths, luck: Luck) -> Iterator[Variant]:
    """All supports, none, and each one taken away."""
    names = project.support_names()
    yield Variant("all", evaluate(project, paths, luck))
    if not names:
        return
    yield Variant("none", evaluate(project, paths, luck, Change(without=frozenset(names))))
    for name in names:
        gone = Change(without=frozenset({name}))
        yield Variant(f"without {name}", evaluate(project, paths, luck, gone))


# ---- what its opening does to others --------------------------------------------------------------------


def _opening(
    asking: Asking,
    case: Case,
    package: Package,
    project: Project,
    months: int,
    asked: Wanted,
    in_world: bool,
    tell: Told | None,
) -> tuple[Opening | None, str]:
    """Two runs of the case, opened in its month and without; why there is none, where there is none."""
    if not in_world:
        return None, "no effect on others: the project names no facility or recipe of the world"
    first = month_number(case.data.start)
    latest = month_text(first + max(months // SHOWN, 1))
    own_date = month_number(project.start) <= month_number(latest)
    month = project.start if own_date else latest
    seen = []
    for world, label in (
        (opened(asking.world, project, asking.facility, project.recipe, month), "opened"),
        (without(asking.world, asking.facility), "without it"),
    ):
        own = replace(package, levers=_levers_of(package, world))
        setup = setup_of(case, world, own, months, asked.look_ahead)
        seen.append(_see(setup, months, asked.engine, case, tell, f"{case.name}, {label}"))
    return Opening(month, own_date, effects_of(seen[0], seen[1], month, LEAST)), ""


def _levers_of(package: Package, world: World) -> tuple[Lever, ...]:
    """Levers without those that name a plant the world does not have."""
    names = {row.facility for row in world.facilities}
    return tuple(lever for lever in package.levers if lever.facility in ("", *names))


def _see(setup: Setup, months: int, engine: str, case: Case, tell: Told | None, label: str) -> Seen:
    solver, network = make_engine(engine), setup.policy.network
    state, point = first_state(setup), None
    spot = [(node, place) for place, node in enumerate(network.nodes) if not node[2]]
    price, volume = [], []
    names = month_range(case.data.start, months)
    for number, month in enumerate(names):
        if tell is not None:
            tell(number, months, f"{label} {month}")
        booked = step(setup, state, month, solver, point)
        price.append(booked.clearing.price())
        volume.append(booked.clearing.volume())
        state, point = booked.after, booked.clearing.point
    prices, volumes = np.stack(price), np.stack(volume)
    least = MOVES * float(volumes.max(initial=0.0))
    return Seen(
        tuple(names),
        {(m, r): prices[:, at] for (m, r, _), at in spot},
        {(m, r): np.where(volumes[:, at] > least, volumes[:, at], 0.0) for (m, r, _), at in spot},
    )
