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
import numpy.typing as npt
import scipy.sparse as sp
import scipy.sparse.linalg as spla

from xenotime.market.engines import QP, Array, Raw
from xenotime.market.newton import Newton, newton_pattern

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
CLOSED = 1e-6  # of a node's throughput, and of the values in a column
CORRECTION = 10.0  # multiple of the target by which the second-order term may change it
FLATTEST = 1e-150  # curvature of a column without any: a step without end is cut short anyway
SMALL_VALUE = 1e-6  # of the median value: what a column without cost or price counts with
PATIENCE = 6  # iterations without coming nearer, once close, before rounding is taken to rule
CLOSE = 3e-4  # the largest breach from which that may be so
CLOSEST = 1e-16  # of a column's size: rounding may not put it on its bound
REFINEMENTS = 8
REFINED = 1e-10  # of what passes a balance: a step that closes it this well is good enough


@dataclass(frozen=True, slots=True)
class _System:
    """The program in free columns and equalities: limits have got slack columns."""

    Q: sp.csr_matrix
    values: sp.csr_matrix  # B', one row per column
    through: sp.csr_matrix  # the amounts of Q, and below those of B', without their signs
    compared: sp.csr_matrix
    newton: Newton
    P: Array
    c: Array
    r: Array
    low: Array
    high: Array
    upper: npt.NDArray[np.bool_]
    order: npt.NDArray[np.int64]  # of the rows, balances then limits: the one that fills the factor least
    columns: npt.NDArray[np.int64]  # of the program, those that can move
    limits: npt.NDArray[np.int64]  # of the program, those that are finite


@dataclass(frozen=True, slots=True)
class _Iterate:
    x: Array
    y: Array
    zl: Array
    zu: Array


def _system(qp: QP) -> _System:
    columns, limits = np.flatnonzero(qp.high > qp.low), np.flatnonzero(np.isfinite(qp.h))
    fixed = np.where(qp.high > qp.low, 0.0, qp.low)
    quantity, value = qp.A, qp.price_side
    if len(limits):
        slack = sp.identity(len(limits))
        quantity = sp.bmat([[qp.A[:, columns], None], [qp.G.tocsr()[limits][:, columns], slack]])
        value = sp.bmat([[value[:, columns], None], [qp.rent_side.tocsr()[limits][:, columns], slack]])
    else:
        quantity, value = quantity[:, columns], value[:, columns]
    none = np.zeros(len(limits))
    high = np.concatenate([qp.high[columns], none + np.inf])
    order = _order(quantity)
    right = np.concatenate([qp.b - qp.A @ fixed, (qp.h - qp.G @ fixed)[limits]])
    rows, values = quantity.tocsr()[order], value.tocsr()[order].T.tocsr()
    return _System(
        rows,
        values,
        abs(rows),
        abs(values),
        newton_pattern(rows, values),
        np.concatenate([qp.P[columns], none]),
        np.concatenate([qp.c[columns], none]),
        right[order],
        np.concatenate([qp.low[columns], none]),
        high,
        np.isfinite(high),
        order,
        columns,
        limits,
    )


def _order(quantity: sp.spmatrix) -> npt.NDArray[np.int64]:
    """Minimum degree order of the rows of Newton's matrix, found once."""
    links = abs(quantity.tocsr()) @ abs(quantity.tocsr()).T
    dominant = sp.diags(np.asarray(links.sum(axis=1)).ravel() + 1.0)
    return np.argsort(_factorise(links + dominant, "MMD_AT_PLUS_A").perm_c).astype(np.int64)


def _factorise(matrix: sp.spmatrix, ordering: str = "NATURAL") -> spla.SuperLU:
    return spla.splu(
        matrix.tocsc(), permc_spec=ordering, diag_pivot_thresh=0.0, options={"SymmetricMode": True}
    )


