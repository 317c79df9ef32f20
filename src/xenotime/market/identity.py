"""The price identity of one column: what it makes is worth its inputs, costs, taxes and rents (note 2.8).

For every column  sum_i a_i y_i = P x + c + taxes + joint rents + own rent,  so the price of any one
output is an exact sum of terms, each a named dual or datum.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xenotime.market.clearing import Clearing
from xenotime.market.layout import KINDS

RENT_NAMES = {"capacity": "capacity rent", "limit_group": "rent of joint limit", "control": "licence rent"}


@dataclass(frozen=True, slots=True)
class Term:
    """One addend of a price.

    kind : cost, rising_cost, in_transit, levy, support, input, co_product, later_arrival, export_tax, tariff,
        rent, value_in_use, ease, end_value
    name : what it is in words;  amount : USD per unit of the good explained
    row : index of the balance whose dual it is, -1 for data and rents
    """

    kind: str
    name: str
    amount: float
    row: int = -1


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the program in words."""

    index: int
    kind: str
    period: int
    member: int


def locate(clearing: Clearing, index: int) -> Column:
    """Which plant, lane, use ... and tree node a column index is."""
    layout = clearing.program.layout
    period, within = divmod(index, layout.width)
    for kind in reversed(KINDS):
        if layout.size[kind] and within >= layout.offset[kind]:
            return Column(index, kind, period, within - layout.offset[kind])
    raise IndexError(index)


def row_name(clearing: Clearing, row: int) -> str:
    """A balance in words."""
    network = clearing.program.network
    period, node = divmod(row, len(network.nodes))
    material, region, pool = network.nodes[node]
    text = f"{material} in {region}" + (f" ({pool})" if pool else "")
    horizon = clearing.program.horizon
    start = horizon.start[period]
    if start == 0:
        return text
    branch = f" if {horizon.regime[period]}" if horizon.probability[period] < 1 else ""
    return f"{text}, expected {start} month{'s' if start > 1 else ''} ahead{branch}"


def column_name(clearing: Clearing, column: Column) -> str:
    """A column in words."""
    network = clearing.program.network
    if column.kind == "plant":
        plant = network.facilities[column.member]
        return f"{plant.name or plant.facility} ({plant.recipe})"
    if column.kind == "lane":
        kind, material, origin, destination = network.lanes.label[column.member]
        return f"{'' if kind == 'lane' else kind + ' '}{material} {origin} -> {destination}"
    if column.kind == "use":
        row = network.demand[int(clearing.program.segment_owner[column.member])]
        return f"use of {row.material} by {row.sector} in {row.region}"
    if column.kind == "supply":
        source = network.supply[int(clearing.program.supply_owner[column.member])]
        return f"supply of {source.material} in {source.region} ({source.supplier})"
    if column.kind == "disposal":
        return f"disposal of {row_name(clearing, int(network.disposal_node[column.member]))}"
    stock = network.stocks[column.member]
    return f"stock of {stock.material} in {stock.region} held by {stock.holder}"


