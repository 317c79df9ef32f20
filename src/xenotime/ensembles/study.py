"""A study: what is drawn, what is run, and its key; each draw is a pure function of it and a number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from importlib import metadata
from statistics import NormalDist
from typing import Any

import numpy as np

from xenotime.dynamics.behaviour import Behaviour, load_behaviour
from xenotime.dynamics.trajectory import ROUGH
from xenotime.ensembles.draws import REACH, Posterior, Prior, read_priors, with_values
from xenotime.ensembles.fact_numbers import fact_numbers
from xenotime.ensembles.frozen import load_frozen
from xenotime.ensembles.other_numbers import (
    behaviour_numbers,
    control_numbers,
    drawn_behaviour,
    drawn_controls,
    growth_numbers,
    project_numbers,
)
from xenotime.ensembles.regimes import regime_numbers
from xenotime.ensembles.row_numbers import row_numbers
from xenotime.ensembles.sampling import DESIGNS, luck, points
from xenotime.ensembles.store import digest
from xenotime.ensembles.uncertain import Uncertain
from xenotime.ensembles.variants import SHORT, structure_numbers
from xenotime.errors import one_problem
from xenotime.facts.load import load_facts
from xenotime.market.choose import DEFAULT_ENGINE
from xenotime.market.clearing import clear_static
from xenotime.market.network import Array, build_network
from xenotime.market.terms import open_terms
from xenotime.months import month_range
from xenotime.policy.case import Case
from xenotime.policy.package import Package, read_package
from xenotime.world.fingerprint import fingerprint
from xenotime.world.growth import BEYOND, GrowthPath, growth_path
from xenotime.world.world import World

LOOK_AHEADS = (ROUGH, SHORT)
SEED = 2026
RULES = 1  # of how numbers are drawn and read; counted up when old draws no longer compare


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user asks for.

    place : name of the shipped world; blank where the world itself is sent to workers
    draws : how many; part of the key of a Latin hypercube only, for a Sobol ensemble can be extended
    look_aheads : lengths of the periods foreseen; more than one are drawn from
    """

    draws: int
    seed: int = SEED
    design: str = "sobol"
    months: int = 0
    look_aheads: tuple[tuple[int, ...], ...] = LOOK_AHEADS
    engine: str = DEFAULT_ENGINE
    place: str = ""


@dataclass(frozen=True, slots=True)
class Study:
    """A study ready to be drawn from.

    numbers : every uncertain number;  growth_names : by demand row, the names of its rates
    """

    world: World
    case: Case
    package: Package
    asked: Asked
    months: int
    numbers: tuple[Uncertain, ...]
    priors: Mapping[str, Prior]
    posterior: Posterior | None
    growth: GrowthPath | None
    growth_names: tuple[tuple[str, ...], ...]
    key: str
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draw:
    """One draw.

    quantiles, values : by number (controls and behaviour that is drawn jointly have theirs below)
    positions : where in its range each number lies, -1 to 1
    controls : by ``control.name``;  behaviour : whole;  seed : of luck
    """

    number: int
    values: Mapping[str, float]
    positions: Mapping[str, float]
    controls: Mapping[str, float]
    behaviour: Behaviour
    seed: int


def make_study(world: World, case: Case, asked: Asked) -> Study:
    """Collect the uncertain numbers of a case on a world.

    Raises InputProblems for a case that does not fit the world or a request that cannot be, NoAnswer where
    the base month has none or the frozen fit is not the one on record.
    """
    check_asked(asked)
    package = read_package(case, world)
    months = asked.months or case.data.months
    facts, start = load_facts(), case.data.start
    priors = read_priors(facts)
    frozen = load_frozen() if case.data.behaviour == "fitted" else None
    posterior = frozen.posterior if frozen is not None else None
    if world.built:  # made from the facts
        network = build_network(world, start)
        base = clear_static(network, start, open_terms(network, start), refine=False)
        own = fact_numbers(world, facts, network, base.amount("plant"))
    else:
        own = row_numbers(world)
    growth: GrowthPath | None = None
    rates: tuple[Uncertain, ...] = ()
    named: tuple[tuple[str, ...], ...] = ()
    if case.data.growth:
        growth = expected_path(case, world, months)
        scenario = "" if case.data.growth == "middle" else case.data.growth
        rates, named = growth_numbers(world, facts, start, max(world.date, start), scenario)
    projects = project_numbers() if any(plant.kind for plant in world.facilities) else ()
    numbers = (
        *own,
        *rates,
        *projects,
        *control_numbers(package.ranges),
        *regime_numbers(package, month_range(start, months)),
        *behaviour_numbers(priors, posterior, f"frozen {frozen.sha256[:12]}" if frozen is not None else ""),
        *structure_numbers(world, asked.look_aheads),
    )
    print_ = fingerprint(world)
    about = _about(world, case, asked, months, numbers, print_, frozen.sha256 if frozen else "")
    lean = replace(world, built={})  # notes on how it was made do not travel between processes
    return Study(
        lean, case, package, asked, months, numbers, priors, posterior, growth, named, digest(about), about
    )


