"""Whatever levers do, the frontier is feasible and not dominated, falls with money, and is found again."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from unit.choice.menus import HEAD, HEAVY, menu_of
from xenotime.choice.menu import Pick
from xenotime.choice.search import Search, search
from xenotime.choice.weigh import LEAST, Point, best_within, frontier

NOTHING = 1000.0
MENU = menu_of(HEAD + "".join(HEAVY.replace("heavy-stock", name) + "sizes = [1, 2]\n" for name in "abc"))
COUNT = len(MENU.offers)
amounts = st.lists(st.floats(0, 200), min_size=COUNT, max_size=COUNT)
outlays = st.lists(st.floats(1, 100), min_size=COUNT, max_size=COUNT)


def found(saves: Sequence[float], costs: Sequence[float], overlap: float, budget: float) -> Search:
    """A search where each further lever does only part of what it does alone."""

    def run(picks: Sequence[Pick], whole: bool) -> list[Point]:
        points = []
        for pick in picks:
            own = sorted((saves[place] for place in pick), reverse=True)
            saved = sum(value * overlap**n for n, value in enumerate(own))
            points.append(Point(NOTHING - saved, sum(costs[place] for place in pick)))
        return points

    return search(MENU, run, budget)


@settings(max_examples=25, deadline=None)
@given(amounts, outlays, st.floats(0, 1), st.floats(1, 400))
def test_frontier(saves: list[float], costs: list[float], overlap: float, budget: float) -> None:
    made = found(saves, costs, overlap, budget)
    least = LEAST * NOTHING
    front = frontier(made.full, budget, least)
    assert front[0] == ()
    for one, other in itertools.pairwise(front):
        assert made.full[one].outlay < made.full[other].outlay <= budget
        assert made.full[one].loss - made.full[other].loss > least
    for pick, point in made.full.items():
        assert MENU.fits(pick)
        assert point.outlay > budget or any(
            made.full[one].outlay <= point.outlay and made.full[one].loss <= point.loss + least
            for one in front
        )
    assert not any(place in pick for pick in made.full for place in made.idle)
    assert found(saves, costs, overlap, budget) == made


@settings(max_examples=25, deadline=None)
@given(amounts, outlays, st.floats(0, 1), st.floats(1, 400), st.floats(1, 4))
def test_money_never_hurts(
    saves: list[float], costs: list[float], overlap: float, budget: float, more: float
) -> None:
    small, large = (found(saves, costs, overlap, b) for b in (budget, budget * more))
    least = LEAST * NOTHING
    for step in small.steps[:-1]:  # steps below the budget are gone through alike
        assert step in large.steps
        assert (
            large.full[best_within(large.full, step.budget, least)].loss
            <= small.full[best_within(small.full, step.budget, least)].loss
        )
    ladder = [best_within(large.full, b, least) for b in (0.0, budget, budget * more)]
    losses = [large.full[pick].loss for pick in ladder]
    assert losses == sorted(losses, reverse=True)
