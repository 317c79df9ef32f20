"""Whether a deal keeps itself: each month each side may renege, and the other answers when it has noticed.

Source of the condition: Friedman (1971), Review of Economic Studies 38, 1-12, for fixed payoffs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xenotime.market.network import Array

PATIENT = 1 - 1e-9  # a factor of one would make every month to come count alike, for ever


@dataclass(frozen=True, slots=True)
class Temptation:
    """Payoffs a month, months x players.

    deal : while it is kept;  cheat : of a player who reneges while the others still keep it
    cheated : of each player while another reneges, players x months x players (who reneges first)
    after : once it is over;  lag : months until reneging is noticed and answered
    endless : whether the last month's payoffs go on for ever; else nothing follows
    """

    deal: Array
    cheat: Array
    cheated: Array
    after: Array
    lag: int = 1
    endless: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """Whether a deal keeps itself.

    until : first month in which somebody gains by reneging, None where never within the horizon
    by : who reneges then (place of the player)
    gain : largest gain of each player from reneging in any month, valued in that month (negative: a loss)
    """

    until: int | None
    by: int | None
    gain: Array


def critical_discount(deal: float, cheat: float, after: float) -> float | None:
    """Least discount factor at which fixed payoffs keep a deal for ever: (cheat - deal) / (cheat - after).

    0 where reneging never pays; None where the deal is no better than its end and cheating pays.
    """
    if cheat <= deal:
        return 0.0
    if deal <= after:
        return None
    return (cheat - deal) / (cheat - after)


def gains_from_reneging(stakes: Temptation, discounts: Array) -> Array:
    """Months x players: what reneging in a month brings over keeping the deal to the end, valued then."""
    months, players = stakes.deal.shape
    deal, cheat, after = (_longer(part, stakes) for part in (stakes.deal, stakes.cheat, stakes.after))
    gains = np.zeros((months, players))
    for player in range(players):
        factor = min(float(discounts[player]), PATIENT) if stakes.endless else float(discounts[player])
        for month in range(months):
            noticed = min(month + stakes.lag, len(deal))
            weights = factor ** np.arange(len(deal) - month)
            broken = np.concatenate([cheat[month:noticed, player], after[noticed:, player]])
            gains[month, player] = float(weights @ (broken - deal[month:, player]))
            if stakes.endless:
                rest = factor ** (len(deal) - month) / (1 - factor)
                gains[month, player] += rest * float(after[-1, player] - deal[-1, player])
    return gains


def _longer(part: Array, stakes: Temptation) -> Array:
    """Months x players with the last month repeated until the latest reneging has been answered."""
    more = stakes.lag if stakes.endless else 0
    return np.concatenate([part, np.repeat(part[-1:], more, axis=0)])


def keeps_itself(stakes: Temptation, discounts: Array) -> Kept:
    """(M23) first month in which reneging pays somebody; of several the one it pays most.

    Only the first to renege is looked for: that the others foresee it is not.
    """
    gains = gains_from_reneging(stakes, discounts)
    size = float(np.abs(stakes.deal).max() + np.abs(stakes.cheat).max()) or 1.0
    pays = gains > 1e-9 * size
    months = np.flatnonzero(pays.any(axis=1))
    if len(months) == 0:
        return Kept(None, None, gains.max(axis=0))
    first = int(months[0])
    return Kept(first, int(np.argmax(gains[first])), gains.max(axis=0))


def least_discount(stakes: Temptation, player: int, steps: int = 60) -> float | None:
    """Least discount factor of one player at which it never reneges, to 2^-steps; None where there is none.

    Found by halving; for falling stakes the set of factors that keep a deal is an interval up to one.
    """

    def keeps(discount: float) -> bool:
        gains = gains_from_reneging(stakes, np.full(stakes.deal.shape[1], discount))[:, player]
        return bool(np.all(gains <= 1e-9 * (float(np.abs(stakes.deal).max()) or 1.0)))

    if keeps(0.0):
        return 0.0
    if not keeps(1.0):
        return None
    low, high = 0.0, 1.0
    for _ in range(steps):
        middle = (low + high) / 2
        low, high = (low, middle) if keeps(middle) else (middle, high)
    return high


def patience_of(stakes: Temptation) -> tuple[float | None, ...]:
    """Least discount factor of each player, see :func:`least_discount`."""
    return tuple(least_discount(stakes, player) for player in range(stakes.deal.shape[1]))


def value_of(stakes: Temptation, discounts: Array, kept: Kept) -> Array:
    """Discounted payoffs per player if the deal lasts as long as it keeps itself and ends as it would."""
    months, players = stakes.deal.shape
    path = stakes.deal.copy()
    if kept.until is not None and kept.by is not None:
        noticed = min(kept.until + stakes.lag, months)
        path[kept.until : noticed] = stakes.cheated[kept.by, kept.until : noticed]
        path[noticed:] = stakes.after[noticed:]
    weights = discounts[None, :] ** np.arange(months)[:, None]
    return np.asarray((weights * path).sum(axis=0)).reshape(players)
