"""Published estimates beside ours: losses beside losses under a study's dials, exposure beside exposure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

import numpy as np

from xenotime.facts.load import Facts
from xenotime.facts.published import PublishedLoss
from xenotime.talks.leverage.half_life import measure
from xenotime.talks.leverage.losses import Losses
from xenotime.talks.leverage.stakes import Stakes
from xenotime.world.tables import Control, Demand

MONTHS_A_YEAR = 12
EVERYWHERE = "*"


@dataclass(frozen=True, slots=True)
class Dials:
    """What a study assumes of the control: share of exports cut and goods; runs of equal dials are one."""

    cut: float
    goods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """A published figure in USD, with its range, and ours; None where ours was not worked out."""

    row: PublishedLoss
    value: float | None
    low: float | None
    high: float | None
    ours: float | None
    surplus: float | None


def wanted_dials(facts: Facts) -> dict[Dials, int]:
    """Dials of every loss that ours can be held beside, and the longest duration asked of each."""
    found: dict[Dials, int] = {}
    for row in facts.rows(PublishedLoss):
        if row.kind == "loss" and row.measure and row.cut is not None and row.months is not None:
            dials = dials_of(row)
            found[dials] = max(found.get(dials, 0), row.months)
    return found


def dials_of(row: PublishedLoss) -> Dials:
    """What a study assumes of the control."""
    return Dials(float(row.cut or 0.0), tuple(part for part in row.goods.split(";") if part))


def dialled(rows: Sequence[Control], dials: Dials) -> tuple[Control, ...]:
    """A ban turned into the study's control: of its goods only, and of its share of normal trade only."""
    mine = [row for row in rows if not dials.goods or any(fnmatchcase(row.material, g) for g in dials.goods)]
    if dials.cut >= 1:
        return tuple(mine)
    return tuple(replace(row, instrument="licence", value=1 - dials.cut) for row in mine)


def exposure(rows: Sequence[Demand], stakes: Stakes, regions: Iterable[str]) -> float:
    """Output a year of everything made with the goods (USD): what depends on them, none of it lost."""
    wanted = set(regions)
    per_unit = np.where(np.isnan(stakes.output), 0.0, stakes.output)
    return float(
        sum(
            MONTHS_A_YEAR * (row.quantity or 0.0) * each
            for row, each in zip(rows, per_unit, strict=False)
            if row.region in wanted
        )
    )


def in_usd(row: PublishedLoss, facts: Facts) -> tuple[float | None, float | None, float | None]:
    """Value, low and high in USD; None for shares of what no size is known of."""
    if row.unit.startswith("USD"):
        return row.value, row.low, row.high
    sizes = {item.region: item.value for item in facts.rows(PublishedLoss) if item.kind == "size"}
    if row.unit != "% of GDP" or row.region not in sizes:
        return None, None, None
    factor = sizes[row.region] / 100
    return row.value * factor, row.low * factor, row.high * factor


def beside(
    facts: Facts,
    paths: dict[Dials, Losses],
    demand: Sequence[Demand],
    stakes: Stakes,
    by: Sequence[str],
) -> tuple[Beside, ...]:
    """Every published figure, with ours under its dials where there is one."""
    found = []
    everywhere = tuple({row.region for row in demand} - set(by))
    for row in facts.rows(PublishedLoss):
        if row.kind == "size":
            continue
        on = everywhere if row.on == EVERYWHERE else tuple(part for part in row.on.split(";") if part)
        ours = surplus = None
        if row.kind == "exposure" and row.measure == "exposure":
            ours = exposure(demand, stakes, on)
        elif row.kind == "loss" and row.measure and dials_of(row) in paths and row.months is not None:
            path = paths[dials_of(row)]
            ours = float(path.of(on, measure(path, row.measure))[row.months - 1])
            surplus = float(path.of(on, path.loss() - measure(path, "value_added"))[row.months - 1])
        found.append(Beside(row, *in_usd(row, facts), ours, surplus))
    return tuple(found)
