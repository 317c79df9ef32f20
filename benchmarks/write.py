"""RESULTS.md, wholly from what was measured."""

from __future__ import annotations

from datetime import UTC, datetime

from benchmarks.compare import PRICES_AGREE, Cell, Effort
from benchmarks.instances import Instance
from benchmarks.machine import Machine
from benchmarks.numbers import Floor
from benchmarks.rivals import RIVALS
from benchmarks.worker import OURS

TITLES = {
    "month": "One clearing (a month without stocks; the largest export by value is a tenth less)",
    "cut": "One clearing under a harder shock (the same export halved)",
    "look-ahead": "One look-ahead (three months and three quarters), the first month",
    "roll": "A roll of months, each with its look-ahead, from the state our roll left",
}
HEADS = {
    "month": "build s | solve s | build + solve, times ours",
    "cut": "build s | solve s | build + solve, times ours",
    "look-ahead": "build s | solve s | build + solve, times ours",
    "roll": "median month s | all months s | all months, times ours",
}


def results(
    cells: list[Cell], floors: list[Floor], machine: Machine, effort: Effort, command: str, version: str
) -> str:
    """The whole page."""
    parts = [_top(machine, effort, command, version)]
    for kind, title in TITLES.items():
        chosen = [cell for cell in cells if cell.instance.kind == kind]
        if chosen:
            parts.append(f"## {title}\n\n{_table(kind, chosen, effort)}")
    parts.append(_floors(floors, cells))
    return "\n\n".join(parts) + "\n"


def _top(machine: Machine, effort: Effort, command: str, version: str) -> str:
    packages = ", ".join(f"{name} {number}" for name, number in machine.packages.items())
    return f"""# Benchmarks

Written by `{command}` on {datetime.now(UTC):%Y-%m-%d %H:%M} UTC.
Do not edit it; `make bench` measures everything and writes it anew.

- xenotime {version}, Python {machine.python}, {packages}
- {machine.processor}, {machine.cores} cores, {machine.system}; load before the start {machine.load:.1f}
- {machine.flops / 1e9:.1f} GFlop/s in a dense product, {machine.bandwidth / 1e9:.1f} GB/s in a copy
- one thread per solver, one process per method and instance; medians of {effort.repeats} repetitions
- a method is stopped {effort.limit:.0f} s after its last program, and at {effort.total:.0f} s in any case

Every rival is handed the program our own run solved: scaled as for our engines, columns that cannot move
left out, charges at their settled amounts. Ours carries more work: it settles the charges, polishes to the
exact answer and verifies it. Prices come first: a price is compared where the optimum determines it and
more than a millionth of the largest volume passes; a method agrees when all are within {PRICES_AGREE:.0e} of
ours. Where it does not, its time is that of a less accurate answer. `shipped` is the world that comes with
the package; the synthetic ones are invented by `synthetic.py` from a seed. MB is what the process added at
its peak to what it held before its first program (ours includes clearing base months)."""


def _table(kind: str, cells: list[Cell], effort: Effort) -> str:
    lines = [
        f"| world | method | prices | worst price | {HEADS[kind]} | iterations | ran | MB | solved |",
        "|---|---|--:|--:|--:|--:|--:|--:|---|--:|--:|",
    ]
    ours = {cell.instance: cell for cell in cells if cell.method == OURS}
    lines += [_row(cell, ours[cell.instance], effort) for cell in cells]
    unsolved = sum(cell.unsolved() for cell in cells)
    noun = "programs tried and not solved" if kind != "roll" else "months tried and not solved"
    return "\n".join(lines) + f"\n\n{unsolved} {noun}, over all methods."


def _row(cell: Cell, ours: Cell, effort: Effort) -> str:
    name = cell.method if cell.method in RIVALS else f"**{cell.method}**"
    done = cell.solved()
    compared = str(sum(line.get("prices", 0) for line in done)) if cell.method in RIVALS else "-"
    worst = cell.worst()
    agree = "-" if worst is None else f"{worst:.0e}" + ("" if cell.agrees() else " (disagrees)")
    if cell.instance.kind == "roll":
        first, second = cell.median_total(), cell.whole()
        base, mine = ours.whole(), second
        if cell.method in RIVALS and mine is not None and ours.solved():
            # a roll of ours that was stopped is compared over the months it left
            base = sum(line["build"] + line["solve"] for line in ours.solved()[: cell.asked])
    else:
        first, second = cell.seconds("build"), cell.seconds("solve")
        base, mine = ours.median_total(), cell.median_total()
    ratio = "-" if base is None or mine is None else f"{mine / base:.2f}"
    late = f"not in {effort.total if cell.instance.kind == 'roll' else effort.limit:.0f} s"
    shown = [_seconds(value, late if cell.stopped else "-") for value in (first, second)]
    iterations = f"{_middle([line['iterations'] for line in done])}" if done else "-"
    ran = ", ".join(sorted({str(line["ran"]) for line in done})) or cell.fault or late
    memory = cell.memory()
    megabytes = "-" if memory is None else f"{memory:.0f}"
    return (
        f"| {cell.instance.world} | {name} | {compared} | {agree} | {shown[0]} | {shown[1]} | {ratio}"
        f" | {iterations} | {ran} | {megabytes} | {len(done)} of {cell.asked} |"
    )


def _seconds(value: float | None, otherwise: str) -> str:
    if value is None:
        return otherwise
    return f"{value:.3f}" if value < 1 else f"{value:.1f}"


def _middle(values: list[int]) -> int:
    return sorted(values)[len(values) // 2]


def _floors(floors: list[Floor], cells: list[Cell]) -> str:
    lines = [
        "## The two numbers",
        "",
        "What an interior point must at least do: the arithmetic of one factorisation of its normal",
        "equations with the best ordering found, times its iterations, at the rate of a dense product; and",
        "the bytes it must move. The larger is its floor. `active set` is the factorisation that a method",
        "needs which already knows who is at a bound.",
        "",
        "| world | program | rows x columns | entries of the factor | MFlop | ordering | iterations |"
        " arithmetic s | traffic s | floor s | ours s | ours over floor | active set MFlop | times less |",
        "|---|---|---|--:|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    measured: dict[Instance, float | None] = {c.instance: c.median_total() for c in cells if c.method == OURS}
    for item in floors:
        ours = measured.get(item.instance)
        lines.append(
            f"| {item.instance.world} | {item.instance.kind} | {item.rows} x {item.columns}"
            f" | {item.best.entries:.3g} | {item.best.flops / 1e6:.3g} | {item.best.ordering}"
            f" | {item.iterations} | {item.arithmetic:.3g} | {item.traffic:.3g} | {item.seconds:.3g}"
            f" | {_seconds(ours, '-')}"
            f" | {'-' if ours is None else f'{ours / item.seconds:.0f}'} | {item.active.flops / 1e6:.3g}"
            f" | {item.best.flops / item.active.flops:.0f} |"
        )
    return "\n".join(lines)
