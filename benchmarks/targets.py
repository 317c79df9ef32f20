"""What was promised, beside what was measured, met or not."""

from __future__ import annotations

from statistics import median

from benchmarks.commands import Drawn, Timed
from benchmarks.compare import Cell
from benchmarks.foresight import Difference
from benchmarks.rivals import RIVALS
from benchmarks.users import cost_of
from benchmarks.worker import COLD, OURS, SHORT
from xenotime.dynamics.trajectory import FAST

LINOPY = next(iter(RIVALS))
MONTH, LOOK_AHEAD, ROLL = 30.0, 3.0, 50.0  # times faster than linopy with HiGHS
MEDIAN, HIGH = 0.05, 0.20  # price differences of the fast foresight
HELP, RUN = 0.5, 10.0  # seconds
MEGABYTES = 2048.0
SECOND = 1.8  # times as fast with a second process
LARGER = (" 4x", " 16x")
Row = tuple[str, str, str, bool]


def targets_page(
    cells: list[Cell], foresight: list[Difference], timings: list[Timed], drawn: list[Drawn]
) -> str:
    """One row per promise."""
    rows = [*_speeds(cells), *_accuracy(foresight), *_waits(timings), *_draws(drawn)]
    lines = ["## Promised and measured", "", "| promise | wanted | measured | held |", "|---|---|---|---|"]
    lines += [
        f"| {what} | {want} | {got} | {'yes' if held else '**no**'} |" for what, want, got, held in rows
    ]
    return "\n".join(lines)


def _ratio(cells: list[Cell], world: str, kind: str, ours: str) -> float | None:
    """How many times faster than linopy, program by program that it solved."""
    found = {c.method: c for c in cells if (c.instance.world, c.instance.kind) == (world, kind)}
    if ours not in found or LINOPY not in found:
        return None
    theirs = {line["month"]: line["build"] + line["solve"] for line in found[LINOPY].solved()}
    mine = {line["month"]: line["build"] + line["solve"] for line in found[ours].solved()}
    if kind != "roll":
        one, other = found[ours].median_total(), found[LINOPY].median_total()
        return other / one if one and other else None
    both = theirs.keys() & mine.keys()
    return sum(theirs[m] for m in both) / sum(mine[m] for m in both) if both else None


def _speeds(cells: list[Cell]) -> list[Row]:
    asked = (
        ("month", OURS, "one clearing, from the base month", MONTH),
        ("month", COLD, "one clearing, from nothing", MONTH),
        ("cut", OURS, "one clearing under the harder shock", MONTH),
        ("look-ahead", OURS, "identical look-ahead, from the base month", LOOK_AHEAD),
        ("roll", OURS, "roll with the full look-ahead", 1.0),
        ("roll", SHORT, "roll with the fast foresight against linopy's with the full one", ROLL),
    )
    rows: list[Row] = []
    for kind, method, what, wanted in asked:
        worlds = dict.fromkeys(c.instance.world for c in cells if c.instance.kind == kind)
        worlds = {world: None for world in worlds if not world.endswith(LARGER)}  # they stand under growth
        ratios = {w: r for w in worlds if (r := _ratio(cells, w, kind, method)) is not None}
        if not ratios:
            continue
        each = ", ".join(f"{world} {ratio:.1f}" for world, ratio in ratios.items())
        middle = median(ratios.values())
        rows.append(
            (what, f"{wanted:.0f} times", f"{middle:.1f} times, the middle of {each}", middle >= wanted)
        )
    solved = [c for c in cells if c.method not in RIVALS]
    if solved:
        unsolved = sum(c.unsolved() for c in solved)
        rows.append(("no month of ours unsolved", "0", str(unsolved), unsolved == 0))
    return rows


def _accuracy(found: list[Difference]) -> list[Row]:
    found = [row for row in found if row.ahead == ",".join(map(str, FAST))]
    if not found:
        return []
    middle, high = max(r.median for r in found), max(r.high for r in found)
    over = [r for r in found if r.high > HIGH]
    first = [abs(_number(r.first_reference) - _number(r.first_fast)) for r in found]
    return [
        (
            "fast foresight, median price difference",
            f"{MEDIAN:.0%}",
            f"{middle:.2%} at worst",
            middle <= MEDIAN,
        ),
        (
            "fast foresight, 95th percentile",
            f"{HIGH:.0%}",
            f"{high:.1%} at worst; above in {len(over)} of {len(found)} case-seeds",
            high <= HIGH,
        ),
        ("fast foresight, first month of shortfall", "within one", f"{max(first)} apart", max(first) <= 1),
    ]


def _number(month: str) -> int:
    """Months since year 0; a month that never comes is far away."""
    return 0 if month == "never" else 12 * int(month[:4]) + int(month[5:7])


def _waits(timings: list[Timed]) -> list[Row]:
    rows: list[Row] = []
    for row in timings:
        if row.what.endswith("--help`"):
            rows.append((row.what, f"{HELP} s", f"{row.seconds:.2f} s", row.seconds <= HELP))
        if row.what.endswith("--report`"):
            rows.append((row.what, f"{RUN:.0f} s", f"{row.seconds:.0f} s", row.seconds <= RUN))
    return rows


def _draws(drawn: list[Drawn]) -> list[Row]:
    if not drawn:
        return []
    most = max(row.megabytes for row in drawn)
    rows = [("memory of a process of an ensemble", "2 GB", f"{most:.0f} MB", most <= MEGABYTES)]
    cost = cost_of(drawn)
    if cost is not None:
        rows += [
            (
                "draws with a second process",
                f"{SECOND} times as fast",
                f"{cost.gain:.2f} times",
                cost.gain >= SECOND,
            )
        ]
    return rows
