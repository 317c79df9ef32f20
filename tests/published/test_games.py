"""Textbook games with known answers, by citation."""

from __future__ import annotations

import numpy as np
import pytest

from xenotime.talks.bargaining.coalitions import clubs, every_club
from xenotime.talks.bargaining.equilibria import mixed_equilibria, pure_equilibria
from xenotime.talks.bargaining.payoffs import Normal, normal_form
from xenotime.talks.bargaining.regions import Interval
from xenotime.talks.bargaining.repeated import Temptation, critical_discount, least_discount
from xenotime.talks.bargaining.trees import Node, backward_induction, in_turn

REACH = (Interval(-10.0, 10.0), Interval(-10.0, 10.0))
TWO = {"Row": ("first", "second"), "Column": ("first", "second")}


def two_by_two(*cells: tuple[float, float]) -> Normal:
    """A game of two moves each, cells row by row."""
    return normal_form(TWO, dict(zip(((0, 0), (0, 1), (1, 0), (1, 1)), cells, strict=True)))


def test_prisoners_dilemma() -> None:
    """R. Axelrod, The Evolution of Cooperation (1984), p. 8: T 5, R 3, P 1, S 0; both defect."""
    game = two_by_two((3, 3), (0, 5), (5, 0), (1, 1))
    (only,) = pure_equilibria(game)
    assert only.payoffs.tolist() == [1.0, 1.0]
    assert only.strict
    assert mixed_equilibria(game, REACH) == ()


def test_cooperation_in_the_repeated_dilemma() -> None:
    """J. Friedman (1971), Rev. Econ. Studies 38, 1-12: grim trigger holds from (T - R) / (T - P) on."""
    assert critical_discount(3, 5, 1) == pytest.approx(0.5)
    months = 200
    flat = np.ones((months, 2))
    stakes = Temptation(3 * flat, 5 * flat, np.zeros((2, months, 2)), 1 * flat, 1, endless=True)
    assert least_discount(stakes, 0) == pytest.approx(0.5, abs=1e-9)


def test_battle_of_the_sexes() -> None:
    """R. D. Luce and H. Raiffa, Games and Decisions (1957), p. 90: (2,1), (1,2) and both at 2/3."""
    game = two_by_two((2, 1), (-1, -1), (-1, -1), (1, 2))
    assert sorted(item.payoffs.tolist() for item in pure_equilibria(game)) == [[1.0, 2.0], [2.0, 1.0]]
    (mixed,) = mixed_equilibria(game, REACH)
    assert mixed.mixtures[0] == pytest.approx([3 / 5, 2 / 5])
    assert mixed.mixtures[1] == pytest.approx([2 / 5, 3 / 5])
    assert mixed.payoffs == pytest.approx([1 / 5, 1 / 5])


def test_matching_pennies() -> None:
    """J. von Neumann and O. Morgenstern (1944), section 14.7.2: no pure equilibrium, halves, value zero."""
    game = two_by_two((1, -1), (-1, 1), (-1, 1), (1, -1))
    assert pure_equilibria(game) == ()
    (mixed,) = mixed_equilibria(game, REACH)
    assert [m.tolist() for m in mixed.mixtures] == [[0.5, 0.5], [0.5, 0.5]]
    assert mixed.payoffs == pytest.approx([0.0, 0.0])


def test_three_by_three_with_a_mixed_equilibrium_only() -> None:
    """Stone, paper, scissors: E. Borel (1921); thirds, value zero, and nothing pure."""
    wins = {(0, 2), (1, 0), (2, 1)}
    cells = {
        (i, j): (1.0, -1.0) if (i, j) in wins else (-1.0, 1.0) if (j, i) in wins else (0.0, 0.0)
        for i in range(3)
        for j in range(3)
    }
    game = normal_form(
        {"Row": ("stone", "paper", "scissors"), "Column": ("stone", "paper", "scissors")}, cells
    )
    assert pure_equilibria(game) == ()
    (mixed,) = mixed_equilibria(game, REACH)
    assert np.concatenate(mixed.mixtures) == pytest.approx([1 / 3] * 6)


def test_shapley_three_by_three() -> None:
    """L. Shapley (1964), Annals of Mathematics Studies 52, 1-28: one equilibrium, thirds, payoff 1/3."""
    row = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1]])
    column = np.array([[0, 1, 0], [0, 0, 1], [1, 0, 0]])
    cells = {(i, j): (float(row[i, j]), float(column[i, j])) for i in range(3) for j in range(3)}
    game = normal_form({"Row": tuple("abc"), "Column": tuple("abc")}, cells)
    assert pure_equilibria(game) == ()
    (mixed,) = mixed_equilibria(game, REACH)
    assert np.concatenate(mixed.mixtures) == pytest.approx([1 / 3] * 6)
    assert mixed.payoffs == pytest.approx([1 / 3, 1 / 3])


