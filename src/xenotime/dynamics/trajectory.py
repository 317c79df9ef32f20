"""A run: month after month, each cleared, verified and kept so that it can be explained later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from xenotime.displays import Displayed
from xenotime.dynamics.behaviour import Behaviour, load_behaviour
from xenotime.dynamics.checkpoint import Checkpoint, Month
from xenotime.dynamics.fleet import make_fleet
from xenotime.dynamics.foresight import Splitting
from xenotime.dynamics.growth import grown
from xenotime.dynamics.ports import is_coarse, with_ports
from xenotime.dynamics.recycling import find_scrap
from xenotime.dynamics.scaled import scaled_controls, scaled_world
from xenotime.dynamics.state import State
from xenotime.dynamics.step import Setup, first_state, make_setup, month_program, step
from xenotime.market.choose import DEFAULT_ENGINE, make_engine
from xenotime.market.clearing import Clearing, clear_static
from xenotime.market.horizon import Horizon, single_path
from xenotime.market.network import Array, build_network
from xenotime.market.terms import open_terms
from xenotime.months import month_range
from xenotime.policy.controls import compile_policy, normal_flows, stages_of
from xenotime.policy.lever_orders import compile_levers
from xenotime.policy.package import Package
from xenotime.policy.queue_rows import queue_rows
from xenotime.policy.side_lanes import with_side_lanes
from xenotime.world.world import World

LOOK_AHEAD = (1, 1, 1, 3, 3, 3)  # three months and three quarters, note 2.3
FAST = (1, 1, 4, 6)  # the same year in fewer periods; docs/design/0011-hot-path.md has the difference
ROUGH = (1, 5, 6)  # and in half of them, for studies that roll hundreds of times
Progress = Callable[[int, int, str], None]
Seen = Callable[[str, Clearing], None]


@dataclass(frozen=True, slots=True)
class Trajectory(Displayed):
    """All months of a run on one setup."""

    world: World
    setup: Setup
    months: tuple[Month, ...]
    engine: str
    after: State  # what the month after the last would begin with
    kept: dict[int, Clearing] = field(default_factory=dict, repr=False, compare=False)  # read more than once

    def labels(self) -> tuple[str, ...]:
        """Months as YYYY-MM."""
        return tuple(item.month for item in self.months)

    def clearing(self, position: int) -> Clearing:
        """The clearing of a month, its program rebuilt from the state it began with."""
        item = self.months[position]
        if position not in self.kept:
            program = month_program(self.setup, item.before, item.month)
            self.kept[position] = Clearing(program, item.point, item.check)
        return self.kept[position]

    def state_after(self, position: int) -> State:
        """What the month after began with, or would have."""
        return self.months[position + 1].before if position + 1 < len(self.months) else self.after

    def array(self, read: Callable[[Clearing], Array]) -> Array:
        """Stack what `read` takes from each month's clearing: months x entries."""
        return np.stack([read(self.clearing(position)) for position in range(len(self.months))])

    def table(self, name: str) -> list[dict[str, Any]]:
        """Tidy rows of one table over all months, with their month; `queues` are those of licences."""
        if name == "queues":
            return [{"month": month, **row} for month, row in self._queue_rows()]
        return [
            {"month": item.month, **row}
            for position, item in enumerate(self.months)
            for row in self.clearing(position).table(name)
        ]

    def _queue_rows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        book = self.setup.policy.queues
        after = [*(item.before for item in self.months[1:]), self.after]
        for item, state in zip(self.months, after, strict=True):
            for row in queue_rows(book, item.month, state.controls.queue):
                yield item.month, row


def splitting_of(look_ahead: tuple[int, ...]) -> Splitting:
    """How a look-ahead splits where branches are believed in: that of the reference, or its own periods."""
    return Splitting() if look_ahead == LOOK_AHEAD else Splitting(look_ahead, 1)


def prepare(
    world: World,
    package: Package,
    start: str,
    horizon: Horizon | None = None,
    behaviour: Behaviour | None = None,
    draw: int | None = None,
    still: bool = False,
    splitting: Splitting | None = None,
    growth: Array | None = None,
) -> Setup:
    """Clear the base month under the world's own tables, then compile the package against it.

    draw : seed of the luck of applicants and of how late projects come; None takes what is expected
    still : plants and scrap stay as they are: nothing is built, laid idle or closed
    growth : demand over that of the world, its demand rows x months from `start`; None is no growth
    """
    behaviour = behaviour or load_behaviour()
    world = scaled_world(world, behaviour)
    rows = scaled_controls(tuple(world.controls) + package.controls, behaviour)
    levers = compile_levers(with_side_lanes(build_network(world, start), rows), package.levers)
    network = levers.network
    base = clear_static(network, start, open_terms(network, start), refine=False)
    ahead = horizon or single_path(LOOK_AHEAD)
    if is_coarse(ahead):
        network = with_ports(network, base)
        base = replace(base, program=replace(base.program, network=network))
        levers = replace(levers, network=network)
    policy = compile_policy(network, rows, normal_flows(base), base, stages_of(world), draw)
    rising = None
    if growth is not None:
        rising = grown(start, growth**behaviour.growth_scale, len(network.demand))
    fleet = make_fleet(policy.network, world.date, start, draw, still)
    scrap = find_scrap(policy.network, base.amount("plant"), world.date or start, still)
    return make_setup(
        policy, base, ahead, behaviour, fleet, scrap, levers, package.beliefs, splitting, rising
    )


def run_months(
    world: World,
    setup: Setup,
    start: str,
    months: int,
    engine: str = DEFAULT_ENGINE,
    progress: Progress | None = None,
    checkpoint: Checkpoint | None = None,
    seen: Seen | None = None,
) -> Trajectory:
    """Roll `months` months from `start`; `progress` is told (done, all, month).

    checkpoint : where months are kept as they are made, and read from if some are there already
    seen : is given each month that is made here, as soon as it is

    Raises NoAnswer or InternalFault from the month that fails, naming it.
    """
    solver = make_engine(engine)
    found, after = checkpoint.read(months) if checkpoint is not None else ((), None)
    kept, read_again = list(found), dict[int, Clearing]()
    state = after if after is not None else first_state(setup)
    names = month_range(start, months)
    for number in range(len(kept), months):
        if progress is not None:
            progress(number, months, names[number])
        booked = step(setup, state, names[number], solver, kept[-1].point if kept else None)
        done = booked.clearing
        kept.append(Month(names[number], state, done.point, done.check, booked.snapped, booked.dust))
        read_again[number] = done
        state = booked.after
        if checkpoint is not None:
            checkpoint.write(number, kept[-1], state)
        if seen is not None:
            seen(names[number], done)
    if progress is not None:
        progress(months, months, "")
    return Trajectory(world, setup, tuple(kept), engine, state, read_again)
