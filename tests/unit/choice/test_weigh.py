"""Expected and tail loss, savings and their error, frontier and regret, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from xenotime.choice.weigh import (
    LEAST,
    Point,
    best_within,
    by_draw,
    expected,
    frontier,
    minimax,
    regrets,
    saving,
    tail,
)

ODDS = np.array([0.75, 0.25])
LOSSES = np.array([[[1.0, 3.0], [2.0, 2.0]], [[10.0, 30.0], [20.0, 20.0]]])  # two cases, variants, draws


def test_cases_count_by_their_odds_and_everything_else_alike() -> None:
    assert expected(LOSSES, ODDS) == pytest.approx(0.75 * 2 + 0.25 * 20)
    assert by_draw(LOSSES, ODDS).tolist() == pytest.approx([0.75 * 1.5 + 0.25 * 15, 0.75 * 2.5 + 0.25 * 25])


def test_the_tail_is_the_mean_of_the_worst_share_by_odds() -> None:
    # the four outcomes of the second case weigh 1/16 each: the worst tenth is 30 and a part of a 20
    assert tail(LOSSES, ODDS, 0.1) == pytest.approx((30 / 16 + 20 * (0.1 - 1 / 16)) / 0.1)
    assert tail(LOSSES, ODDS, 1.0) == pytest.approx(expected(LOSSES, ODDS))
    least = min(
        z
        + sum(w * max(0.0, x - z) for x, w in zip(LOSSES.ravel(), np.repeat(ODDS / 4, 4), strict=True)) / 0.1
        for z in LOSSES.ravel()
    )
    assert tail(LOSSES, ODDS, 0.1) == pytest.approx(least)


def test_a_saving_is_sure_only_where_it_beats_sampling_and_settling() -> None:
    noisy = LOSSES - np.array([5.0, -4.0])
    found = saving(noisy, LOSSES, ODDS)
    assert found.mean == pytest.approx(0.5)
    assert found.error == pytest.approx(4.5)
    assert not found.is_sure()
    assert saving(LOSSES - 0.5, LOSSES, ODDS).is_sure()
    small = 0.5 * LEAST * expected(LOSSES, ODDS)
    assert not saving(LOSSES - small, LOSSES, ODDS).is_sure()
    assert saving(LOSSES[:, :, :1] - 1, LOSSES[:, :, :1], ODDS).error == 0.0


POINTS = {
    (): Point(100.0, 0.0),
    (0,): Point(80.0, 10.0),
    (1,): Point(80.0, 10.0),
    (2,): Point(90.0, 20.0),
    (3,): Point(100.0, 0.0),
    (0, 1): Point(60.0, 20.0),
    (0, 1, 2): Point(59.9, 40.0),
}


def test_the_frontier_holds_what_no_cheaper_package_matches() -> None:
    assert frontier(POINTS, 100.0, 0.01) == ((), (0,), (0, 1), (0, 1, 2))
    assert frontier(POINTS, 100.0, 0.5) == ((), (0,), (0, 1))
    assert frontier(POINTS, 15.0, 0.01) == ((), (0,))
    assert best_within(POINTS, 5.0, 0.01) == ()  # (3,) lays out nothing, changes nothing, and is not bought


def test_a_package_without_an_answer_is_never_affordable() -> None:
    broken = {**POINTS, (5,): Point(float("inf"), float("inf"))}
    assert frontier(broken, 1e12, 0.01) == frontier(POINTS, 1e12, 0.01)


def test_regret_is_what_it_costs_not_to_have_known() -> None:
    losses = {(0,): np.array([[[1.0], [8.0]]]), (1,): np.array([[[4.0], [5.0]]])}
    found = regrets(losses)
    assert found[0,].tolist() == [[0.0, 3.0]]
    assert found[1,].tolist() == [[3.0, 0.0]]
    assert minimax(found, ((0,), (1,))) == (0,)  # alike: the first stands
    losses[1,] = np.array([[[3.0], [5.0]]])
    assert minimax(regrets(losses), ((0,), (1,))) == (1,)
