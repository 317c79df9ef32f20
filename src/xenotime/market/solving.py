"""Solving a program: warm from a like one, else by an engine; charges and prices together; verified."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from xenotime.errors import NoAnswer
from xenotime.market.choose import make_engine
from xenotime.market.engines import QP, Array, Engine, Raw
from xenotime.market.loops import cancel_loops
from xenotime.market.polish import Point, polish
from xenotime.market.program import Program, as_qp
from xenotime.market.scaling import Scale, find_scale, solve_scaled
from xenotime.market.sizes import column_sizes
from xenotime.market.verify import Verification, require, verify

POLISH_ROUNDS = 10  # after Newton one or two do
NO_ANSWER = ("infeasible", "unbounded")
WARM_ROUNDS = 6  # sides of a like program are tried this often before an engine is asked
FINER = "newton"  # makes an engine's answer exact where its sides are not clear
FALLBACK = "highs"  # tried when another engine's answer fails its checks; `ran` says so
TAX_ROUNDS = 40
NEAR = 1e-3  # charges that move less than this share of price are close enough to be solved with prices
TAX_TOLERANCE = 1e-6  # of price, note 2.2
IDLE = 1e-7  # of a node's typical throughput: an interior point's way of saying none


@dataclass(frozen=True, slots=True)
class _Task:
    """A program with what every round of solving it needs."""

    program: Program
    bare: QP
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
    """Solve, with charges in proportion to value as a fixed point, and verify.

    start : the point of a program of the same shape; its sides are tried first, its prices give the
        charges to begin with
    The engine sees each charge as an amount per unit; once they have nearly settled `polish` solves
    prices and charges together.  Where it cannot, rounds go on until no charge moves by more than
    1e-6 of its price.  Raises NoAnswer when nothing satisfies the limits or the charges do not
    settle, InternalFault when the result fails its checks.
    """
    size = column_sizes(program)
    task = _Task(program, as_qp(program), size, find_scale(program.A, program.G, size), where, polished)
    fits = start is not None and len(start.y) == len(program.b)
    if start is not None and fits and polished and len(start.x) == len(program.c):
        point = _polish(task, start, WARM_ROUNDS)
        if point.exact:
            check = _verified(task, point, "warm active set", point.rounds)
            if check.passed():
                return point, check
    y = start.y if start is not None and fits else np.zeros(len(program.b))
    raw, point = _settle(task, engine, _begin(task, start, y))
    point = replace(point, x=cancel_loops(program, point.x))
    check = _verified(task, point, raw.ran, raw.iterations)
    if not check.passed() and engine.name != FALLBACK:
        return solve_program(program, make_engine(FALLBACK), where, start, polished)
    require(check, where)
    return point, check


def _begin(task: _Task, start: Point | None, y: Array) -> Raw:
    """Where charges begin, and where an engine that can use a start begins."""
    program = task.program
    like = start is not None and len(start.x) == len(program.c) and len(start.m) == len(program.h)
    if start is not None and like:
        return Raw(np.clip(start.x, program.low, program.high), y, start.m, "", "", 0)
    none = np.clip(np.zeros(len(program.c)), program.low, program.high)
    return Raw(none, y, np.zeros(len(program.h)), "", "", 0)


def _settle(task: _Task, engine: Engine, begin: Raw) -> tuple[Raw, Point]:
    """Rounds of engine and charges, until polished exactly or settled."""
    program = task.program
    taxed = program.A_tax.nnz > 0 or program.G_tax.nnz > 0
    y, m, raw = begin.y, np.zeros(len(program.h)), begin
    moved, said = 0.0, ""
    for rounds in range(TAX_ROUNDS):
        # once charges have nearly settled the answer is near, and Newton's method reaches it in a few steps
        near = task.polished and rounds > 0 and moved <= NEAR
        raw = _ask(task, make_engine(FINER) if near else engine, y, m, raw, engine)
        if not near:
            said = raw.ran
        moved = _charge_change(task, y, m, raw) if taxed else 0.0
        if task.polished and moved <= NEAR:
            if rounds == 0 and engine.name != FINER:
                raw = _ask(task, make_engine(FINER), y, m, raw, engine)
            point = _polish(task, raw, POLISH_ROUNDS)
            # a side may be wrong by less than anyone can measure; the checks decide
            if point.exact or _verified(task, point, raw.ran, raw.iterations).passed():
                return _signed(raw, said), point
        if moved <= TAX_TOLERANCE:
            return _signed(raw, said), _as_point(task, raw)
        y, m = (raw.y, raw.m) if rounds < TAX_ROUNDS // 4 else (0.5 * (y + raw.y), 0.5 * (m + raw.m))
    raise NoAnswer(
        task.where,
        f"charges in proportion to value that still move by {moved:.1e} after {TAX_ROUNDS} rounds",
        "rates under which prices settle",
        "lower the tariff or export tax rates",
    )


def _signed(raw: Raw, first: str) -> Raw:
    """The answer with everything that ran for it."""
    return raw if raw.ran == first else replace(raw, ran=f"{first}, {raw.ran}")


def _polish(task: _Task, origin: Raw | Point, most: int) -> Point:
    program = task.program
    return polish(task.bare, program.A_tax, program.G_tax, origin, task.scale, most)


def _verified(task: _Task, point: Point, ran: str, iterations: int) -> Verification:
    program = task.program
    return verify(task.bare, program.A_tax, program.G_tax, point, task.size, ran, iterations)


def _ask(task: _Task, engine: Engine, y: Array, m: Array, start: Raw, second: Engine) -> Raw:
    """The answer to the program with each charge as an amount per unit, by the first engine that has one."""
    program = task.program
    qp = as_qp(program, program.A_tax.T @ y + program.G_tax.T @ m)
    tried = dict.fromkeys((engine.name, second.name, FALLBACK))
    known = {engine.name: engine, second.name: second}
    for name in tried:
        raw = solve_scaled(known.get(name) or make_engine(name), qp, task.scale, start)
        if raw.status == "solved":
            return raw
    # an interior point can mistake a hard program for an impossible one, so the last engine's word counts
    if raw.status in NO_ANSWER:
        raise NoAnswer(*_why_none(program, raw.status, task.where))
    return raw


def _as_point(task: _Task, raw: Raw) -> Point:
    side = np.where(raw.x <= task.bare.low, -1, np.where(raw.x >= task.bare.high, 1, 0)).astype(np.int8)
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
    values = abs(program.A).T @ np.abs(raw.y) + 1e-300
    charged = (program.A_tax.T @ busy.astype(float)) > 0
    return float(np.max((np.abs(after - before) / values)[charged], initial=0.0))


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
