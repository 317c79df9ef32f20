"""A plant that opens in a month for certain, one that never does, and what its opening does to prices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from xenotime.choice.prices import Place
from xenotime.choice.project import Project
from xenotime.market.network import Array
from xenotime.months import month_number
from xenotime.world.tables import Facility
from xenotime.world.world import World


def opened(world: World, project: Project, facility: str, recipe: str, start: str) -> World:
    """The world in which the plant runs up from `start` on, without a slip; it is added where it is new.

    A plant that runs already is left as it is.  One whose project runs one recipe runs no other.
    """
    rows = [row for row in world.facilities if row.facility == facility]
    if rows and not rows[0].project:
        return world
    new = Facility(
        facility=facility,
        region=project.region,
        recipe=recipe,
        capacity=project.capacity,
        cost=project.cost,
        kind=project.kind,
        capex=project.capex,
    )
    return world.with_tables(
        facilities=tuple(
            replace(row, status="planned", project="construction", planned_start=start, slip_months=0.0)
            if row.facility == facility
            else row
            for row in (world.facilities if rows else (*world.facilities, new))
            if row.facility != facility
            or not any(own.recipe == recipe for own in rows)
            or row.recipe == recipe
        )
    )


def without(world: World, facility: str) -> World:
    """The world without the plant."""
    return world.with_tables(facilities=tuple(row for row in world.facilities if row.facility != facility))


@dataclass(frozen=True, slots=True)
class Effect:
    """What an opening does to one price: mean over the months from it on, with and without (USD/unit)."""

    material: str
    region: str
    without: float
    opened: float
    lowest: float
    lowest_month: str

    @property
    def change(self) -> float:
        """Share by which the price is another."""
        return self.opened / self.without - 1


@dataclass(frozen=True, slots=True)
class Seen:
    """Prices of a run where goods move, by place (USD/unit), and volumes behind them."""

    months: tuple[str, ...]
    price: Mapping[Place, Array]
    volume: Mapping[Place, Array]


def effects_of(with_it: Seen, without_it: Seen, start: str, least: float) -> tuple[Effect, ...]:
    """(M44) prices over those without the plant, the furthest first: mean from `start` on and lowest month.

    least : share of a change below which it is rounding;  places without volume in either run are left out
    """
    begin = max(0, month_number(start) - month_number(with_it.months[0]))
    found = []
    for place, price in with_it.price.items():
        if place not in without_it.price:
            continue
        moves = (with_it.volume[place][begin:] > 0) & (without_it.volume[place][begin:] > 0)
        after, before = price[begin:][moves], without_it.price[place][begin:][moves]
        if not len(after) or before.mean() <= 0:
            continue
        ratio = after / np.where(before > 0, before, np.nan)
        if np.isnan(ratio).any():
            continue
        low = int(np.argmin(ratio))
        month = [m for m, on in zip(with_it.months[begin:], moves, strict=True) if on][low]
        effect = Effect(*place, float(before.mean()), float(after.mean()), float(ratio[low] - 1), month)
        if abs(effect.change) >= least or abs(effect.lowest) >= least:
            found.append(effect)
    return tuple(sorted(found, key=lambda item: (-abs(item.change), item.material, item.region)))
