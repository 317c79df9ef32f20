"""Bargaining points on the convex hull of feasible payoffs: Nash (1950), Kalai and Smorodinsky (1975).

Payoffs are those of combinations of moves and of lotteries over them, or of turns taken in proportion.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog, minimize

from xenotime.errors import InternalFault
from xenotime.market.network import Array

FINE = 1e-12


@dataclass(frozen=True, slots=True)
class Point:
    """A point of agreement.

    payoffs : per player;  mixture : weight of each feasible outcome in it
    """

    name: str
    payoffs: Array
    mixture: Array


def ideal_point(feasible: Array, disagreement: Array) -> Array | None:
    """Most each player can have while nobody is below disagreement; None where nobody can gain.

    feasible : outcomes x players
    """
    best = []
    for player in range(feasible.shape[1]):
        done = linprog(
            -feasible[:, player],
            A_ub=-feasible.T,
            b_ub=-disagreement,
            A_eq=np.ones((1, len(feasible))),
            b_eq=[1.0],
            method="highs",
        )
        if done.status == 2:
            return None
        best.append(float(-done.fun))
    return np.array(best)


def kalai_smorodinsky(feasible: Array, disagreement: Array) -> Point | None:
    """Largest t with  d + t (ideal - d)  reached or bettered by all; None where there is nothing to share.

    Source: Kalai and Smorodinsky (1975), Econometrica 43, 513-518.
    """
    ideal = ideal_point(feasible, disagreement)
    if ideal is None or np.all(ideal - disagreement <= FINE * (1 + np.abs(ideal))):
        return None
    gain = ideal - disagreement
    count = len(feasible)
    done = linprog(
        np.concatenate([np.zeros(count), [-1.0]]),
        A_ub=np.hstack([-feasible.T, gain[:, None]]),
        b_ub=-disagreement,
        A_eq=np.concatenate([np.ones(count), [0.0]])[None, :],
        b_eq=[1.0],
        method="highs",
    )
    if done.status != 0:
        raise InternalFault(f"the Kalai-Smorodinsky program did not solve: {done.message}")
    mixture = done.x[:count]
    return Point("kalai-smorodinsky", feasible.T @ mixture, mixture)


def nash_point(feasible: Array, disagreement: Array, powers: Array | None = None) -> Point | None:
    """Feasible point with the largest product of gains (u_i - d_i)^p_i; None where not all can gain.

    powers : of bargaining, equal where none are given.  Source: Nash (1950), Econometrica 18, 155-162.
    """
    strengths = np.ones(feasible.shape[1]) if powers is None else np.asarray(powers, dtype=float)
    start = _interior(feasible, disagreement)
    if start is None:
        return None
    if feasible.shape[1] == 2:
        return _nash_of_two(feasible, disagreement, strengths)
    scale = np.maximum(np.abs(feasible - disagreement).max(axis=0), FINE)
    gains = (feasible - disagreement) / scale

    def badness(mixture: Array) -> float:
        return float(-strengths @ np.log(np.maximum(mixture @ gains, FINE)))

    def slope(mixture: Array) -> Array:
        return np.asarray(-gains @ (strengths / np.maximum(mixture @ gains, FINE)))

    done = minimize(
        badness,
        start,
        jac=slope,
        method="SLSQP",
        bounds=[(0.0, 1.0)] * len(feasible),
        constraints=[{"type": "eq", "fun": lambda m: m.sum() - 1, "jac": lambda m: np.ones(len(m))}],
        options={"ftol": 1e-14, "maxiter": 500},
    )
    mixture = np.maximum(done.x, 0.0) / np.maximum(done.x, 0.0).sum()
    # at the optimum no outcome has a steeper product than the mixture itself (Frank-Wolfe gap)
    gap = float(mixture @ slope(mixture) - slope(mixture).min())
    if gap > 1e-5 * strengths.sum():
        raise InternalFault(f"the Nash point was not found: gap {gap:g}")
    return Point("nash", feasible.T @ mixture, mixture)


def _interior(feasible: Array, disagreement: Array) -> Array | None:
    """A mixture that gives everybody more than disagreement; None where there is none."""
    count = len(feasible)
    scale = np.maximum(np.abs(feasible - disagreement).max(axis=0), FINE)
    done = linprog(
        np.concatenate([np.zeros(count), [-1.0]]),
        A_ub=np.hstack([-((feasible - disagreement) / scale).T, np.ones((feasible.shape[1], 1))]),
        b_ub=np.zeros(feasible.shape[1]),
        A_eq=np.concatenate([np.ones(count), [0.0]])[None, :],
        b_eq=[1.0],
        bounds=[(0.0, None)] * count + [(None, None)],
        method="highs",
    )
    return np.asarray(done.x[:count]) if done.status == 0 and -done.fun > 1e-9 else None


def _nash_of_two(feasible: Array, disagreement: Array, powers: Array) -> Point:
    """Exact: along every edge between two outcomes the product of gains has one maximum."""
    best, chosen = -np.inf, np.zeros(len(feasible))
    for one in range(len(feasible)):
        for two in range(one, len(feasible)):
            share = _best_share(feasible[one] - disagreement, feasible[two] - disagreement, powers)
            gains = share * (feasible[one] - disagreement) + (1 - share) * (feasible[two] - disagreement)
            if np.any(gains <= 0):
                continue
            value = float(powers @ np.log(gains))
            if value > best + FINE:
                best = value
                chosen = np.zeros(len(feasible))
                chosen[one] += share
                chosen[two] += 1 - share
    return Point("nash", feasible.T @ chosen, chosen)


def _best_share(one: Array, two: Array, powers: Array) -> float:
    """Share s of the first end at which p ln(s a + (1-s) b) + q ln(s c + (1-s) d) is largest within [0, 1].

    Its slope  p (a-b) / x + q (c-d) / y = 0  with x, y linear in s is a linear equation.
    """
    (a, c), (b, d), (p, q) = one, two, powers
    rise, fall = a - b, c - d
    below = rise * fall * (p + q)
    if abs(below) <= FINE * max(1.0, abs(rise), abs(fall)) ** 2:
        return 1.0 if p * rise / max(b, FINE) + q * fall / max(d, FINE) > 0 else 0.0
    share = -(p * rise * d + q * fall * b) / below
    return float(np.clip(share, 0.0, 1.0))
