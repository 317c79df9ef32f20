"""Beliefs in a ban that is never written, and runs of the small chain under them."""

from __future__ import annotations

from dataclasses import replace

from unit.dynamics.dynamic_worlds import BAN, START, floating
from xenotime.dynamics.foresight import Splitting
from xenotime.dynamics.trajectory import Trajectory, prepare, run_months
from xenotime.policy.beliefs import Belief, BeliefStep, as_row
from xenotime.policy.package import Package
from xenotime.world.tables import Control

NEVER = "9999-12"
FEARED = replace(BAN, control="feared", announced=NEVER, in_force=NEVER)
SAME = Splitting((1, 1, 1, 3, 3, 3))  # a tree with the periods of a look-ahead without branches


def path(*steps: tuple[str, dict[str, float]], begins: str = "", control: str = "feared") -> Belief:
    """A belief in one control: from each month on, the probabilities given."""
    return Belief((control,), tuple(BeliefStep(month, begins, as_row(row)) for month, row in steps))


def fear(chance: float, since: str = START, begins: str = "") -> Belief:
    """The ban is held possible with one chance all along."""
    return path((since, {"open": 1 - chance, "closed": chance}), begins=begins)


def believe(
    months: int,
    *beliefs: Belief,
    controls: tuple[Control, ...] = (FEARED,),
    splitting: Splitting | None = None,
) -> Trajectory:
    """A run of the small chain under beliefs."""
    world = floating()
    setup = prepare(world, Package(controls, beliefs=beliefs), START, splitting=splitting)
    return run_months(world, setup, START, months)
