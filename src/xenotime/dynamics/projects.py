"""Projects move through their stages, run up, and bind what plants can do (M10)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from xenotime.dynamics.fleet import (
    CONSTRUCTION,
    IDLE,
    OPERATING,
    PERMITTED,
    RAMP_UP,
    Flags,
    Fleet,
    Projects,
)
from xenotime.market.network import Array
from xenotime.market.terms import Terms


def ramp_share(age: Array, months: Array, power: float) -> Array:
    """(M10) share of nameplate in the month that begins `age` months after the first output.

    s = min(1, ((age + 1/2) / T)^power) with T the time to nameplate (month).
    """
    reached = np.divide(age + 0.5, months, out=np.ones_like(age), where=months > 0)
    return np.asarray(np.minimum(1.0, np.maximum(reached, 0.0) ** power))


def capacity_share(fleet: Fleet, part: Projects) -> Array:
    """Share of its capacity each facility can use this month."""
    running = ramp_share(part.age, fleet.months[:, RAMP_UP], fleet.numbers.ramp_power)
    return np.select([part.stage == RAMP_UP, part.stage == OPERATING], [running, 1.0], 0.0)


def impose_plants(fleet: Fleet, part: Projects, terms: Terms) -> Terms:
    """What plants can do as they stand: projects their share of capacity, idle and closed plants nothing.

    The world's own dates bind all facilities that were no projects.
    """
    share = np.where(fleet.managed, capacity_share(fleet, part), 1.0)
    low, high, allowance = terms.plant_low.copy(), terms.plant_high.copy(), terms.allowance.copy()
    own = len(fleet.group)
    row_share, project = share[fleet.group], fleet.project[fleet.group]
    room = fleet.capacity[fleet.group] * row_share
    alone = (fleet.shared[fleet.group] < 0) & (fleet.capacity_use > 0)
    most = np.divide(room, fleet.capacity_use, out=np.full(own, np.inf), where=alone)
    least = np.array([fleet.plants[g].min_load for g in fleet.group], dtype=float)
    high[:own] = np.where(row_share <= 0, 0.0, np.where(project, most, high[:own]))
    low[:own] = np.where(
        row_share <= 0, 0.0, np.where(project, np.minimum(least * row_share, most), low[:own])
    )
    # a closed plant's joint limit stays as it is: its rows are closed, and an empty limit would look binding
    joint = fleet.project & (fleet.shared >= 0) & (share > 0)
    allowance[fleet.shared[joint]] = np.minimum(
        allowance[fleet.shared[joint]], (fleet.capacity * share)[joint]
    )
    return replace(terms, plant_low=low, plant_high=high, allowance=allowance)


def advance_stages(fleet: Fleet, part: Projects, pace: Array, funded: Flags) -> Projects:
    """(M10) a month later: the work left shrinks by `pace`, and a stage that is done gives way to the next.

    pace : months of normal work done in a month, per facility
    funded : facilities that find money this month; a permitted project waits until it does
    """
    building = part.stage <= CONSTRUCTION
    waits = (part.stage == PERMITTED) & (part.left <= 0)
    left = np.where(building & ~waits, part.left - pace, part.left)
    done = building & (left <= 0) & ((part.stage != PERMITTED) | funded)
    stage = np.where(done, part.stage + 1, part.stage)
    started = done & (stage == RAMP_UP)
    begun = np.take_along_axis(fleet.months, np.minimum(stage, RAMP_UP)[:, None], axis=1)[:, 0]
    runs = (part.stage == RAMP_UP) | (part.stage == OPERATING)
    age = np.where(runs, part.age + 1, part.age)
    age = np.where(started, -left, age)
    left = np.where(
        done, np.where(started, 0.0, begun + left), np.where(stage == PERMITTED, np.maximum(left, 0.0), left)
    )
    grown = (stage == RAMP_UP) & (ramp_share(age, fleet.months[:, RAMP_UP], fleet.numbers.ramp_power) >= 1)
    return replace(part, stage=np.where(grown, OPERATING, stage), left=left, age=age)


def running_stage(fleet: Fleet, age: Array) -> Array:
    """Stage of a plant that runs: up to its nameplate, or still running up."""
    share = ramp_share(age, fleet.months[:, RAMP_UP], fleet.numbers.ramp_power)
    return np.where(fleet.project & (share < 1), RAMP_UP, OPERATING)


def advance_restart(fleet: Fleet, part: Projects) -> Projects:
    """A month later for idle plants that are being restarted."""
    under_way = (part.stage == IDLE) & (part.restart > 0)
    restart = np.where(under_way, np.maximum(part.restart - 1, 0.0), part.restart)
    back = under_way & (restart <= 0)
    stage = np.where(back, running_stage(fleet, part.age), part.stage)
    return replace(part, stage=stage, restart=restart, idle=np.where(back, 0.0, part.idle))


def expected(fleet: Fleet, part: Projects, months: int, pace: Array) -> Projects:
    """Where plants will stand `months` later as seen today: what is financed is built, nothing new is."""
    nobody = np.zeros(len(fleet.plants), dtype=bool)
    for _ in range(months):
        part = advance_restart(fleet, advance_stages(fleet, part, pace, nobody))
    return part


def normal_pace(fleet: Fleet) -> Array:
    """A month's work in a month."""
    return np.ones(len(fleet.plants))


def months_to_start(fleet: Fleet, part: Projects, pace: Array) -> Array:
    """(M10) months to the first output at the same pace if money is found at once; nan where none is due.

    Pace is that of the present stage; later stages are taken at normal pace.
    """
    later = np.array(
        [fleet.months[row, stage + 1 : RAMP_UP].sum() for row, stage in enumerate(part.stage)], dtype=float
    )
    return np.where(part.stage <= CONSTRUCTION, part.left / pace + later, np.nan)
