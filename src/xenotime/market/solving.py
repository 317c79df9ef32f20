"""Solving a program: warm from a like one, else by an engine; charges and prices together; verified."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from xenotime.errors import NoAnswer
from xenotime.market.choose import make_engine
from xenotime.market.engines import QP, Array, Engine, Raw
from xenotime.market.interior import solve_problem
from xenotime.market.loops import cancel_loops
from xenotime.market.polish import Point, polish
from xenotime.market.problem import Problem, make_problem
from xenotime.market.program import Program, as_qp
from xenotime.market.reach import Reach, find_reach, impossible, price_dead, without_dead
from xenotime.market.scaling import Scale, money_of, solve_scaled
from xenotime.market.semismooth import as_point, semismooth
from xenotime.market.sizes import column_sizes
from xenotime.market.threads import one_thread
from xenotime.market.verify import Verification, require, verify

POLISH_ROUNDS = 10
NO_ANSWER = ("infeasible", "unbounded")
FEW = 200  # columns on other sides at the first step from a like program: with more an engine is quicker
FALLBACKS = ("piqp", "highs")  # tried in turn when an engine's answer fails its checks; `ran` says so
TAX_ROUNDS = 40
NEAR = 1e-3  # charges that move less than this share of price are close enough to be solved with prices
TAX_TOLERANCE = 1e-6  # of price, note 2.2
IDLE = 1e-7  # of a node's typical throughput: an interior point's way of saying none


@dataclass(frozen=True, slots=True)
class _Task:
    """A program with what every attempt at it needs; `qp` lacks the columns that cannot carry anything."""

    program: Program
    whole: QP
    reach: Reach
    qp: QP
    problem: Problem
    size: Array
    scale: Scale
    where: str
    polished: bool


def solve_program(
    program: Program,
    engine: Engine,
    where: str = "the market",
    start: Point | None = None,
    polished: bool = True,
) -> tuple[Point, Verification]:
    """Solve, with charges in proportion to value as part of the answer, and verify.

    start : the point of a program of the same shape; its sides are tried first, its prices are where
        charges begin
    An engine that settles charges is asked once.  Others see each charge as an amount per unit, in rounds;
    once charges have nearly settled `polish` solves prices and charges together.  Raises NoAnswer when
    nothing satisfies the limits or the charges do not settle, InternalFault when no result passes its checks.
    """
    with one_thread():
        return _solve(program, engine, where, start, polished)


def _solve(
    program: Program, engine: Engine, where: str, start: Point | None, polished: bool
) -> tuple[Point, Verification]:
    """See :func:`solve_program`."""
    whole = as_qp(program)
    reach = find_reach(whole)
    if impossible(whole, reach):
        raise NoAnswer(*_why_none(program, "infeasible", where))
    qp, scale = without_dead(whole, reach), program.frame.scale
    money = money_of(qp, scale)
    task = _Task(
        program,
        whole,
        reach,
        qp,
        make_problem(program.frame, qp, money),
        column_sizes(program),
        scale,
        where,
        polished,
    )
    fits = start is not None and len(start.y) == len(program.b)
    if start is not None and fits and polished and len(start.x) == len(program.c):
        settled = semismooth(task.problem, *task.problem.inside(start.x, start.y, start.m), few=FEW)
        if settled.exact:
            point = as_point(task.problem, settled, task.qp)
            point, check = _finish(task, point, "warm active set", settled.steps)
            if check.passed():
                return point, check
    begin = _begin(task, start if fits else None)
    asked = [engine] + [make_engine(name) for name in FALLBACKS if name != engine.name]
    for chosen in asked:
        point, check = _attempt(task, chosen, begin)
        if check.passed():
            return point, check
    require(check, where)
    return point, check


def _begin(task: _Task, start: Point | None) -> Raw:
    """Where charges begin, and where an engine that can use a start begins."""
    program = task.program
    x = np.clip(np.zeros(len(program.c)), program.low, program.high)
    y, m = np.zeros(len(program.b)), np.zeros(len(program.h))
    if start is not None:
        y = start.y
        if len(start.x) == len(program.c) and len(start.m) == len(program.h):
            x, m = np.clip(start.x, program.low, program.high), start.m
    return Raw(x, y, m, "", "", 0)


def _attempt(task: _Task, engine: Engine, begin: Raw) -> tuple[Point, Verification]:
    """One engine's answer, polished where asked for, with what the checks say of it."""
    if not engine.settles_charges:
        raw, point = _settle(task, engine, begin)
        return _finish(task, point, raw.ran, raw.iterations)
    raw = _own(task, begin) if engine.name == "interior" else solve_scaled(engine, task.qp, task.scale, begin)
    if task.polished:
        settled = semismooth(task.problem, *task.problem.inside(raw.x, raw.y, raw.m))
        if settled.exact:
            point = as_point(task.problem, settled, task.qp)
            point, check = _finish(task, point, raw.ran, raw.iterations)
            if check.passed():
                return point, check
        point, check = _finish(task, polish(task.qp, raw, task.scale, POLISH_ROUNDS), raw.ran, raw.iterations)
        if check.passed():
            return point, check
    return _finish(task, _as_point(task, raw), raw.ran, raw.iterations)


