"""One run at one set of behavioural numbers, read as series and kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from xenotime.dynamics.behaviour import Behaviour, load_behaviour
from xenotime.dynamics.step import Setup, first_state, step
from xenotime.dynamics.trajectory import LOOK_AHEAD, prepare
from xenotime.ensembles.draws import with_values
from xenotime.ensembles.series import Reader, Series, series_from
from xenotime.ensembles.store import digest, keep, kept
from xenotime.errors import InternalFault, NoAnswer
from xenotime.market.choose import DEFAULT_ENGINE, make_engine
from xenotime.market.horizon import single_path
from xenotime.market.network import Array
from xenotime.months import month_range
from xenotime.policy.package import Package
from xenotime.world.fingerprint import fingerprint
from xenotime.world.world import World

Told = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Job:
    """What is run: a world and a package over some months, and what is read off it.

    look_ahead : lengths of the periods foreseen (months)
    growth : demand over that of the world as expected at the cut-off, demand rows x months; None is none
    """

    world: World
    package: Package
    start: str
    months: int
    origin: str
    quota: tuple[str, ...]
    look_ahead: tuple[int, ...] = LOOK_AHEAD
    engine: str = DEFAULT_ENGINE
    growth: Array | None = None

    def key(self, values: Mapping[str, float]) -> str:
        """Name of the run at `values` of behaviour: the same inputs have the same name."""
        rest = [self.start, self.months, self.origin, self.quota, self.look_ahead, self.engine]
        rest.append(sha256(self.growth.tobytes()).hexdigest() if self.growth is not None else "")
        return digest([fingerprint(self.world), repr(self.package), *rest, dict(values)])

    def prepare(self, behaviour: Behaviour) -> Setup:
        """The run ready to roll."""
        ahead = single_path(self.look_ahead)
        return prepare(self.world, self.package, self.start, ahead, behaviour, growth=self.growth)


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A point: behavioural numbers, and the series they gave or why they gave none."""

    number: int
    values: Mapping[str, float]
    series: Series | None
    failure: str


def run_series(job: Job, behaviour: Behaviour, tell: Told | None = None) -> Series:
    """Roll the months and read each as it is cleared; raises NoAnswer or InternalFault of a month."""
    setup = job.prepare(behaviour)
    reader = Reader(job.world, setup, job.origin, job.quota)
    solver, months = make_engine(job.engine), month_range(job.start, job.months)
    state, point = first_state(setup), None
    rows: list[dict[str, float]] = []
    for number, month in enumerate(months):
        if tell is not None:
            tell(number, len(months), month)
        booked = step(setup, state, month, solver, point)
        rows.append(reader.read(booked.clearing))
        state, point = booked.after, booked.clearing.point
    names = sorted({name for row in rows for name in row})
    return Series(months, reader.base(), {name: [row.get(name, 0.0) for row in rows] for name in names})


def evaluate(
    job: Job, number: int, values: Mapping[str, float], folder: Path, tell: Told | None = None
) -> Evaluated:
    """The point from its file, or run and kept there; a month without an answer is a kept failure.

    values : behavioural numbers by name, and numbers of controls by ``control.name``
    """
    path, key = folder / f"{number:05d}.json", job.key(values)
    row = kept(path, key)
    if row is None:
        row = {"key": key, "number": number, "values": dict(values), "series": None, "failure": ""}
        try:
            own = {name: value for name, value in values.items() if "." not in name}
            ruled = {name: value for name, value in values.items() if "." in name}
            there = replace(job, package=job.package.with_numbers(ruled))
            row["series"] = run_series(there, with_values(load_behaviour(), own), tell).plain()
        except (NoAnswer, InternalFault) as error:
            row["failure"] = f"{type(error).__name__}: {error}"
        keep(path, row)
    series = series_from(row["series"]) if row["series"] is not None else None
    return Evaluated(number, row["values"], series, row["failure"])


def evaluate_all(
    job: Job,
    points: Sequence[Mapping[str, float]],
    folder: Path,
    workers: int = 1,
    tell: Told | None = None,
) -> tuple[Evaluated, ...]:
    """All points, those kept before not again; `workers` processes beside each other."""
    if workers > 1:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            sent = portable(job)
            tasks = [pool.submit(evaluate, sent, i, values, folder) for i, values in enumerate(points)]
            return tuple(_told(tell, i, tasks, task.result()) for i, task in enumerate(tasks))
    done = []
    for number, values in enumerate(points):
        if tell is not None:
            tell(number, len(points), f"point {number}")
        done.append(evaluate(job, number, values, folder))
    return tuple(done)


def portable(job: Job) -> Job:
    """The same run without the notes on how its world was made, which do not travel between processes."""
    return replace(job, world=replace(job.world, built={}))


def _told(tell: Told | None, number: int, tasks: Sequence[Any], result: Evaluated) -> Evaluated:
    if tell is not None:
        tell(number + 1, len(tasks), f"point {number}")
    return result
