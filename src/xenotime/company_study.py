"""A company's question as the user meets it: bill and plants, read against a world and run under cases.

Draws of a case are of the ensembles, which stand above `exposure`; this module joins the two.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib import metadata
from pathlib import Path

from xenotime.dynamics.step import Setup, first_state, step
from xenotime.dynamics.trajectory import ROUGH
from xenotime.ensembles.places import find_world
from xenotime.ensembles.rolled import setup_of as drawn_setup
from xenotime.ensembles.rolled import world_of
from xenotime.ensembles.study import Asked, draw, make_study, table_of
from xenotime.errors import InternalFault, NoAnswer, one_problem
from xenotime.exposure.actions import Option, options_of, read_actions
from xenotime.exposure.answer import Exposed
from xenotime.exposure.bill import read_bill
from xenotime.exposure.contents import Contents
from xenotime.exposure.deliveries import Deliveries, Reader
from xenotime.exposure.elements import Setting, find_held, group_lines
from xenotime.exposure.licences import Rule, case_rules, read_rules
from xenotime.exposure.lines import Line, build_lines
from xenotime.exposure.luck import Luck
from xenotime.exposure.materials import Reader as Words
from xenotime.exposure.origins import find_origins
from xenotime.exposure.plan import best_plan
from xenotime.exposure.plant_file import PlantFile, load_plants
from xenotime.exposure.ranking import Table, weigh
from xenotime.exposure.scenes import Case as Cased
from xenotime.exposure.scenes import Scene, make_scene
from xenotime.exposure.supply import Flow, Source, flow_of, mean_user, over_draws, week_months
from xenotime.exposure.weeks import run_line
from xenotime.exposure.worth import element_worth
from xenotime.facts.load import Facts
from xenotime.facts.own import find_facts
from xenotime.market.choose import DEFAULT_ENGINE, make_engine
from xenotime.market.clearing import Clearing, clear_static
from xenotime.market.network import Index, build_network
from xenotime.market.terms import open_terms
from xenotime.market.threads import one_thread
from xenotime.months import month_number, month_range
from xenotime.policy.case import Case
from xenotime.policy.package import Package, read_package
from xenotime.rolls import setup_of
from xenotime.world.world import World

Told = Callable[[int, int, str], None]
LUCKS = 400  # draws of a user's own luck
SEED = 2026
DAYS = 7
AT_RISK = 0.02  # of draws a part would stop a line in, from which actions for it are weighed


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the lines.

    draws : runs of each case over what is not known, 0 is the case as it stands;  lucks : of the user
    """

    draws: int = 0
    lucks: int = LUCKS
    seed: int = SEED
    look_ahead: tuple[int, ...] = ROUGH
    engine: str = DEFAULT_ENGINE


def expose(
    bill: str | Path,
    plants: str | Path | None = None,
    cases: Sequence[Case] = (),
    world: World | str | Path | None = None,
    at: str = "",
    wanted: Wanted | None = None,
    facts: Facts | str | Path | None = None,
    tell: Told | None = None,
) -> Exposed:
    """Read a bill against a world; run the lines of `plants` under `cases` and weigh what can be done.

    at : day or month whose controls are taken; blank is today of the plants, else the start of the first
        case, else the last month of the record
    facts : those known, or a folder of rows to add to those that ship; all that ship if left out
    facts : those known; all that is on record if left out

    Raises InputProblems for a bill, plants or cases that do not fit, NoAnswer where a month has none.
    """
    known = find_facts(facts)
    asked = wanted if wanted is not None else Wanted()
    told = load_plants(plants) if plants is not None else None
    if told is not None and not cases:
        remedy = "add --case, such as --case april-2025"
        raise one_problem(
            "no-case", "exposure", "plants and no case", "a case to run the lines under", remedy
        )
    read = read_bill(bill, known)
    own = [_world(world, case) for case in cases] or [_world(world, None)]
    start = (told.today if told is not None else "") or (f"{cases[0].data.start}-01" if cases else "")
    day = at or start or max(row.knowable_from for row in known.rows("controls_record"))
    setting = make_setting(known, own[0], day, told, _case_rules(cases, own))
    held = find_held(read, setting)
    found = Exposed(
        day,
        held,
        setting,
        group_lines(held),
        _key(read.file, bill, plants, cases, own, asked, day, known.own),
    )
    if told is None:
        return found
    today = date.fromisoformat(start)
    place = Path(str(plants))
    lines = build_lines(told, held, setting, today, place.name, place.read_text("utf-8"))
    return _run(found, told, lines, cases, own, today, asked, tell)