def _own(task: _Task, begin: Raw) -> Raw:
    """The interior point in the program's own frame, built once."""
    return solve_problem(task.problem, begin)


def _finish(task: _Task, point: Point, ran: str, iterations: int) -> tuple[Point, Verification]:
    """The point with nothing going in circles and a price at every node, measured on the whole program.

    Where nothing can leave, goods worth less than nothing may be taxed by value around a circle of lanes: no
    price there is one at which nobody would ship.  Then what cannot carry anything is not asked.
    """
    x = cancel_loops(task.program, point.x)
    y = price_dead(task.whole, task.reach, x, point.y, point.m)
    point = replace(point, x=x, y=y)
    check = verify(task.whole, point, task.size, ran, iterations)
    return point, check if check.passed() else verify(task.qp, point, task.size, ran, iterations)


def _settle(task: _Task, engine: Engine, begin: Raw) -> tuple[Raw, Point]:
    """Rounds of engine and charges, until polished exactly or settled."""
    program = task.program
    taxed = program.A_tax.nnz > 0 or program.G_tax.nnz > 0
    y, m, raw, moved = begin.y, begin.m, begin, 0.0
    for rounds in range(TAX_ROUNDS):
        raw = _ask(task, engine, y, m)
        moved = _charge_change(task, y, m, raw) if taxed else 0.0
        if task.polished and moved <= NEAR:
            point = polish(task.qp, raw, task.scale, POLISH_ROUNDS)
            # a side may be wrong by less than anyone can measure; the checks decide
            if point.exact or _finish(task, point, raw.ran, 0)[1].passed():
                return raw, point
        if moved <= TAX_TOLERANCE:
            return raw, _as_point(task, raw)
        y, m = (raw.y, raw.m) if rounds < TAX_ROUNDS // 4 else (0.5 * (y + raw.y), 0.5 * (m + raw.m))
    raise NoAnswer(
        task.where,
        f"charges in proportion to value that still move by {moved:.1e} after {TAX_ROUNDS} rounds",
        "rates under which prices settle",
        "lower the tariff or export tax rates",
    )


def _ask(task: _Task, engine: Engine, y: Array, m: Array) -> Raw:
    """The answer to the program with each charge as an amount per unit, by the first engine that has one."""
    qp = as_qp(task.program, task.program.A_tax.T @ y + task.program.G_tax.T @ m)
    for name in dict.fromkeys((engine.name, *FALLBACKS)):
        raw = solve_scaled(
            engine if name == engine.name else make_engine(name), without_dead(qp, task.reach), task.scale
        )
        if raw.status == "solved":
            return raw
    # an interior point can mistake a hard program for an impossible one, so the last engine's word counts
    if raw.status in NO_ANSWER:
        raise NoAnswer(*_why_none(task.program, raw.status, task.where))
    return raw


def _as_point(task: _Task, raw: Raw) -> Point:
    side = np.where(raw.x <= task.qp.low, -1, np.where(raw.x >= task.qp.high, 1, 0)).astype(np.int8)
    return Point(raw.x, raw.y, np.maximum(raw.m, 0.0), side, raw.m > 0, False, 0)


def _charge_change(task: _Task, y: Array, m: Array, raw: Raw) -> float:
    """Largest move of a charge, relative to the values in its lane.

    Lanes from nodes that nothing passes do not count: no price is determined there, and none matters.
    """
    program = task.program
    through = abs(program.A) @ np.abs(raw.x)
    busy = through > IDLE * (abs(program.A) @ task.size)
    before = program.A_tax.T @ y + program.G_tax.T @ m
    after = program.A_tax.T @ raw.y + program.G_tax.T @ raw.m
    # of both rounds: what one prices at nothing the other may not, and a share of nothing has no end
    values = abs(program.A).T @ np.maximum(np.abs(y), np.abs(raw.y)) + abs(program.G).T @ np.maximum(m, raw.m)
    charged = (program.A_tax.T @ busy.astype(float)) > 0
    priced = charged & (values > 0)
    return float(np.max(np.abs(after - before)[priced] / values[priced], initial=0.0))


def _why_none(program: Program, status: str, where: str) -> tuple[str, str, str, str]:
    if status == "unbounded":
        return (
            where,
            "gains that grow without end",
            "every gainful column limited by a capacity or a curve",
            "give plants a capacity, or use a curve that slopes",
        )
    must = sorted(
        {
            f"{row.material} in {row.region}"
            for row in program.network.demand
            if row.form == "fixed" and row.shortfall_price is None
        }
    )
    what = ", ".join(must[:5]) + (" and others" if len(must) > 5 else "")
    return (
        where,
        "fixed demand, minimum loads or take-or-pay that supply and limits cannot meet"
        + (f" (must be served in full: {what})" if what else ""),
        "limits that leave some way to serve all of it",
        "give fixed demand a shortfall_price, or raise capacity, supply or limits",
    )
