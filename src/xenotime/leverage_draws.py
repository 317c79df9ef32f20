"""Leverage drawn over what is not known: facts, behaviour, luck, and what a stopped line is worth.

What a stopped line is worth enters the loss in proportion, so it can be drawn over rolls that are done.  The
rest needs rolls of its own, draw by draw.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from xenotime.dynamics.step import Setup
from xenotime.ensembles.rolled import setup_of as drawn_setup
from xenotime.ensembles.rolled import world_of
from xenotime.ensembles.sampling import points
from xenotime.ensembles.sensitivity import Part, sensitivity
from xenotime.ensembles.study import SEED, Draw, Study, draw, make_study, table_of
from xenotime.ensembles.study import Asked as Drawn
from xenotime.ensembles.uncertain import Uncertain, by_name
from xenotime.errors import InternalFault, NoAnswer
from xenotime.facts.load import load_facts
from xenotime.market.network import Array
from xenotime.market.threads import one_thread
from xenotime.policy.package import Package
from xenotime.talks.leverage.answer import DrawnLeverage, Question
from xenotime.talks.leverage.half_life import MEASURES
from xenotime.talks.leverage.rolls import key_of
from xenotime.talks.leverage.stakes import Stakes, no_stakes, read_stakes
from xenotime.talks.leverage.surface import Asked, Hands, Surface, surface
from xenotime.world.world import World

LEAST_DRAWS = 16  # a stand-in of fewer says nothing about draws left out
STAKE_DRAWS = 128  # of what a stopped line is worth: they cost no roll
RULES = 1  # of how accounts are kept; counted up when kept months no longer compare
DRAW_RULES = 2  # the same of draws


@dataclass(frozen=True, slots=True)
class DrawJob:
    """One draw to be rolled, with everything it needs in another process.

    from_facts : whether figures of value added are those of the facts, as for worlds made from them
    place : file the draw is kept in, or none;  stake : quantiles of the figures, by name
    """

    question: Question
    study: Study
    asked: Asked
    policies: Package
    rows: tuple[Any, ...]
    from_facts: bool
    number: int
    quantiles: Array
    stake: Mapping[str, float]
    place: Path | None


def stakes_of(world: World, from_facts: bool) -> Stakes:
    """What is at stake on a world: from the facts where the question's world is made from them."""
    return read_stakes(world.demand, world, load_facts()) if from_facts else no_stakes(world.demand)


def stake_numbers(stakes: Stakes) -> tuple[Uncertain, ...]:
    """Figures of value added as uncertain numbers, each drawn by itself."""
    return tuple(
        Uncertain(
            item.name,
            "row",
            item.low,
            item.value,
            item.high,
            item.grade,
            item.source,
            row=f"downstream: {item.sector}, {item.region}, {item.kind}, value_added",
            unit="USD per t of input",
        )
        for item in stakes.figures
    )


def stake_table(numbers: Sequence[Uncertain], draws: int) -> Array:
    """Quantiles of the figures, draws x figures; every figure has a stream of its own."""
    return points("sobol", SEED, [item.name for item in numbers], draws)


def drawn_stakes(stakes: Stakes, quantiles: Mapping[str, float]) -> Stakes:
    """Stakes with every figure at its quantile; a figure without one stays as stated."""
    values, outputs = [], []
    for item, number in zip(stakes.figures, stake_numbers(stakes), strict=True):
        u = quantiles.get(number.name, 0.5)  # output goes with value added: one doubt, what a line makes
        values.append(number.at(u))
        low, value, high = item.output or (0.0, 0.0, 0.0)
        outputs.append(replace(number, low=low, value=value, high=high).at(u))
    return stakes.at(values, outputs)


def over_stakes(found: Surface, stakes: Stakes) -> tuple[DrawnLeverage, ...]:
    """Leverage over what a stopped line is worth, everything else as it is; nothing where no figure is known.

    No month is rolled anew: the loss is linear in the figures.
    """
    numbers = stake_numbers(stakes)
    if not numbers:
        return ()
    made = []
    for number, row in enumerate(stake_table(numbers, STAKE_DRAWS)):
        quantiles = {item.name: float(u) for item, u in zip(numbers, row, strict=True)}
        other = drawn_stakes(stakes, quantiles)
        places = {item.name: item.position(quantiles[item.name]) for item in numbers}
        made.append(_drawn(number, found, stakes, other, places))
    return tuple(made)


def _drawn(
    number: int, found: Surface, before: Stakes, after: Stakes, positions: Mapping[str, float]
) -> DrawnLeverage:
    """A surface as a draw, with stopped lines worth `after` instead of `before`."""
    asked = found.asked

    def side(names: tuple[str, ...], name: str) -> Array:
        return np.stack([path.of(names, path.staked(before, after, name)) for path in found.paths])

    others = {name: (side(asked.on, name), side(asked.by, name)) for name in MEASURES if name != "loss"}
    return DrawnLeverage(number, side(asked.on, "loss"), side(asked.by, "loss"), positions, "", others)


