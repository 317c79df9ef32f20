"""A deal month by month, and clauses as edits of it: what each is worth to each side (M23).

A deal is a combination of moves kept from its first month on, with payments beside it.  It lasts until its
end,
or until somebody gains by reneging; then the others answer once they have noticed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from xenotime.market.network import Array
from xenotime.talks.bargaining.payoffs import Normal, Profile, cell
from xenotime.talks.bargaining.repeated import Kept, Temptation, keeps_itself, patience_of, value_of


@dataclass(frozen=True, slots=True)
class Transfer:
    """A promise to pay or buy.

    amount : a month, worth to who gets it (unit of the game);  cost : to who gives it, share of the amount
    kept : share of such promises that is fulfilled
    """

    giver: int
    taker: int
    amount: float
    cost: float = 1.0
    kept: float = 1.0


@dataclass(frozen=True, slots=True)
class Deal:
    """What is agreed.

    moves : combination of moves while the deal is kept;  otherwise : without the deal and after it
    months : until its end, None where it names none;  lag : months until reneging is noticed
    snap_back : months after that until the answer bites
    """

    moves: Profile
    otherwise: Profile
    months: int | None = None
    lag: int = 1
    snap_back: int = 1
    transfers: tuple[Transfer, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """What a deal plays out in: months looked ahead, discount factors a month, and the decay of leverage.

    decay : factor a month, per player: by it the loss a player suffers without the deal shrinks
    """

    months: int
    discounts: Array
    decay: Array


@dataclass(frozen=True, slots=True)
class Priced:
    """A clause and its worth to each player: the deal's value with it less without it.

    kept : whether and until when the deal keeps itself with the clause
    patience : least discount factor a month at which each player keeps it, None where there is none
    """

    clause: str
    what: str
    worth: Array
    kept: Kept
    patience: tuple[float | None, ...] = ()


def stakes_of(game: Normal, deal: Deal, terms: Terms, weights: Array | None = None) -> Temptation:
    """Payoffs a month of keeping, reneging on and having lost a deal, by month and player."""
    values = game.values(weights)
    players, months = len(game.players), terms.months
    time = np.arange(months)
    fading = terms.decay[None, :] ** time[:, None]
    # What shrinks is the difference the deal makes: controls bite less as time goes by, so do their lifting.
    agreed = cell(values, deal.moves)
    without = cell(values, deal.otherwise)
    after = agreed + (without - agreed) * fading
    kept = np.tile(agreed, (months, 1)) + _payments(deal, players)
    cheat = np.zeros((months, players))
    cheated = np.zeros((players, months, players))
    for player in range(players):
        best = max(game.deviations(deal.moves, player), key=lambda other: float(values[(player, *other)]))
        alone = cell(values, best)
        broken = agreed + (alone - agreed) * fading
        cheat[:, player] = (
            np.maximum(broken[:, player], agreed[player]) + _payments(deal, players, player)[player]
        )
        cheated[player] = broken + _payments(deal, players, player)
    if deal.months is not None:
        over = time >= deal.months
        kept[over], cheat[over], cheated[:, over] = after[over], after[over], after[over]
    return Temptation(kept, cheat, cheated, after, deal.lag + deal.snap_back, deal.months is None)


def _payments(deal: Deal, players: int, reneging: int = -1) -> Array:
    """What transfers bring each player a month; who reneges gives nothing, and is still given."""
    total = np.zeros(players)
    for transfer in deal.transfers:
        if transfer.giver != reneging:
            total[transfer.giver] -= transfer.cost * transfer.amount * transfer.kept
            total[transfer.taker] += transfer.amount * transfer.kept
    return total


def value(game: Normal, deal: Deal, terms: Terms, weights: Array | None = None) -> tuple[Array, Kept]:
    """Discounted worth of a deal to each player over having none, and whether it keeps itself."""
    stakes = stakes_of(game, deal, terms, weights)
    kept = keeps_itself(stakes, terms.discounts)
    nothing = (terms.discounts[None, :] ** np.arange(terms.months)[:, None] * stakes.after).sum(axis=0)
    return value_of(stakes, terms.discounts, kept) - nothing, kept


@dataclass(frozen=True, slots=True)
class Clause:
    """An edit of a deal; what is None stays as it is."""

    name: str
    what: str
    months: int | None = None
    lag: int | None = None
    snap_back: int | None = None
    moves: Profile | None = None
    transfers: tuple[Transfer, ...] = ()


def with_clause(deal: Deal, clause: Clause) -> Deal:
    """The deal with a clause added."""
    changed = deal if clause.months is None else replace(deal, months=clause.months)
    changed = changed if clause.lag is None else replace(changed, lag=clause.lag)
    changed = changed if clause.snap_back is None else replace(changed, snap_back=clause.snap_back)
    changed = changed if clause.moves is None else replace(changed, moves=clause.moves)
    return replace(changed, transfers=(*changed.transfers, *clause.transfers))


def price_clauses(
    game: Normal, deal: Deal, clauses: Sequence[Clause], terms: Terms, weights: Array | None = None
) -> tuple[Priced, ...]:
    """Worth of each clause by itself to each player, in the order given."""
    plain, _ = value(game, deal, terms, weights)
    found = []
    for clause in clauses:
        changed = with_clause(deal, clause)
        worth, kept = value(game, changed, terms, weights)
        patience = patience_of(stakes_of(game, changed, terms, weights))
        found.append(Priced(clause.name, clause.what, worth - plain, kept, patience))
    return tuple(found)
