"""Packages of policies as the user meets them: a menu, a budget, cases; searched, run, held side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path

import numpy as np

from xenotime.beside import cores, crew
from xenotime.choice.menu import Menu, Pick, make_menu
from xenotime.choice.menu_entries import MenuFile, PartnerEntry
from xenotime.choice.menu_file import load_menu, shipped_menu
from xenotime.choice.plan_answer import Grid, Joined, Planned, Scenes, point_of
from xenotime.choice.scored import Scored
from xenotime.choice.search import MOST, Search, search
from xenotime.choice.weigh import LEAST, Point, best_within, frontier, minimax, regrets
from xenotime.ensembles.places import find_world
from xenotime.ensembles.sampling import points
from xenotime.ensembles.study import SEED, Asked, make_study, table_of
from xenotime.errors import InputProblems, NoAnswer, Problem, one_problem
from xenotime.leverage_draws import STAKE_DRAWS, stake_numbers, stakes_of
from xenotime.market.choose import DEFAULT_ENGINE
from xenotime.market.network import Array
from xenotime.plan_runs import (
    LOOK_AHEADS,
    VARIANTS,
    FreeJob,
    PackageJob,
    Scene,
    Variant,
    do,
    job_key,
)
from xenotime.policy.case import Case, load_case
from xenotime.policy.package import read_package
from xenotime.talks.leverage.accounts import MonthAccount
from xenotime.talks.leverage.rolls import Shelf, key_of
from xenotime.world.fingerprint import fingerprint
from xenotime.world.world import World

Told = Callable[[int, int, str], None]
PROCESSES = 2


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked.

    budget : USD the outlay may reach;  draws : rolled draws of each case; none takes it as it stands
    months : of each run; 0 is the menu's number;  most : packages run in all scenes
    """

    budget: float
    draws: int = 0
    seed: int = SEED
    months: int = 0
    most: int = MOST
    engine: str = DEFAULT_ENGINE


def plan(
    sponsor: str,
    wanted: Wanted,
    menu: MenuFile | str | Path | None = None,
    cases: Sequence[Case] = (),
    world: World | str | Path | None = None,
    *,
    out: Path | None = None,
    tell: Told | None = None,
    processes: int = PROCESSES,
) -> Planned:
    """Packages of a sponsor's levers on the frontier of outlay against loss; see docs/packages.md.

    menu : file of levers on offer; the shipped one of the sponsor if left out
    cases : with even odds; those of the menu with theirs if left out
    out : folder in which runs are kept as they are made and taken up again
    processes : that runs are shared between; the same answer from any number

    Raises InputProblems for a menu or case that does not fit, NoAnswer where doing nothing has none.
    """
    data, name = _menu_of(sponsor, menu)
    check_wanted(wanted)
    named, odds = _cases(data, cases)
    place = world if isinstance(world, World) else find_world(world or data.world or named[0].data.world)
    ready = make_menu(name, data, place, named[0].data.start)
    for case in named:
        _apart(case, ready)
    scenes, grid = make_scenes(place, named, odds, ready, wanted)
    key = key_of(metadata.version("xenotime"), fingerprint(place), wanted.engine)
    with crew(do, min(processes, cores())) as together:
        work = _Work(scenes, ready, key, out, together, tell)
        _has_answer(work)
        found = search(
            ready, lambda picks, whole: work.points(grid, picks, whole), wanted.budget, wanted.most
        )
        best = best_within(found.full, wanted.budget, LEAST * abs(found.full[()].loss))
        joined = tuple(_join(work, best, partner) for partner in data.partner)
    return _answer(ready, wanted, grid, found, work, joined, scenes[0].months, key)


def check_wanted(wanted: Wanted) -> None:
    """Raises InputProblems for a budget that buys nothing and for numbers below zero."""
    for flag, value, fine, expected in (
        ("--budget", wanted.budget, 0 < wanted.budget < float("inf"), "USD above zero"),
        ("--draws", wanted.draws, wanted.draws >= 0, "none or more"),
        ("--months", wanted.months, wanted.months >= 0, "none or more"),
        ("--seed", wanted.seed, wanted.seed >= 0, "a whole number that is not negative"),
        ("--packages", wanted.most, wanted.most >= 1, "at least 1"),
    ):
        if not fine:
            raise one_problem("bad-value", "plan", repr(value), expected, "correct it", column=flag)


