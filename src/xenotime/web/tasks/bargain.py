"""A game solved: a shipped one, or a visitor's file, which may name shipped worlds and cases only."""

from __future__ import annotations

from collections.abc import Iterator

from xenotime.errors import InputProblems, Problem
from xenotime.talks.bargaining.read_game import Game
from xenotime.web.places import place_problems
from xenotime.web.worker import Task


def work(task: Task) -> None:
    """Solve it; months of its runs are kept."""
    from xenotime.bargain_study import bargain, linked_levers
    from xenotime.report.bargained import bargain_document
    from xenotime.talks.bargaining.read_game import game_names, load_game

    task.tell(0, 1, "reading the game")
    place = task.request["game"]
    if place not in game_names():
        place = str(task.file("game"))
        check_places(load_game(place, tuple(linked_levers())))
    played = bargain(place, task.keep("game"), task.tell)
    task.publish(bargain_document(played.solved, played.runs))
    task.tell(1, 1, "solved")


def check_places(game: Game) -> None:
    """Raises InputProblems for a game that names a world or case which does not ship.

    A name may be a path; a visitor's file must not make this machine read its own.
    """
    from xenotime.policy.case import case_names
    from xenotime.world.problems import suggestion

    problems = place_problems(game.data.world, "game")
    for place, name in _cases(game):
        if name and name not in case_names():
            remedy = suggestion(name, case_names(), "see the scenario page")
            problems.append(_fault(place, name, "a shipped case", remedy))
    if problems:
        raise InputProblems(problems)


def _cases(game: Game) -> Iterator[tuple[str, str]]:
    for entry in game.data.move:
        if entry.control is not None:
            yield "move.control.case", entry.control.case
    if game.data.club is not None:
        yield "club.case", game.data.club.case
        yield "club.control.case", game.data.club.control.case


def _fault(place: str, name: str, expected: str, remedy: str) -> Problem:
    return Problem("unknown-name", "game", None, place, repr(name), expected, remedy)
