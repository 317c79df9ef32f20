"""Payoffs of a game from its table, from linked levers with their ranges, and from the losses of runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np

from xenotime.errors import one_problem
from xenotime.facts.published import LinkedLever
from xenotime.market.network import Array
from xenotime.talks.bargaining.game_file import ControlMove, PlayerEntry, TransferEntry
from xenotime.talks.bargaining.payoffs import Normal
from xenotime.talks.bargaining.read_game import ANY, Game

MOST_CAUSES = 10  # of which every combination of ends is looked at


@dataclass(frozen=True, slots=True)
class RunLoss:
    """Mean loss a month of every party of a run (USD), and how it shrinks: a factor a month per party.

    low : where a stopped line is worth little and rents of controls stay with who buys the goods
    high : where a stopped line is worth much and rents go to whom the case says; blank is as `loss`
    rents : of controls, as part of `loss`; negative for who gets them
    """

    loss: Mapping[str, float]
    decay: Mapping[str, float]
    low: Mapping[str, float] = field(default_factory=dict)
    high: Mapping[str, float] = field(default_factory=dict)
    rents: Mapping[str, float] = field(default_factory=dict)


LossesOf = Callable[[ControlMove], RunLoss]


def no_runs(move: ControlMove) -> RunLoss:
    """For games whose payoffs are all in their tables; a control in one is a fault of the caller."""
    raise one_problem(
        "control-without-run",
        "game",
        f"a control by {', '.join(move.by)}",
        "payoffs that need no run",
        "solve the game by `xenotime bargain`, which runs controls",
    )


@dataclass(frozen=True, slots=True)
class Costs:
    """What one move costs each player a month, by where it comes from; three columns: low, value, high.

    The ends of a run are two cases (:class:`RunLoss`), so that of a player who gains at one of them the
    figure of `low` may be the larger.
    rows : (player, move, cause, kind, source, costs per player x 3)
    """

    rows: tuple[tuple[str, str, str, str, str, Array], ...]


def lever_loss(row: LinkedLever) -> tuple[float, float, float]:
    """Loss a month of who bears a linked lever: low, middle, high (USD)."""
    return row.low * row.share_low, row.value * row.share, row.high * row.share_high


def bearer(row: LinkedLever) -> str:
    """Region that bears a lever's figure."""
    return row.target if row.bears == "target" else row.actor


def player_of(players: Sequence[PlayerEntry], region: str) -> int | None:
    """Player a region belongs to; None where it is nobody's."""
    for place, entry in enumerate(players):
        if region in (entry.regions or (entry.player,)):
            return place
    return None


def move_costs(game: Game, levers: Mapping[str, LinkedLever], losses_of: LossesOf) -> Costs:
    """Costs of every move to every player."""
    players = game.data.player
    rows = []
    for entry in game.data.move:
        for name in entry.levers:
            lever = levers[name]
            costs = np.zeros((len(players), 3))
            at = player_of(players, bearer(lever))
            if at is not None:
                costs[at] = np.array(lever_loss(lever)) * entry.share
            rows.append((entry.player, entry.move, name, lever.kind, lever.source, costs))
        if entry.control is not None:
            found = losses_of(entry.control)
            costs = np.zeros((len(players), 3))
            for region, loss in found.loss.items():
                at = player_of(players, region)
                if at is not None:
                    costs[at] += (found.low.get(region, loss), loss, found.high.get(region, loss))
            cause = f"{entry.control.case or 'full ban'} by {', '.join(entry.control.by)}"
            rows.append((entry.player, entry.move, cause, "run", "run", costs))
    return Costs(tuple(rows))


def assemble(game: Game, costs: Costs, pick: Mapping[str, int] | None = None) -> Normal:
    """The game in normal form: payoff = table - costs of all moves that are made, and visible wins.

    Costs add up: a control hurts as much beside a tariff as alone.
    pick : column of `costs` by cause, 1 (the middle) where none is named
    """
    players = game.players()
    moves = tuple(game.moves_of(player) for player in players)
    shape = (len(players), *(len(names) for names in moves))
    economic, wins = np.zeros(shape), np.zeros(shape)
    for profile in product(*(range(len(names)) for names in moves)):
        here, seen = np.moveaxis(economic, 0, -1), np.moveaxis(wins, 0, -1)
        names = tuple(own[move] for own, move in zip(moves, profile, strict=True))
        for player, move, cause, _, _, cost in costs.rows:
            if names[players.index(player)] == move:
                here[profile] -= cost[:, (pick or {}).get(cause, 1)]
        for entry in game.data.payoff:
            if _matches(entry.moves, names):
                here[profile] += np.array(entry.values)
        for entry in game.data.win:
            if _matches(entry.moves, names):
                seen[profile] += np.array(entry.values)
    weights = np.array([entry.weight for entry in game.data.player])
    return Normal(players, moves, economic, wins, weights)


def _matches(pattern: tuple[str, ...], names: tuple[str, ...]) -> bool:
    return all(part in (ANY, name) for part, name in zip(pattern, names, strict=True))


def corners(costs: Costs) -> tuple[dict[str, int], ...]:
    """Every combination of ends of the ranges of causes that have one; of more than ten all low, all high."""
    causes = list(
        dict.fromkeys(cause for _, _, cause, _, _, cost in costs.rows if np.any(cost[:, 0] != cost[:, 2]))
    )
    if len(causes) > MOST_CAUSES:
        return tuple(dict.fromkeys(causes, end) for end in (0, 2))
    return tuple(dict(zip(causes, ends, strict=True)) for ends in product((0, 2), repeat=len(causes)))


def transfer_amount(entry: TransferEntry, levers: Mapping[str, LinkedLever]) -> float:
    """A month's amount of a promise: stated, or what the lever it undoes costs its bearer."""
    if entry.amount is not None:
        return entry.amount
    return lever_loss(levers[entry.lever])[1]
