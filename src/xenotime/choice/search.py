"""The search: every offer alone, chosen pairs, then packages the program proposes, each run before it counts.

Budgets are gone through from the smallest up, each until what is proposed has been run.  Steps below the
budget are fixed parts of the whole menu's outlay and not of the budget: a larger budget goes through all of
them as a smaller one does, and adds to what was run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from xenotime.choice.menu import Menu, Pick
from xenotime.choice.surrogate import Measured, estimate, propose
from xenotime.choice.weigh import LEAST, Point

STEPS = 4  # budgets below that of the whole menu, each half of the one above
PAIRS = 3  # pairs that are run to see how far levers do each other's work
MOST = 10  # packages proposed and run, doing nothing left out
TRIES = 2  # packages run for one budget: the second has learnt from the first
NEAR = 0.01  # of the best saving run so far: a proposal that promises no more than this on top is not run

Run = Callable[[Sequence[Pick], bool], Sequence[Point]]  # packages, whether in all scenes; their points


@dataclass(frozen=True, slots=True)
class Step:
    """A budget that was gone through and the package proposed last.

    settled : whether it had been run by then, or promised next to nothing beyond what had
    """

    budget: float
    pick: Pick
    settled: bool


@dataclass(frozen=True, slots=True)
class Search:
    """What was run.

    quick : expected loss and outlay in the quick scenes of offers alone and pairs, and of doing nothing
    full : the same in all scenes;  idle : offers that change nothing
    """

    quick: dict[Pick, Point]
    full: dict[Pick, Point]
    idle: tuple[int, ...]
    steps: tuple[Step, ...]


def search(menu: Menu, run: Run, budget: float, most: int = MOST) -> Search:
    """Look for packages under a budget (USD), at most `most` of which are run in all scenes.

    Raises what `run` raises.
    """
    alone = [(place,) for place in range(len(menu.offers))]
    quick = dict(zip([(), *alone], run([(), *alone], False), strict=True))
    nothing = quick[()].loss
    save = {place: nothing - quick[(place,)].loss for place in range(len(menu.offers))}
    idle = tuple(place for place in save if save[place] <= LEAST * abs(nothing))
    useful = [place for place in save if place not in idle]
    pairs = _pairs(menu, useful, save)
    quick |= dict(zip(pairs, run(pairs, False), strict=True))
    outlay = {place: quick[(place,)].outlay for place in save}
    joint = {pair: nothing - quick[pair].loss - save[pair[0]] - save[pair[1]] for pair in pairs}
    pair = _spread(menu, useful, save, joint)
    full: dict[Pick, Point] = {(): run([()], True)[0]}
    steps = []
    pick: Pick
    for allowed in _ladder(menu, useful, outlay, budget):
        settled, pick, tries = False, (), 0
        while not settled:
            plain = Measured(full[()].loss, save, outlay, pair, 1.0, full)
            seen = replace(plain, scale=_scale(plain))
            pick = propose(menu, useful, seen, allowed)
            had = max(seen.nothing - point.loss for point in full.values() if point.outlay <= allowed)
            settled = pick in full or estimate(seen, pick) <= (1 + NEAR) * had
            if settled or tries == TRIES or len(full) > most:
                break
            full[pick] = run([pick], True)[0]
            tries += 1
        steps.append(Step(allowed, pick, settled))
    return Search(quick, full, idle, tuple(steps))


def _pairs(menu: Menu, useful: Sequence[int], save: dict[int, float]) -> list[tuple[int, int]]:
    """Pairs of different levers that save most together, each lever at the size that saves most."""
    best: dict[int, int] = {}
    for place in useful:
        lever = menu.offers[place].lever
        if lever not in best or save[place] > save[best[lever]]:
            best[lever] = place
    found = [pair for pair in combinations(sorted(best.values()), 2) if menu.fits(pair)]
    return sorted(found, key=lambda pair: (-min(save[pair[0]], save[pair[1]]), pair))[:PAIRS]


def _spread(
    menu: Menu, useful: Sequence[int], save: dict[int, float], joint: dict[tuple[int, int], float]
) -> dict[tuple[int, int], float]:
    """What pairs do beyond their levers; at other sizes by the smaller part of their savings."""
    found: dict[tuple[int, int], float] = {}
    for (one, other), more in joint.items():
        levers = menu.offers[one].lever, menu.offers[other].lever
        for a in (place for place in useful if menu.offers[place].lever == levers[0]):
            for b in (place for place in useful if menu.offers[place].lever == levers[1]):
                found[min(a, b), max(a, b)] = more * min(save[a] / save[one], save[b] / save[other])
    return found


def _ladder(menu: Menu, useful: Sequence[int], outlay: dict[int, float], budget: float) -> tuple[float, ...]:
    """Budgets to go through, the smallest first and the one asked for last."""
    dearest: dict[int, float] = {}
    for place in useful:
        lever = menu.offers[place].lever
        dearest[lever] = max(dearest.get(lever, 0.0), outlay[place])
    whole = sum(dearest.values())
    return (*(whole / 2**step for step in range(STEPS, 0, -1) if whole / 2**step < budget), budget)


def _scale(plain: Measured) -> float:
    """Savings of all packages run in full over what was thought of them in the quick scenes; one before any.

    Of all of them and not of each: what one package has taught holds for its neighbours too.
    """
    ran = [pick for pick, point in plain.run.items() if pick and point.loss < float("inf")]
    slow = sum(plain.nothing - plain.run[pick].loss for pick in ran)
    fast = sum(estimate(plain, pick) for pick in ran)
    return slow / fast if fast > 0 and slow > 0 else 1.0
