"""Identical instances: what is solved here is handed to the rivals as the same scaled program."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.synthetic import synthetic_world
from xenotime.api import load_case, load_world
from xenotime.dynamics.step import Setup
from xenotime.dynamics.trajectory import prepare, splitting_of
from xenotime.ensembles.frozen import load_frozen
from xenotime.market.clearing import Clearing
from xenotime.market.engines import QP, Array
from xenotime.market.horizon import single_path
from xenotime.market.intervals import undetermined
from xenotime.market.program import as_qp
from xenotime.market.reach import find_reach, without_dead
from xenotime.market.scaling import Scale, apply_scale, find_scale
from xenotime.market.sizes import column_sizes
from xenotime.market.terms import Terms
from xenotime.policy.package import NOTHING, read_package
from xenotime.world.world import World

KINDS = ("month", "cut", "look-ahead", "roll")
SEEDS = (1, 2)
FIRST_MONTH = "2025-01"
CASES = ("april-2025",)  # shipped cases that are worlds of their own here, with the behaviour they ask for
LET_OUT = {"month": 0.9, "cut": 0.5}  # of what the largest exporter of the good worth most sends abroad
ROOM = 1e-12  # of a column's size: with less between its bounds it cannot move
PASSING = 1e-6  # of the month's largest volume: a price at which less passes is not compared


@dataclass(frozen=True, slots=True)
class Instance:
    """One world and what is asked of it."""

    world: str  # ``shipped``, a shipped case, or ``synthetic <seed> <scale>x``
    kind: str

    @property
    def folder(self) -> str:
        """A name for files."""
        return f"{self.world} {self.kind}".replace(" ", "-")


@dataclass(frozen=True, slots=True)
class Problem:
    """One program as an engine takes it, and what our answer was.

    factor : what turns the dual of the first rows, one per node of the first month, into a price
    price, compared, volume : our prices of that month, where they are held against others, tonnes
    free : columns between their bounds at our answer
    """

    qp: QP
    factor: Array
    price: Array
    compared: Array
    volume: Array
    free: Array


def instances(quick: bool) -> tuple[Instance, ...]:
    """All of them; the quick ones leave out the larger networks and all but one seed."""
    invented = [f"synthetic {seed} 1x" for seed in SEEDS[: 1 if quick else None]]
    larger = [] if quick else [f"synthetic {seed} 4x" for seed in SEEDS]
    largest = [] if quick else ["synthetic 1 16x"]
    asked = {
        "month": ["shipped", *invented, *larger, *largest],
        "cut": ["shipped", *invented],
        "look-ahead": [*CASES, *invented],
        "roll": list(CASES),
    }
    return tuple(Instance(world, kind) for kind in KINDS for world in asked[kind])


def world_of(name: str) -> World:
    """The world of an instance."""
    if name == "shipped":
        return load_world()
    if name in CASES:
        return load_world(load_case(name).data.world)
    _, seed, scale = name.split()
    return synthetic_world(int(seed), int(scale.rstrip("x")))


def setup_of(name: str, look_ahead: tuple[int, ...]) -> tuple[Setup, str]:
    """What a roll of an instance needs, and the month to begin with; one that is no case has no package."""
    world, behaviour, package, first = world_of(name), None, NOTHING, FIRST_MONTH
    if name in CASES:
        case = load_case(name)
        package, first = read_package(case, world), case.data.start
        behaviour = load_frozen().behaviour() if case.data.behaviour == "fitted" else None
    splitting = splitting_of(look_ahead)
    return prepare(world, package, first, single_path(look_ahead), behaviour, splitting=splitting), first


def shocked(base: Clearing, terms: Terms, kind: str) -> Terms:
    """The largest export by value, of one good from one region, held to a share of the base month's."""
    network, flow, price = base.program.network, base.amount("lane"), base.price()
    origin, destination = network.lanes.origin, network.lanes.destination
    region = np.array([name for _, name, _ in network.nodes])
    leaves = region[origin] != region[destination]
    names, place = np.unique([f"{good} {home}" for good, home, _ in network.nodes], return_inverse=True)
    worth = np.where(leaves, flow * np.maximum(price[origin], 0.0), 0.0)
    largest = place[origin] == np.argmax(np.bincount(place[origin], worth, len(names)))
    return replace(terms, lane_high=np.where(largest & leaves, LET_OUT[kind] * flow, terms.lane_high))


def as_problem(clearing: Clearing) -> Problem:
    """What an engine is handed for this clearing: charges settled, fixed and dead columns dropped, scaled."""
    program, point = clearing.program, clearing.point
    charged = program.A_tax.T @ point.y + program.G_tax.T @ point.m
    whole = as_qp(program, charged)
    whole = without_dead(whole, find_reach(whole))
    size = column_sizes(program)
    free = whole.high - whole.low > ROOM * size
    scale = find_scale(program.A, program.G, size)
    kept = Scale(scale.column[free], scale.equality, scale.limit)
    at_bounds = whole.low[~free]
    reduced = QP(
        whole.P[free],
        whole.c[free],
        whole.A[:, free],
        whole.b - whole.A[:, ~free] @ at_bounds,
        whole.G[:, free],
        whole.h - whole.G[:, ~free] @ at_bounds,
        whole.low[free],
        whole.high[free],
    )
    values = np.abs(reduced.c * kept.column)
    money = float(np.median(values[values > 0])) if np.any(values > 0) else 1.0
    count = len(program.network.nodes)
    volume = clearing.volume()
    busy = volume > PASSING * float(np.max(volume, initial=0.0))
    return Problem(
        apply_scale(reduced, kept, money),
        scale.equality[:count] * money / program.weight[0],
        clearing.price(),
        ~undetermined(clearing) & busy,
        volume,
        np.flatnonzero(point.side[free] == 0),
    )


def problem_path(folder: Path, number: int) -> Path:
    """Where the program of one month is kept."""
    return folder / f"{number:03d}.pickle"


def keep(problem: Problem, folder: Path, number: int) -> None:
    """Write a problem under a temporary name, then rename: a killed worker leaves no half of one."""
    path = problem_path(folder, number)
    partial = path.with_suffix(".part")
    partial.write_bytes(pickle.dumps(problem))
    partial.rename(path)


def kept(folder: Path) -> list[Path]:
    """Problems our own run has left, in order."""
    return sorted(folder.glob("*.pickle"))


def read_problem(path: Path) -> Problem:
    """A problem written by this program a moment ago."""
    problem: Problem = pickle.loads(path.read_bytes())  # noqa: S301  (our own file of the same run)
    return problem
