"""Every line under every case: what arrives of each part in each draw, and what the line makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from xenotime.exposure.deliveries import Deliveries
from xenotime.exposure.lines import Line, Part
from xenotime.exposure.luck import Luck, arrivals, passed
from xenotime.exposure.supply import Flow, Source, flow_of, market_of, over_draws, week_months
from xenotime.exposure.weeks import MONTH, Pace, Ran, run_line
from xenotime.market.network import Array, Index
from xenotime.world.cover_classes import spread_of

if TYPE_CHECKING:
    from xenotime.facts.load import Facts


@dataclass(frozen=True, slots=True)
class Scene:
    """A line under a case.

    case : its name;  place : of the line among all
    stock : draws x parts (weeks of need);  arriving : draws x weeks x parts
    flows : by part, what each of its sources may send
    held_from : by part, first week in which a control holds it back
    """

    case: str
    place: int
    line: Line
    pace: Pace
    stock: Array
    arriving: Array
    flows: tuple[tuple[Flow, ...], ...]
    held_from: tuple[int | None, ...]

    def run(self, stock: Array | None = None, arriving: Array | None = None) -> Ran:
        """The line run, with other stock or arrivals where they are given."""
        own = self.stock if stock is None else stock
        return run_line(own, self.arriving if arriving is None else arriving, self.pace)


@dataclass(frozen=True, slots=True)
class Case:
    """A case as lines meet it: its name and one run or several draws of it."""

    name: str
    runs: tuple[Deliveries, ...]


def make_scene(
    place: int, line: Line, case: Case, today: date, weeks: int, luck: Luck, facts: Facts
) -> Scene:
    """Draw what arrives of every part of a line under a case."""
    at = week_months(today, weeks, case.runs[0].months)
    stock, coming, flows, held = [], [], [], []
    for part in line.parts:
        name = part.luck()
        stock.append(_stock(part, name, luck))
        own = tuple(part_flow(part, source, line, case, at, luck.draws) for source in part.sources)
        flows.append(own)
        coming.append(_arriving(part, own, name, weeks, luck))
        held.append(held_week(part, case, today, at))
    empty = np.zeros((luck.draws, weeks, 0))
    return Scene(
        case.name,
        place,
        line,
        pace_of(line, luck),
        np.stack(stock, axis=1) if stock else np.zeros((luck.draws, 0)),
        np.stack(coming, axis=2) if coming else empty,
        tuple(flows),
        tuple(held),
    )


def pace_of(line: Line, luck: Luck) -> Pace:
    """How a line runs: as its user says, else by the table."""
    entry, numbers = line.entry, luck.numbers
    catch_up = numbers["catch_up"] if entry.catch_up is None else entry.catch_up
    monthly = (
        numbers["cancelled_per_month"] if entry.cancelled_per_month is None else entry.cancelled_per_month
    )
    return Pace(catch_up, 1 - (1 - monthly) ** (1 / MONTH), numbers["stop_share"])


def part_flow(part: Part, source: Source, line: Line, case: Case, at: Index, draws: int) -> Flow:
    """What one source of a part may send under a case."""
    known = frozenset(use[0] for run in case.runs for use in (*run.got, *run.made))
    material = market_of(part.group.good, known)
    return over_draws(
        [flow_of(source, material, line.region, line.sector, run, at) for run in case.runs], draws
    )


def held_week(part: Part, case: Case, today: date, at: Index) -> int | None:
    """First week in which a control holds back a source of the part; None where none does."""
    known = frozenset(use[0] for use in case.runs[0].got)
    material = market_of(part.group.good, known)
    months = [case.runs[0].held.get((material, source.country)) for source in part.sources]
    first = [month for month in months if month is not None]
    if not first:
        return None
    found = np.flatnonzero(at >= min(first))
    return int(found[0]) if len(found) else None


def _stock(part: Part, name: str, luck: Luck) -> Array:
    low, middle, high = part.stock
    spread = spread_of(low, high)
    if not spread:
        return np.full(luck.draws, middle)
    return np.asarray(middle * np.exp(spread * luck.normal(name, "stock") - spread**2 / 2))


def _arriving(part: Part, flows: Sequence[Flow], name: str, weeks: int, luck: Luck) -> Array:
    """What arrives of a part, draws x weeks: by its sources, and the orders its plant file lists."""
    total = np.zeros((luck.draws, weeks))
    for number, (source, flow) in enumerate(zip(part.sources, flows, strict=True)):
        total += arrivals(source, flow, f"{name}/{number}", luck, listed=bool(part.orders))
    for order in part.orders:
        if order.week >= weeks:
            continue
        share = np.ones(luck.draws)
        if order.waiting and flows:
            week = np.full((luck.draws, 1), order.week)
            share = passed(flows[0], week, f"{name}/0", luck)[:, 0]
        total[:, order.week] += order.amount * share
    return total
