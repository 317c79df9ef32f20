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

from benchmarks.instances import FIRST_MONTH, Instance, as_problem, keep, kept, read_problem, world_of
from benchmarks.rivals import RIVALS
from xenotime.dynamics.step import book, first_state, from_base, month_program
from xenotime.dynamics.trajectory import prepare
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
from xenotime.policy.package import NOTHING

OURS = "xenotime"
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


def our_month(instance: Instance, folder: Path, repeats: int) -> Iterator[Line]:
    """A single month: the network is indexed once, the program built and solved again each time."""
    network = build_network(world_of(instance.world), FIRST_MONTH)
    terms = open_terms(network, FIRST_MONTH)
    uses = tuple(use_chain(row) for row in network.demand)
    supplies = tuple(supply_chain(row) for row in network.supply)
    engine, like = default_engine(network), None
    for number in range(repeats):
        begun = time.perf_counter()
        program = build_program(network, STATIC, (terms,), uses, supplies, like=like)
        built = time.perf_counter()
        point, check = solve_program(program, engine, "the month")
        done = time.perf_counter()
        like = program
        if number == 0:
            keep(as_problem(Clearing(program, point, check)), folder, 0)
        yield _ours(0, built - begun, done - built, check.ran, check.iterations)


def our_look_ahead(instance: Instance, folder: Path, repeats: int) -> Iterator[Line]:
    """The first month with its look-ahead, from base prices each time."""
    setup = prepare(world_of(instance.world), NOTHING, FIRST_MONTH)
    state = first_state(setup.base, setup.policy)
    for number in range(repeats):
        begun = time.perf_counter()
        program = month_program(setup, state, FIRST_MONTH)
        built = time.perf_counter()
        engine = make_engine(DEFAULT_ENGINE)
        point, check = solve_program(program, engine, "the look-ahead", from_base(setup, program))
        done = time.perf_counter()
        if number == 0:
            keep(as_problem(Clearing(program, point, check)), folder, 0)
        yield _ours(0, built - begun, done - built, check.ran, check.iterations)


def our_roll(instance: Instance, folder: Path, months: int) -> Iterator[Line]:
    """Month after month, each from the state the last one left."""
    setup = prepare(world_of(instance.world), NOTHING, FIRST_MONTH)
    state, point, engine = first_state(setup.base, setup.policy), None, make_engine(DEFAULT_ENGINE)
    for number, month in enumerate(month_range(FIRST_MONTH, months)):
        begun = time.perf_counter()
        program = month_program(setup, state, month)
        built = time.perf_counter()
        try:
            point, check = solve_program(program, engine, month, point or from_base(setup, program))
        except (NoAnswer, InternalFault) as fault:
            yield {"month": number, "status": str(fault)}
            return
        done = time.perf_counter()
        clearing = Clearing(program, point, check)
        state = book(setup, state, month, clearing).after
        keep(as_problem(clearing), folder, number)
        yield _ours(number, built - begun, done - built, check.ran, check.iterations)


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
    if method != OURS:
        lines = rival(method, folder, int(repeats))
    elif kind == "month":
        lines = our_month(instance, folder, int(repeats))
    elif kind == "look-ahead":
        lines = our_look_ahead(instance, folder, int(repeats))
    else:
        lines = our_roll(instance, folder, int(months))
    for line in lines:
        print(json.dumps(line | {"megabytes": peak_megabytes(), "before": before}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
