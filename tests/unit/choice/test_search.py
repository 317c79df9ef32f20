"""The program and the search, held against every package of menus small enough to try them all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pytest

from unit.choice.menus import HEAD, HEAVY, LIGHT, menu_of
from xenotime.choice.menu import Menu, Pick
from xenotime.choice.search import MOST, search
from xenotime.choice.surrogate import Measured, estimate, propose
from xenotime.choice.weigh import LEAST, Point, best_within, frontier

NOTHING = 1000.0
MENU = menu_of(
    HEAD
    + HEAVY.replace("heavy-stock", "a")
    + "sizes = [1, 2]\n"
    + LIGHT.replace("light-stock", "b")
    + HEAVY.replace("heavy-stock", "c")
    + LIGHT.replace("light-stock", "d")
    + 'excludes = ["b"]\n'
)  # offers: a, a x2, b, c, d
SAVE = {0: 100.0, 1: 150.0, 2: 90.0, 3: 60.0, 4: 95.0}
OUT = {0: 10.0, 1: 20.0, 2: 15.0, 3: 12.0, 4: 14.0}


def every(menu: Menu) -> list[Pick]:
    places = range(len(menu.offers))
    return [p for size in range(len(places) + 1) for p in combinations(places, size) if menu.fits(p)]


def seen(pair: dict[tuple[int, int], float], run: dict[Pick, Point] | None = None) -> Measured:
    return Measured(NOTHING, SAVE, OUT, pair, 1.0, {(): Point(NOTHING, 0.0), **(run or {})})


@pytest.mark.parametrize("budget", [0.0, 9.0, 10.0, 25.0, 29.0, 40.0, 100.0])
@pytest.mark.parametrize("pair", [{}, {(0, 2): -80.0, (1, 2): -120.0}, {(2, 3): 70.0}])
def test_the_program_finds_the_best_of_all_packages(
    budget: float, pair: dict[tuple[int, int], float]
) -> None:
    known = seen(pair)
    allowed = [p for p in every(MENU) if sum(OUT[place] for place in p) <= budget]
    best = max(estimate(known, p) for p in allowed)
    found = propose(MENU, tuple(SAVE), known, budget)
    assert found in allowed
    assert estimate(known, found) == pytest.approx(best)


def test_a_package_that_was_run_counts_as_it_ran() -> None:
    whole = propose(MENU, tuple(SAVE), seen({}), 100.0)
    assert whole == (1, 3, 4)
    worse = propose(MENU, tuple(SAVE), seen({}, {whole: Point(NOTHING - 1, 46.0)}), 100.0)
    assert worse == (1, 2, 3)  # the next best, now that the first is known to do little
    better = propose(MENU, tuple(SAVE), seen({}, {(0,): Point(NOTHING - 900, 10.0)}), 100.0)
    assert better == (0,)
    dearer = propose(MENU, tuple(SAVE), seen({}, {whole: Point(NOTHING - 305, 101.0)}), 100.0)
    assert dearer != whole  # cut off: it lays out more than the budget


def test_nothing_on_offer_is_nothing_proposed() -> None:
    assert propose(MENU, (), seen({}), 100.0) == ()


class Shop:
    """Packages whose savings overlap, valued at once; what was asked for is written down."""

    def __init__(self, overlap: float = 0.5) -> None:
        self.asked: list[tuple[Pick, bool]] = []
        self.overlap = overlap

    def value(self, pick: Pick) -> Point:
        saved = sorted((SAVE[place] for place in pick), reverse=True)
        total = sum(value * self.overlap**n for n, value in enumerate(saved))
        return Point(NOTHING - total, sum(OUT[place] for place in pick))

    def run(self, picks: Sequence[Pick], whole: bool) -> list[Point]:
        self.asked += [(pick, whole) for pick in picks]
        return [self.value(pick) for pick in picks]


@pytest.mark.parametrize("overlap", [1.0, 0.9, 0.5])
def test_what_is_found_is_near_the_best_of_all(overlap: float) -> None:
    shop = Shop(overlap)
    for budget in (12.0, 30.0, 60.0):
        found = search(MENU, shop.run, budget)
        mine = found.full[best_within(found.full, budget, 0.0)].loss
        best = min(v.loss for p in every(MENU) if (v := shop.value(p)).outlay <= budget)
        assert mine <= best + 0.05 * (NOTHING - best)


def test_a_larger_budget_runs_all_that_a_smaller_one_ran_below_it() -> None:
    small, large = (search(MENU, Shop().run, budget) for budget in (25.0, 100.0))
    assert {step.budget for step in small.steps[:-1]} <= {step.budget for step in large.steps}
    for budget in (step.budget for step in small.steps[:-1]):
        one, other = (
            found.full[best_within(found.full, budget, LEAST * NOTHING)].loss for found in (small, large)
        )
        assert other <= one


def test_the_search_stops_at_its_cap_and_says_so() -> None:
    found = search(MENU, Shop().run, 100.0, most=1)
    assert len(found.full) == 2
    assert not all(step.settled for step in found.steps)
    assert all(step.settled for step in search(MENU, Shop(1.0).run, 100.0, MOST).steps)


def test_what_changes_nothing_is_told_and_never_proposed() -> None:
    shop = Shop()
    free = {**SAVE, 3: 0.0}

    def run(picks: Sequence[Pick], whole: bool) -> list[Point]:
        shop.asked += [(pick, whole) for pick in picks]
        return [Point(NOTHING - sum(free[place] for place in p), sum(OUT[q] for q in p)) for p in picks]

    found = search(MENU, run, 100.0)
    assert found.idle == (3,)
    assert not any(3 in pick for pick, whole in shop.asked if whole)
    assert not any(3 in pick for pick in frontier(found.full, 100.0, LEAST * NOTHING))


def test_a_package_without_an_answer_is_left_behind() -> None:
    shop = Shop(1.0)

    def run(picks: Sequence[Pick], whole: bool) -> list[Point]:
        inf = float("inf")
        return [Point(inf, inf) if len(p) > 1 and whole else shop.value(p) for p in picks]

    found = search(MENU, run, 30.0)
    assert best_within(found.full, 30.0, 0.0) in {(1,), (0,), ()}