def interior(qp: QP, start: Raw | None = None) -> Raw:
    """Solve `qp`, charges included, from the amounts and prices of `start` if given.

    The status is ``solved`` where every column has a clear side, else ``stalled``: the point is then as near
    as rounding allowed, or the program has no answer, which this method does not tell apart.
    """
    system = _system(qp)
    if not len(system.c):
        return Raw(qp.low.copy(), np.zeros(len(qp.b)), np.zeros(len(qp.h)), "solved", "interior", 0)
    share = COLD if start is None or not np.any(start.y) else WARM
    point, size = _begin(system, qp, start, share)
    best, closest, done, nearest, jammed = point, np.inf, 0, 0, 0
    for done in range(MOST):
        gap, open_ = _distance(system, point, size)
        if not np.isfinite(gap + open_):
            break
        if max(gap, open_) < closest:
            best, closest, nearest = point, max(gap, open_), done
        if gap <= COMPLEMENTARITY and open_ <= CLOSED:
            break
        if closest < CLOSE and done > nearest + PATIENCE:
            break
        following, length = _step(system, point)
        if following is None:
            break
        point, jammed = following, jammed + 1 if length < SHORT else 0
        if jammed > SHORT_STEPS:
            share, jammed = share * FARTHER, 0
            point, size = _begin(system, qp, start, share)
    x = qp.low.copy()
    x[system.columns] = best.x[: len(system.columns)]
    y, m = np.empty(len(best.y)), np.zeros(len(qp.h))
    y[system.order] = best.y
    m[system.limits] = np.maximum(-y[len(qp.b) :], 0.0)
    status = "solved" if closest <= NEAR_ENOUGH else "stalled"
    return Raw(x, y[: len(qp.b)], m, status, "interior", done)


def _begin(system: _System, qp: QP, start: Raw | None, share: float) -> tuple[_Iterate, Array]:
    """A point inside all bounds near `start`, and what complementarity is measured against per column."""
    room = np.where(system.upper, system.high - system.low, np.inf)
    span = np.minimum(1.0, room)
    x, y = system.low + 0.5 * span, np.zeros(len(system.r))
    if start is not None:
        slack = np.maximum((qp.h - qp.G @ start.x)[system.limits], 0.0)
        x = np.concatenate([start.x[system.columns], slack])
        y = np.concatenate([start.y, -start.m[system.limits]])[system.order]
    value = system.compared @ np.abs(y) + np.abs(system.c)
    value = np.maximum(value, SMALL_VALUE * float(np.median(value[value > 0]) if np.any(value) else 1.0))
    cost = system.P * x + system.c - system.values @ y
    above = np.where(system.upper, system.high - x, np.inf)
    low = x - system.low <= above
    away, low_push = _apart(x - system.low, cost, span, value, share)
    short, high_push = _apart(np.where(system.upper, above, span), -cost, span, value, share)
    x = np.where(low, system.low + np.minimum(away, 0.5 * room), x)
    x = np.where(low, x, np.where(system.upper, system.high - np.minimum(short, 0.5 * room), x))
    aim = share * span * value
    zl = np.maximum(low_push, aim / (x - system.low))
    left = np.where(system.upper, system.high - x, 1.0)
    return _Iterate(x, y, zl, np.where(system.upper, np.maximum(high_push, aim / left), 0.0)), span * value


def _apart(away: Array, push: Array, span: Array, value: Array, share: float) -> tuple[Array, Array]:
    """Distance from a bound and push against it, neither so small that their product is below its share.

    From a point where both are tiny, no step is long: one of each pair is raised, the relatively smaller.
    """
    least = np.sqrt(share)
    aim = share * span * value
    pushed = np.maximum(push, 0.0)
    far = np.where(away < least * span, np.maximum(away, aim / np.maximum(pushed, least * value)), away)
    return far, np.maximum(pushed, aim / far)


def _distance(system: _System, at: _Iterate, size: Array) -> tuple[float, float]:
    """Largest complementarity per column, and largest gap of a balance or a price identity, all relative."""
    above = np.where(system.upper, system.high - at.x, 0.0)
    pushes = np.maximum((at.x - system.low) * at.zl, above * at.zu)
    through = system.through @ np.abs(at.x) + np.abs(system.r)
    missed = np.abs(system.r - system.Q @ at.x) / np.maximum(through, CLOSED)
    compared = np.abs(system.P * at.x) + system.compared @ np.abs(at.y) + np.abs(system.c)
    wrong = np.abs(system.P * at.x + system.c - system.values @ at.y - at.zl + at.zu)
    with np.errstate(over="ignore"):  # endless is far enough
        unequal = np.max(wrong / np.maximum(compared, 1e-300))
    return float(np.max(pushes / size)), float(max(np.max(missed, initial=0.0), unequal))


