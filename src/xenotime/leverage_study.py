"""Leverage as the user meets it: a world and a control, the surface, its drivers, draws over the unknown.

Drivers and draws are rolls that do not wait for each other: they are shared between processes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import Any

from xenotime.beside import shared
from xenotime.dynamics.step import Setup
from xenotime.dynamics.trajectory import prepare, splitting_of
from xenotime.errors import one_problem
from xenotime.facts.load import load_facts
from xenotime.leverage_draws import (
    RULES,
    DrawJob,
    draw_jobs,
    drawn_leverage,
    facts_that_matter,
    over_stakes,
    stake_numbers,
    stakes_of,
    study_of,
)
from xenotime.market.horizon import single_path
from xenotime.policy.case import Case, CaseFile
from xenotime.policy.package import Package, read_package
from xenotime.rolls import behaviour_of, expected_growth
from xenotime.talks.leverage.answer import Answer, DrawnLeverage, DriverEffect, Question
from xenotime.talks.leverage.controls_on import check_sides, full_ban, split
from xenotime.talks.leverage.drivers import DRIVERS
from xenotime.talks.leverage.half_life import gap, over_starts, within
from xenotime.talks.leverage.losses import Losses
from xenotime.talks.leverage.published import Beside, Dials, beside, dialled, wanted_dials
from xenotime.talks.leverage.rises import rises
from xenotime.talks.leverage.rolls import Told, key_of
from xenotime.talks.leverage.stakes import Stakes
from xenotime.talks.leverage.surface import Asked, Hands, lifted, shown, surface
from xenotime.world.fingerprint import fingerprint
from xenotime.world.world import World

TAIL = 12  # months that are followed after the end of a control


def plain_case(start: str = "2025-01", world: str = "2024-12") -> Case:
    """A case without controls and levers: the control is the full ban that is asked for."""
    data = CaseFile(
        title="A full ban", question="Who loses what, from when, for how long?", world=world, start=start
    )
    return Case("full-ban", data, data.model_dump_json())


def leverage(
    question: Question,
    asked: Asked,
    *,
    keep: Path | None = None,
    drivers: bool = False,
    draws: int = 0,
    ends: Sequence[tuple[int, int, int]] = (),
    published: bool = False,
    tell: Told | None = None,
    processes: int = 1,
) -> Answer:
    """Losses of both sides by start and duration; see :mod:`xenotime.talks.leverage`.

    keep : folder in which months and draws are kept as they are made and taken up again
    draws : with rolls of their own; without any, bands are over what a stopped line is worth alone
    ends : (start, duration, months after) for which the end of the control is rolled too
    published : whether losses are also worked out under the dials of published estimates
    processes : that drivers and draws are shared between; the same answer from any number

    Raises InputProblems for sides or a case that do not fit the world, NoAnswer of a month without one.
    """
    check_sides(question.world, question.by, question.on)
    check_asked(asked)
    policies, rows, instrument = held_back(question)
    hands = hands_of(question, asked, question.world, policies, rows, False, keep)
    study = study_of(question, asked, draws) if draws else None
    jobs: list[DrawJob | DriverJob] = list(
        driver_jobs(question, asked, policies, rows, hands.stakes, keep) if drivers else ()
    )
    if study is not None:
        jobs += draw_jobs(question, study, asked, policies, rows, hands.stakes, keep)
    with shared(_job, jobs, processes) as answer:
        found = surface(hands, asked, tell)
        done = []
        for place in range(len(jobs)):
            if tell is not None:
                tell(place, len(jobs), f"part {place + 1} of {len(jobs)} beside the surface")
            done.append(answer(place))
    effects = tuple(item for item in done if isinstance(item, DriverEffect))
    drawn = tuple(item for item in done if isinstance(item, DrawnLeverage))
    stakes = stake_numbers(hands.stakes)
    numbers = (*study.numbers, *stakes) if study is not None else stakes
    if study is None:
        drawn = over_stakes(found, hands.stakes)
    ranked, unexplained = facts_that_matter(numbers, drawn)
    of_all = study is not None and bool(ranked)
    if study is not None and not ranked:  # too few draws for so many numbers
        ranked, unexplained = facts_that_matter(stakes, over_stakes(found, hands.stakes))
    lasting = tuple(
        (first, duration, lifted(hands, asked, first, duration, tail, tell)) for first, duration, tail in ends
    )
    others = tuple(_published(question, asked, policies, keep, tell)) if published else ()
    key = key_of(hands.key, repr(asked), repr(rows), str(draws))
    return Answer(
        question,
        found,
        hands.stakes,
        instrument,
        rises(found, hands.stakes, shown(asked.months)),
        effects,
        drawn,
        study is not None,
        ranked,
        of_all,
        unexplained,
        lasting,
        others,
        key,
    )


def _job(job: DrawJob | DriverJob) -> DrawnLeverage | DriverEffect:
    """One part of the answer, in whatever process."""
    return drawn_leverage(job) if isinstance(job, DrawJob) else driver_effect(job)


def check_asked(asked: Asked) -> None:
    """Raises InputProblems for starts and durations that cannot be rolled."""
    if asked.months < 1 or not asked.starts or min(asked.starts) < 0:
        raise one_problem(
            "bad-value",
            "leverage",
            f"starts {asked.starts}, {asked.months} months",
            "starts of 0 months or more, and a duration of at least 1",
            "correct --starts or --months",
        )


def held_back(question: Question) -> tuple[Package, tuple[Any, ...], str]:
    """What stays the same, the rows of the control, and its instrument in words."""
    policies, rows = split(read_package(question.case, question.world), question.by)
    if rows:
        return policies, rows, ", ".join(sorted({row.instrument for row in rows}))
    ban = full_ban(question.world, question.by, question.on, question.only)
    return policies, ban, "ban"


def hands_of(
    question: Question,
    asked: Asked,
    world: World,
    policies: Package,
    rows: tuple[Any, ...],
    still: bool,
    keep: Path | None,
    stakes: Stakes | None = None,
) -> Hands:
    """How runs of this question on `world` are set up; `stakes` where they are known already."""
    case, ahead = question.case, question.look_ahead
    behaviour = behaviour_of(case)
    growth = expected_growth(case, world, asked.span())

    def make(package: Package) -> Setup:
        return prepare(
            world,
            package,
            asked.start,
            single_path(ahead),
            behaviour,
            still=still,
            splitting=splitting_of(ahead),
            growth=growth,
        )

    known = stakes if stakes is not None else stakes_of(world, bool(question.world.built))
    key = key_of(
        *(metadata.version("xenotime"), str(RULES), fingerprint(world), case.text, repr(asdict(behaviour))),
        *(repr(ahead), repr(still), repr(policies)),
    )
    return Hands(make, policies, rows, known, keep, key)


@dataclass(frozen=True, slots=True)
class DriverJob:
    """The surface with one mechanism switched off, with everything it needs in another process."""

    question: Question
    asked: Asked
    policies: Package
    rows: tuple[Any, ...]
    stakes: Stakes
    keep: Path | None
    driver: str


def driver_jobs(
    question: Question,
    asked: Asked,
    policies: Package,
    rows: tuple[Any, ...],
    stakes: Stakes,
    keep: Path | None,
) -> tuple[DriverJob, ...]:
    """A job for each mechanism: from the first and the last start, with it switched off."""
    ends = tuple(dict.fromkeys((asked.starts[0], asked.starts[-1])))
    lean = replace(question, world=replace(question.world, built={}))
    short = replace(asked, starts=ends)
    return tuple(DriverJob(lean, short, policies, rows, stakes, keep, item.name) for item in DRIVERS)


def driver_effect(job: DriverJob) -> DriverEffect:
    """Leverage without one mechanism; raises NoAnswer of a month without one."""
    (driver,) = [item for item in DRIVERS if item.name == job.driver]
    place = job.keep / f"without-{driver.name}" if job.keep is not None else None
    world = driver.change(job.question.world)
    hands = hands_of(job.question, job.asked, world, job.policies, job.rows, driver.still, place, job.stakes)
    found = surface(hands, job.asked)
    values = [float(gap(found, at)[-1]) for at in range(len(job.asked.starts))]
    return DriverEffect(
        driver.name,
        driver.without,
        values[0],
        values[-1],
        over_starts(found, job.asked.months),
        within(found),
    )


def _published(
    question: Question, asked: Asked, policies: Package, keep: Path | None, tell: Told | None
) -> tuple[Beside, ...]:
    """Published estimates beside ours, one run from the first start for each set of dials."""
    facts, world = load_facts(), question.world
    size = stakes_of(world, bool(world.built))
    ban = full_ban(world, question.by, question.on, False)
    paths: dict[Dials, Losses] = {}
    for dials, months in wanted_dials(facts).items():
        rows = dialled(ban, dials)
        if rows:
            short = replace(asked, starts=(0,), months=months)
            name = f"published-{dials.cut:g}-{'-'.join(dials.goods) or 'all'}".replace("*", "x")
            place = keep / name if keep is not None else None
            hands = hands_of(question, short, world, policies, rows, False, place)
            paths[dials] = surface(hands, short, tell).paths[0]
    return beside(facts, paths, world.demand, size, question.by)


__all__ = ["TAIL", "Answer", "Question", "leverage", "plain_case"]
