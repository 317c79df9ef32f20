"""Uncertain numbers of a world built from the facts: what their tables state a range for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from xenotime.ensembles.uncertain import Act, Uncertain, is_open
from xenotime.facts.grading import default_range
from xenotime.market.network import Array, Network
from xenotime.world.growth import sectors_of
from xenotime.world.holdings import EVERYWHERE, MARKET_HOLDER
from xenotime.world.numbers import FactTables, of_year
from xenotime.world.trade_lanes import CLASS_OF_STAGE
from xenotime.world.uses import GENERAL
from xenotime.world.world import World

MAGNET = "sintered_magnet"
SLACK = 1e-6  # of capacity: a plant that ran closer to its capacity than that is known to have filled it
Acts = dict[tuple[str, ...], list[Act]]


def fact_numbers(world: World, facts: FactTables, network: Network, load: Array) -> tuple[Uncertain, ...]:
    """Elasticities, choke multiples, days of cover and capacities, each with the cells it moves.

    network, load : the world's network and the activity of each of its plants in the base month

    A plant at its capacity in the base month is left out: it made that much, and more of it would change the
    base month.  No capacity is drawn below what the plant made.
    """
    return tuple(
        item
        for found in (
            _elasticities(world, facts),
            _chokes(world, facts),
            _covers(world, facts),
            _capacities(world, facts, network, load),
        )
        for item in found
        if is_open(item.low, item.value, item.high)
    )


def _ends(row: Any, value: float) -> tuple[float, float]:
    """Stated range of a row, or that of its grade."""
    if row.low is None or row.high is None:
        return default_range(value, row.grade)
    return float(row.low), float(row.high)


def _elasticities(world: World, facts: FactTables) -> Iterator[Uncertain]:
    rows = {(row.sector, row.horizon): row for row in facts.rows("elasticities")}
    acts: Acts = {}
    for place, use in enumerate(world.demand):
        for horizon, column in (("short", "elasticity"), ("long", "elasticity_long")):
            if use.form != "isoelastic" or getattr(use, column) is None:
                continue
            names = sectors_of(use)
            for sector in names:
                own = (sector if (sector, horizon) in rows else GENERAL, horizon)
                acts.setdefault(own, []).append(Act("demand", place, column, 1 / len(names)))
    for key, cells in sorted(acts.items()):
        if (row := rows.get((key[0], key[1]))) is not None:
            yield _number("elasticity", row, float(row.elasticity), "elasticities", key, cells)


def _chokes(world: World, facts: FactTables) -> Iterator[Uncertain]:
    rows = {(row.sector, row.material_class): row for row in facts.rows("choke")}
    stage = {row.material: row.stage for row in world.materials}
    acts: Acts = {}
    for place, use in enumerate(world.demand):
        if use.choke is None:
            continue
        kind = "magnet" if stage.get(use.material) == MAGNET else "oxide"
        names = sectors_of(use)
        for sector in names:
            own = (sector if (sector, kind) in rows else "other", kind)
            acts.setdefault(own, []).append(Act("demand", place, "choke", 1 / len(names)))
    for key, cells in sorted(acts.items()):
        if (row := rows.get((key[0], key[1]))) is not None:
            yield _number("choke", row, float(row.choke_multiple), "choke", key, cells)


def _covers(world: World, facts: FactTables) -> Iterator[Uncertain]:
    rows = {(row.holder, row.sector, row.region, row.material_class): row for row in facts.rows("cover")}
    stage = {row.material: row.stage for row in world.materials}
    acts: Acts = {}
    for place, stock in enumerate(world.stocks):
        kind = CLASS_OF_STAGE.get(stage.get(stock.material, ""), "")
        holder = "user" if stock.sector else MARKET_HOLDER.get(kind, "")
        sector = stock.sector or "all"
        for region in (stock.region, EVERYWHERE):
            if (holder, sector, region, kind) in rows and stock.cover_days is not None:
                cells = acts.setdefault((holder, sector, region, kind), [])
                cells += [Act("stocks", place, "opening"), Act("stocks", place, "cover_days")]
                break
    for key, cells in sorted(acts.items()):
        row = rows[key[0], key[1], key[2], key[3]]
        yield _number("cover", row, float(row.days), "cover", key, cells, "day")


def _capacities(world: World, facts: FactTables, network: Network, load: Array) -> Iterator[Uncertain]:
    year = int(world.date[:4]) if world.date else 0
    rows = of_year(facts.rows("capacities"), year, lambda row: row.facility)
    made: dict[str, float] = {}
    for plant, amount in zip(network.facilities, load, strict=False):
        made[plant.facility] = made.get(plant.facility, 0.0) + plant.capacity_use * float(amount)
    cells: dict[str, list[Act]] = {}
    for place, plant in enumerate(world.facilities):
        if plant.capacity:
            cells.setdefault(plant.facility, []).append(Act("facilities", place, "capacity"))
    for name, own in sorted(cells.items()):
        row, capacity = rows.get(name), world.facilities[own[0].row].capacity or 0.0
        if row is None or not row.capacity or made.get(name, 0.0) >= capacity * (1 - SLACK):
            continue
        value = float(row.capacity)
        least = value * made.get(name, 0.0) / capacity
        yield _number("capacity", row, value, "capacities", (name,), own, row.basis, least)


def _number(
    kind: str,
    row: Any,
    value: float,
    table: str,
    key: tuple[str, ...],
    acts: list[Act],
    unit: str = "",
    least: float = float("-inf"),
) -> Uncertain:
    low, high = _ends(row, value)
    return Uncertain(
        name="/".join((kind, *key)),
        kind=kind,
        low=low,
        value=value,
        high=high,
        grade=row.grade,
        source=row.source,
        refers_to=str(row.refers_to),
        row=f"{table}: {', '.join(key)}",
        acts=tuple(acts),
        least=least,
        unit=unit,
    )


def titles_of(facts: FactTables) -> Mapping[str, str]:
    """Title of every source by its name."""
    return {row.source: row.title for row in facts.rows("sources")}
