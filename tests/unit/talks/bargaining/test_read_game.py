"""Game files: shipped ones are whole, and every fault of a bad one is told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from xenotime.bargain_study import linked_levers
from xenotime.errors import InputProblems, Problem
from xenotime.talks.bargaining.assemble import move_costs, no_runs
from xenotime.talks.bargaining.read_game import Game, game_names, load_game

DUEL = """title = "A duel"
question = "Who yields?"

[[player]]
player = "A"

[[player]]
player = "B"

[[move]]
player = "A"
move = "press"

[[move]]
player = "B"
move = "yield"

[[payoff]]
moves = ["press", "yield"]
values = [1.0, -1.0]
"""
TREE = """title = "A walk"
question = "Where does it end?"
kind = "tree"
root = "top"

[[player]]
player = "A"

[[player]]
player = "B"

[[node]]
node = "top"
player = "A"
choices = { on = "next" }

[[node]]
node = "next"
player = "B"
choices = { back = "BACK", stop = "end" }

[[node]]
node = "end"
values = [1.0, 2.0]
"""


def read(folder: Path, text: str) -> Game:
    file = folder / "duel.toml"
    file.write_text(text, "utf-8")
    return load_game(file)


def faults(folder: Path, text: str) -> list[Problem]:
    with pytest.raises(InputProblems) as caught:
        read(folder, text)
    for problem in caught.value.problems:
        assert problem.found
        assert problem.expected
        assert problem.remedy
    return list(caught.value.problems)


def test_shipped_games_are_whole() -> None:
    levers = tuple(linked_levers())
    assert {load_game(name, levers).data.kind for name in game_names()} >= {"simultaneous", "coalition"}


def test_a_game_is_read_as_written(tmp_path: Path) -> None:
    game = read(tmp_path, DUEL)
    assert (game.name, game.players(), game.moves_of("B")) == ("duel", ("A", "B"), ("yield",))


def test_an_unknown_game_names_the_nearest() -> None:
    with pytest.raises(InputProblems) as caught:
        load_game("busan-2026")
    (problem,) = caught.value.problems
    assert problem.code == "unknown-game"
    assert "busan-2025" in problem.remedy


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    text = DUEL.replace("values = [1.0, -1.0]", "values = [1.0]").replace(
        '"press", "yield"', '"pres", "yield"'
    )
    found = faults(tmp_path, text + '\n[[win]]\nmoves = ["press"]\nvalues = [0.0, 0.0]\n')
    assert [problem.code for problem in found] == ["unknown-name", "wrong-count", "wrong-count"]
    assert [problem.column for problem in found] == ["payoff.moves (A)", "payoff.values", "win.moves"]
    assert "press" in found[0].remedy


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("[[payoff]]", "[[payof]]"), "unknown-key"),
        (('question = "Who yields?"\n', ""), "missing-key"),
        (("values = [1.0, -1.0]", 'values = ["much", -1.0]'), "bad-value"),
        (("[[player]]", "[player"), "not-toml"),
        (
            ('player = "B"\n\n[[move]]\nplayer = "A"', 'player = "A"\n\n[[move]]\nplayer = "A"'),
            "duplicate-key",
        ),
        (('[[move]]\nplayer = "B"\nmove = "yield"\n', ""), "missing-key"),
        (('question = "Who yields?"', 'question = "Who yields?"\nkind = "sequential"'), "missing-key"),
        (('move = "press"', 'move = "press"\nlevers = ["tarif"]'), "unknown-name"),
    ],
)
def test_one_fault(change: tuple[str, str], code: str, tmp_path: Path) -> None:
    assert change[0] in DUEL
    assert code in {problem.code for problem in faults(tmp_path, DUEL.replace(*change))}


def test_a_promise_is_an_amount_or_a_lever(tmp_path: Path) -> None:
    deal = '\n[deal]\nmoves = ["press", "yield"]\notherwise = ["press", "yield"]\n'
    found = faults(tmp_path, DUEL + deal + 'transfer = [{ giver = "A", taker = "B" }]\n')
    assert [problem.code for problem in found] == ["missing-value"]


def test_a_tree_ends(tmp_path: Path) -> None:
    assert read(tmp_path, TREE.replace("BACK", "end")).data.root == "top"
    assert [problem.code for problem in faults(tmp_path, TREE.replace("BACK", "top"))] == ["endless-tree"]


def test_a_tree_names_its_nodes_and_pays_everybody(tmp_path: Path) -> None:
    text = TREE.replace("BACK", "nowhere").replace("[1.0, 2.0]", "[1.0]")
    assert sorted(problem.code for problem in faults(tmp_path, text)) == ["unknown-name", "wrong-count"]


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    file = tmp_path / "game.toml"
    file.write_bytes(b"title = '\xff'")
    with pytest.raises(InputProblems) as caught:
        load_game(tmp_path)
    assert [problem.code for problem in caught.value.problems] == ["wrong-encoding"]


def test_a_control_needs_a_run(tmp_path: Path) -> None:
    control = 'move = "press"\ncontrol = { by = ["CHN"], on = ["USA"] }'
    game = read(tmp_path, DUEL.replace('move = "press"', control, 1))
    with pytest.raises(InputProblems) as caught:
        move_costs(game, {}, no_runs)
    assert [problem.code for problem in caught.value.problems] == ["control-without-run"]


def test_offers_need_a_pie_or_a_disagreement(tmp_path: Path) -> None:
    file = tmp_path / "duel.toml"
    offers = '[offers]\nplayers = ["A", "B"]\ndiscounts = [0.9, 0.9]\n'
    file.write_text(DUEL + offers, "utf-8")
    with pytest.raises(InputProblems) as caught:
        load_game(file)
    (problem,) = caught.value.problems
    assert (problem.code, problem.column) == ("missing-key", "offers.pie")
    file.write_text(DUEL + offers + "pie = 2.0\n", "utf-8")
    assert load_game(file).data.offers is not None
