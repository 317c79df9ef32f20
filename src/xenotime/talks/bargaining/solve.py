"""A game solved: equilibria with their regions, bargaining points, the deal, its clauses, offers, clubs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from xenotime.displays import Displayed
from xenotime.facts.published import LinkedLever
from xenotime.market.network import Array
from xenotime.talks.bargaining.assemble import Costs, LossesOf, assemble, corners, move_costs, transfer_amount
from xenotime.talks.bargaining.coalitions import Club, Core, Members, Worth, clubs, core, every_club
from xenotime.talks.bargaining.deals import (
    Clause,
    Deal,
    Priced,
    Terms,
    Transfer,
    price_clauses,
    stakes_of,
    value,
)
from xenotime.talks.bargaining.equilibria import Equilibrium, mixed_equilibria, pure_equilibria, pure_region
from xenotime.talks.bargaining.game_file import TransferEntry
from xenotime.talks.bargaining.offers import Agreement, alternating_offers
from xenotime.talks.bargaining.payoffs import Normal, cell
from xenotime.talks.bargaining.points import Point, ideal_point, kalai_smorodinsky, nash_point
from xenotime.talks.bargaining.read_game import Game
from xenotime.talks.bargaining.regions import Interval
from xenotime.talks.bargaining.repeated import Kept, patience_of
from xenotime.talks.bargaining.trees import Node, Plan, backward_induction, in_turn


@dataclass(frozen=True, slots=True)
class Bargain:
    """Nash and Kalai-Smorodinsky points over disagreement, and the most each side could have."""

    disagreement: Array
    ideal: Array | None
    points: tuple[Point, ...]
    feasible: Array
    names: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class KeptDeal:
    """A deal, what it is worth over having none, whether it keeps itself, and what its clauses are worth."""

    deal: Deal
    worth: Array
    kept: Kept
    least_discounts: tuple[float | None, ...]
    clauses: tuple[Priced, ...]
    terms: Terms


@dataclass(frozen=True, slots=True)
class Solved(Displayed):
    """Everything a game has an answer to; what it does not ask for is None or empty.

    robust : for each equilibrium at how many of the ends of all ranges it stays one, and of how many
    over_ends : every combination that is an equilibrium at some of those ends, and at how many
    pie : what alternating offers share
    """

    game: Game
    normal: Normal | None
    costs: Costs
    pure: tuple[Equilibrium, ...]
    mixed: tuple[Equilibrium, ...]
    robust: tuple[tuple[int, int], ...]
    elsewhere: tuple[tuple[tuple[str, ...], tuple[Interval, ...]], ...]
    plan: Plan | None
    bargain: Bargain | None
    deal: KeptDeal | None
    agreement: Agreement | None
    clubs: tuple[Club, ...]
    core: Core | None
    over_ends: tuple[tuple[tuple[str, ...], int, int], ...] = ()
    pie: float | None = None


def solve_game(
    game: Game, levers: Mapping[str, LinkedLever], losses_of: LossesOf, worth: Worth | None = None
) -> Solved:
    """Solve a game.

    losses_of : losses of controls, from runs;  worth : payoffs by coalition where runs have made them
    """
    data = game.data
    nothing = Costs(())
    if data.kind == "coalition":
        pie, agreement = _offers(game, None)
        known = worth if worth is not None else _stated(game)
        found = clubs(game.players(), known, tuple(entry.weight for entry in data.player))
        return Solved(
            *(game, None, nothing, (), (), (), (), None, None, None, agreement, found, _core(game, known)),
            pie=pie,
        )
    if data.kind == "tree":
        pie, agreement = _offers(game, None)
        plan = backward_induction(_nodes(game), data.root, tuple(e.weight for e in data.player))
        return Solved(game, None, nothing, (), (), (), (), plan, None, None, agreement, (), None, pie=pie)
    costs = move_costs(game, levers, losses_of)
    normal = assemble(game, costs)
    bargain, deal = _bargain(game, normal), _deal(game, normal, levers, losses_of)
    pie, agreement = _offers(game, bargain)
    if data.kind == "sequential":
        plan = _in_turn(game, normal)
        return Solved(game, normal, costs, (), (), (), (), plan, bargain, deal, agreement, (), None, pie=pie)
    pure = pure_equilibria(normal)
    ends = corners(costs)
    over_ends = _over_ends(game, costs, ends) if len(ends) > 1 else {}
    mixed = mixed_equilibria(normal, _reach(game)) if len(normal.players) == 2 else ()
    return Solved(
        game,
        normal,
        costs,
        pure,
        mixed,
        tuple(_robust(normal, item, over_ends, len(ends)) for item in pure),
        tuple(_elsewhere(normal, pure)),
        None,
        bargain,
        deal,
        agreement,
        (),
        None,
        tuple((normal.names(profile), held, len(ends)) for profile, held in over_ends.items()),
        pie,
    )


def _reach(game: Game) -> tuple[Interval, Interval]:
    """Ranges of weights within which mixed equilibria are followed: as stated, else around the weight."""
    found = []
    for entry in game.data.player:
        size = max(abs(entry.weight), 1.0)
        low = entry.weight_low if entry.weight_low is not None else entry.weight - size
        high = entry.weight_high if entry.weight_high is not None else entry.weight + size
        found.append(Interval(low, high))
    return found[0], found[1]


def _over_ends(game: Game, costs: Costs, ends: Sequence[Mapping[str, int]]) -> dict[tuple[int, ...], int]:
    """At how many ends of ranges each combination is an equilibrium, at the game's weights; most first."""
    held: dict[tuple[int, ...], int] = {}
    for pick in ends:
        other = assemble(game, costs, pick)
        for item in pure_equilibria(other):
            profile = tuple(int(mixture.argmax()) for mixture in item.mixtures)
            held[profile] = held.get(profile, 0) + 1
    return dict(sorted(held.items(), key=lambda entry: (-entry[1], entry[0])))


