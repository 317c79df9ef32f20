"""Our own engine: a primal-dual interior point that finds prices and ad valorem charges together.

A charge in proportion to value has a dual as its base, so a solver of quadratic programs has to be asked
again and again while charges settle.  Here they are part of the conditions of equilibrium,

    P x + c - B'y - zl + zu = 0,   Q x = r,   (x - low) zl = mu,   (high - x) zu = mu,

with Q the rows of quantities (balances, limits with a slack) and B = Q less charges the rows of values.
Without charges B = Q, and the method is Mehrotra's predictor and corrector for convex quadratic programs.
Newton's equations shrink to one row per balance, Q D^-1 B', whose pattern is symmetric.

Every column must be able to carry something (see `reach`): else no point lies inside all bounds and prices
of dead nodes run away.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xenotime.market import column_loops, curve_loops, interior_loops
from xenotime.market.curves import Stand
from xenotime.market.engines import QP, Array, Raw
from xenotime.market.frame import build_frame
from xenotime.market.fronts import Factor
from xenotime.market.problem import BETWEEN, CLOSED, Problem, make_problem
from xenotime.market.scaling import no_scale

MOST = 150  # iterations; a look-ahead under controls takes forty
COLD = 1.0  # product of distance and push a column starts with, of its own size times value ...
WARM = 1e-4  # ... and from the point of a program like this one
SHORT = 0.01  # of the way: steps no longer than this ...
SHORT_STEPS = 8  # ... more often than this in a row mean the start was too near the wrong bounds, and
FARTHER = 1e4  # times its distance is where it begins again
STEP_KEPT = 0.9  # share of the way to the nearest bound that is always taken ...
FARTHEST = 0.999999  # ... and at most
COMPLEMENTARITY = 1e-7  # per column, of its own size times value: below it sides are clear
NEAR_ENOUGH = 1e-3  # the same where rounding ends the iterations before: polish may still settle it
CLOSED_WELL = 1e-6  # of a node's throughput, and of the values in a column
CORRECTION = 10.0  # multiple of the target by which the second-order term may change it
SMALL_VALUE = 1e-6  # of the median value: what a column without cost or price counts with
PATIENCE = 6  # iterations without coming nearer, once close, before rounding is taken to rule
CLOSE = 3e-4  # the largest breach from which that may be so
REFINEMENTS = 8
REFINED = 1e-7  # of what passes a balance: a step that closes it this well is good enough


@dataclass(frozen=True, slots=True)
class Iterate:
    """Amounts, prices, and the pushes of lower and upper bounds."""

    x: Array
    y: Array
    zl: Array
    zu: Array


@dataclass(frozen=True, slots=True)
class _Measures:
    """What the iterate leaves: filled by `interior_loops.distance`."""

    through: Array
    gap: Array
    slope: Array


def interior(problem: Problem, start: tuple[Array, Array] | None = None) -> tuple[Iterate, bool, int]:
    """The nearest iterate, whether every column has a clear side in it, and how many steps it took.

    start : amounts and prices to begin from, of a program like this one
    A start from which there is no way is left for a farther one, and then for none.  Where sides are not
    clear, the point is as near as rounding allowed or the program has no answer, which this method does not
    tell apart.
    """
    best, clear, done = _from(problem, start)
    if start is None or clear:
        return best, clear, done
    afresh, clear, more = _from(problem, None)
    return afresh, clear, done + more


def _from(problem: Problem, start: tuple[Array, Array] | None) -> tuple[Iterate, bool, int]:
    """See :func:`interior`; from one start."""
    share = COLD if start is None or not np.any(start[1]) else WARM
    farthest = np.inf if start is None else FARTHER * share
    stand = problem.stand()
    point, size = _begin(problem, stand, start, share)
    left = _Measures(*(np.empty(count) for count in (len(problem.r), len(problem.r), len(problem.c))))
    best, closest, done, nearest, jammed = point, np.inf, 0, 0, 0
    for done in range(MOST):
        distance = _distance(problem, stand, point, size, left)
        if not np.isfinite(sum(distance)):
            break
        if max(distance) < closest:
            best, closest, nearest = point, max(distance), done
        if distance[0] <= COMPLEMENTARITY and distance[1] <= CLOSED_WELL:
            break
        if closest < CLOSE and done > nearest + PATIENCE:
            break
        following, length = _step(problem, stand, point, left)
        if following is None:
            break
        point, jammed = following, jammed + 1 if length < SHORT else 0
        if jammed > SHORT_STEPS:
            share, jammed = share * FARTHER, 0
            if share > farthest:
                break
            point, size = _begin(problem, stand, start, share)
    return best, closest <= NEAR_ENOUGH, done


def _begin(
    problem: Problem, stand: Stand, start: tuple[Array, Array] | None, share: float
) -> tuple[Iterate, Array]:
    """A point inside all bounds near `start`, and what complementarity is measured against per column."""
    upper, low, high = problem.kind == BETWEEN, problem.low, problem.high
    open_ = problem.kind != CLOSED
    room = np.where(upper, high - low, np.inf)
    span = np.where(open_, np.minimum(1.0, room), 1.0)
    x, y = (low + 0.5 * span, np.zeros(len(problem.r))) if start is None else start
    stand.at(x)
    value = np.empty(len(x))
    column_loops.values_of(*problem.places, problem.worth, stand.c, y, 0.0, value)
    seen = open_ & (value > 0)
    value = np.maximum(value, SMALL_VALUE * float(np.median(value[seen]) if np.any(seen) else 1.0))
    left = _Measures(np.empty(len(y)), np.empty(len(y)), np.empty(len(x)))
    none = np.zeros(len(x))
    _distance(problem, stand, Iterate(x, y, none, none), np.ones(len(x)), left)
    cost = -left.slope
    above = np.where(upper, high - x, np.inf)
    near_low = x - low <= above
    away, low_push = _apart(x - low, cost, span, value, share)
    short, high_push = _apart(np.where(upper, above, span), -cost, span, value, share)
    x = np.where(near_low, low + np.minimum(away, 0.5 * room), x)
    x = np.where(near_low, x, np.where(upper, high - np.minimum(short, 0.5 * room), x))
    x = np.where(open_, x, low)
    stand.at(x)
    aim = share * span * value
    zl = np.where(open_, np.maximum(low_push, aim / np.where(open_, x - low, 1.0)), 0.0)
    zu = np.where(upper, np.maximum(high_push, aim / np.where(upper, high - x, 1.0)), 0.0)
    return Iterate(x, y, zl, zu), span * value


def _apart(away: Array, push: Array, span: Array, value: Array, share: float) -> tuple[Array, Array]:
    """Distance from a bound and push against it, neither so small that their product is below its share.

    From a point where both are tiny, no step is long: one of each pair is raised, the relatively smaller.
    """
    least = np.sqrt(share)
    aim = share * span * value
    pushed = np.maximum(push, 0.0)
    far = np.where(away < least * span, np.maximum(away, aim / np.maximum(pushed, least * value)), away)
    return far, np.maximum(pushed, aim / far)


def _distance(
    problem: Problem, stand: Stand, at: Iterate, size: Array, left: _Measures
) -> tuple[float, float]:
    """Largest complementarity per column, and largest gap of a balance or a price identity, all relative."""
    return interior_loops.distance(
        *problem.places, problem.amount, problem.worth, problem.kind, stand.P, stand.c, problem.r,
        problem.low, problem.high, at.x, at.y, at.zl, at.zu, size, left.through, left.gap, left.slope,
        CLOSED_WELL,
    )  # fmt: skip


def _step(problem: Problem, stand: Stand, at: Iterate, left: _Measures) -> tuple[Iterate | None, float]:
    """Predictor, corrector, the way along it and its length; None where rounding rules the equations.

    Curves are followed to where their line leads, and `stand` is taken there.
    """
    kind, low, high, count = problem.kind, problem.low, problem.high, len(at.x)
    inverse, low_aim, high_aim, pull, dx, dzl, dzu = column_loops.empty(7, count)
    bounds = (kind, low, high, at.x, at.zl, at.zu)
    total, pairs = interior_loops.invert(kind, stand.P, low, high, at.x, at.zl, at.zu, inverse)
    factor = problem.frame.newton(problem.amount, problem.worth, inverse)
    now = total / max(pairs, 1)
    if not now > 0:
        return None, 0.0

    def direction(refinements: int) -> tuple[Array, float, float]:
        """Newton's step towards the products aimed at: prices, and how far amounts and pushes can go."""
        dy = _solve(problem, factor, inverse, pull, left, refinements)
        room = interior_loops.moves(
            *problem.places, problem.worth, *bounds, inverse, pull, low_aim, high_aim, dy, dx, dzl, dzu
        )
        return dy, *room

    pull[:] = left.slope
    _, amounts, pushes = direction(0)
    ahead = interior_loops.product_ahead(*bounds, dx, dzl, dzu, amounts, pushes)
    aim = now * min(1.0, max(ahead / pairs / now, 0.0) ** 3)
    interior_loops.aims(*bounds, dx, dzl, dzu, left.slope, aim, now, CORRECTION, low_aim, high_aim, pull)
    dy, amounts, pushes = direction(REFINEMENTS)
    if not np.isfinite(dy).all():  # compiled maxima pass over what is not a number
        return None, 0.0
    kept = min(FARTHEST, max(STEP_KEPT, 1.0 - now))
    amounts, pushes = (length if length >= 1.0 else kept * length for length in (amounts, pushes))
    x, knots = at.x + amounts * dx, problem.knots
    curve_loops.follow(
        knots.column, knots.first, knots.at, knots.cost, knots.slope, high, at.x, stand.P, stand.c,
        stand.segment, x,
    )  # fmt: skip
    stand.at(x)
    following = Iterate(x, at.y + pushes * dy, at.zl + pushes * dzl, at.zu + pushes * dzu)
    return following, max(amounts, pushes)