def study_of(question: Question, asked: Asked, draws: int) -> Study:
    """What is drawn: facts, behaviour, projects and numbers of the control, as for ensembles of the case."""
    wanted = Drawn(draws, months=asked.span(), look_aheads=(question.look_ahead,), engine=asked.engine)
    return make_study(question.world, question.case, wanted)


def draw_jobs(
    question: Question,
    study: Study,
    asked: Asked,
    policies: Package,
    rows: tuple[Any, ...],
    stakes: Stakes,
    keep: Path | None,
) -> list[DrawJob]:
    """A job for each draw of a study."""
    numbers = stake_numbers(stakes)
    table, staked = table_of(study), stake_table(numbers, study.asked.draws)
    lean = replace(question, world=study.world)
    return [
        DrawJob(
            lean,
            study,
            asked,
            policies,
            rows,
            bool(question.world.built),
            number,
            table[number],
            {item.name: float(u) for item, u in zip(numbers, staked[number], strict=True)},
            keep / "draws" / f"{number:05d}.json" if keep is not None else None,
        )
        for number in range(study.asked.draws)
    ]


def drawn_leverage(job: DrawJob) -> DrawnLeverage:
    """Leverage of one draw; one whose months have no answer is kept with its reason."""
    drawn = draw(job.study, job.number, job.quantiles)
    key = key_of(
        job.study.key, repr(job.asked), repr(job.rows), repr(job.policies), repr(job.stake), str(RULES)
    )
    done = _read_draw(job.place, key, job.number)
    if done is None:
        done = _one_draw(job, drawn)
        _keep_draw(job.place, key, done)
    return done


def _one_draw(job: DrawJob, drawn: Draw) -> DrawnLeverage:
    figures = stake_numbers(stakes_of(job.question.world, job.from_facts))
    positions = {**drawn.positions, **{n.name: n.position(job.stake[n.name]) for n in figures}}
    asked = job.asked
    try:
        with one_thread():
            world = world_of(job.study, drawn)
            stakes = drawn_stakes(stakes_of(world, job.from_facts), job.stake)
            numbered = Package(job.rows).with_numbers(drawn.controls).controls

            def make(package: Package) -> Setup:
                return drawn_setup(job.study, drawn, world, package)

            found = surface(Hands(make, job.policies, numbered, stakes), asked)
    except (NoAnswer, InternalFault) as error:
        blank = np.full((len(asked.starts), asked.months), np.nan)
        return DrawnLeverage(drawn.number, blank, blank, positions, f"{type(error).__name__}: {error}")
    return _drawn(drawn.number, found, stakes, stakes, positions)


def _keep_draw(file: Path | None, key: str, done: DrawnLeverage) -> None:
    if file is None:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    said = {
        "key": key,
        "on": _plain(done.on),
        "by": _plain(done.by),
        "positions": dict(done.positions),
        "failure": done.failure,
        "others": {name: [_plain(on), _plain(by)] for name, (on, by) in done.others.items()},
    }
    draft = file.with_suffix(f".{os.getpid()}.draft")
    draft.write_text(json.dumps(said), "utf-8")
    draft.replace(file)


def _read_draw(file: Path | None, key: str, number: int) -> DrawnLeverage | None:
    if file is None or not file.is_file():
        return None
    said = json.loads(file.read_text("utf-8"))
    if said["key"] != key:
        return None
    on, by = (np.array(said[name], dtype=float) for name in ("on", "by"))
    others = {
        name: (np.array(both[0], dtype=float), np.array(both[1], dtype=float))
        for name, both in said["others"].items()
    }
    return DrawnLeverage(number, on, by, said["positions"], said["failure"], others)


def _plain(table: Array) -> list[list[float | None]]:
    """A table for JSON, which knows no NaN."""
    return [[None if np.isnan(value) else value for value in row] for row in table.tolist()]


def facts_that_matter(
    numbers: Sequence[Uncertain], drawn: Sequence[DrawnLeverage]
) -> tuple[tuple[dict[str, Any], ...], float | None]:
    """Numbers by what knowing them would take off the variance of leverage now, and what is unexplained.

    Nothing where too few draws have an answer for a stand-in to be fitted.
    """
    good = [item for item in drawn if not item.failure]
    if len(good) < LEAST_DRAWS:
        return (), None
    places = np.array([[item.positions[number.name] for number in numbers] for item in good])
    output = np.array([float(item.on[0, -1] - item.by[0, -1]) for item in good])
    found = sensitivity("leverage", numbers, places, output)
    known = by_name(numbers)
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
