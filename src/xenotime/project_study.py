"""A project's question as the user meets it: its file or plant, run under cases, valued, and what kills it.

Draws of a case are of the ensembles, which stand above `choice`; this module joins the two.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
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
from xenotime.choice.prices import Paths, Place, RunPrices, make_paths
from xenotime.choice.project import Project
from xenotime.choice.project_file import example, load_project
from xenotime.choice.resolve import assumed_numbers, make_project, plant_of
from xenotime.choice.value import evaluate, first_month, months_looked_at
from xenotime.dynamics.financing import reversion_levels
from xenotime.dynamics.project_times import load_numbers
from xenotime.dynamics.quotes import MOVES, quotes_now
from xenotime.dynamics.step import Setup, first_state, step
from xenotime.dynamics.trajectory import ROUGH
from xenotime.ensembles.places import find_world
from xenotime.ensembles.rolled import setup_of as drawn_setup
from xenotime.ensembles.rolled import world_of
from xenotime.ensembles.study import Asked, draw, make_study, table_of
from xenotime.errors import InternalFault, NoAnswer, one_problem
from xenotime.facts.load import Facts, load_facts
from xenotime.market.choose import DEFAULT_ENGINE, make_engine
from xenotime.market.network import Array, Network
from xenotime.market.threads import one_thread
from xenotime.months import month_number, month_range, month_text
from xenotime.policy.case import Case
from xenotime.policy.levers import Lever
from xenotime.policy.package import NOTHING, Package, read_package
from xenotime.rolls import setup_of
from xenotime.world.fingerprint import fingerprint
from xenotime.world.world import World

Told = Callable[[int, int, str], None]
LUCKS = 400  # draws of a project's own luck
SEED = 2026
LEAST = 1e-3  # share of a price: less is within what months are settled to
SHOWN = 4  # an opening later than one in so many months of a run is told as if it came then


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked: draws of each case (0 is as it stands), of luck, and whether others' prices are."""

    draws: int = 0
    lucks: int = LUCKS
    seed: int = SEED
    months: int = 0
    effect: bool = True
    look_ahead: tuple[int, ...] = ROUGH
    engine: str = DEFAULT_ENGINE


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
    facts: Facts | None = None,
    tell: Told | None = None,
) -> Valued:
    """Value a project under cases.

    source : a project file, a shipped example, or a plant of the world
    world : that of the project file, else of the first case, if left out

    Raises InputProblems for a file, plant or case that does not fit, NoAnswer where a month has none.
    """
    known = facts if facts is not None else load_facts()
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
    done = tuple(_cased(asking, case, known, asked, tell) for case in cases)
    floors = {floor.name for item in done for floor in item.project.floors}
    data = asking.data
    return Valued(
        asking.name,
        done[0].project.title,
        data.question,
        _key(asking, cases, asked),
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


def _key(asking: Asking, cases: Sequence[Case], asked: Wanted) -> str:
    said = [metadata.version("xenotime"), asking.name, repr(asking.data), repr(asked)]
    said += [fingerprint(asking.world), *(case.text for case in cases)]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _cased(asking: Asking, case: Case, facts: Facts, asked: Wanted, tell: Told | None) -> Cased:
    package = read_package(case, asking.world)
    project = make_project(asking.data, asking.name, asking.world, facts, case.data.start)
    plants = [row for row in asking.world.facilities if row.facility == asking.facility]
    project, told = with_levers(project, plants[0] if plants else None, package.levers)
    months = asked.months or case.data.months
    in_world = bool(plants) or bool(asking.recipe)
    world = asking.world
    if in_world:
        world = opened(asking.world, project, asking.facility, project.recipe, project.start)
    runs, failed = _price_runs(world, case, package, project, months, asked, tell)
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


# ---- runs -----------------------------------------------------------------------------------------------


def _price_runs(
    world: World,
    case: Case,
    package: Package,
    project: Project,
    months: int,
    asked: Wanted,
    tell: Told | None,
) -> tuple[tuple[RunPrices, ...], list[str]]:
    """Prices the project needs under the case and without its controls, per draw.

    Draws share one run without controls, as it stands: over a project's life its end matters, not its months.
    """
    setup = setup_of(case, world, package, months, asked.look_ahead)
    check_places(project, setup.policy.network)
    calm_package = replace(NOTHING, levers=package.levers)
    own = _roll(setup, project, months, asked.engine, case, tell, case.name)
    if package.controls or package.beliefs:
        calm_setup = setup_of(case, world, calm_package, months, asked.look_ahead)
        calm = _roll(calm_setup, project, months, asked.engine, case, tell, f"{case.name}, no controls")
    else:
        calm = own
    start = case.data.start
    if not asked.draws:
        return (RunPrices(start, own[0], calm[0], own[1]),), []
    study = make_study(world, case, Asked(asked.draws, asked.seed, months=months, engine=asked.engine))
    points = table_of(study)
    found, failures = [], []
    for number in range(asked.draws):
        try:
            with one_thread():
                drawn = draw(study, number, points[number])
                drawn_case = drawn_setup(study, drawn, world_of(study, drawn), package)
                made = _roll(
                    drawn_case, project, months, asked.engine, case, tell, f"{case.name}, draw {number + 1}"
                )
            found.append(RunPrices(start, made[0], calm[0], made[1]))
        except (NoAnswer, InternalFault) as error:
            failures.append(f"{case.name}, draw {number}: {type(error).__name__}: {error}")
    if not found:
        raise NoAnswer(
            case.name, "no draw with an answer", "at least one", "see the reasons: " + "; ".join(failures[:3])
        )
    return tuple(found), failures


def check_places(project: Project, network: Network) -> None:
    """Raises InputProblems for a good that has no market where the project buys or sells it."""
    for material, region in project.places():
        if (material, region, "") not in network.place:
            there = sorted({place[1] for place in network.nodes if place[0] == material})
            raise one_problem(
                "no-market",
                project.name,
                f"{material} in {region}",
                "a good with a market in that region" if there else "a material of the world",
                f"give the good a region such as {there[0]}, or a price"
                if there
                else "name another material, or give the good a price",
                column="good",
            )


def _roll(
    setup: Setup, project: Project, months: int, engine: str, case: Case, tell: Told | None, label: str
) -> tuple[dict[Place, Array], float]:
    """Prices by place, and the level at which the cheapest unbuilt capacity of the kind would just pay."""
    solver, network = make_engine(engine), setup.policy.network
    state, point = first_state(setup), None
    sells = {good.place for good in project.outputs()} | {project.index_of(floor) for floor in project.floors}
    rows: dict[Place, list[float]] = {place: [] for place in project.places()}
    level = 1.0
    for number, month in enumerate(month_range(case.data.start, months)):
        if tell is not None:
            tell(number, months, f"{label} {month}")
        booked = step(setup, state, month, solver, point)
        quotes = quotes_now(booked.clearing)
        for place, series in rows.items():
            node = network.place[(*place, "")]
            series.append(float(quotes.sell[node] if place in sells else quotes.buy[node]))
        state, point = booked.after, booked.clearing.point
        if number == months - 1:
            level = reversion_levels(setup.fleet, state.projects, quotes).get(project.kind, 1.0)
    return {place: np.array(series) for place, series in rows.items()}, level


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