def _robust(
    normal: Normal, item: Equilibrium, over_ends: Mapping[tuple[int, ...], int], ends: int
) -> tuple[int, int]:
    profile = tuple(int(mixture.argmax()) for mixture in item.mixtures)
    return (over_ends.get(profile, 0), ends) if ends > 1 else (0, 0)


def _elsewhere(
    normal: Normal, pure: tuple[Equilibrium, ...]
) -> Iterator[tuple[tuple[str, ...], tuple[Interval, ...]]]:
    """Combinations that are equilibria at other weights than the game's, with those weights."""
    here = {tuple(int(mixture.argmax()) for mixture in item.mixtures) for item in pure}
    for profile in normal.profiles():
        region = pure_region(normal, profile)
        if region is not None and profile not in here:
            yield normal.names(profile), region


def _bargain(game: Game, normal: Normal) -> Bargain | None:
    """Points over the disagreement the file names: a combination of moves, or outside options."""
    data, values = game.data, normal.values()
    outside = [entry.outside for entry in data.player]
    if data.disagreement:
        profile = tuple(own.index(move) for own, move in zip(normal.moves, data.disagreement, strict=True))
        start = cell(values, profile)
    elif all(value is not None for value in outside):
        start = np.array([float(value or 0.0) for value in outside])
    else:
        return None
    names = tuple(normal.names(profile) for profile in normal.profiles())
    feasible = np.array([cell(values, profile) for profile in normal.profiles()])
    made = (nash_point(feasible, start), kalai_smorodinsky(feasible, start))
    return Bargain(
        start,
        ideal_point(feasible, start),
        tuple(point for point in made if point is not None),
        feasible,
        names,
    )


