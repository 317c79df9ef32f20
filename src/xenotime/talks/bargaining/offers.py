"""Alternating offers with outside options that may decay.

Sources: Rubinstein (1982), Econometrica 50, 97-109; Binmore, Rubinstein and Wolinsky (1986), RAND Journal of
Economics 17, 176-188, for outside options.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from xenotime.market.network import Array

ROUNDS = 600  # after which what is left is worth nothing at any discount that matters


@dataclass(frozen=True, slots=True)
class Agreement:
    """What is agreed: in which round, and what both get, in the money of that round.

    round : None where both do better by going separate ways from the first
    shares : of the two players;  bound : whether an outside option decides what the second gets
    """

    round: int | None
    shares: Array
    bound: bool


def rubinstein_share(first: float, second: float) -> float:
    """Share of who proposes first, with discount factors of both a round: (1 - d2) / (1 - d1 d2)."""
    return (1 - second) / (1 - first * second)


def alternating_offers(
    pie: Callable[[int], float],
    discounts: tuple[float, float],
    outside: Callable[[int], tuple[float, float]],
    first: int = 0,
    rounds: int = ROUNDS,
) -> Agreement:
    """Backward from a last round: who answers takes the best of his outside option and of waiting.

    pie : surplus to share if agreed in a round;  outside : what each gets by leaving in a round
    In the last round nobody waits.  Who proposes waits too, where agreeing leaves him less.
    """
    later = np.array(outside(rounds), dtype=float)
    when: list[int | None] = [None]
    bound: list[bool] = [True]
    for number in range(rounds - 1, -1, -1):
        proposer = (first + number) % 2
        answerer = 1 - proposer
        options, waiting = outside(number), np.array(discounts) * later
        floor = np.maximum(options, waiting)
        kept = pie(number) - float(floor[answerer])
        if kept >= floor[proposer] - 1e-12 * max(1.0, abs(pie(number))):
            shares = np.zeros(2)
            shares[proposer], shares[answerer] = kept, floor[answerer]
            when.append(number)
            bound.append(bool(options[answerer] > waiting[answerer]))
        elif max(options[0] - waiting[0], options[1] - waiting[1]) > 0:
            shares = np.array(options, dtype=float)  # one leaves, and so both have left
            when.append(None)
            bound.append(True)
        else:
            shares = waiting
            when.append(when[-1])
            bound.append(bound[-1])
        later = shares
    return Agreement(when[-1], later, bound[-1])
