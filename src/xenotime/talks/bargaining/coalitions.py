"""Clubs of three and more: who would leave, who would join, who rides free, and whether gains can be shared.

Stability: d'Aspremont, Jacquemin, Gabszewicz and Weymark (1983), Canadian Journal of Economics 16, 17-25, as
used by Barrett (1994), Oxford Economic Papers 46, 878-894, for agreements of states.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.optimize import linprog

from xenotime.errors import InternalFault
from xenotime.talks.bargaining.regions import EVERY, Interval, where_no_less

Members = frozenset[int]
Worth = Mapping[Members, tuple[tuple[float, ...], tuple[float, ...]]]  # economic and wins, of every player
TIE = 1e-9
CLOSE = 1e-2  # of a payoff: runs do not tell finer differences apart


@dataclass(frozen=True, slots=True)
class Club:
    """One coalition.

    leaves : members who gain by leaving;  joins : outsiders who gain by joining
    free_riding : what each member would gain by leaving (negative: it loses)
    shared : whether what the members have together is enough to pay each what it would have outside
    region : per player, the weights at which it neither leaves nor joins
    gains : of every player from changing sides alone
    """

    members: tuple[str, ...]
    payoffs: tuple[float, ...]
    leaves: tuple[str, ...]
    joins: tuple[str, ...]
    free_riding: tuple[float, ...]
    shared: bool
    region: tuple[Interval | None, ...]
    gains: tuple[float, ...] = ()

    def too_close(self, players: tuple[str, ...]) -> tuple[str, ...]:
        """Players to whom changing sides makes less than one in a hundred of what they have."""
        return tuple(
            name
            for name, gain, own in zip(players, self.gains, self.payoffs, strict=True)
            if gain != 0.0 and abs(gain) < CLOSE * abs(own)
        )

    @property
    def stable(self) -> bool:
        """Internally and externally stable: nobody leaves, nobody joins."""
        return not self.leaves and not self.joins


def every_club(players: int) -> Iterator[Members]:
    """Every set of players, the empty one too."""
    for size in range(players + 1):
        for members in combinations(range(players), size):
            yield frozenset(members)


def clubs(players: tuple[str, ...], worth: Worth, weights: tuple[float, ...]) -> tuple[Club, ...]:
    """Every coalition with who would leave or join, smallest first.

    worth : payoffs of all players in every coalition of one or more; a coalition of one is nobody's
    """
    return tuple(
        _club(players, worth, weights, members)
        for members in every_club(len(players))
        if members in worth and len(members) != 1
    )


def _club(players: tuple[str, ...], worth: Worth, weights: tuple[float, ...], members: Members) -> Club:
    own = _values(worth, weights, members)
    leaves, joins, riding, gains = [], [], [], []
    region: list[Interval | None] = []
    for player, name in enumerate(players):
        other = _without_singles(members ^ {player})
        there = _values(worth, weights, other)
        size = max(abs(own[player]), abs(there[player]), 1.0)
        gain = there[player] - own[player]
        gains.append(gain if other != members else 0.0)
        if player in members:
            riding.append(gain)
            if gain > TIE * size:
                leaves.append(name)
        elif gain > TIE * size and len(other) > 1:
            joins.append(name)
        if other == members:
            region.append(EVERY)
        else:
            region.append(where_no_less(_pair(worth, members, player), [_pair(worth, other, player)]))
    outside = sum(_values(worth, weights, _without_singles(members - {p}))[p] for p in members)
    together = sum(own[player] for player in members)
    return Club(
        tuple(players[player] for player in sorted(members)),
        own,
        tuple(leaves),
        tuple(joins),
        tuple(riding),
        together >= outside - TIE * max(abs(together), 1.0),
        tuple(region),
        tuple(gains),
    )


def _without_singles(members: Members) -> Members:
    return members if len(members) > 1 else frozenset()


def _pair(worth: Worth, members: Members, player: int) -> tuple[float, float]:
    economic, wins = worth[members]
    return economic[player], wins[player]


def _values(worth: Worth, weights: tuple[float, ...], members: Members) -> tuple[float, ...]:
    return tuple(e + w * v for e, v, w in zip(*worth[members], weights, strict=True))


@dataclass(frozen=True, slots=True)
class Core:
    """Whether everybody together can be paid so that no group does better alone.

    excess : least a group could still gain over what it is paid, at the fairest shares; the core is empty
    where
        it is positive;  shares : payoffs at that point
    """

    empty: bool
    excess: float
    shares: tuple[float, ...]


def core(players: int, total: Mapping[Members, float]) -> Core:
    """Core of a game with transfers: x(S) >= v(S) for every group, x(N) = v(N), by one linear program.

    total : what every group has by itself
    """
    groups = [members for members in every_club(players) if 0 < len(members) < players]
    rows = np.array([[-1.0 if p in members else 0.0 for p in range(players)] + [-1.0] for members in groups])
    done = linprog(
        np.array([0.0] * players + [1.0]),
        A_ub=rows,
        b_ub=[-total[members] for members in groups],
        A_eq=[[1.0] * players + [0.0]],
        b_eq=[total[frozenset(range(players))]],
        bounds=[(None, None)] * (players + 1),
        method="highs",
    )
    if done.status != 0:
        raise InternalFault(f"the program of the core did not solve: {done.message}")
    size = max(abs(value) for value in total.values()) or 1.0
    return Core(bool(done.x[-1] > TIE * size), float(done.x[-1]), tuple(float(x) for x in done.x[:-1]))
