"""Games as the user meets them: payoffs by runs where moves put controls on, then solved."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from xenotime.displays import Displayed
from xenotime.dynamics.behaviour import load_behaviour
from xenotime.ensembles.places import find_world
from xenotime.errors import InternalFault
from xenotime.facts.load import load_facts
from xenotime.facts.published import LinkedLever
from xenotime.leverage_draws import STAKE_DRAWS, drawn_stakes, stake_numbers, stake_table
from xenotime.leverage_study import Question, leverage, plain_case
from xenotime.market.network import Array
from xenotime.policy.case import Case, load_case
from xenotime.policy.levers import Lever
from xenotime.policy.package import read_package
from xenotime.talks.bargaining.assemble import RunLoss
from xenotime.talks.bargaining.coalitions import Members, Worth, every_club
from xenotime.talks.bargaining.game_file import ControlMove
from xenotime.talks.bargaining.read_game import Game, load_game
from xenotime.talks.bargaining.solve import Solved, solve_game
from xenotime.talks.leverage.controls_on import check_sides
from xenotime.talks.leverage.half_life import half_life
from xenotime.talks.leverage.losses import Losses
from xenotime.talks.leverage.rolls import Told
from xenotime.talks.leverage.stakes import Stakes
from xenotime.talks.leverage.surface import Asked
from xenotime.world.world import World

LOW, HIGH = 5, 95  # per cent of draws below the ends of a range


@dataclass(frozen=True, slots=True)
class Played(Displayed):
    """A game, its solution, and the runs behind its payoffs: mean loss a month by control and party (USD)."""

    solved: Solved
    runs: tuple[tuple[str, RunLoss], ...]
    worth: Worth | None


def linked_levers() -> dict[str, LinkedLever]:
    """Linked levers by name."""
    return {row.lever: row for row in load_facts().rows(LinkedLever)}


def bargain(
    place: str | Path, keep: Path | None = None, tell: Told | None = None, world: World | None = None
) -> Played:
    """Read a game, run its controls, solve it.

    keep : folder in which months of runs are kept and taken up again;  world : instead of the game's own

    Raises InputProblems for a game that does not fit, NoAnswer of a month without one.
    """
    levers = linked_levers()
    game = load_game(place, tuple(levers))
    runs: dict[ControlMove, RunLoss] = {}

    def losses_of(move: ControlMove) -> RunLoss:
        if move not in runs:
            runs[move] = run_loss(game, move, _world(game, world), keep, tell)
        return runs[move]

    worth = club_worth(game, _world(game, world), keep, tell) if game.data.club is not None else None
    solved = solve_game(game, levers, losses_of, worth)
    told = tuple(
        (f"{move.case or 'full ban'} by {', '.join(move.by)}", found) for move, found in runs.items()
    )
    return Played(solved, told, worth)


def _world(game: Game, world: World | None) -> World:
    return world if world is not None else find_world(game.data.world)


def _case_of(game: Game, name: str) -> Case:
    return load_case(name) if name else plain_case(game.data.start, game.data.world)


def run_loss(game: Game, move: ControlMove, world: World, keep: Path | None, tell: Told | None) -> RunLoss:
    """Mean loss a month of every party under a control that lasts the game's months, and how it shrinks."""
    question = Question(world, _case_of(game, move.case), move.by, move.on, move.only)
    asked = Asked(move.by, move.on, game.data.start, (0,), game.data.months)
    place = keep / (move.case or "ban") if keep is not None else None
    answer = leverage(question, asked, keep=place, tell=tell)
    path = answer.surface.paths[0]
    total = path.loss()
    low, high = _ends(path, answer.stakes)
    rents = path.parts["rents"][-1]

    def monthly(amounts: Array) -> dict[str, float]:
        return {name: float(amounts[at] / game.data.months) for at, name in enumerate(path.parties)}

    return RunLoss(
        monthly(total[-1]),
        {name: _shrinks(np.diff(total[:, at], prepend=0.0)) for at, name in enumerate(path.parties)},
        monthly(low - rents),
        monthly(high),
        monthly(rents),
    )