def test_three_by_two_with_three_equilibria() -> None:
    """B. von Stengel, in Algorithmic Game Theory (2007), example 3.3: a pure one and two mixed ones."""
    row = np.array([[3, 3], [2, 5], [0, 6]])
    column = np.array([[3, 2], [2, 6], [3, 1]])
    cells = {(i, j): (float(row[i, j]), float(column[i, j])) for i in range(3) for j in range(2)}
    game = normal_form({"Row": tuple("123"), "Column": tuple("45")}, cells)
    (pure,) = pure_equilibria(game)
    assert [m.tolist() for m in pure.mixtures] == [[1, 0, 0], [1, 0]]
    found = sorted(mixed_equilibria(game, REACH), key=lambda item: item.mixtures[0][0])
    assert found[0].mixtures[0] == pytest.approx([0, 1 / 3, 2 / 3])
    assert found[0].mixtures[1] == pytest.approx([1 / 3, 2 / 3])
    assert found[1].mixtures[0] == pytest.approx([4 / 5, 1 / 5, 0])
    assert found[1].mixtures[1] == pytest.approx([2 / 3, 1 / 3])


def test_chain_store() -> None:
    """R. Selten (1978), Theory and Decision 9, 127-159: by induction every entrant enters and is shared with.

    Payoffs of a town as there: entry and cooperation 2, 2; entry and aggression 0, 0; no entry 5, 1.
    """
    towns = 4
    nodes: dict[str, Node] = {}

    def grow(name: str, town: int, store: float, entrants: tuple[float, ...]) -> None:
        if town == towns:
            nodes[name] = Node(name, -1, (), ((store, *entrants), (0.0,) * (towns + 1)))
            return
        nodes[name] = Node(name, town + 1, (("in", f"{name}i"), ("out", f"{name}o")))
        nodes[f"{name}i"] = Node(f"{name}i", 0, (("cooperate", f"{name}ic"), ("fight", f"{name}if")))
        grow(f"{name}ic", town + 1, store + 2, (*entrants, 2.0))
        grow(f"{name}if", town + 1, store + 0, (*entrants, 0.0))
        grow(f"{name}o", town + 1, store + 5, (*entrants, 1.0))

    grow("", 0, 0.0, ())
    plan = backward_induction(nodes, "", (0.0,) * (towns + 1))
    assert [move for _, move in plan.path] == ["in", "cooperate"] * towns
    assert plan.payoffs == (2.0 * towns,) + (2.0,) * towns
    assert not plan.ties


def test_ultimatum() -> None:
    """W. Gueth, R. Schmittberger and B. Schwarze (1982): the proposer keeps all but the smallest unit."""
    offers = tuple(f"offer {amount}" for amount in range(1, 11))
    outcomes = {
        (offer, answer): (((10.0 - offer - 1, offer + 1.0) if answer == 0 else (0.0, 0.0)), (0.0, 0.0))
        for offer in range(10)
        for answer in range(2)
    }
    tree = in_turn(("first", "second"), (offers, ("take", "leave")), (0, 1), outcomes)
    plan = backward_induction(tree, "", (0.0, 0.0))
    assert [move for _, move in plan.path] == ["offer 1", "take"]
    assert plan.payoffs == (9.0, 1.0)


def abatement(states: int, gamma: float) -> dict[frozenset[int], tuple[tuple[float, ...], tuple[float, ...]]]:
    """Payoffs of C. Carraro and D. Siniscalco's linear benefit b Q and quadratic cost c q^2 / 2, b = c = 1.

    Outsiders abate b / c = 1, members of a club of k abate k: benefit is the sum of all.
    """
    worth = {}
    for members in every_club(states):
        size = len(members) if len(members) > 1 else 0
        total = gamma * (size * size + (states - size))
        payoffs = tuple(
            total - (size**2 if state in members and size else 1) * gamma / 2 for state in range(states)
        )
        worth[members] = (payoffs, (0.0,) * states)
    return worth


def test_an_agreement_of_like_states_is_kept_by_three() -> None:
    """S. Barrett (1994), Oxford Economic Papers 46, 878-894, table 2 ff.: with linear benefits and quadratic
    costs a self-enforcing agreement has at most three of any number of states."""
    states = 6
    found = clubs(tuple(f"state {n}" for n in range(states)), abatement(states, 1.0), (0.0,) * states)
    sizes = {len(club.members) for club in found if club.stable}
    # nobody makes a club alone, and beside a club of two an outsider is as well off outside (7.5 both ways)
    assert sizes == {0, 2, 3}
    pairs = [club for club in found if len(club.members) == 2]
    assert all(not club.leaves for club in pairs)
    large = [club for club in found if len(club.members) == 4]
    assert all(len(club.leaves) == 4 for club in large)