def _step(system: _System, at: _Iterate) -> tuple[_Iterate | None, float]:
    """Predictor, corrector, the way along it and its length; None where rounding rules the equations."""
    below = np.maximum(at.x - system.low, CLOSEST)
    above = np.where(system.upper, np.maximum(system.high - at.x, CLOSEST), 1.0)
    inverse = 1.0 / np.maximum(system.P + at.zl / below + at.zu / above, FLATTEST)
    try:
        factor = _factorise(system.newton.matrix(inverse))
    except RuntimeError:
        return None, 0.0
    through = system.through @ np.abs(at.x) + np.abs(system.r) + CLOSED
    gap, slope = system.r - system.Q @ at.x, system.values @ at.y - system.P * at.x - system.c

    def direction(low_aim: Array, high_aim: Array) -> _Iterate:
        """Newton's step towards the products `low_aim` and `high_aim`."""
        pull = slope + low_aim / below - high_aim / above
        right = gap - system.Q @ (inverse * pull)
        dy = factor.solve(right)
        for _ in range(REFINEMENTS):
            left = right - system.Q @ (inverse * (system.values @ dy))
            if np.max(np.abs(left) / through) <= REFINED:
                break
            dy = dy + factor.solve(left)
        dx = inverse * (system.values @ dy + pull)
        dzl = (low_aim - at.zl * dx) / below - at.zl
        dzu = np.where(system.upper, (high_aim + at.zu * dx) / above - at.zu, 0.0)
        return _Iterate(dx, dy, dzl, dzu)

    none = np.zeros(len(at.x))
    first = direction(none, none)
    amount, price = _room(system, at, first, below, above)
    count = len(at.x) + int(system.upper.sum())
    now = float(below @ at.zl + above @ at.zu) / count
    if not now > 0:
        return None, 0.0
    ahead = (below + amount * first.x) @ (at.zl + price * first.zl)
    ahead += ((above - amount * first.x) * (at.zu + price * first.zu))[system.upper].sum()
    aim = now * min(1.0, max(float(ahead) / count / now, 0.0) ** 3)

    def corrected(product: Array, second: Array) -> Array:
        most = CORRECTION * np.maximum(now, product)
        return np.clip(aim - second, -most, most)

    low_aim = corrected(below * at.zl, first.x * first.zl)
    high_aim = np.where(system.upper, corrected(above * at.zu, -first.x * first.zu), 0.0)
    second = direction(low_aim, high_aim)
    amount, price = _room(system, at, second, below, above)
    kept = min(FARTHEST, max(STEP_KEPT, 1.0 - now))
    amount, price = (length if length >= 1.0 else kept * length for length in (amount, price))
    following = _Iterate(
        at.x + amount * second.x,
        at.y + price * second.y,
        at.zl + price * second.zl,
        at.zu + price * second.zu,
    )
    return following, max(amount, price)


def _room(system: _System, at: _Iterate, move: _Iterate, below: Array, above: Array) -> tuple[float, float]:
    """Share of `move` that amounts and pushes can go before one of them meets its bound, at most one."""

    def room(left: Array, change: Array) -> float:
        shrinking = change < 0
        return float(np.min(-left[shrinking] / change[shrinking], initial=1.0))

    up = system.upper
    amount = min(room(below, move.x), room(above[up], -move.x[up]))
    return amount, min(room(at.zl, move.zl), room(at.zu[up], move.zu[up]))


class Interior:
    """The method above behind the interface of the engines."""

    name = "interior"
    settles_charges = True

    def solve(self, qp: QP, start: Raw | None = None) -> Raw:
        """Solve from `start`; charges in `qp` are part of the answer."""
        return interior(qp, start)
