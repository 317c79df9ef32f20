"""A clearing as tidy tables: one row per fact, explicit keys, the field's words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from xenotime.errors import one_problem
from xenotime.market.clearing import Clearing
from xenotime.market.intervals import price_intervals, undetermined_limits
from xenotime.market.network import BESIDE, SHIPPED

Row = dict[str, Any]
SHOWN = 1e-12  # of the largest amount of its kind: below it a row is not written


def price_rows(clearing: Clearing, period: int = 0) -> list[Row]:
    """Prices with the tonnes behind them; an undetermined price is its interval and has no value."""
    price, volume = clearing.price(period), clearing.volume(period)
    low, high = price_intervals(clearing, period)
    rows = []
    for index, (material, region, pool) in enumerate(clearing.program.network.nodes):
        determined = bool(high[index] <= low[index])
        if not determined and not np.isfinite(low[index]) and not np.isfinite(high[index]):
            continue
        rows.append(
            {
                "material": material,
                "region": region,
                "market": pool or "spot",
                "value": float(price[index]) if determined else None,
                "low": _finite(low[index]),
                "high": _finite(high[index]),
                "determined": determined,
                "volume": float(volume[index]),
            }
        )
    return rows


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def flow_rows(clearing: Clearing, period: int = 0) -> list[Row]:
    """Flows on lanes and contracts, and on the ways beside them that are in use, end users added together."""
    network = clearing.program.network
    found: dict[tuple[str, ...], float] = {}
    for lane, value in enumerate(clearing.amount("lane", period)):
        kind, material, origin, destination = network.lanes.label[lane]
        if kind in BESIDE:
            destination = network.nodes[network.lanes.destination[lane]][1]
        if kind in SHIPPED and (kind not in BESIDE or value > 0):
            key = (material, origin, destination, kind)
            found[key] = found.get(key, 0.0) + float(value)
    return [
        {"material": material, "origin": origin, "destination": destination, "kind": kind, "value": value}
        for (material, origin, destination, kind), value in found.items()
    ]


def activity_rows(clearing: Clearing, period: int = 0) -> list[Row]:
    """Activity of each recipe of each plant."""
    return [
        {"facility": plant.facility, "region": plant.region, "recipe": plant.recipe, "value": float(value)}
        for plant, value in zip(
            clearing.program.network.facilities[: clearing.program.network.plants],
            clearing.amount("plant", period),
            strict=False,  # the columns after the plants hand out what comes under contract
        )
    ]


def consumption_rows(clearing: Clearing, period: int = 0) -> list[Row]:
    """Use per demand row."""
    return [
        {
            "material": row.material,
            "region": row.region,
            "sector": row.sector,
            "cover_class": row.cover_class,
            "value": float(value),
        }
        for row, value in zip(clearing.program.network.demand, clearing.consumption(period), strict=True)
    ]


def supply_rows(clearing: Clearing, period: int = 0) -> list[Row]:
    """Amount offered by each supply row."""
    return [
        {"material": row.material, "region": row.region, "supplier": row.supplier, "value": float(value)}
        for row, value in zip(clearing.program.network.supply, clearing.supplied(period), strict=True)
    ]


def shortfall_rows(clearing: Clearing, period: int = 0) -> list[Row]:
    """Use that is wanted at any price up to the choke price and not served (priced, so the month clears)."""
    program, rows = clearing.program, []
    amounts = clearing.amount("use", period)
    widths = program.high[program.layout.block(period, "use")]
    for index, row in enumerate(program.network.demand):
        if row.form == "linear" or index in program.network.orders:
            continue
        first = int(np.searchsorted(program.segment_owner, index))
        missing = float(widths[first] - amounts[first])
        if missing > SHOWN * max(float(widths[first]), 1e-300) and missing > 0:
            wanted = row.quantity or float(widths[first])
            rows.append(
                {
                    "material": row.material,
                    "region": row.region,
                    "sector": row.sector,
                    "cover_class": row.cover_class,
                    "value": missing,
                    "wanted": wanted,
                    "share": missing / wanted,
                }
            )
    return rows


def rent_rows(clearing: Clearing, period: int = 0) -> list[Row]:
    """Named rents: of plants, lanes and controls on them, joint limits, minimum loads and take-or-pay."""
    program, network = clearing.program, clearing.program.network
    rows: list[Row] = []
    open_rents = undetermined_limits(clearing, period)
    rents, uses = clearing.joint_rent(period), clearing.limit_use(period)
    for index, (limit, value, used) in enumerate(zip(network.joint, rents, uses, strict=True)):
        if index in open_rents:
            continue  # nothing marginal happens there: no rent is the rent
        for recipient, share in limit.holders or ((limit.recipient, 1.0),):
            rows.append(_rent(limit.kind, limit.name, "", recipient, float(value), float(used) * share))
    plants, x = clearing.margin("plant", period), clearing.amount("plant", period)
    block = program.layout.block(period, "plant")
    for column, plant in enumerate(network.facilities[: network.plants]):
        kind = "capacity" if x[column] >= program.high[block][column] else "minimum_load"
        at_bound = x[column] >= program.high[block][column] or 0 < x[column] <= program.low[block][column]
        if at_bound and x[column] > 0:
            rows.append(
                _rent(kind, plant.facility, "", plant.region, float(plants[column]), float(x[column]))
            )
    margin, flow = clearing.margin("lane", period), clearing.amount("lane", period)
    block = program.layout.block(period, "lane")
    cause = program.terms[period].lane_cause
    for lane, label in enumerate(network.lanes.label):
        top, bottom = program.high[block][lane], program.low[block][lane]
        if label[0] in BESIDE and top == 0 and lane not in cause:
            continue  # a way that is not open has no owner to be paid
        if flow[lane] >= top and np.isfinite(top) and margin[lane] > 0:
            name, recipient = cause.get(lane, ("/".join(label[1:]), label[2]))
            kind = "control" if lane in cause else ("contract" if label[0] == "contract" else "lane_limit")
            rows.append(
                _rent(kind, name, label[1], recipient, float(margin[lane]), float(flow[lane]), label[3])
            )
        elif 0 < flow[lane] <= bottom:
            rows.append(
                _rent("take_or_pay", label[3], label[1], label[2], float(margin[lane]), float(flow[lane]))
            )
    return rows


def _rent(
    kind: str, name: str, material: str, recipient: str, value: float, amount: float, region: str = ""
) -> Row:
    return {
        "kind": kind,
        "name": name,
        "material": material,
        "region": region,
        "value": value,
        "amount": value * amount,
        "recipient": recipient,
    }


def disposal_rows(clearing: Clearing, period: int = 0) -> list[Row]:
    """What is thrown away, and what it costs."""
    network = clearing.program.network
    return [
        {
            "material": network.nodes[node][0],
            "region": network.nodes[node][1],
            "value": float(value),
            "cost": float(cost),
        }
        for node, value, cost in zip(
            network.disposal_node, clearing.amount("disposal", period), network.disposal_cost, strict=True
        )
        if value > 0
    ]


TABLES: dict[str, Callable[[Clearing, int], list[Row]]] = {
    "prices": price_rows,
    "flows": flow_rows,
    "activities": activity_rows,
    "consumption": consumption_rows,
    "supply": supply_rows,
    "shortfalls": shortfall_rows,
    "rents": rent_rows,
    "disposal": disposal_rows,
}


def table(clearing: Clearing, name: str, period: int = 0) -> list[Row]:
    """One of the tables by name; raises InputProblems naming the tables there are."""
    if name not in TABLES:
        raise one_problem(
            "unknown-table", "table()", repr(name), "one of " + ", ".join(TABLES), "use one of these names"
        )
    return TABLES[name](clearing, period)
