"""The best set of actions under a budget: a mixed-integer program on HiGHS, then run to see what it
really does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from xenotime.errors import InternalFault
from xenotime.exposure.actions import REPLACING, SIZED, Option
from xenotime.exposure.ranking import Table, Weighed, first_stop_share, lost
from xenotime.exposure.scenes import Scene
from xenotime.market.network import Array, Index

SCENARIOS = 40  # draws of each case the program sees; the plan is then run on all of them
GAP = 1e-6  # of the objective, at which the program is done


@dataclass(frozen=True, slots=True)
class Plan:
    """A set of actions.

    options : chosen;  cost : USD;  budget : USD, None where there is none
    expected : loss the program saw (USD, mean over cases)
    loss, stop : by case, when the set is run on all draws
    """

    options: tuple[Option, ...]
    cost: float
    budget: float | None
    expected: float
    loss: dict[str, float]
    stop: dict[str, float]


def best_plan(table: Table, weighed: Sequence[Weighed], budget: float | None, grid: int) -> Plan:
    """(M30) min over x in {0, 1}: sum_s p_s m L_s + sum_a c_a x_a, sum_a c_a x_a <= B.

    L_s >= w - S_ps(w) - sum_a x_a D_aps(w) for every part p and week w of scenario s: a line loses the most
    by which its plan has run ahead of what it had of a part (exact without overtime).  S is what is held and
    has come of a part by week w, D what an action adds, both in weeks of need; m the margin of a week.
    """
    options = [item.option for item in weighed if item.option is not None]
    scenes = [scene for scene in table.scenes if scene.line.parts]
    if not options or not scenes:
        return run_set(table, (), budget, float(np.mean(list(weighed[0].loss.values()))))
    draws: Index = np.arange(min(SCENARIOS, table.luck.draws), dtype=np.int64)
    chance = 1.0 / (len(table.cases()) * len(draws))
    rows: list[sp.csr_matrix] = []
    least: list[Array] = []
    worth: list[float] = []
    for scene in scenes:
        entry = scene.line.entry
        worth += [chance * entry.units_per_week * entry.margin_per_unit] * len(draws)
    for number, scene in enumerate(scenes):
        for part in range(len(scene.line.parts)):
            _bounds(table, scene, part, options, draws, grid, number * len(draws), len(worth), rows, least)
    cost = np.array([option.cost for option in options])
    chosen, value = _solve(options, cost, np.array(worth), sp.vstack(rows), np.concatenate(least), budget)
    return run_set(table, chosen, budget, value)


def _bounds(
    table: Table,
    scene: Scene,
    part: int,
    options: Sequence[Option],
    draws: Index,
    grid: int,
    first: int,
    count: int,
    rows: list[sp.csr_matrix],
    least: list[Array],
) -> None:
    """Rows x D + L >= w - S of one part of one scene, at every `grid`-th week of every draw."""
    weeks = np.arange(grid - 1, scene.arriving.shape[1], grid)
    base = np.cumsum(scene.arriving[draws, :, part], axis=1)[:, weeks]
    short = (weeks + 1)[None, :] - scene.stock[draws, part][:, None] - base
    size = short.size
    block = sp.lil_matrix((size, len(options) + count))
    for place, option in enumerate(options):
        if (option.place, option.part) == (scene.place, part):
            more = np.cumsum(table.arriving[option.name, scene.case][draws], axis=1)[:, weeks] - base
            block[:, place] = more.reshape(-1, 1)
    owner = first + np.repeat(np.arange(len(draws)), len(weeks))
    block[np.arange(size), len(options) + owner] = 1.0
    rows.append(block.tocsr())
    least.append(short.ravel())


def _solve(
    options: Sequence[Option],
    cost: Array,
    worth: Array,
    rows: sp.csr_matrix,
    least: Array,
    budget: float | None,
) -> tuple[tuple[Option, ...], float]:
    from scipy.optimize import Bounds, LinearConstraint, milp

    count = len(options)
    limits = [LinearConstraint(rows, lb=least)]
    if budget is not None:
        limits.append(LinearConstraint(np.concatenate([cost, np.zeros(len(worth))])[None, :], ub=budget))
    for members in _rivals(options):
        line = np.zeros(count + len(worth))
        line[members] = 1.0
        limits.append(LinearConstraint(line[None, :], ub=1.0))
    kind = np.concatenate([np.ones(count), np.zeros(len(worth))])
    high = np.concatenate([np.ones(count), np.full(len(worth), np.inf)])
    found = milp(
        np.concatenate([cost, worth]),
        constraints=limits,
        integrality=kind,
        bounds=Bounds(0, high),
        options={"mip_rel_gap": GAP},
    )
    if found.x is None:
        raise InternalFault(f"the program of a plan has no answer: {found.message}")
    taken = found.x[:count] > 1 / 2
    return tuple(o for o, take in zip(options, taken, strict=True) if take), float(found.x[count:] @ worth)


def _rivals(options: Sequence[Option]) -> list[list[int]]:
    """Sets of which at most one is taken: sizes of one stock, and ways to replace how a part comes."""
    sets: dict[tuple[str, int, int], list[int]] = {}
    for place, option in enumerate(options):
        action = option.row.action
        if action in SIZED:
            sets.setdefault((action, option.place, option.part), []).append(place)
        if action in REPLACING:
            sets.setdefault(("replacing", option.place, option.part), []).append(place)
    return [members for members in sets.values() if len(members) > 1]


def run_set(table: Table, chosen: tuple[Option, ...], budget: float | None, expected: float) -> Plan:
    """The set run on all draws, its arrivals added up."""
    loss, stop = {}, {}
    for case in table.cases():
        runs = []
        for scene in table.of(case):
            arriving = scene.arriving.copy()
            for option in chosen:
                if option.place == scene.place:
                    more = table.arriving[option.name, case] - scene.arriving[:, :, option.part]
                    arriving[:, :, option.part] += more
            runs.append((scene, scene.run(arriving=np.maximum(arriving, 0.0))))
        loss[case] = sum(float(lost(scene, ran).mean()) for scene, ran in runs)
        stop[case] = first_stop_share(ran for _, ran in runs)
    return Plan(chosen, sum(option.cost for option in chosen), budget, expected, loss, stop)
