"""What was asked about packages and what was found, ready to be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from xenotime.choice.menu import Menu, Pick
from xenotime.choice.menu_entries import PartnerEntry
from xenotime.choice.scored import Scored
from xenotime.choice.search import Search
from xenotime.choice.weigh import Point, Saving, expected, saving, tail
from xenotime.displays import Displayed
from xenotime.market.network import Array

Scenes = tuple[Scored, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Cases by variants by draws, in which every package was run; scenes stand in this order.

    odds : of the cases, summing to one;  rolled : whether each draw has runs of its own, else draws are of
        what a stopped line is worth and one run serves them all
    quick : scenes in which offers alone and pairs were run
    """

    cases: tuple[str, ...]
    odds: Array
    variants: tuple[str, ...]
    draws: tuple[int, ...]
    rolled: bool
    quick: tuple[int, ...]

    def cube(self, runs: Scenes) -> Array:
        """Losses of the side, cases x variants x draws (USD)."""
        drawn = np.stack([item.drawn for item in runs])
        return drawn.reshape(len(self.cases), len(self.variants), -1)

    def quick_cube(self, runs: Scenes) -> Array:
        """The same of the quick scenes, cases x 1 x draws."""
        return np.stack([item.drawn for item in runs]).reshape(len(self.cases), 1, -1)

    def weights(self, count: int) -> Array:
        """Weight of each of `count` scenes: odds of its case, everything else alike."""
        return np.repeat(self.odds, count // len(self.cases)) / (count // len(self.cases))


@dataclass(frozen=True, slots=True)
class Joined:
    """A package with a partner who joins, in all scenes; None where it draws on nothing."""

    partner: PartnerEntry
    pick: Pick
    runs: Scenes | None


@dataclass(frozen=True, slots=True)
class Planned(Displayed):
    """The answer.

    key : of everything that decides it;  months : of each run;  budget : USD
    runs : of every package run in all scenes;  quick : of offers alone and pairs in the quick ones
    frontier : packages within the budget that no cheaper one matches, by outlay
    best : on the frontier with the least expected loss;  minimax : with the least largest regret
    joined : the best package with each partner;  told : what the reader should know
    """

    menu: Menu
    question: str
    key: str
    months: int
    budget: float
    seed: int
    grid: Grid
    search: Search
    runs: Mapping[Pick, Scenes]
    quick: Mapping[Pick, Scenes]
    frontier: tuple[Pick, ...]
    best: Pick
    minimax: Pick
    regret: Mapping[Pick, Array]
    joined: tuple[Joined, ...]
    told: tuple[str, ...] = ()

    def loss(self, pick: Pick) -> float:
        """Expected loss (M48) of a package that was run in all scenes (USD)."""
        return expected(self.grid.cube(self.runs[pick]), self.grid.odds)

    def tail(self, pick: Pick) -> float:
        """Tail loss (M49) of a package that was run in all scenes (USD)."""
        return tail(self.grid.cube(self.runs[pick]), self.grid.odds)

    def saving(self, pick: Pick) -> Saving:
        """Against doing nothing, with the same draws."""
        cube, nothing = self.grid.cube(self.runs[pick]), self.grid.cube(self.runs[()])
        return saving(cube, nothing, self.grid.odds)

    def quick_saving(self, pick: Pick) -> Saving:
        """The same in the quick scenes."""
        cube, nothing = self.grid.quick_cube(self.quick[pick]), self.grid.quick_cube(self.quick[()])
        return saving(cube, nothing, self.grid.odds)


def point_of(grid: Grid, runs: Scenes, quick: bool = False) -> Point:
    """Expected loss and the largest outlay of any scene; a package without an answer is never affordable."""
    if any(item.failure for item in runs):
        return Point(float("inf"), float("inf"))
    cube = grid.quick_cube(runs) if quick else grid.cube(runs)
    return Point(expected(cube, grid.odds), max(item.outlay for item in runs))


def first_effect(run: Scored, nothing: Scored, least: float) -> str:
    """(M56) first month in which the side's loss so far is off that of doing nothing by a share of all of it.

    |L_t - L'_t| > least max_t |L'_t|, both before the return on stock; blank where no month is.
    """
    gap = np.abs(run.side - nothing.side)
    hit = np.flatnonzero(gap > least * float(np.abs(nothing.side).max(initial=0.0)))
    return run.months[int(hit[0])] if len(hit) else ""