def _ends(path: Losses, stakes: Stakes) -> tuple[Array, Array]:
    """Ends of the loss of every party over what a stopped line is worth (USD); alike without figures."""
    numbers = stake_numbers(stakes)
    whole = path.loss()[-1]
    if not numbers:
        return whole, whole
    names = [item.name for item in numbers]
    drawn = np.array(
        [
            path.staked(stakes, drawn_stakes(stakes, dict(zip(names, map(float, row), strict=True))))[-1]
            for row in stake_table(numbers, STAKE_DRAWS)
        ]
    )
    return np.asarray(np.percentile(drawn, LOW, axis=0)), np.asarray(np.percentile(drawn, HIGH, axis=0))


def _shrinks(monthly: np.ndarray) -> float:
    """Factor a month at which a loss shrinks from its largest month on; 1 where it does not."""
    peak = int(np.argmax(monthly))
    found = half_life([float(month) for month in range(peak, len(monthly))], list(monthly[peak:]))
    return float(0.5 ** (1 / found.months)) if found.months else 1.0


def club_worth(game: Game, world: World, keep: Path | None, tell: Told | None) -> Worth:
    """Payoffs a month of every player for every club: minus its losses and its part of what the club pays.

    The pool of a club is that of its members: as much of the case's stock as their part in its members'
    number.
    Its stock keeps its worth, so what it costs is the return its money would have earned elsewhere.
    """
    club = game.data.club
    if club is None:
        raise InternalFault("a game without a club has no worth of clubs to be worked out")
    check_sides(world, club.control.by, club.control.on)
    held = _case_of(game, club.control.case)
    pool = tuple(lever for lever in load_case(club.case).data.lever if lever.lever in club.levers)
    players = game.players()
    found: dict[Members, tuple[tuple[float, ...], tuple[float, ...]]] = {}
    for members in every_club(len(players)):
        if len(members) == 1:
            continue
        names = tuple(players[place] for place in sorted(members))
        case = replace_levers(held, tuple(_of_members(lever, names) for lever in pool) if names else ())
        question = Question(world, case, club.control.by, club.control.on, club.control.only)
        asked = Asked(club.control.by, club.control.on, game.data.start, (0,), game.data.months)
        place = keep / ("-".join(names) or "nobody") if keep is not None else None
        path = leverage(question, asked, keep=place, tell=tell).surface.paths[0]
        found[members] = (
            _payoffs(game, path, read_package(case, world).levers, names),
            (0.0,) * len(players),
        )
    return found


def replace_levers(case: Case, levers: tuple[Lever, ...]) -> Case:
    """The case with these levers and no others."""
    data = case.data.model_copy(update={"lever": levers})
    return Case(case.name, data, data.model_dump_json())


def _of_members(lever: Lever, names: tuple[str, ...]) -> Lever:
    """A lever of the members alone, with their part of the stock, held where the first of them is."""
    part = len(names) / max(len(lever.members), 1)
    scaled = {
        name: part * value
        for name in ("opening", "target", "quantity", "release")
        if (value := getattr(lever, name)) is not None
    }
    return lever.model_copy(update={"members": names, "region": names[0], **scaled})


def _payoffs(
    game: Game, path: Losses, levers: tuple[Lever, ...], members: tuple[str, ...]
) -> tuple[float, ...]:
    """Minus loss a month of every player; the club's own purse is borne by members in equal parts.

    levers : of the club, prices in USD per unit
    """
    total = path.loss()[-1] / game.data.months
    monthly = 1 / load_behaviour().discount - 1
    capital = monthly * sum(float(lever.opening or 0.0) * float(lever.price or 0.0) for lever in levers)
    purses = {lever.sponsor for lever in levers}
    shared = capital + sum(float(total[path.parties.index(n)]) for n in purses if n in path.parties)
    payoffs = []
    for entry in game.data.player:
        own = sum(
            float(total[path.parties.index(name)])
            for name in entry.regions or (entry.player,)
            if name in path.parties
        )
        payoffs.append(-(own + (shared / len(members) if entry.player in members else 0.0)))
    return tuple(payoffs)


__all__ = ["Played", "bargain", "linked_levers"]
