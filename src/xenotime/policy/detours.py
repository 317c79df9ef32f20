"""Ports and leaks: where goods go when the usual way is shut (M3, M14)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from xenotime.market.network import Array, Network
from xenotime.market.terms import Terms
from xenotime.policy.side_lanes import SideLane
from xenotime.world.tables import Control

Binding = tuple[Control, tuple[int, ...]]


def divert(
    network: Network,
    sides: tuple[SideLane, ...],
    normal: Array,
    price: Array,
    binding: Iterable[Binding],
    terms: Terms,
) -> Terms:
    """Close the usual way during a port's regime and open the one round it; open leaks of what binds.

    The way round takes over what rules on the usual one: bounds, duties and their cause.  Goods at sea go on.

    binding : controls that bind, as they bind, with their lanes;  price : of the base, per node
    """
    rows = tuple(binding)
    ports = [(row, lanes) for row, lanes in rows if row.instrument == "port"]
    leaking = [(row, lanes) for row, lanes in rows if row.leak_share > 0 and row.instrument != "port"]
    if ports:
        terms = _round_ports(sides, ports, terms)
    if leaking:
        terms = _leaks(network, sides, normal, price, leaking, terms)
    return terms


def _round_ports(sides: tuple[SideLane, ...], ports: list[Binding], terms: Terms) -> Terms:
    """(M3) A lane's cost adder and extra lag by dated regime; of two regimes the longer delay rules."""
    low, high, adder = terms.lane_low.copy(), terms.lane_high.copy(), terms.lane_adder.copy()
    tax, tariff, cause = terms.export_tax.copy(), terms.tariff.copy(), dict(terms.lane_cause)
    ways = {(side.parent, side.delay): side.lane for side in sides if side.kind == "slow"}
    delay: dict[int, float] = {}
    for row, lanes in ports:
        for lane in lanes:
            adder[lane] += row.friction_cost
            delay[lane] = max(delay.get(lane, 0.0), row.delay_months)
    for (lane, months), way in ways.items():
        if delay.get(lane) != months:
            continue
        low[way], high[way], adder[way] = low[lane], high[lane], adder[lane]
        tax[way], tariff[way] = tax[lane], tariff[lane]
        low[lane] = high[lane] = 0.0
        name = next(row.control for row, own in ports if lane in own and row.delay_months == months)
        if lane in cause:
            cause[way] = cause[lane]
        cause[lane] = (name, "")
    return replace(
        terms, lane_low=low, lane_high=high, lane_adder=adder, export_tax=tax, tariff=tariff, lane_cause=cause
    )


def _leaks(
    network: Network,
    sides: tuple[SideLane, ...],
    normal: Array,
    price: Array,
    leaking: list[Binding],
    terms: Terms,
) -> Terms:
    """(M14) A dearer way of limited room beside each lane held back; no charge is paid at the exit."""
    high, adder = terms.lane_high.copy(), terms.lane_adder.copy()
    tariff, tax = terms.tariff.copy(), terms.export_tax.copy()
    ways = {side.parent: side.lane for side in sides if side.kind == "leak"}
    for row, lanes in leaking:
        for lane in lanes:
            way = ways.get(lane)
            if way is None:
                continue
            high[way] = max(high[way], row.leak_share * normal[lane])
            dearer = row.leak_cost * max(float(price[network.lanes.origin[lane]]), 0.0)
            adder[way] = max(adder[way], dearer)
            tariff[way], tax[way] = terms.tariff[lane], 0.0
    return replace(terms, lane_high=high, lane_adder=np.asarray(adder), tariff=tariff, export_tax=tax)
