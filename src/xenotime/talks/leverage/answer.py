"""What is asked about leverage, and everything that was worked out about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from xenotime.displays import Displayed
from xenotime.dynamics.trajectory import ROUGH
from xenotime.market.network import Array
from xenotime.policy.case import Case
from xenotime.talks.leverage.half_life import HalfLife
from xenotime.talks.leverage.losses import Losses
from xenotime.talks.leverage.published import Beside
from xenotime.talks.leverage.rises import Rise
from xenotime.talks.leverage.stakes import Stakes
from xenotime.talks.leverage.surface import Surface
from xenotime.world.world import World


@dataclass(frozen=True, slots=True)
class Question:
    """Whose leverage over whom, by which control, and what stays the same.

    case : where the control comes from and what policies stay; without controls of `by` it is a full ban
    only : a ban to `on` alone, who may buy from third parties, instead of to everybody
    """

    world: World
    case: Case
    by: tuple[str, ...]
    on: tuple[str, ...]
    only: bool = False
    look_ahead: tuple[int, ...] = ROUGH


@dataclass(frozen=True, slots=True)
class DriverEffect:
    """Leverage with one mechanism switched off, at the first and the last start, and its half-lives."""

    name: str
    without: str
    first: float
    last: float
    over_starts: HalfLife
    within: HalfLife


@dataclass(frozen=True, slots=True)
class DrawnLeverage:
    """One draw: loss of both sides by start and duration, starts x months, and where its numbers lie.

    others : the other measures of both sides, ``on`` first
    """

    number: int
    on: Array
    by: Array
    positions: Mapping[str, float]
    failure: str = ""
    others: Mapping[str, tuple[Array, Array]] = field(default_factory=dict)

    def of(self, side: str, name: str = "loss") -> Array | None:
        """A measure of one side, starts x months; None where it was not drawn."""
        if name == "loss":
            return self.on if side == "on" else self.by
        found = self.others.get(name)
        return None if found is None else found[0 if side == "on" else 1]


@dataclass(frozen=True, slots=True)
class Answer(Displayed):
    """Everything that was worked out; drivers, draws and lifted ends only where they were asked for.

    draws : with rolls of their own where `rolled`, else over what a stopped line is worth alone
    facts : by their part in the variance of leverage now; of all that is drawn where `facts_of_all`, else of
        what a stopped line is worth
    """

    question: Question
    surface: Surface
    stakes: Stakes
    instrument: str
    rises: tuple[Rise, ...] = ()
    drivers: tuple[DriverEffect, ...] = ()
    draws: tuple[DrawnLeverage, ...] = ()
    rolled: bool = False
    facts: tuple[Mapping[str, Any], ...] = ()
    facts_of_all: bool = False
    unexplained: float | None = None
    ends: tuple[tuple[int, int, Losses], ...] = ()
    beside: tuple[Beside, ...] = ()
    key: str = ""
