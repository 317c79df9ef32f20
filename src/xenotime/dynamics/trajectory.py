"""A run: month after month, each cleared, verified and kept so that it can be explained later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from xenotime.dynamics.behaviour import Behaviour, load_behaviour
from xenotime.dynamics.fleet import make_fleet
from xenotime.dynamics.recycling import find_scrap
from xenotime.dynamics.state import State
from xenotime.dynamics.step import Setup, first_state, make_setup, month_program, step
from xenotime.market.choose import DEFAULT_ENGINE, make_engine
from xenotime.market.clearing import Clearing, clear_static
from xenotime.market.horizon import Horizon, single_path
from xenotime.market.network import Array, build_network
from xenotime.market.polish import Point
from xenotime.market.terms import open_terms
from xenotime.market.verify import Verification
from xenotime.months import month_range
from xenotime.policy.controls import compile_policy, normal_flows
from xenotime.policy.package import Package
from xenotime.world.world import World

LOOK_AHEAD = (1, 1, 1, 3, 3, 3)  # three months and three quarters, note 2.3
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a run, lean enough to keep: where it began, the point found, how it was checked."""

    month: str
    before: State
    point: Point
    check: Verification
    snapped: Array
    dust: Array


@dataclass(frozen=True, slots=True)
class Trajectory:
    """All months of a run on one setup."""

    world: World
    setup: Setup
    months: tuple[Month, ...]
    engine: str
    after: State  # what the month after the last would begin with

    def labels(self) -> tuple[str, ...]:
        """Months as YYYY-MM."""
        return tuple(item.month for item in self.months)

    def clearing(self, position: int) -> Clearing:
        """The clearing of a month, its program rebuilt from the state it began with."""
        item = self.months[position]
        program = month_program(self.setup, item.before, item.month)
        return Clearing(program, item.point, item.check)

    def state_after(self, position: int) -> State:
        """What the month after began with, or would have."""
        return self.months[position + 1].before if position + 1 < len(self.months) else self.after

    def array(self, read: Callable[[Clearing], Array]) -> Array:
        """Stack what `read` takes from each month's clearing: months x entries."""
        return np.stack([read(self.clearing(position)) for position in range(len(self.months))])

    def table(self, name: str) -> list[dict[str, Any]]:
        """Tidy rows of one table over all months, with their month."""
        return [
            {"month": item.month, **row}
            for position, item in enumerate(self.months)
            for row in self.clearing(position).table(name)
        ]


def prepare(
    world: World,
    package: Package,
    start: str,
    horizon: Horizon | None = None,
    behaviour: Behaviour | None = None,
    seed: int | None = None,
    still: bool = False,
) -> Setup:
    """Clear the base month under the world's own tables, then compile the package against it.

    seed : draws how late projects come; without it they come as late as is expected
    still : plants and scrap stay as they are: nothing is built, laid idle or closed
    """
    network = build_network(world, start)
    base = clear_static(network, start, open_terms(network, start), refine=False)
    policy = compile_policy(network, tuple(world.controls) + package.controls, normal_flows(base))
    fleet = make_fleet(policy.network, world.date, start, seed, still)
    scrap = find_scrap(policy.network, base.amount("plant"), world.date or start, still)
    ahead, rules = horizon or single_path(LOOK_AHEAD), behaviour or load_behaviour()
    return make_setup(policy, base, ahead, rules, fleet, scrap)


def run_months(
    world: World,
    setup: Setup,
    start: str,
    months: int,
    engine: str = DEFAULT_ENGINE,
    progress: Progress | None = None,
    begin: tuple[State, Point] | None = None,
) -> Trajectory:
    """Roll `months` months from `start`; `progress` is told (done, all, month).

    begin : state and point an earlier run of the same setup ended with, to go on as if it had not stopped

    Raises NoAnswer or InternalFault from the month that fails, naming it.
    """
    solver = make_engine(engine)
    state, point = (first_state(setup), None) if begin is None else begin
    kept: list[Month] = []
    for number, month in enumerate(month_range(start, months)):
        if progress is not None:
            progress(number, months, month)
        booked = step(setup, state, month, solver, point)
        done = booked.clearing
        kept.append(Month(month, state, done.point, done.check, booked.snapped, booked.dust))
        state, point = booked.after, done.point
    if progress is not None:
        progress(months, months, "")
    return Trajectory(world, setup, tuple(kept), engine, state)
