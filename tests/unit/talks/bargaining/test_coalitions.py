"""Clubs: who leaves, who joins, what free riding brings, and whether gains can be shared."""

from __future__ import annotations

import pytest

from xenotime.talks.bargaining.coalitions import clubs, core, every_club

PLAYERS = ("X", "Y", "Z")
NOBODY = (0.0, 0.0, 0.0)


def worth(**values: tuple[float, float, float]) -> dict[frozenset[int], tuple[tuple[float, ...], ...]]:
    """Payoffs by members' letters; nothing for coalitions that are not named."""
    named = {frozenset(PLAYERS.index(letter) for letter in key): value for key, value in values.items()}
    return {members: (named.get(members, NOBODY), NOBODY) for members in every_club(3) if len(members) != 1}


def test_an_outsider_who_gains_by_others_paying_rides_free() -> None:
    found = {
        club.members: club
        for club in clubs(
            PLAYERS,
            worth(XY=(1.0, 1.0, 3.0), XZ=(1.0, 3.0, 1.0), YZ=(3.0, 1.0, 1.0), XYZ=(2.0, 2.0, 2.0)),
            NOBODY,
        )
    }
    grand = found["X", "Y", "Z"]
    assert grand.leaves == PLAYERS
    assert grand.free_riding == (1.0, 1.0, 1.0)
    assert not grand.shared  # 6 together, 9 if each had what it would have outside
    pair = found["X", "Y"]
    assert pair.stable
    assert pair.gains == (-1.0, -1.0, -1.0)  # members would have nothing, Z less by joining
    assert found[()].joins == ()  # nobody makes a club alone


def test_a_difference_runs_cannot_tell_is_named() -> None:
    found = clubs(PLAYERS, worth(XY=(100.0, 100.0, 100.5), XYZ=(150.0, 150.0, 100.9)), NOBODY)
    (pair,) = [club for club in found if club.members == ("X", "Y")]
    assert pair.joins == ("Z",)
    assert pair.too_close(PLAYERS) == ("Z",)
    (grand,) = [club for club in found if len(club.members) == 3]
    assert grand.too_close(PLAYERS) == ("Z",)


def test_a_visible_win_can_keep_a_member() -> None:
    table = worth(XY=(-1.0, 1.0, 0.0))
    table[frozenset({0, 1})] = ((-1.0, 1.0, 0.0), (1.0, 0.0, 0.0))
    (pair,) = [club for club in clubs(PLAYERS, table, NOBODY) if club.members == ("X", "Y")]
    assert pair.leaves == ("X",)
    region = pair.region[0]
    assert region is not None
    assert region.low == pytest.approx(1.0)
    (proud,) = [c for c in clubs(PLAYERS, table, (2.0, 0.0, 0.0)) if c.members == ("X", "Y")]
    assert proud.leaves == ()


def test_the_core_of_three_who_split_by_majority_is_empty() -> None:
    """J. von Neumann and O. Morgenstern (1944), section 21: any two can take all."""
    total = {members: float(len(members) >= 2) for members in every_club(3) if members}
    found = core(3, total)
    assert found.empty
    assert found.excess == pytest.approx(1 / 3)
    assert found.shares == pytest.approx((1 / 3, 1 / 3, 1 / 3))


def test_the_core_of_a_glove_market_gives_all_to_the_one_who_is_short() -> None:
    """L. Shapley and M. Shubik (1969), J. Economic Theory 1, 9-25: one left glove (X), two right ones."""
    total = {members: float(0 in members and len(members) >= 2) for members in every_club(3) if members}
    found = core(3, total)
    assert not found.empty
    assert found.shares == pytest.approx((1.0, 0.0, 0.0))
