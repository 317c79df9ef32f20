"""What a user waits for: start-up, a run with its report, many draws; written as tables."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.big_bill import write_bill
from benchmarks.commands import CASE, Drawn, Timed, ensemble, timed

WANTED = 1000  # draws a study of everything unknown takes
STARTS = 5
BILL = 1_000_000  # lines


def starts() -> Iterator[Timed]:
    """Start-up and import."""
    yield timed(["-m", "xenotime", "--help"], STARTS, "`xenotime --help`")
    yield timed(["-c", "import xenotime"], STARTS, "`import xenotime`")
    yield timed(["-m", "xenotime", "doctor"], 1, "`xenotime doctor`")
    yield timed(["-c", "import xenotime as xt; xt.load_world()"], 2, "loading the shipped world")


def whole_runs() -> Iterator[Timed]:
    """The main command, with and without its report."""
    with tempfile.TemporaryDirectory(prefix="xenotime-runs-") as place:
        report = str(Path(place) / "report.html")
        run = ["-m", "xenotime", "run", CASE]
        yield timed(run, 1, f"`xenotime run {CASE}`")
        yield timed([*run, "--report", report], 1, f"`xenotime run {CASE} --report`")
        yield timed(["-m", "xenotime", "run", "baseline-2025"], 1, "`xenotime run baseline-2025`")
        bill = write_bill(Path(place) / "bill.csv", BILL)
        command = ["-m", "xenotime", "exposure", str(bill), "--json", str(Path(place) / "bill.json")]
        yield timed(command, 1, f"`xenotime exposure` of a bill of {BILL:,} lines")


def many_draws(quick: bool) -> Iterator[Drawn]:
    """A sample of draws: two sizes for the cost of one more, two lengths, one and two processes."""
    draws, months = (2, 6) if quick else (4, 24)
    yield ensemble(draws, months, 1)
    yield ensemble(draws, months, 2)
    yield ensemble(2 * draws, months, 2)
    yield ensemble(draws, months // 2, 1)


def users_page(timings: list[Timed], drawn: list[Drawn]) -> str:
    """Both tables, and what a thousand draws would take at the cost measured."""
    lines = ["## What a user waits for", "", "| command | s | MB | repeats |", "|---|--:|--:|--:|"]
    lines += [f"| {row.what} | {row.seconds:.2f} | {row.megabytes:.0f} | {row.repeats} |" for row in timings]
    if not drawn:
        return "\n".join(lines)
    lines += [
        "",
        f"## Many draws of {CASE}, each a roll of the case and one of its baseline",
        "",
        "Seconds of the whole command, start-up and bands included; MB is the largest process.",
        "",
        "| draws | months | processes | s | s a draw | MB | not answered |",
        "|--:|--:|--:|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {row.draws} | {row.months} | {row.workers} | {row.seconds:.0f} | {row.seconds / row.draws:.1f}"
        f" | {row.megabytes:.0f} | {row.failed} |"
        for row in drawn
    ]
    return "\n".join([*lines, "", *_told(drawn)])


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of one more draw with two processes, of all else, and of a month; what the second gives."""

    each: float
    fixed: float
    gain: float
    month: float


def cost_of(drawn: list[Drawn]) -> Cost | None:
    """Read off the four ensembles of :func:`many_draws`; None where they are not all there."""
    if len(drawn) < 4:
        return None
    one, two, more, shorter = drawn
    each = (more.seconds - two.seconds) / (more.draws - two.draws)
    fixed = max(two.seconds - each * two.draws, 0.0)
    gain = (one.seconds - fixed) / max(two.seconds - fixed, 1e-9)
    month = (one.seconds - shorter.seconds) / (one.draws * (one.months - shorter.months))
    return Cost(each, fixed, gain, month)


def _told(drawn: list[Drawn]) -> list[str]:
    """Cost of one more draw, of one more month, and what the second process gives."""
    cost = cost_of(drawn)
    if cost is None:
        return []
    one, two = drawn[:2]
    minutes = (WANTED * cost.each + cost.fixed) / 60
    return [
        f"With two processes one more draw costs {cost.each:.1f} s and everything else {cost.fixed:.0f} s, so"
        f" {WANTED} draws x {two.months} months take {minutes:.0f} minutes (extrapolated).",
        f"The second process makes the draws {cost.gain:.2f} times as fast, all else taken off both; one more"
        f" month of a draw costs {cost.month:.2f} s of one process,"
        f" {one.seconds / one.draws / one.months:.2f} s on average over all.",
    ]
