"""Nash equilibria: pure ones of any number of players, mixed ones of two by enumeration of supports.

Support enumeration: Porter, Nudelman and Shoham (2008), Games and Economic Behavior 63, 642-662; for equal
supports of two players Mangasarian and Stone (1964) is enough in games without ties.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from xenotime.market.network import Array
from xenotime.talks.bargaining.payoffs import Normal, Profile, cell
from xenotime.talks.bargaining.regions import Interval, where_no_less, where_signs_hold

TIE = 1e-9  # of the spread of payoffs: differences below it are none


@dataclass(frozen=True, slots=True)
class Equilibrium:
    """Mixtures over each player's moves, payoffs, and where in weights it stays an equilibrium.

    region : per player, the ranges of its own weight; what the others' weights are does not matter to them.
     Of
        a mixed equilibrium, where one with the same support exists: what is mixed shifts with the weights
    strict : whether every player loses by any other move;  degenerate : more moves tie than are mixed, so
    that
        there may be further equilibria beside it
    """

    mixtures: tuple[Array, ...]
    payoffs: Array
    region: tuple[tuple[Interval, ...], ...]
    strict: bool
    degenerate: bool = False

    def is_pure(self) -> bool:
        """Whether nobody mixes."""
        return all(float(mixture.max()) == 1.0 for mixture in self.mixtures)


def pure_equilibria(game: Normal) -> tuple[Equilibrium, ...]:
    """Combinations of moves none can gain from leaving alone, at the game's weights."""
    values, found = game.values(), []
    for profile in game.profiles():
        region = pure_region(game, profile)
        if region is None:
            continue
        if all(part.holds(float(weight)) for part, weight in zip(region, game.weights, strict=True)):
            found.append(
                Equilibrium(
                    _pure(game, profile),
                    cell(values, profile),
                    tuple((part,) for part in region),
                    _is_strict(game, values, profile),
                )
            )
    return tuple(found)


def pure_region(game: Normal, profile: Profile) -> tuple[Interval, ...] | None:
    """Per player the weights at which staying is best; None where some player always gains by leaving."""
    region = []
    for player in range(len(game.players)):
        own = _pair(game, player, profile)
        part = where_no_less(own, (_pair(game, player, other) for other in game.deviations(profile, player)))
        if part is None:
            return None
        region.append(part)
    return tuple(region)


def _pair(game: Normal, player: int, profile: Profile) -> tuple[float, float]:
    return float(game.economic[(player, *profile)]), float(game.wins[(player, *profile)])


def _pure(game: Normal, profile: Profile) -> tuple[Array, ...]:
    return tuple(np.eye(len(names))[move] for names, move in zip(game.moves, profile, strict=True))


def _is_strict(game: Normal, values: Array, profile: Profile) -> bool:
    spread = float(np.ptp(values)) or 1.0
    return all(
        values[(player, *profile)] > values[(player, *other)] + TIE * spread
        for player in range(len(game.players))
        for other in game.deviations(profile, player)
    )


def mixed_equilibria(game: Normal, reach: tuple[Interval, Interval]) -> tuple[Equilibrium, ...]:
    """Equilibria of two players in which somebody mixes, by supports of equal size.

    reach : finite ranges of both weights within which regions are told
    """
    values = game.values()
    found: list[Equilibrium] = []
    rows, columns = values.shape[1:]
    for size in range(2, min(rows, columns) + 1):
        for own in combinations(range(rows), size):
            for other in combinations(range(columns), size):
                made = _mixed(game, values, own, other, reach)
                if made is not None:
                    found.append(made)
    return tuple(found)


def _mixed(
    game: Normal,
    values: Array,
    own: tuple[int, ...],
    other: tuple[int, ...],
    reach: tuple[Interval, Interval],
) -> Equilibrium | None:
    second = indifferent(values[0], own, other)
    first = indifferent(values[1].T, other, own)
    if first is None or second is None or min(first.min(), second.min()) < 0:
        return None
    if np.any(first[list(own)] <= TIE) or np.any(second[list(other)] <= TIE):
        return None
    spread = float(np.ptp(values)) or 1.0
    earned, received = values[0] @ second, first @ values[1]
    if earned.max() > earned[list(own)].max() + TIE * spread:
        return None
    if received.max() > received[list(other)].max() + TIE * spread:
        return None
    ties = (
        int(np.sum(earned > earned.max() - TIE * spread)),
        int(np.sum(received > received.max() - TIE * spread)),
    )
    region = (
        where_signs_hold(_conditions(game, 0, own, other), len(own) + 1, reach[0]),
        where_signs_hold(_conditions(game, 1, other, own), len(own) + 1, reach[1]),
    )
    payoffs = np.array([float(first @ values[0] @ second), float(first @ values[1] @ second)])
    return Equilibrium((first, second), payoffs, region, False, max(ties) > len(own))


def indifferent(values: Array, own: tuple[int, ...], other: tuple[int, ...]) -> Array | None:
    """Mixture over `other` that makes all of `own` worth the same; None where there is not exactly one.

    values : own moves x the other's moves
    """
    size = len(own)
    block = values[np.ix_(own, other)]
    system = np.zeros((size + 1, size + 1))
    system[:size, :size], system[:size, size], system[size, :size] = block, -1.0, 1.0
    scale = max(float(np.abs(block).max()), 1.0)
    system[:size, :] /= scale
    if np.linalg.matrix_rank(system) < size + 1:
        return None
    right = np.zeros(size + 1)
    right[size] = 1.0
    solution = np.linalg.solve(system, right)
    mixture = np.zeros(values.shape[1])
    mixture[list(other)] = solution[:size]
    return mixture


def _conditions(
    game: Normal, player: int, own: tuple[int, ...], other: tuple[int, ...]
) -> Callable[[float], Array]:
    """Conditions on a player's weight, by Cramer's rule: chances of the other, what other moves lose."""
    economic = game.economic[player] if player == 0 else game.economic[player].T
    wins = game.wins[player] if player == 0 else game.wins[player].T
    outside = [move for move in range(economic.shape[0]) if move not in own]
    size = len(own)

    def conditions(weight: float) -> Array:
        values = economic + weight * wins
        scale = max(float(np.abs(economic).max()), 1.0)
        system = np.zeros((size + 1, size + 1))
        system[:size, :size] = values[np.ix_(own, other)] / scale
        system[:size, size], system[size, :size] = -1.0, 1.0
        below = float(np.linalg.det(system))
        tops = []
        for column in range(size + 1):
            replaced = system.copy()
            replaced[:, column] = 0.0
            replaced[size, column] = 1.0
            tops.append(float(np.linalg.det(replaced)))
        losses = [
            tops[size] - float(values[move, list(other)] @ np.array(tops[:size])) / scale for move in outside
        ]
        return np.array([*tops[:size], *losses, below])

    return conditions
