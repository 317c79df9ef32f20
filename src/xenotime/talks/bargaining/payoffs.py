"""A game in normal form whose payoffs are linear in political weights (M23)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from xenotime.market.network import Array

Profile = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Normal:
    """Players, their moves, and payoffs u_i = e_i + w_i v_i.

    economic, wins : players x moves of the first x moves of the second ...; e_i in the game's unit, v_i
    counts
        wins that are visible at home
    weights : what a visible win is worth to each player (unit of the game)
    """

    players: tuple[str, ...]
    moves: tuple[tuple[str, ...], ...]
    economic: Array
    wins: Array
    weights: Array

    def values(self, weights: Array | None = None) -> Array:
        """(M23) payoffs at `weights`, at the game's own where none are given."""
        chosen = self.weights if weights is None else np.asarray(weights, dtype=float)
        shape = (len(self.players),) + (1,) * len(self.moves)
        return np.asarray(self.economic + chosen.reshape(shape) * self.wins)

    def profiles(self) -> Iterator[Profile]:
        """Every combination of moves."""
        return product(*(range(len(names)) for names in self.moves))

    def names(self, profile: Profile) -> tuple[str, ...]:
        """A combination of moves in words."""
        return tuple(names[move] for names, move in zip(self.moves, profile, strict=True))

    def deviations(self, profile: Profile, player: int) -> Iterator[Profile]:
        """Combinations one player can make of a profile alone."""
        for move in range(len(self.moves[player])):
            if move != profile[player]:
                yield (*profile[:player], move, *profile[player + 1 :])


def cell(table: Array, profile: Profile) -> Array:
    """One combination of moves of a table of players x moves: an entry per player."""
    return np.asarray(np.moveaxis(table, 0, -1)[profile], dtype=float)


def normal_form(
    moves: dict[str, tuple[str, ...]],
    economic: dict[Profile, tuple[float, ...]],
    wins: dict[Profile, tuple[float, ...]] | None = None,
    weights: tuple[float, ...] | None = None,
) -> Normal:
    """A game from a table of payoffs by combination of moves."""
    players = tuple(moves)
    shape = (len(players), *(len(names) for names in moves.values()))
    values, seen = np.zeros(shape), np.zeros(shape)
    for profile, row in economic.items():
        np.moveaxis(values, 0, -1)[profile] = row
    for profile, row in (wins or {}).items():
        np.moveaxis(seen, 0, -1)[profile] = row
    chosen = np.zeros(len(players)) if weights is None else np.array(weights, dtype=float)
    return Normal(players, tuple(moves.values()), values, seen, chosen)