def _world(given: World | str | Path | None, case: Case | None) -> World:
    if isinstance(given, World):
        return given
    return find_world(given if given is not None else case.data.world if case is not None else "2024-12")


def _case_rules(cases: Sequence[Case], worlds: Sequence[World]) -> tuple[Rule, ...]:
    pairs = zip(cases, worlds, strict=True) if cases else ()
    return tuple(
        rule for case, world in pairs for rule in case_rules(case.name, read_package(case, world).controls)
    )


def make_setting(
    facts: Facts, world: World, day: str, plants: PlantFile | None, rules: tuple[Rule, ...] = ()
) -> Setting:
    """What a bill is read against on a day; `rules` beside those on record are those of cases."""
    contents = Contents(facts, int(world.date[:4]) if world.date else int(day[:4]))
    sector = plants.sector if plants is not None else ""
    home = {entry.plant: entry.region for entry in plants.plant} if plants is not None else {}
    if plants is not None:
        home[""] = plants.plant[0].region
    base = base_month(world, day[:7])
    return Setting(
        facts,
        contents,
        Words(facts, contents, sector),
        element_worth(facts, contents),
        (*read_rules(facts, day), *rules),
        find_origins(world, base),
        home,
    )


def base_month(world: World, month: str) -> Clearing:
    """The base month of a world, cleared under its own tables."""
    network = build_network(world, month)
    return clear_static(network, month, open_terms(network, month), refine=False)


def _key(
    file: str,
    bill: str | Path,
    plants: str | Path | None,
    cases: Sequence[Case],
    worlds: Sequence[World],
    asked: Wanted,
    day: str,
    facts: str,
) -> str:
    from xenotime.world.fingerprint import fingerprint

    texts = [Path(place).read_bytes() for place in (bill, plants) if place is not None]
    said = [metadata.version("xenotime"), file, repr(asked), day, *(case.text for case in cases)]
    said += [fingerprint(world) for world in worlds]
    said += [facts] if facts else []
    whole = hashlib.sha256("\n".join(said).encode())
    for text in texts:
        whole.update(hashlib.sha256(text).digest())
    return whole.hexdigest()


def _run(
    found: Exposed,
    plants: PlantFile,
    lines: tuple[Line, ...],
    cases: Sequence[Case],
    worlds: Sequence[World],
    today: date,
    asked: Wanted,
    tell: Told | None,
) -> Exposed:
    facts = found.setting.facts
    numbers = {row.name: row.value for row in facts.rows("company_numbers")}
    luck = Luck(asked.lucks, asked.seed, numbers)
    cased, failures = [], []
    for case, world in zip(cases, worlds, strict=True):
        months = months_needed(case, today, plants.weeks)
        runs, failed = deliveries_of(case, world, months, asked, tell)
        failures += failed
        cased.append(Cased(case.name, runs))
    scenes = tuple(
        make_scene(place, line, case, today, plants.weeks, luck, facts)
        for case in cased
        for place, line in enumerate(lines)
    )
    table = Table(scenes, luck)
    options = choose_options(table, plants, facts)
    flows = choose_flows(table, cased, today, plants.weeks)
    weighed = weigh(table, options, flows)
    plan = best_plan(table, weighed, plants.budget, max(int(numbers["plan_grid_weeks"]), 1))
    return replace(
        found,
        plants=plants,
        today=today,
        luck=luck,
        table=table,
        weighed=weighed,
        plan=plan,
        titles={case.name: case.data.title for case in cases},
        controls={case.name: _begins(case) for case in cases},
        failures=tuple(failures),
        draws=asked.draws,
    )


def _begins(case: Case) -> str:
    days = [entry.in_force for entry in case.data.control if entry.in_force]
    return min(days, default="")


