"""One method on one instance, in a process of its own: a line of JSON per program solved.

Started by `compare` as ``python -m benchmarks.worker METHOD WORLD KIND FOLDER REPEATS MONTHS``.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.instances import (
    FIRST_MONTH,
    Instance,
    as_problem,
    keep,
    kept,
    read_problem,
    setup_of,
    shocked,
    world_of,
)
from benchmarks.rivals import RIVALS
from xenotime.dynamics.step import first_state, from_base, month_program, step
from xenotime.dynamics.trajectory import FAST, LOOK_AHEAD
from xenotime.errors import InternalFault, NoAnswer
from xenotime.market.choose import DEFAULT_ENGINE, make_engine
from xenotime.market.clearing import Clearing, default_engine
from xenotime.market.demand import supply_chain, use_chain
from xenotime.market.horizon import STATIC
from xenotime.market.network import build_network
from xenotime.market.program import build_program
from xenotime.market.solving import solve_program
from xenotime.market.terms import open_terms
from xenotime.months import month_range

OURS, COLD, SHORT = "xenotime", "xenotime, from nothing", f"xenotime, foresees {FAST}"
SLOW = {"roll": ("Clarabel",)}  # takes a minute for each month
OWN = {"month": (OURS, COLD), "cut": (OURS, COLD), "look-ahead": (OURS, COLD), "roll": (OURS, SHORT)}
STATUS = Path("/proc/self/status")
Line = dict[str, Any]


def peak_megabytes() -> float:
    """Largest resident size of this process so far.

    Linux hands the parent's peak on in `getrusage`, so its own account is read where there is one.
    """
    if STATUS.exists():
        for line in STATUS.read_text().splitlines():
            if line.startswith("VmHWM"):
                return float(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def our_month(instance: Instance, folder: Path, repeats: int, cold: bool) -> Iterator[Line]:
    """A month under a shock, from the base month's answer or from nothing; the program is built each time."""
    network = build_network(world_of(instance.world), FIRST_MONTH)
    uses = tuple(use_chain(row) for row in network.demand)
    supplies = tuple(supply_chain(row) for row in network.supply)
    engine, open_to_all = default_engine(network), open_terms(network, FIRST_MONTH)
    like = build_program(network, STATIC, (open_to_all,), uses, supplies)
    base = Clearing(like, *solve_program(like, engine, "the base month"))
    terms = shocked(base, open_to_all, instance.kind)
    for number in range(repeats):
        begun = time.perf_counter()
        program = build_program(network, STATIC, (terms,), uses, supplies, like=like)
        built = time.perf_counter()
        point, check = solve_program(program, engine, "the month", None if cold else base.point)
        done = time.perf_counter()
        if number == 0 and not cold:
            keep(as_problem(Clearing(program, point, check)), folder, 0)
        yield _ours(0, built - begun, done - built, check.ran, check.iterations)


def our_look_ahead(instance: Instance, folder: Path, repeats: int, cold: bool) -> Iterator[Line]:
    """The first month with its look-ahead, from the base month's prices or from nothing each time."""
    setup, month = setup_of(instance.world, LOOK_AHEAD)
    state = first_state(setup)
    for number in range(repeats):
        begun = time.perf_counter()
        program = month_program(setup, state, month)
        built = time.perf_counter()
        engine = make_engine(DEFAULT_ENGINE)
        start = None if cold else from_base(setup, program)
        point, check = solve_program(program, engine, "the look-ahead", start)
        done = time.perf_counter()
        if number == 0 and not cold:
            keep(as_problem(Clearing(program, point, check)), folder, 0)
        yield _ours(0, built - begun, done - built, check.ran, check.iterations)


def our_roll(instance: Instance, folder: Path, months: int, short: bool) -> Iterator[Line]:
    """Month after month, each from the state the last one left; the whole step counts, booking included."""
    setup, first = setup_of(instance.world, FAST if short else LOOK_AHEAD)
    state, point, engine = first_state(setup), None, make_engine(DEFAULT_ENGINE)
    for number, month in enumerate(month_range(first, months)):
        begun = time.perf_counter()
        try:
            booked = step(setup, state, month, engine, point)
        except (NoAnswer, InternalFault) as fault:
            yield {"month": number, "status": str(fault)}
            return
        done = time.perf_counter()
        clearing = booked.clearing
        state, point = booked.after, clearing.point
        if not short:
            keep(as_problem(clearing), folder, number)
        yield _ours(number, 0.0, done - begun, clearing.check.ran, clearing.check.iterations)


def _ours(month: int, build: float, solve: float, ran: str, iterations: int) -> Line:
    return {
        "month": month,
        "build": build,
        "solve": solve,
        "ran": ran,
        "iterations": iterations,
        "status": "solved",
    }


def rival(method: str, folder: Path, repeats: int) -> Iterator[Line]:
    """The programs our own run left, each solved `repeats` times; one solver object for all of them."""
    solver = RIVALS[method]()
    for number, path in enumerate(kept(folder)):
        problem = read_problem(path)
        for _ in range(repeats):
            answer = solver.solve(problem.qp)
            line: Line = {
                "month": number,
                "build": answer.build,
                "solve": answer.solve,
                "ran": answer.ran,
                "iterations": answer.iterations,
                "status": answer.status,
            }
            if answer.status == "solved":
                where = problem.compared
                theirs = answer.y[: len(problem.price)] * problem.factor
                size = np.maximum(np.abs(problem.price[where]), 1e-300)
                off = np.abs(theirs[where] - problem.price[where]) / size
                line |= {
                    "prices": int(where.sum()),
                    "worst": float(np.max(off, initial=0.0)),
                    "off": int(np.sum(off > 1e-6)),
                }
            yield line


def main(arguments: list[str]) -> None:
    """Print a line for each program solved."""
    method, world, kind, where, repeats, months = arguments
    instance, folder = Instance(world, kind), Path(where)
    before = peak_megabytes()
    if method in RIVALS:
        lines = rival(method, folder, int(repeats))
    elif kind in ("month", "cut"):
        lines = our_month(instance, folder, int(repeats), method == COLD)
    elif kind == "look-ahead":
        lines = our_look_ahead(instance, folder, int(repeats), method == COLD)
    else:
        lines = our_roll(instance, folder, int(months), method == SHORT)
    for line in lines:
        print(json.dumps(line | {"megabytes": peak_megabytes(), "before": before}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
