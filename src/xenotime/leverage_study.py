"""Leverage as the user meets it: a world and a control, the surface, its drivers, draws over the unknown.

Draws and what they say about facts are of the ensembles, which stand above `talks`; this module joins the
two.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from xenotime.dynamics.step import Setup
from xenotime.dynamics.trajectory import prepare, splitting_of
from xenotime.ensembles.rolled import setup_of as drawn_setup
from xenotime.ensembles.rolled import world_of
from xenotime.ensembles.sensitivity import Part, sensitivity
from xenotime.ensembles.study import Asked as Drawn
from xenotime.ensembles.study import Study, draw, make_study, table_of
from xenotime.ensembles.uncertain import Uncertain, by_name
from xenotime.errors import InternalFault, NoAnswer, one_problem
from xenotime.facts.load import load_facts
from xenotime.market.horizon import single_path
from xenotime.market.threads import one_thread
from xenotime.policy.case import Case, CaseFile
from xenotime.policy.package import Package, read_package
from xenotime.rolls import behaviour_of, expected_growth
from xenotime.talks.leverage.answer import Answer, DrawnLeverage, DriverEffect, Question
from xenotime.talks.leverage.controls_on import check_sides, full_ban, split
from xenotime.talks.leverage.drivers import DRIVERS
from xenotime.talks.leverage.half_life import gap, over_starts, within
from xenotime.talks.leverage.losses import Losses
from xenotime.talks.leverage.published import Beside, Dials, beside, dialled, wanted_dials
from xenotime.talks.leverage.rolls import Told, key_of
from xenotime.talks.leverage.stakes import Stakes, no_stakes, read_stakes
from xenotime.talks.leverage.surface import Asked, Hands, lifted, surface
from xenotime.world.fingerprint import fingerprint
from xenotime.world.world import World

LEAST_DRAWS = 16  # a stand-in of fewer says nothing about draws left out
RULES = 1  # of how accounts are kept; counted up when kept months no longer compare


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
) -> Answer:
    """Losses of both sides by start and duration; see :mod:`xenotime.talks.leverage`.

    keep : folder in which months and draws are kept as they are made and taken up again
    ends : (start, duration, months after) for which the end of the control is rolled too
    published : whether losses are also worked out under the dials of published estimates

    Raises InputProblems for sides or a case that do not fit the world, NoAnswer of a month without one.
    """
    world = question.world
    check_sides(world, question.by, question.on)
    check_asked(asked)
    policies, rows, instrument = held_back(question)
    hands = hands_of(question, asked, world, policies, rows, False, keep)
    found = surface(hands, asked, tell)
    effects = tuple(_driver(question, asked, policies, rows, keep, tell)) if drivers else ()
    lasting = tuple(
        (first, duration, lifted(hands, asked, first, duration, tail, tell)) for first, duration, tail in ends
    )
    drawn: tuple[DrawnLeverage, ...] = ()
    ranked: tuple[dict[str, Any], ...] = ()
    unexplained = None
    if draws:
        study = study_of(question, asked, draws)
        drawn = tuple(_draws(question, study, asked, policies, rows, keep, tell))
        ranked, unexplained = facts_that_matter(study, drawn, asked)
    others = tuple(_published(question, asked, policies, keep, tell)) if published else ()
    key = key_of(hands.key, repr(asked), repr(rows), repr([item.number for item in drawn]))
    return Answer(
        question,
        found,
        hands.stakes,
        instrument,
        effects,
        drawn,
        ranked,
        unexplained,
        lasting,
        others,
        key,
    )


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
) -> Hands:
    """How runs of this question on `world` are set up."""
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

    stakes = stakes_of(question, world)
    key = key_of(
        *(metadata.version("xenotime"), str(RULES), fingerprint(world), case.text, repr(asdict(behaviour))),
        *(repr(ahead), repr(still), repr(policies)),
    )
    return Hands(make, policies, rows, stakes, keep, key)


def stakes_of(question: Question, world: World) -> Stakes:
    """What is at stake on a world: from the facts where the question's world is made from them."""
    if not question.world.built:
        return no_stakes(world.demand)
    return read_stakes(world.demand, world, load_facts())


def _driver(
    question: Question,
    asked: Asked,
    policies: Package,
    rows: tuple[Any, ...],
    keep: Path | None,
    tell: Told | None,
) -> Iterator[DriverEffect]:
    """The same surface, from the first and last start, with one mechanism switched off at a time."""
    ends = tuple(dict.fromkeys((asked.starts[0], asked.starts[-1])))
    short = replace(asked, starts=ends)
    for driver in DRIVERS:
        place = keep / f"without-{driver.name}" if keep is not None else None
        world = driver.change(question.world)
        hands = hands_of(question, short, world, policies, rows, driver.still, place)
        found = surface(hands, short, tell)
        values = [float(gap(found, at)[-1]) for at in range(len(ends))]
        yield DriverEffect(
            driver.name,
            driver.without,
            values[0],
            values[-1],
            over_starts(found, short.months),
            within(found),
        )