def months_needed(case: Case, today: date, weeks: int) -> int:
    """Months of a case up to the end of the weeks; raises InputProblems where today is before its start."""
    first = month_number(case.data.start)
    begins = month_number(f"{today:%Y-%m}")
    if begins < first:
        raise one_problem(
            "before-case",
            case.name,
            f"today {today}",
            f"a day from {case.data.start} on, where the case starts",
            "give another today, or a case that starts earlier",
        )
    last = date.fromordinal(today.toordinal() + weeks * DAYS)
    return month_number(f"{last:%Y-%m}") - first + 1


def deliveries_of(
    case: Case, world: World, months: int, asked: Wanted, tell: Told | None = None
) -> tuple[tuple[Deliveries, ...], list[str]]:
    """Deliveries of the case as it stands, or of its draws; draws without an answer are told.

    Raises NoAnswer where nothing has an answer.
    """
    package = read_package(case, world)
    if not asked.draws:
        setup = setup_of(case, world, package, months, asked.look_ahead)
        return (_roll(setup, case, package, months, asked.engine, tell),), []
    study = make_study(world, case, Asked(asked.draws, asked.seed, months=months, engine=asked.engine))
    points = table_of(study)
    found, failures = [], []
    for number in range(asked.draws):
        if tell is not None:
            tell(number, asked.draws, f"{case.name}, draw {number + 1}")
        drawn = draw(study, number, points[number])
        try:
            with one_thread():
                own = world_of(study, drawn)
                numbered = package.with_numbers(drawn.controls)
                setup = drawn_setup(study, drawn, own, package)
                found.append(_roll(setup, case, numbered, months, asked.engine))
        except (NoAnswer, InternalFault) as error:
            failures.append(f"{case.name}, draw {number}: {type(error).__name__}: {error}")
    if not found:
        raise NoAnswer(
            case.name, "no draw with an answer", "at least one", "see the reasons: " + "; ".join(failures[:3])
        )
    return tuple(found), failures


def _roll(
    setup: Setup, case: Case, package: Package, months: int, engine: str, tell: Told | None = None
) -> Deliveries:
    solver = make_engine(engine)
    state, point = first_state(setup), None
    reader = Reader(setup, state, package.controls)
    for number, month in enumerate(month_range(case.data.start, months)):
        if tell is not None:
            tell(number, months, f"{case.name} {month}")
        booked = step(setup, state, month, solver, point)
        reader.read(booked, month)
        state, point = booked.after, booked.clearing.point
    return reader.deliveries()


def choose_options(table: Table, plants: PlantFile, facts: Facts) -> tuple[Option, ...]:
    """Actions for every part that by itself would stop its line in some draws of some case.

    By itself, because the part that stops a line first hides the next one until something is done about it.
    """
    rows = read_actions(facts, plants.option)
    found: dict[str, Option] = {}
    for scene in table.scenes:
        for part in range(len(scene.line.parts)):
            alone = run_line(scene.stock[:, [part]], scene.arriving[:, :, [part]], scene.pace)
            if float((alone.stop < plants.weeks).mean()) >= AT_RISK:
                for option in options_of(scene, part, rows, plants.weeks):
                    found.setdefault(option.name, option)
    return tuple(found.values())


def choose_flows(
    table: Table, cased: Sequence[Cased], today: date, weeks: int
) -> dict[tuple[str, int, int], tuple[Flow, Flow | None]]:
    """By case, line and part: what a second source can send, and what comes of the lightest grade."""
    found: dict[tuple[str, int, int], tuple[Flow, Flow | None]] = {}
    runs = {case.name: case for case in cased}
    for scene in table.scenes:
        case = runs[scene.case]
        at = week_months(today, weeks, case.runs[0].months)
        for number, part in enumerate(scene.line.parts):
            market = part.group.good.market
            other = [_mean(market, scene, run, at) for run in case.runs]
            light = [
                flow_of(_free(part.sources[0]), "NdFeB_N", scene.line.region, scene.line.sector, run, at)
                for run in case.runs
            ]
            draws = table.luck.draws
            has_light = market.startswith("NdFeB_")
            found[scene.case, scene.place, number] = (
                over_draws(other, draws),
                over_draws(light, draws) if has_light else None,
            )
    return found


def _free(source: Source) -> Source:
    return replace(source, licence="individual")


def _mean(material: str, scene: Scene, run: Deliveries, at: Index) -> Flow:
    series, basis = mean_user(material, scene.line.region, scene.line.sector, run)
    return Flow(series[at].clip(0.0, 1.0), False, False, basis)
