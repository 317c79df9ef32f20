"""One draw from beginning to end: rolled beside its baseline on the same facts, and what of it is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from xenotime.ensembles.headlines import headlines, lost_output, paid, shares
from xenotime.ensembles.rolled import Rolled, roll, world_of
from xenotime.ensembles.study import Draw, Study
from xenotime.errors import InternalFault, NoAnswer
from xenotime.market.network import Array
from xenotime.market.threads import one_thread
from xenotime.policy.package import NOTHING

OUTCOMES = ("price", "availability", "shortfall", "output lost", "months late")
DETERMINED, TRADED, PAID = 1, 2, 4  # flags of a price: PAID by more than hardly anybody

ROUNDING = 1e-9  # of a material's tonnes of a month: less is an engine's rounding


@dataclass(frozen=True, slots=True)
class Cells:
    """One outcome of a draw: what is shown of each thing in each month.

    about : (material or element, region, sector) of every thing; blanks where it has none
    value, baseline : things x months;  flags : of prices, sums of DETERMINED, TRADED and PAID
    """

    about: tuple[tuple[str, str, str], ...]
    value: Array
    baseline: Array
    flags: Array


@dataclass(frozen=True, slots=True)
class Member:
    """A draw and what it gave, or why it gave nothing."""

    drawn: Draw
    months: tuple[str, ...]
    headlines: dict[str, float]
    cells: dict[str, Cells]
    failure: str


def evaluate(study: Study, drawn: Draw) -> Member:
    """Roll case and baseline; a month without an answer is a member with its reason.

    Linear algebra runs on one thread, so that every evaluator gives the same bytes.
    """
    try:
        with one_thread():
            world = world_of(study, drawn)
            case = roll(study, drawn, world, study.package)
            base = case if study.package == NOTHING else roll(study, drawn, world, NOTHING)
    except (NoAnswer, InternalFault) as error:
        return failed(drawn, f"{type(error).__name__}: {error}")
    return Member(drawn, case.months, headlines(case, base, study.package), cells_of(case, base), "")


def failed(drawn: Draw, why: str) -> Member:
    """A member that gave nothing."""
    return Member(drawn, (), {}, {}, why)


def cells_of(case: Rolled, base: Rolled) -> dict[str, Cells]:
    """Everything that is kept of a draw month by month, by outcome."""
    return {name: made(case, base) for name, made in _MAKE.items()}


def _prices(case: Rolled, base: Rolled) -> Cells:
    place = {node: i for i, node in enumerate(base.nodes)}
    before = np.full_like(case.price, np.nan)
    for i, node in enumerate(case.nodes):
        if node in place:
            before[:, i] = base.price[:, place[node]]
    flags = case.firm * DETERMINED
    for material in {m for m, _ in case.nodes}:
        rows = [i for i, (m, _) in enumerate(case.nodes) if m == material]
        volume = case.volume[:, rows]
        bought = paid(np.ones_like(volume, dtype=bool), volume, volume.sum(axis=1))
        month_all = volume.sum(axis=1, keepdims=True)
        flags[:, rows] += PAID * bought + TRADED * (volume > ROUNDING * month_all)
    about = tuple((material, region, "") for material, region in case.nodes)
    return Cells(about, case.price.T, before.T, flags.T)


def _availability(case: Rolled, base: Rolled) -> Cells:
    left = shares(case, base)
    keep = np.flatnonzero((base.used > 0).any(axis=0))
    about = tuple((case.pairs[i][0], case.pairs[i][1], "") for i in keep)
    return Cells(about, left[:, keep].T, base.used[:, keep].T, np.zeros_like(left[:, keep].T))


def _shortfalls(case: Rolled, base: Rolled) -> Cells:
    keep = np.flatnonzero((case.short > 0).any(axis=0))
    short = case.short[:, keep].T
    return Cells(tuple(case.uses[i] for i in keep), short, case.wanted[:, keep].T, np.zeros_like(short))


def _sectors(read: Callable[[Rolled, Rolled], Array]) -> Callable[[Rolled, Rolled], Cells]:
    def make(case: Rolled, base: Rolled) -> Cells:
        values = read(case, base)
        keep = np.flatnonzero((values > 0).any(axis=0))
        about = tuple(("", case.sectors[i][0], case.sectors[i][1]) for i in keep)
        kept = values[:, keep].T
        return Cells(about, kept, np.zeros_like(kept), np.zeros_like(kept))

    return make


_MAKE: dict[str, Callable[[Rolled, Rolled], Cells]] = {
    "price": _prices,
    "availability": _availability,
    "shortfall": _shortfalls,
    "output lost": _sectors(lost_output),
    "months late": _sectors(lambda case, base: case.late),
}


def said(member: Member) -> dict[str, Any]:
    """What a draw was and gave, without its months, for JSON."""
    drawn = member.drawn
    return {
        "number": drawn.number,
        "values": dict(drawn.values),
        "controls": dict(drawn.controls),
        "seed": drawn.seed,
        "headlines": member.headlines,
        "failure": member.failure,
    }