def _published(
    question: Question, asked: Asked, policies: Package, keep: Path | None, tell: Told | None
) -> tuple[Beside, ...]:
    """Published estimates beside ours, one run from the first start for each set of dials."""
    facts, world = load_facts(), question.world
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
    return beside(facts, paths, world.demand, stakes_of(question, world), question.by)


def study_of(question: Question, asked: Asked, draws: int) -> Study:
    """What is drawn: facts, behaviour, projects and numbers of the control, as for ensembles of the case."""
    wanted = Drawn(draws, months=asked.span(), look_aheads=(question.look_ahead,), engine=asked.engine)
    return make_study(question.world, question.case, wanted)


def _draws(
    question: Question,
    study: Study,
    asked: Asked,
    policies: Package,
    rows: tuple[Any, ...],
    keep: Path | None,
    tell: Told | None,
) -> Iterator[DrawnLeverage]:
    """Leverage of each draw; a draw whose months have no answer is kept with its reason."""
    table = table_of(study)
    for number in range(study.asked.draws):
        drawn = draw(study, number, table[number])
        file = keep / "draws" / f"{number:05d}.json" if keep is not None else None
        key = key_of(study.key, repr(asked), repr(rows), repr(policies), str(RULES))
        done = _read_draw(file, key, number)
        if done is None:
            done = _one_draw(question, study, drawn, asked, policies, rows)
            _keep_draw(file, key, done)
        if tell is not None:
            tell(number + 1, study.asked.draws, f"draw {number + 1} of {study.asked.draws}")
        yield done


def _one_draw(
    question: Question, study: Study, drawn: Any, asked: Asked, policies: Package, rows: tuple[Any, ...]
) -> DrawnLeverage:
    try:
        with one_thread():
            world = world_of(study, drawn)
            stakes = stakes_of(question, world)
            numbered = Package(rows).with_numbers(drawn.controls).controls

            def make(package: Package) -> Setup:
                return drawn_setup(study, drawn, world, package)

            found = surface(Hands(make, policies, numbered, stakes), asked)
    except (NoAnswer, InternalFault) as error:
        blank = np.full((len(asked.starts), asked.months), np.nan)
        return DrawnLeverage(drawn.number, blank, blank, drawn.positions, f"{type(error).__name__}: {error}")
    on = np.stack([path.of(asked.on, path.loss()) for path in found.paths])
    by = np.stack([path.of(asked.by, path.loss()) for path in found.paths])
    return DrawnLeverage(drawn.number, on, by, drawn.positions)


def _keep_draw(file: Path | None, key: str, done: DrawnLeverage) -> None:
    if file is None:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    said = {
        "key": key,
        "on": [[None if np.isnan(v) else v for v in row] for row in done.on.tolist()],
        "by": [[None if np.isnan(v) else v for v in row] for row in done.by.tolist()],
        "positions": dict(done.positions),
        "failure": done.failure,
    }
    draft = file.with_suffix(".draft")
    draft.write_text(json.dumps(said), "utf-8")
    draft.replace(file)


def _read_draw(file: Path | None, key: str, number: int) -> DrawnLeverage | None:
    if file is None or not file.is_file():
        return None
    said = json.loads(file.read_text("utf-8"))
    if said["key"] != key:
        return None
    on, by = (np.array(said[name], dtype=float) for name in ("on", "by"))
    return DrawnLeverage(number, on, by, said["positions"], said["failure"])


def facts_that_matter(
    study: Study, drawn: Sequence[DrawnLeverage], asked: Asked
) -> tuple[tuple[dict[str, Any], ...], float | None]:
    """Numbers by what knowing them would take off the variance of leverage now, and what is unexplained.

    Nothing where too few draws have an answer for a stand-in to be fitted.
    """
    good = [item for item in drawn if not item.failure]
    if len(good) < LEAST_DRAWS:
        return (), None
    places = np.array([[item.positions[number.name] for number in study.numbers] for item in good])
    output = np.array([float(item.on[0, -1] - item.by[0, -1]) for item in good])
    found = sensitivity("leverage", study.numbers, places, output)
    known = by_name(study.numbers)
    ranked = sorted(found.parts, key=lambda part: (-part.total, part.name))
    return tuple(_fact(known[part.name], part) for part in ranked), found.unexplained


def _fact(item: Uncertain, part: Part) -> dict[str, Any]:
    return {
        "number": item.name,
        "kind": item.kind,
        "share": part.total,
        "low": item.low,
        "value": item.value,
        "high": item.high,
        "unit": item.unit,
        "grade": item.grade,
        "source": item.source,
        "stated": item.row,
    }


__all__ = ["Answer", "Question", "leverage", "plain_case"]
