"""Opening stocks from days of cover: traders and producers for the market, magnet users for themselves."""

from __future__ import annotations

from typing import Any

import numpy as np

from xenotime.world.base import Base
from xenotime.world.numbers import FactTables, Numbers
from xenotime.world.tables import Demand, Stock
from xenotime.world.trade_lanes import CLASS_OF_STAGE

DAYS_PER_MONTH = 30.4
EVERYWHERE = "WLD"
MARKET_HOLDER = {"oxide": "trader", "metal": "producer", "magnet": "trader"}


class Cover:
    """Days of cover by holder, sector, region and class; the world's row where a region has none."""

    def __init__(self, facts: FactTables) -> None:
        self._rows = {
            (row.holder, row.sector, row.region, row.material_class): row for row in facts.rows("cover")
        }

    def row(self, holder: str, sector: str, region: str, material_class: str) -> Any:
        """The row, or None where nothing is known."""
        return self._rows.get((holder, sector, region, material_class)) or self._rows.get(
            (holder, sector, EVERYWHERE, material_class)
        )


def build_stocks(
    facts: FactTables, numbers: Numbers, base: Base, demand: tuple[Demand, ...]
) -> tuple[Stock, ...]:
    """Working stocks: one per traded node, and one per block of magnet use."""
    cover = Cover(facts)
    held = _market_stocks(numbers, cover, base, demand)
    for row in demand:
        if base.chain.substances[row.material].stage == "sintered_magnet":
            known = cover.row("user", row.sector, row.region, "magnet")
            if known is not None and row.quantity and row.price:
                held.append(
                    _stock(
                        numbers, row.material, row.region, "user", row.sector, row.quantity, row.price, known
                    )
                )
    return tuple(sorted(held, key=lambda s: (s.material, s.region, s.holder, s.sector)))


def _market_stocks(numbers: Numbers, cover: Cover, base: Base, demand: tuple[Demand, ...]) -> list[Stock]:
    """Stock of the open market: days of cover times what plants and users there take."""
    taken = np.abs(base.incidence.matrix.minimum(0)) @ base.flows.values
    own = {(row.material, row.region): 0.0 for row in demand}
    for row in demand:
        known = cover.row("user", row.sector, row.region, "oxide")
        if known is not None and base.chain.substances[row.material].stage == "separated_oxide":
            own[row.material, row.region] += (row.quantity or 0.0) * float(known.days) / DAYS_PER_MONTH
    found = []
    for index, (material, region) in enumerate(base.incidence.nodes):
        price = float(base.prices.price[index])
        material_class = CLASS_OF_STAGE.get(base.chain.substances[material].stage, "")
        holder = MARKET_HOLDER.get(material_class)
        if holder is None or taken[index] <= 0 or price <= 0:
            continue
        known = cover.row(holder, "all", region, material_class)
        if known is not None:
            extra = own.get((material, region), 0.0)
            found.append(
                _stock(numbers, material, region, "market", "", float(taken[index]), price, known, extra)
            )
    return found


def _stock(
    numbers: Numbers,
    material: str,
    region: str,
    holder: str,
    sector: str,
    use: float,
    price: float,
    known: Any,
    extra: float = 0.0,
) -> Stock:
    days = float(known.days)
    opening = use * days / DAYS_PER_MONTH + extra
    return Stock(
        material=material,
        region=region,
        holder=holder,
        sector=sector,
        opening=opening,
        holding_cost=price * numbers["holding_cost_annual"] / 12,
        cover_days=opening / use * DAYS_PER_MONTH,
        resale_cost=None,
        low=opening * float(known.low) / days if days else None,
        high=opening * float(known.high) / days if days else None,
        source=known.source,
        grade=known.grade,
    )
