"""How cost grows with months and with the network, read off what was measured."""

from __future__ import annotations

from benchmarks.compare import Cell
from benchmarks.rivals import RIVALS

SPANS = (6, 12, 24)


def growth_page(cells: list[Cell]) -> str:
    """Seconds of the first months of our rolls, and of one clearing by size of the network."""
    return "\n\n".join(["## Growth", _months(cells), _networks(cells)])


def _months(cells: list[Cell]) -> str:
    heads = " | ".join(f"{span} months" for span in SPANS)
    lines = [f"| roll | method | {heads} | s a month, last half over first |", "|---|---|--:|--:|--:|--:|"]
    for cell in cells:
        if cell.instance.kind != "roll" or cell.method in RIVALS:
            continue
        each = [line["build"] + line["solve"] for line in cell.solved()]
        sums = [f"{sum(each[:span]):.1f} s" if len(each) >= span else "-" for span in SPANS]
        half = len(each) // 2
        steady = f"{sum(each[-half:]) / sum(each[:half]):.2f}" if half else "-"
        lines.append(f"| {cell.instance.world} | {cell.method} | {' | '.join(sums)} | {steady} |")
    return "\n".join(lines)


def _networks(cells: list[Cell]) -> str:
    lines = ["| one clearing | method | s | times that of 1x | MB |", "|---|---|--:|--:|--:|"]
    chosen = [c for c in cells if c.instance.kind == "month" and c.instance.world.startswith("synthetic 1 ")]
    first = {c.method: c.median_total() for c in chosen if c.instance.world.endswith(" 1x")}
    for cell in chosen:
        took, base, memory = cell.median_total(), first.get(cell.method), cell.memory()
        times = "-" if took is None or not base else f"{took / base:.1f}"
        seconds = "not in the limit" if took is None else f"{took:.3f}"
        lines.append(
            f"| {cell.instance.world} | {cell.method} | {seconds} | {times} |"
            f" {'-' if memory is None else f'{memory:.0f}'} |"
        )
    return "\n".join(lines)