def identity(clearing: Clearing, column: Column, row: int) -> list[Term]:
    """The dual of `row` as an exact sum over `column`, which touches it (USD per unit, at the row's time).

    Raises ValueError when the column does not touch the row.
    """
    program, point = clearing.program, clearing.point
    network, j = program.network, column.index
    entries = program.A.indptr[j], program.A.indptr[j + 1]
    rows, values = program.A.indices[slice(*entries)], program.A.data[slice(*entries)]
    own = values[rows == row]
    if len(own) == 0:
        raise ValueError(f"column {j} does not touch balance {row}")
    # duals carry the weight of their tree node; everything is brought to the row's own
    scale = float(own.sum()) * program.weight[row // len(network.nodes)]
    terms = _objective_terms(clearing, column, scale)
    taxes = _tax_terms(clearing, column, row, scale)
    for other, value in zip(rows, values, strict=True):
        if other != row and point.y[other] != 0.0:
            kind = "input" if value * own[0] < 0 else "co_product"
            if kind == "co_product" and column.kind == "lane":
                kind = "later_arrival"  # the rest of the same cargo
            terms.append(
                Term(kind, row_name(clearing, int(other)), -float(value * point.y[other]) / scale, int(other))
            )
    first, last = program.G.indptr[j], program.G.indptr[j + 1]
    for at, weight in zip(program.G.indices[first:last], program.G.data[first:last], strict=True):
        limit = network.joint[at % len(network.joint)]
        if point.m[at] != 0.0:
            name = f"{RENT_NAMES.get(limit.kind, limit.kind)} {limit.name}"
            terms.append(Term("rent", name, float(weight) * point.m[at] / scale))
    terms += taxes
    margin = _own_rent(clearing, column) / scale
    if point.side[j] != 0 and margin != 0.0:
        terms.append(Term("rent", _own_rent_name(clearing, column), margin))
    return terms


def _own_rent(clearing: Clearing, column: Column) -> float:
    """Rent of the column's own bound, in the weight of the objective."""
    scale = clearing.program.weight[column.period] * clearing.program.horizon.length[column.period]
    return float(clearing.margin(column.kind, column.period)[column.member]) * float(scale)


def _own_rent_name(clearing: Clearing, column: Column) -> str:
    program = clearing.program
    name = column_name(clearing, column)
    at_top = clearing.point.side[column.index] > 0 or program.high[column.index] <= program.low[column.index]
    if column.kind == "lane":
        cause = program.terms[column.period].lane_cause.get(column.member)
        if cause is not None:
            return f"licence rent {cause[0]}"
        return f"lane rent {name}" if at_top else f"loss not made by leaving {name} unused"
    if column.kind == "plant":
        return f"capacity rent {name}" if at_top else f"loss not made by leaving {name} idle"
    if column.kind == "use":
        return f"surplus of {name}" if at_top else f"value short of the price, {name}"
    return f"rent of full {name}" if at_top else f"loss not made by not using {name}"


def _objective_terms(clearing: Clearing, column: Column, scale: float) -> list[Term]:
    """Linear and rising cost; for use the value at the margin; for stock its ease, holding and end value."""
    program, j = clearing.program, column.index
    linear, rising = program.c[j] / scale, program.P[j] * clearing.point.x[j] / scale
    name = column_name(clearing, column)
    if column.kind == "use":
        return [Term("value_in_use", f"{name}, value of the marginal unit", float(linear + rising))]
    if column.kind in ("working", "free"):
        return _stock_terms(clearing, column, scale, float(linear + rising))
    if column.kind == "lane":
        return _lane_terms(clearing, column, scale)
    added = _adder(clearing, column) / scale
    parts = [Term("cost", f"cost of {name}", float(linear) - added)]
    if added:
        parts.append(Term("levy" if added > 0 else "support", f"levy or support of {name}", added))
    if rising:
        parts.append(Term("rising_cost", f"rising cost of {name}", float(rising)))
    return [part for part in parts if part.amount != 0.0]


def _adder(clearing: Clearing, column: Column) -> float:
    """What terms add to the cost of a plant or lane, in the weight of the objective."""
    program = clearing.program
    term = program.terms[column.period]
    adders = {"plant": term.plant_adder, "lane": term.lane_adder}.get(column.kind)
    if adders is None:
        return 0.0
    return float(
        adders[column.member] * program.weight[column.period] * program.horizon.length[column.period]
    )


def _stock_terms(clearing: Clearing, column: Column, scale: float, whole: float) -> list[Term]:
    """Holding cost, the trouble a unit in stock saves, and at the last period its value beyond it."""
    program, name = clearing.program, column_name(clearing, column)
    storage, stock = program.storage, column.member
    if storage is None:
        return [Term("cost", f"holding {name}", whole)]
    unit = program.weight[column.period] * program.horizon.length[column.period] / scale
    holding, eased = float(storage.holding[stock]) * unit, 0.0
    if column.kind == "working" and storage.working[stock] > 0:
        filled = clearing.point.x[column.index] / storage.working[stock]
        eased = float(storage.ease[stock] * (1 - filled)) * unit
    parts = [
        Term("cost", f"holding {name}", holding),
        Term("ease", f"trouble saved by {name}", -eased),
    ]
    end = whole - holding + eased
    if column.period in program.horizon.leaves():
        settled = "at the price of the market settled under the controls then in force"
        parts.append(Term("end_value", f"{name} at the end of the look-ahead, {settled}", end))
    return [part for part in parts if part.amount != 0.0]


def _lane_terms(clearing: Clearing, column: Column, scale: float) -> list[Term]:
    """Freight apart from the duty on freight, and the end value of goods still at sea."""
    program = clearing.program
    lanes, lane = program.network.lanes, column.member
    term = program.terms[column.period]
    unit = program.weight[column.period] * program.horizon.length[column.period] / scale
    name = column_name(clearing, column)
    flow = clearing.point.x[column.index]
    added = _adder(clearing, column) / scale
    cost = lanes.cost[lane] * unit
    rising = lanes.slope[lane] * flow * unit
    charged = (cost + added + rising) * (1 + term.tariff[lane])
    credit = float(program.transit[column.period, lane]) * unit
    at_sea = (program.c[column.index] + program.P[column.index] * flow) / scale - charged + credit
    parts = [
        Term("in_transit", f"capital under way on {name} at base prices, already in its freight", -credit),
        Term("cost", f"freight {name}", float(cost)),
        Term("levy" if added > 0 else "support", f"levy or support of {name}", added),
        Term("rising_cost", f"rising freight {name}", float(rising)),
    ]
    if abs(at_sea) > 1e-12 * (abs(charged) + 1.0):
        parts.append(
            Term(
                "end_value",
                f"goods of {name} at sea at the end of the look-ahead, at the price of the settled market",
                float(at_sea),
            )
        )
    return [part for part in parts if part.amount != 0.0]


def _tax_terms(clearing: Clearing, column: Column, row: int, scale: float) -> list[Term]:
    """Export tax and tariff of a lane, each in money per unit."""
    if column.kind != "lane":
        return []
    program = clearing.program
    network, lane = program.network, column.member
    term = program.terms[column.period]
    rate, duty = float(term.export_tax[lane]), float(term.tariff[lane])
    if rate == 0.0 and duty == 0.0:
        return []
    length = program.horizon.length[column.period]
    origin = (
        clearing.point.y[column.period * len(network.nodes) + network.lanes.origin[lane]] * length / scale
    )
    unit = program.weight[column.period] * length / scale
    freight = (
        network.lanes.cost[lane]
        + term.lane_adder[lane]
        + network.lanes.slope[lane] * clearing.point.x[column.index]
    ) * unit
    first, last = program.G_tax.indptr[column.index], program.G_tax.indptr[column.index + 1]
    held = sum(
        float(value) * clearing.point.m[at] / scale
        for at, value in zip(program.G_tax.indices[first:last], program.G_tax.data[first:last], strict=True)
    )
    name = column_name(clearing, column)
    tariff = duty * ((1 + rate) * origin + freight) + held
    terms = [
        Term("export_tax", f"export tax {rate:.4g} on {name}", float(rate * origin)),
        Term("tariff", f"tariff {duty:.4g} on {name}", float(tariff)),
    ]
    return [term for term in terms if term.amount != 0.0]


def adds_up(clearing: Clearing, row: int, terms: list[Term]) -> float:
    """Price of the row less the sum of its terms, relative to the price."""
    price = clearing.point.y[row] / clearing.program.weight[row // len(clearing.program.network.nodes)]
    return float(abs(price - sum(term.amount for term in terms)) / max(abs(price), np.finfo(float).tiny))