def check_asked(asked: Asked) -> None:
    """Refuse what cannot be drawn; raises InputProblems."""
    for name, found, wanted, fine in (
        ("--draws", asked.draws, "at least 1", asked.draws >= 1),
        ("--months", asked.months, "at least 1", asked.months >= 0),
        ("--design", asked.design, "one of " + ", ".join(DESIGNS), asked.design in DESIGNS),
        (
            "--look-ahead",
            " / ".join(",".join(map(str, periods)) for periods in asked.look_aheads),
            "months of each period, the first of them 1, such as 1,5,6",
            all(periods and periods[0] == 1 and min(periods) > 0 for periods in asked.look_aheads),
        ),
        ("--seed", asked.seed, "a whole number that is not negative", asked.seed >= 0),
    ):
        if not fine:
            raise one_problem("bad-value", name, repr(found), wanted, "correct it")


def expected_path(case: Case, world: World, months: int) -> GrowthPath:
    """Growth of demand the case asks for, with its range; the scenario must be known."""
    scenario = "" if case.data.growth == "middle" else case.data.growth
    known = max(world.date, case.data.start)
    return growth_path(load_facts(), world, case.data.start, months + BEYOND, known, scenario)


def _about(
    world: World,
    case: Case,
    asked: Asked,
    months: int,
    numbers: tuple[Uncertain, ...],
    world_print: str,
    frozen: str,
) -> dict[str, Any]:
    """Everything that decides a draw, as it is kept beside the results."""
    return {
        "kind": "ensemble",
        "rules": RULES,
        "xenotime": metadata.version("xenotime"),
        "world": world_print,
        "case": case.name,
        "case_sha256": sha256(case.text.encode("utf-8")).hexdigest(),
        "months": months,
        "seed": asked.seed,
        "design": asked.design,
        "draws": asked.draws if asked.design == "lhs" else None,
        "look_aheads": [list(item) for item in asked.look_aheads],
        "engine": asked.engine,
        "behaviour": frozen or "assumed",
        "numbers": [
            [item.name, item.low, item.value, item.high, list(item.options), len(item.acts)]
            for item in numbers
        ],
    }


def table_of(study: Study) -> Array:
    """Quantiles of all draws, draws x numbers."""
    asked = study.asked
    return points(asked.design, asked.seed, [item.name for item in study.numbers], asked.draws)


def draw(study: Study, number: int, quantiles: Array) -> Draw:
    """Draw `number` at its row of :func:`table_of`."""
    u = {item.name: float(at) for item, at in zip(study.numbers, quantiles, strict=True)}
    values = {item.name: item.at(u[item.name]) for item in study.numbers}
    behaving = [item for item in study.numbers if item.kind == "behaviour"]
    scores = {item.name: score(u[item.name]) for item in behaving}
    learnt = drawn_behaviour(behaving, study.priors, study.posterior, scores, u)
    values |= {f"behaviour/{name}": value for name, value in learnt.items()}
    positions = {item.name: item.position(u[item.name]) for item in study.numbers}
    return Draw(
        number,
        values,
        positions,
        drawn_controls(study.package.ranges, u),
        with_values(load_behaviour(), learnt),
        luck(study.asked.seed, number),
    )


def score(u: float) -> float:
    """Standard normal score of a quantile, none beyond one in a hundred."""
    return float(np.clip(NormalDist().inv_cdf(u), -REACH, REACH))