def _menu_of(sponsor: str, menu: MenuFile | str | Path | None) -> tuple[MenuFile, str]:
    if menu is None:
        return shipped_menu(sponsor), sponsor
    data, name = (menu, menu.sponsor) if isinstance(menu, MenuFile) else (load_menu(menu), Path(menu).stem)
    if sponsor and sponsor != data.sponsor:
        raise one_problem(
            "other-sponsor",
            name,
            f"--sponsor {sponsor}",
            f"the sponsor of the menu, {data.sponsor}",
            "leave --sponsor out, or give another menu",
            column="--sponsor",
        )
    return data, name


def _cases(data: MenuFile, cases: Sequence[Case]) -> tuple[tuple[Case, ...], Array]:
    """The cases and their odds; all on one world from one month."""
    named = tuple(cases) or tuple(load_case(entry.case) for entry in data.case)
    if not named:
        raise one_problem(
            "no-case",
            "plan",
            "no case",
            "a case the packages are judged under",
            "add --case, or [[case]] to the menu",
        )
    weights = np.ones(len(named)) if cases else np.array([entry.odds for entry in data.case])
    first = named[0].data
    problems = [
        Problem(
            "other-start",
            case.name,
            None,
            "start",
            f"{case.data.start} on the world of {case.data.world}",
            f"{first.start} on that of {first.world}, as {named[0].name}",
            "judge packages under cases of one world and start",
        )
        for case in named[1:]
        if (case.data.start, case.data.world) != (first.start, first.world)
    ]
    if problems:
        raise InputProblems(problems)
    return named, weights / weights.sum()


def _apart(case: Case, menu: Menu) -> None:
    """A lever of a case that the menu offers as well would be pulled twice."""
    both = sorted({lever.lever for lever in case.data.lever} & {lever.lever for lever in menu.levers})
    if both:
        raise one_problem(
            "lever-twice",
            case.name,
            ", ".join(both),
            "levers the menu does not offer",
            "rename one, or judge under a case without it",
            column="lever",
        )


def make_scenes(
    world: World, cases: Sequence[Case], odds: Array, menu: Menu, wanted: Wanted
) -> tuple[tuple[Scene, ...], Grid]:
    """Every case under every variant that means something on this world, as it stands or in each draw."""
    months = wanted.months or menu.data.months or max(case.data.months for case in cases)
    lean = replace(world, built={})
    stakes = stakes_of(world, bool(world.built))
    bent = any(row.form == "isoelastic" for row in world.demand)
    variants = [item for item in VARIANTS if bent or not item.straight]
    numbers = stake_numbers(stakes)
    count = wanted.draws or (STAKE_DRAWS if numbers else 1)
    table = points("sobol", wanted.seed, [item.name for item in numbers], count)
    staked = tuple({item.name: float(u) for item, u in zip(numbers, row, strict=True)} for row in table)
    scenes = []
    for case in cases:
        package = read_package(case, world)
        plain = Scene(case, variants[0], lean, package, months, wanted.engine, stakes, staked)
        scenes += _drawn(plain, variants, world, wanted)
    per_case = len(scenes) // len(cases)
    quick = tuple(number * per_case for number in range(len(cases)))
    grid = Grid(
        tuple(case.name for case in cases),
        odds,
        tuple(item.name for item in variants),
        tuple(range(count)),
        bool(wanted.draws),
        quick,
    )
    return tuple(scenes), grid


def _drawn(plain: Scene, variants: Sequence[Variant], world: World, wanted: Wanted) -> list[Scene]:
    """Scenes of one case: by variant, then by draw."""
    if not wanted.draws:
        return [replace(plain, variant=item) for item in variants]
    asked = Asked(
        wanted.draws, wanted.seed, months=plain.months, look_aheads=LOOK_AHEADS, engine=wanted.engine
    )
    study = make_study(world, plain.case, asked)
    table = table_of(study)
    return [
        replace(
            plain,
            variant=item,
            study=study,
            quantiles=table[number],
            number=number,
            staked=(plain.staked[number],),
        )
        for item in variants
        for number in range(wanted.draws)
    ]


