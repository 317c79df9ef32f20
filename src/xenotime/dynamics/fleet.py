"""Plants as things that are planned, built, run up, laid idle and closed: what does not change in a run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from xenotime.dynamics.project_times import (
    ProjectNumbers,
    capex_of,
    load_numbers,
    span_of,
)
from xenotime.market.network import Array, Index, Network
from xenotime.months import months_between
from xenotime.world.tables import PHASES, Facility

MONTHS_A_YEAR = 12.0
Flags = npt.NDArray[np.bool_]
STAGES = (*PHASES, "operating", "idle", "closed")
ANNOUNCED, PERMITTED, FINANCED, CONSTRUCTION, RAMP_UP, OPERATING, IDLE, CLOSED = range(len(STAGES))


@dataclass(frozen=True, slots=True)
class Projects:
    """Where every facility of a fleet stands at the start of a month; arrays of one entry per facility.

    stage : place in :data:`STAGES`
    left : work of the stage still to do (months at normal pace); zero where a project waits for money
    age : months since the first output
    short : months in a row without a cash margin;  idle : months laid idle
    restart : months until an idle plant that is being restarted runs; zero where it is not
    """

    stage: Index
    left: Array
    age: Array
    short: Array
    idle: Array
    restart: Array


@dataclass(frozen=True, slots=True)
class Fleet:
    """The world's own plants by facility.

    plants : one row per facility, the first of its rows
    group : facility of each plant column;  rows : plant columns of each facility
    managed : whether the facility has a kind and a capacity, so that it can be built, idled and closed
    project : whether it was a project at the start
    capacity : activity/month;  shared : its joint limit in the network, -1 where it has one row only
    months : facilities x phases, expected durations (month)
    capex : cost of building it (USD);  required_return : per year
    recipes : plant columns x nodes, amount per unit of activity
    first : where every facility stands at the start
    """

    plants: tuple[Facility, ...]
    group: Index
    rows: tuple[tuple[int, ...], ...]
    managed: Flags
    project: Flags
    capacity: Array
    shared: Index
    months: Array
    capex: Array
    required_return: Array
    recipes: sp.csr_matrix
    cost: Array
    cost_slope: Array
    capacity_use: Array
    numbers: ProjectNumbers
    first: Projects


def make_fleet(
    network: Network, date: str, start: str, seed: int | None = None, still: bool = False
) -> Fleet:
    """The fleet of a world of `date` at the start of a run in `start` (YYYY-MM; a blank date is the start).

    seed : draws how late each plan comes; without it every plan slips by what is expected
    still : nothing is built, idled or closed
    """
    numbers = load_numbers()
    own = network.facilities[: network.plants]
    names = list(dict.fromkeys(plant.facility for plant in own))
    place = {name: index for index, name in enumerate(names)}
    group = np.array([place[plant.facility] for plant in own], dtype=np.int64)
    rows = tuple(tuple(int(i) for i in np.flatnonzero(group == index)) for index in range(len(names)))
    plants = tuple(own[members[0]] for members in rows)
    managed = np.array([bool(p.kind) and p.capacity is not None and not still for p in plants], dtype=bool)
    project = managed & np.array([bool(p.project) for p in plants], dtype=bool)
    shared = {limit.name: row for row, limit in enumerate(network.joint) if limit.kind == "capacity"}
    draw = np.random.default_rng(seed).random(len(plants)) if seed is not None else np.full(len(plants), 0.5)
    stands = [
        _stand(p, date or start, start, float(u)) if on else (OPERATING, 0.0, 0.0, (0.0,) * len(PHASES))
        for p, u, on in zip(plants, draw, project, strict=True)
    ]
    capacity = np.array([np.inf if p.capacity is None else p.capacity for p in plants], dtype=float)
    zero = np.zeros(len(plants))
    return Fleet(
        plants=plants,
        group=group,
        rows=rows,
        managed=managed,
        project=project,
        capacity=capacity,
        shared=np.array([shared.get(p.facility, -1) for p in plants], dtype=np.int64),
        months=np.array([months for *_, months in stands], dtype=float).reshape(len(plants), len(PHASES)),
        capex=np.array(
            [_capex(p) if on else 0.0 for p, on in zip(plants, managed, strict=True)], dtype=float
        ),
        required_return=np.array([numbers.required_return(p.region) for p in plants], dtype=float),
        recipes=sp.csr_matrix(network.recipes[:, : network.plants].T),
        cost=np.array([plant.cost for plant in own], dtype=float),
        cost_slope=np.array([plant.cost_slope for plant in own], dtype=float),
        capacity_use=np.array([plant.capacity_use for plant in own], dtype=float),
        numbers=numbers,
        first=Projects(
            stage=np.array([stage for stage, *_ in stands], dtype=np.int64),
            left=np.array([left for _, left, *_ in stands], dtype=float),
            age=np.array([age for _, _, age, _ in stands], dtype=float),
            short=zero,
            idle=zero.copy(),
            restart=zero.copy(),
        ),
    )


def _capex(plant: Facility) -> float:
    if plant.capex is not None:
        return plant.capex
    return capex_of(plant.facility, plant.kind, plant.region) * (plant.capacity or 0.0) * MONTHS_A_YEAR


def slip_of(plant: Facility, ahead: float, whole: float, u: float) -> float:
    """(M10) months by which a plan comes late: the slip of its kind, times the share of the way still ahead.

    ahead, whole : months to the planned start, and from announcement to start;  u : quantile of the slip
    """
    span = span_of("slip", plant.kind, plant.region)
    slip = plant.slip_months if plant.slip_months is not None else span.quantile(u)
    return slip * min(1.0, ahead / whole) if whole > 0 else slip


def _stand(plant: Facility, date: str, start: str, u: float) -> tuple[int, float, float, tuple[float, ...]]:
    """Stage, work left, age, and durations by phase of a project at `start`.

    A plan that leaves less time than its later stages take is believed: these are shortened in proportion.
    """
    months = [span_of(phase, plant.kind, plant.region).value for phase in PHASES]
    stage = PHASES.index(plant.project)
    if stage == RAMP_UP:
        begun = plant.planned_start or date
        return (
            stage,
            0.0,
            max(0.0, months_between(begun, start) + (0.0 if plant.planned_start else _spent(plant))),
            tuple(months),
        )
    later = sum(months[stage + 1 : RAMP_UP])
    if plant.planned_start:
        ahead = float(max(0, months_between(start, plant.planned_start)))
        ahead += slip_of(plant, ahead, sum(months[:RAMP_UP]), u)
        if later > ahead:
            for phase in range(stage + 1, RAMP_UP):
                months[phase] *= ahead / later
            later = ahead
        return stage, ahead - later, 0.0, tuple(months)
    left = max(0.0, months[stage] - _spent(plant) - months_between(date, start))
    left += slip_of(plant, left + later, sum(months[:RAMP_UP]), u)
    return stage, left, 0.0, tuple(months)


def _spent(plant: Facility) -> float:
    return plant.project_months or 0.0
