"""The fast foresight against the reference: what the shorter program costs in accuracy, and what it saves.

Three cases, two seeds of behaviour and luck each; both look-aheads roll the same drawn setup.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from xenotime.api import load_case, load_world
from xenotime.dynamics.step import Setup, first_state, step
from xenotime.dynamics.trajectory import FAST, LOOK_AHEAD, ROUGH, prepare, splitting_of
from xenotime.ensembles.draws import posterior_draw, read_priors, with_values
from xenotime.ensembles.frozen import load_frozen
from xenotime.facts.load import load_facts
from xenotime.market.choose import DEFAULT_ENGINE, make_engine
from xenotime.market.horizon import single_path
from xenotime.market.network import Array
from xenotime.months import month_range
from xenotime.policy.case import Case
from xenotime.policy.package import read_package
from xenotime.world.world import World

CASES = ("april-2025", "full-embargo", "myanmar-stop")
SEEDS = (1, 2)
TRADED = 1e-6  # of the month's largest volume, as in the other comparisons
SHORT = 1e-3  # of what is wanted: less is rounding
MOVED = 0.1  # of the first month's price: a node that the case moves by more


@dataclass(frozen=True, slots=True)
class Path24:
    """What one roll shows: months x nodes or sectors, and the seconds of processor it took."""

    price: Array
    volume: Array
    short: Array
    seconds: float


@dataclass(frozen=True, slots=True)
class Difference:
    """How far the fast foresight is from the reference on one case and seed."""

    case: str
    seed: int
    ahead: str
    months: int
    prices: int
    median: float
    high: float
    moved_median: float
    moved_high: float
    first_reference: str
    first_fast: str
    sectors: int
    sectors_within_one: int
    seconds_reference: float
    seconds_fast: float


def drawn_setup(case: Case, world: World, seed: int, look_ahead: tuple[int, ...]) -> Setup:
    """A run at a draw of fitted behaviour and of luck."""
    drawn = posterior_draw(load_frozen().posterior, read_priors(load_facts()), seed, 0)
    behaviour = with_values(load_frozen().behaviour(), drawn)
    package, ahead = read_package(case, world), single_path(look_ahead)
    splitting = splitting_of(look_ahead)
    return prepare(world, package, case.data.start, ahead, behaviour, draw=seed, splitting=splitting)


def roll(setup: Setup, months: Sequence[str]) -> Path24:
    """Month after month, from the first state."""
    state, point, engine = first_state(setup), None, make_engine(DEFAULT_ENGINE)
    price, volume, short, begun = [], [], [], time.process_time()
    for month in months:
        booked = step(setup, state, month, engine, point)
        clearing = booked.clearing
        price.append(clearing.price())
        volume.append(clearing.volume())
        wanted = clearing.program.terms[0].use_scale * _reference(setup)
        short.append(np.maximum(wanted - clearing.consumption(), 0.0) / np.maximum(wanted, 1e-12))
        state, point = booked.after, clearing.point
    return Path24(np.array(price), np.array(volume), np.array(short), time.process_time() - begun)


def _reference(setup: Setup) -> Array:
    return np.array([row.quantity or 0.0 for row in setup.policy.network.demand])


def compare(name: str, seed: int) -> list[Difference]:
    """Roll the reference and each shorter look-ahead, and compare what both trade."""
    case = load_case(name)
    world = load_world(case.data.world)
    months = month_range(case.data.start, min(case.data.months, 24))
    reference = roll(drawn_setup(case, world, seed, LOOK_AHEAD), months)
    return [
        _difference(name, seed, ahead, months, reference, roll(drawn_setup(case, world, seed, ahead), months))
        for ahead in (FAST, ROUGH)
    ]


def _difference(
    name: str, seed: int, ahead: tuple[int, ...], months: Sequence[str], reference: Path24, fast: Path24
) -> Difference:
    traded = (reference.volume > TRADED * reference.volume.max()) & (fast.volume > 0)
    traded &= (reference.price > 0) & (fast.price > 0)
    off = np.abs(fast.price / np.where(traded, reference.price, 1.0) - 1)
    first = np.maximum(reference.price[:1], 1e-12)
    moved = traded & (np.abs(reference.price / first - 1) > MOVED)
    begins = [_first_short(path.short) for path in (reference, fast)]
    either = (begins[0] < len(months)) | (begins[1] < len(months))
    within = np.abs(begins[0] - begins[1]) <= 1
    return Difference(
        name,
        seed,
        ",".join(map(str, ahead)),
        len(months),
        int(traded.sum()),
        *(float(v) for v in np.quantile(off[traded], (0.5, 0.95))),
        *(float(v) for v in (np.quantile(off[moved], (0.5, 0.95)) if moved.any() else (0.0, 0.0))),
        *(_month(months, int(begin.min())) for begin in begins),
        int(either.sum()),
        int((either & within).sum()),
        reference.seconds,
        fast.seconds,
    )


def _first_short(short: Array) -> Array:
    """First month in which each user goes short of more than a hundredth; the number of months if never."""
    lacks = short > 10 * SHORT
    return np.where(lacks.any(axis=0), lacks.argmax(axis=0), len(short))


def _month(months: Sequence[str], place: int) -> str:
    return months[place] if place < len(months) else "never"


def differences(folder: Path) -> list[Difference]:
    """All cases and seeds; finished ones are read from `folder`."""
    found = []
    for name in CASES:
        for seed in SEEDS:
            path = folder / f"foresight-{name}-{seed}.json"
            if not path.exists():
                path.write_text(json.dumps([asdict(row) for row in compare(name, seed)]))
            found += [Difference(**row) for row in json.loads(path.read_text())]
    return found


def foresight_page(found: list[Difference]) -> str:
    """The differences, seed by seed and over all."""
    lines = [
        "## The fast foresight against the full one",
        "",
        f"The same month-by-month roll foreseeing {FAST} months (what runs foresee) and {ROUGH} (what",
        f"ensembles and other studies of many rolls do) against {LOOK_AHEAD}, each with its own",
        "stocks, on drawn behaviour and luck. Prices are compared where both trade; `moved` are those that",
        "the case moves by more than a tenth. `short` is the first month in which anybody lacks a hundredth",
        "of what is wanted; `users` how many who ever lack it, in either, first do so within a month.",
        "",
        "| case | seed | foresees | months | prices | median | 95th | moved: median | 95th"
        " | short, full | short, fast | users | full s | fast s |",
        "|---|--:|---|--:|--:|--:|--:|--:|--:|---|---|--:|--:|--:|",
    ]
    lines += [
        f"| {row.case} | {row.seed} | {row.ahead} | {row.months} | {row.prices} | {row.median:.2%}"
        f" | {row.high:.1%} | {row.moved_median:.2%} | {row.moved_high:.1%}"
        f" | {row.first_reference} | {row.first_fast} | {row.sectors_within_one} of {row.sectors}"
        f" | {row.seconds_reference:.0f} | {row.seconds_fast:.0f} |"
        for row in found
    ]
    for ahead in dict.fromkeys(row.ahead for row in found):
        these = [row for row in found if row.ahead == ahead]
        worst = max(these, key=lambda row: row.high)
        middle = sorted(row.high for row in these)[len(these) // 2]
        lines += [
            "",
            f"Foreseeing {ahead}: largest median {max(row.median for row in these):.2%}; 95th percentiles:"
            f" middle {middle:.1%}, largest {worst.high:.1%} ({worst.case}, seed {worst.seed}).",
        ]
    return "\n".join(lines)
