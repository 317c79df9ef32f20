"""Prices a project needs, from runs of a case: as it stands, drawn anew, or of draws an ensemble has kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from xenotime.choice.prices import Place, RunPrices
from xenotime.choice.project import Project
from xenotime.dynamics.financing import reversion_levels
from xenotime.dynamics.quotes import quotes_now
from xenotime.dynamics.step import Setup, first_state, step
from xenotime.dynamics.trajectory import ROUGH
from xenotime.ensembles.rolled import setup_of as drawn_setup
from xenotime.ensembles.rolled import world_of
from xenotime.ensembles.saved import DrawPrices, Saved, open_saved, saved_prices
from xenotime.ensembles.study import Asked, draw, make_study, table_of
from xenotime.errors import InternalFault, NoAnswer, one_problem
from xenotime.market.choose import DEFAULT_ENGINE, make_engine
from xenotime.market.network import Array, Network
from xenotime.market.threads import one_thread
from xenotime.months import month_range
from xenotime.policy.case import Case
from xenotime.policy.package import NOTHING, Package
from xenotime.rolls import setup_of
from xenotime.world.world import World

Told = Callable[[int, int, str], None]
LUCKS = 400  # draws of a project's own luck
SEED = 2026


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked.

    draws : of each case, 0 is as it stands;  lucks : of the project's own luck
    effect : whether others' prices are asked for;  saved : folders of ensembles whose draws are taken instead
    """

    draws: int = 0
    lucks: int = LUCKS
    seed: int = SEED
    months: int = 0
    effect: bool = True
    look_ahead: tuple[int, ...] = ROUGH
    engine: str = DEFAULT_ENGINE
    saved: tuple[str, ...] = ()


def price_runs(
    world: World,
    case: Case,
    package: Package,
    project: Project,
    months: int,
    asked: Wanted,
    saved: Saved | None = None,
    tell: Told | None = None,
) -> tuple[tuple[RunPrices, ...], list[str]]:
    """Prices the project needs under the case and without its controls, per draw, and what is to be told.

    saved : an ensemble of the case whose draws are read instead of rolling any

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
    if saved is not None:
        return _kept_runs(saved, project, start, own, calm[0])
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


# ---- draws an ensemble has kept ---------------------------------------------------------------------------


def find_saved(cases: Sequence[Case], world: str, asked: Wanted) -> dict[str, Saved]:
    """By case, the ensemble that is to be read for it; `world` is a fingerprint.

    Raises InputProblems for a folder that is no ensemble, or one of another case, world or length.
    """
    if asked.saved and asked.draws:
        found = f"{asked.draws} draws, and draws of {asked.saved[0]}"
        raise one_problem(
            "two-kinds-of-draws", "project", found, "one of the two", "leave out --draws or --saved"
        )
    found_by: dict[str, Saved] = {}
    for path in asked.saved:
        saved = open_saved(path)
        mine = [case for case in cases if saved.is_of(case, world)]
        if not mine:
            raise one_problem(
                "other-study",
                path,
                f"draws of {saved.case}, another case or on another world",
                "draws of " + ", ".join(case.name for case in cases) + ", on the world of the project",
                f"add --case {saved.case}, or draw again if the case or the world has changed since",
            )
        if asked.months not in (0, saved.months):
            found = f"--months {asked.months}, and draws of {saved.months}"
            raise one_problem("bad-value", path, found, "as many months as were drawn", "leave out --months")
        found_by[mine[0].name] = saved
    return found_by


def _kept_runs(
    saved: Saved,
    project: Project,
    start: str,
    own: tuple[dict[Place, Array], float],
    calm: dict[Place, Array],
) -> tuple[tuple[RunPrices, ...], list[str]]:
    """Runs of kept draws; where a price does not stand, quotes of the case as it is stand in."""
    drawn = list(saved_prices(saved, project.places()))
    if not drawn:
        raise NoAnswer(saved.folder.path, "no draw with an answer", "at least one", "see its failures")
    runs = tuple(
        RunPrices(
            start,
            {p: np.where(one.stands[p], one.price[p], own[0][p]) for p in project.places()},
            calm,
            own[1],
        )
        for one in drawn
    )
    return runs, list(_told_of(saved, drawn, project))


def _told_of(saved: Saved, drawn: Sequence[DrawPrices], project: Project) -> Iterator[str]:
    yield (
        f"prices of {len(drawn)} draws kept in {saved.folder.path}; the project opens in them when the model "
        "finds it worth it, and what prices revert to is that of the case as it stands"
    )
    idle = {place: 1.0 - float(np.mean([one.stands[place] for one in drawn])) for place in project.places()}
    named = ", ".join(
        f"{good} in {region} {share:.0%}" for (good, region), share in idle.items() if share > 0
    )
    if named:
        yield (
            "what the case as it stands quotes stands in for months of the draws that have no price, because "
            f"nothing changes hands and the optimum leaves it open: {named}"
        )