def _solve(
    problem: Problem, factor: Factor, inverse: Array, pull: Array, left: _Measures, refinements: int
) -> Array:
    """Prices' step, refined until balances close."""
    right, rest = np.empty_like(left.gap), np.empty_like(left.gap)
    places = problem.places
    column_loops.right_side(*places, problem.amount, inverse, pull, left.gap, right)
    dy = factor.solve(right)
    for _ in range(refinements):
        missed = interior_loops.left_over(
            *places, problem.amount, problem.worth, inverse, dy, right, left.through, CLOSED_WELL, rest
        )
        if missed <= REFINED:
            break
        dy = dy + factor.solve(rest)
    return np.asarray(dy)


class Interior:
    """The method above behind the interface of the engines."""

    name = "interior"
    settles_charges = True

    def solve(self, qp: QP, start: Raw | None = None) -> Raw:
        """Solve from `start`; charges in `qp` are part of the answer."""
        problem = make_problem(build_frame(qp.A, qp.G, no_scale(qp), qp.high > qp.low), qp, 1.0)
        return solve_problem(problem, start)


def solve_problem(problem: Problem, start: Raw | None = None) -> Raw:
    """The answer in the units of the program; ``stalled`` where sides are not clear."""
    if not np.any(problem.kind != CLOSED):
        x, y, m = problem.outside(problem.low, np.zeros(len(problem.r)))
        return Raw(x, y, m, "solved", "interior", 0)
    begin = None if start is None else problem.inside(start.x, start.y, start.m)
    point, clear, done = interior(problem, begin)
    x, y, m = problem.outside(point.x, point.y)
    return Raw(x, y, m, "solved" if clear else "stalled", "interior", done)
