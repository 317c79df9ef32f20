"""Whole games solved: every kind, regions of weights, ends of ranges, deals, offers over a pie."""

from __future__ import annotations

from pathlib import Path

import pytest

from unit.talks.bargaining.games import HEAD, MOVES, PLAYERS, QUARREL, lever, read
from xenotime.talks.bargaining.assemble import RunLoss
from xenotime.talks.bargaining.game_file import ControlMove
from xenotime.talks.bargaining.solve import Solved, solve_game

LEVERS = {"fees": lever()}
LOSS = RunLoss({"A": 0.5, "B": 10.0}, {"A": 1.0, "B": 0.9}, {"A": -3.0, "B": 8.0}, {"A": 0.5, "B": 12.0})


def losses(move: ControlMove) -> RunLoss:
    return LOSS


def solved(folder: Path, text: str) -> Solved:
    return solve_game(read(folder, text), LEVERS, losses)


def test_a_quarrel_has_its_equilibrium_its_region_and_its_ends(tmp_path: Path) -> None:
    found = solved(tmp_path, QUARREL)
    (only,) = found.pure
    assert found.normal is not None
    # a win is worth 1 to R, pressing costs it nothing; C's control costs C half
    assert [int(m.argmax()) for m in only.mixtures] == [0, 1]
    assert only.region[0][0].low == 0.0
    ((names, region),) = found.elsewhere
    assert names == ("yield", "sell")
    assert region[0].high == 0.0
    # at the low end of the run C gains 3 by its control and uses it
    assert {names: (held, of) for names, held, of in found.over_ends} == {
        ("press", "sell"): (2, 4),
        ("press", "stop"): (2, 4),
    }
    assert found.robust == ((2, 4),)


def test_points_and_offers_are_over_the_disagreement_named(tmp_path: Path) -> None:
    text = QUARREL + '[offers]\nplayers = ["R", "C"]\ndiscounts = [0.9, 0.9]\noutside = [0.0, 0.8]\n'
    found = solved(tmp_path, text)
    assert found.bargain is not None
    assert found.bargain.disagreement.tolist() == [-9.0, -1.5]
    # best together: press / sell has 1 - 1 = 0, yield / sell 0: 10.5 over the disagreement
    assert found.pie == pytest.approx(10.5)
    assert found.agreement is not None
    assert found.agreement.shares.sum() == pytest.approx(10.5)
    assert found.agreement.shares[1] == pytest.approx(0.8 * 10.5)  # its outside option decides
    assert found.agreement.bound


def test_nothing_to_share_is_no_agreement(tmp_path: Path) -> None:
    text = QUARREL.replace('["press", "stop"]', '["press", "sell"]')
    found = solved(tmp_path, text + '[offers]\nplayers = ["R", "C"]\ndiscounts = [0.9, 0.9]\n')
    assert found.pie == pytest.approx(0.0)
    assert found.agreement is None


def test_a_deal_fades_with_the_losses_of_runs_unless_the_file_says_otherwise(tmp_path: Path) -> None:
    deal = '[deal]\nmoves = ["yield", "sell"]\notherwise = ["press", "stop"]\n'
    found = solved(tmp_path, QUARREL + deal)
    assert found.deal is not None
    assert found.deal.terms.decay.tolist() == [0.9, 1.0]
    stated = QUARREL.replace('player = "R"\nregions', 'player = "R"\ndecay = 0.5\nregions', 1)
    other = solved(tmp_path, stated + deal)
    assert other.deal is not None
    assert other.deal.terms.decay.tolist() == [0.5, 1.0]
    assert other.deal.worth[0] < found.deal.worth[0]


def test_who_moves_second_answers_what_was_done(tmp_path: Path) -> None:
    text = HEAD + 'kind = "sequential"\norder = ["C", "R"]\n' + PLAYERS + MOVES
    found = solved(tmp_path, text)
    assert found.plan is not None
    assert [move for _, move in found.plan.path] == ["sell", "press"]
    assert found.pure == ()


TREE = """kind = "tree"
root = "top"
[[node]]
node = "top"
player = "R"
choices = { fight = "war", talk = "peace" }
[[node]]
node = "war"
values = [1.0, -1.0]
[[node]]
node = "peace"
values = [0.0, 1.0]
wins = [2.0, 0.0]
"""


def test_a_tree_is_solved_from_its_ends_with_its_region(tmp_path: Path) -> None:
    found = solved(
        tmp_path, HEAD + TREE.split("[[node]]")[0] + PLAYERS + "[[node]]" + TREE.split("[[node]]", 1)[1]
    )
    assert found.plan is not None
    assert [move for _, move in found.plan.path] == ["talk"]
    assert found.plan.payoffs == (2.0, 1.0)
    assert found.plan.region[0].low == pytest.approx(0.5)


CLUB = """kind = "coalition"
[[coalition]]
members = []
values = [0.0, 0.0]
[[coalition]]
members = ["R", "C"]
values = [2.0, -1.0]
"""


def test_a_coalition_of_stated_payoffs(tmp_path: Path) -> None:
    found = solved(
        tmp_path,
        HEAD + CLUB.split("[[coalition]]")[0] + PLAYERS + "[[coalition]]" + CLUB.split("[[coalition]]", 1)[1],
    )
    (pair,) = [club for club in found.clubs if club.members]
    assert pair.leaves == ("C",)
    assert pair.shared
    assert found.core is not None
    assert not found.core.empty