def _deal(
    game: Game, normal: Normal, levers: Mapping[str, LinkedLever], losses_of: LossesOf
) -> KeptDeal | None:
    entry = game.data.deal
    if entry is None:
        return None
    players = game.players()

    def transfers(rows: tuple[TransferEntry, ...]) -> tuple[Transfer, ...]:
        return tuple(
            Transfer(
                players.index(row.giver),
                players.index(row.taker),
                transfer_amount(row, levers),
                row.cost,
                row.kept,
            )
            for row in rows
        )

    def profile(moves: tuple[str, ...]) -> tuple[int, ...]:
        return tuple(own.index(move) for own, move in zip(normal.moves, moves, strict=True))

    deal = Deal(
        profile(entry.moves),
        profile(entry.otherwise),
        entry.months,
        entry.lag,
        entry.snap_back,
        transfers(entry.transfer),
    )
    terms = Terms(
        entry.horizon, np.array([row.discount for row in game.data.player]), _decay(game, losses_of)
    )
    edits = tuple(
        Clause(
            row.clause,
            row.what,
            row.months,
            row.lag,
            row.snap_back,
            profile(row.moves) if row.moves else None,
            transfers(row.transfer),
        )
        for row in game.data.clause
    )
    worth, kept = value(normal, deal, terms)
    stakes = stakes_of(normal, deal, terms)
    return KeptDeal(deal, worth, kept, patience_of(stakes), price_clauses(normal, deal, edits, terms), terms)


def _decay(game: Game, losses_of: LossesOf) -> Array:
    """Factor a month by which what a player suffers shrinks: stated, or that of the runs, or none."""
    found = []
    for entry in game.data.player:
        stated = entry.decay
        if stated is None:
            runs = [losses_of(move.control).decay for move in game.data.move if move.control is not None]
            factors = [
                run[name] for run in runs for name in (entry.regions or (entry.player,)) if name in run
            ]
            stated = float(np.mean(factors)) if factors else 1.0
        found.append(stated)
    return np.array(found)


def _in_turn(game: Game, normal: Normal) -> Plan:
    order = tuple(normal.players.index(name) for name in game.data.order)
    outcomes = {
        profile: (
            tuple(float(x) for x in cell(normal.economic, profile)),
            tuple(float(x) for x in cell(normal.wins, profile)),
        )
        for profile in normal.profiles()
    }
    nodes = in_turn(normal.players, normal.moves, order, outcomes)
    return backward_induction(nodes, "", tuple(float(weight) for weight in normal.weights))


def _nodes(game: Game) -> dict[str, Node]:
    players = game.players()
    found = {}
    for entry in game.data.node:
        if entry.choices:
            found[entry.node] = Node(entry.node, players.index(entry.player), tuple(entry.choices.items()))
        else:
            wins = entry.wins or (0.0,) * len(players)
            found[entry.node] = Node(entry.node, -1, (), (entry.values, wins))
    return found


def _offers(game: Game, bargain: Bargain | None) -> tuple[float | None, Agreement | None]:
    """The pie, and what alternating offers make of it; nothing where there is nothing to share."""
    entry = game.data.offers
    if entry is None:
        return None, None
    pie = entry.pie
    if pie is None and bargain is not None:
        pie = float((bargain.feasible - bargain.disagreement).sum(axis=1).max())
    if pie is None or pie <= 0:
        return pie, None
    whole, outside, decay = pie, entry.outside, entry.decay
    return whole, alternating_offers(
        lambda number: whole,
        entry.discounts,
        lambda number: (
            whole * outside[0] * decay[0] ** number,
            whole * outside[1] * decay[1] ** number,
        ),
    )


def _stated(game: Game) -> Worth:
    players = game.players()
    return {
        frozenset(players.index(name) for name in entry.members): (
            entry.values,
            entry.wins or (0.0,) * len(players),
        )
        for entry in game.data.coalition
    }


def _core(game: Game, worth: Worth) -> Core | None:
    """Core of the coalition game, each group valued at what its members have when it alone has formed."""
    players = game.players()
    weights = [entry.weight for entry in game.data.player]
    total: dict[Members, float] = {}
    for members in every_club(len(players)):
        if members:
            known = members if members in worth and len(members) > 1 else frozenset()
            economic, wins = worth[known]
            total[members] = sum(economic[p] + weights[p] * wins[p] for p in members)
    return core(len(players), total) if len(players) <= MOST_PLAYERS else None


MOST_PLAYERS = 8  # beyond it the groups are too many to look at one by one