class _Work:
    """Runs that were made, by package; each is made once."""

    def __init__(
        self,
        scenes: tuple[Scene, ...],
        menu: Menu,
        key: str,
        out: Path | None,
        together: Callable[[Sequence[FreeJob | PackageJob]], list[tuple[MonthAccount, ...] | Scored]],
        tell: Told | None,
    ) -> None:
        self.scenes, self.menu, self.key, self._out = scenes, menu, key, out
        self._together, self._tell = together, tell
        self._free: dict[int, tuple[MonthAccount, ...]] = {}
        self._done: dict[tuple[Pick, int, str], Scored] = {}
        self._count = 0

    def points(self, grid: Grid, picks: Sequence[Pick], whole: bool) -> list[Point]:
        """Expected loss and outlay of packages, in all scenes or in the quick ones."""
        at = tuple(range(len(self.scenes))) if whole else grid.quick
        return [point_of(grid, runs, not whole) for runs in self.runs(picks, at)]

    def runs(
        self, picks: Sequence[Pick], at: Sequence[int], partner: PartnerEntry | None = None
    ) -> list[Scenes]:
        """Runs of packages in the scenes `at`."""
        who = partner.region if partner is not None else ""
        self._without_control(at)
        missing = [(pick, n) for pick in picks for n in at if (pick, n, who) not in self._done]
        self._say(f"{len(missing)} runs", len(missing))
        jobs = [self._job(pick, n, partner) for pick, n in missing]
        for (pick, n), done in zip(missing, self._together(jobs), strict=True):
            if isinstance(done, Scored):
                self._done[pick, n, who] = done
        return [tuple(self._done[pick, n, who] for n in at) for pick in picks]

    def _without_control(self, at: Sequence[int]) -> None:
        missing = [n for n in at if n not in self._free]
        jobs = [FreeJob(self.scenes[n], self.menu, self._shelf(n)) for n in missing]
        for n, done in zip(missing, self._together(jobs), strict=True):
            if not isinstance(done, Scored):
                self._free[n] = done

    def _shelf(self, n: int) -> Shelf:
        if self._out is None:
            return Shelf()
        return Shelf(self._out / f"without-{n:03d}", job_key(self.key, self.scenes[n], self.menu, (), None))

    def _job(self, pick: Pick, n: int, partner: PartnerEntry | None) -> PackageJob:
        key = job_key(self.key, self.scenes[n], self.menu, pick, partner)
        file = self._out / "runs" / f"{key[:32]}.json" if self._out is not None else None
        return PackageJob(self.scenes[n], self.menu, pick, partner, self._free[n], file, key)

    def _say(self, text: str, more: int) -> None:
        self._count += more
        if self._tell is not None and more:
            self._tell(self._count - more, self._count, text)


def _has_answer(work: _Work) -> None:
    """Raises NoAnswer where doing nothing has none in some scene: nothing could be held against it."""
    (nothing,) = work.runs([()], range(len(work.scenes)))
    failed = [item.failure for item in nothing if item.failure]
    if failed:
        raise NoAnswer("plan", "doing nothing has no answer", "months that clear", "; ".join(failed[:3]))


def _join(work: _Work, best: Pick, partner: PartnerEntry) -> Joined:
    """The best package with a partner in all scenes, where it draws on any of its levers."""
    names = {work.menu.offers[place].name for place in best}
    if not names & set(partner.levers):
        return Joined(partner, best, None)
    (runs,) = work.runs([best], range(len(work.scenes)), partner)
    return Joined(partner, best, runs)


def _answer(
    menu: Menu,
    wanted: Wanted,
    grid: Grid,
    found: Search,
    work: _Work,
    joined: tuple[Joined, ...],
    months: int,
    key: str,
) -> Planned:
    every = tuple(range(len(work.scenes)))
    runs = dict(zip(found.full, work.runs(list(found.full), every), strict=True))
    failed = [item.failure for scenes in runs.values() for item in scenes if item.failure]
    runs = {pick: scenes for pick, scenes in runs.items() if not any(item.failure for item in scenes)}
    quick = dict(zip(found.quick, work.runs(list(found.quick), grid.quick), strict=True))
    quick = {pick: scenes for pick, scenes in quick.items() if not any(item.failure for item in scenes)}
    nothing = found.full[()].loss
    front = frontier(found.full, wanted.budget, LEAST * abs(nothing))
    affordable = [pick for pick in runs if found.full[pick].outlay <= wanted.budget]
    regret = regrets({pick: grid.cube(runs[pick]) for pick in affordable})
    asked = key_of(key, repr(wanted), repr(menu.data), repr(grid.cases), repr(grid.odds.tolist()))
    return Planned(
        menu,
        menu.data.question,
        asked,
        months,
        wanted.budget,
        wanted.seed,
        grid,
        found,
        runs,
        quick,
        front,
        front[-1],
        minimax(regret, front),
        regret,
        joined,
        tuple(failed),
    )
