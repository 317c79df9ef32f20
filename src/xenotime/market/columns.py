"""The columns of a program: cost, curvature and bounds of everything that can be chosen."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from xenotime.market.demand import Chain
from xenotime.market.horizon import Horizon, arrival_shares
from xenotime.market.layout import Layout, Storage
from xenotime.market.network import Array, Network
from xenotime.market.terms import Terms


def column_data(
    network: Network,
    horizon: Horizon,
    layout: Layout,
    terms: tuple[Terms, ...],
    uses: tuple[Chain, ...],
    supplies: tuple[Chain, ...],
    weight: Array,
) -> tuple[Array, Array, Array, Array]:
    """Objective coefficients and bounds of every column but stocks."""
    total = layout.width * len(horizon)
    quadratic, linear, low, high = np.zeros(total), np.zeros(total), np.zeros(total), np.zeros(total)
    first, last, width = _joined(uses)
    begin, end, room = _joined(supplies)
    plant_cost = np.array([plant.cost for plant in network.facilities], dtype=float)
    plant_slope = np.array([plant.cost_slope for plant in network.facilities], dtype=float)
    use_slope = _slope(
        first - last, width, [row.slope if row.form == "linear" else None for row in network.demand], uses
    )
    lanes = network.lanes
    rising = _slope(
        end - begin, room, [r.slope if r.form == "linear" else None for r in network.supply], supplies
    )
    for o, term in enumerate(terms):
        scale = weight[o] * horizon.length[o]
        for kind, slope, cost, least, most in (
            ("plant", plant_slope, plant_cost + term.plant_adder, term.plant_low, term.plant_high),
            (
                "lane",
                lanes.slope * (1 + term.tariff),
                (lanes.cost + term.lane_adder) * (1 + term.tariff),
                term.lane_low,
                term.lane_high,
            ),
            ("use", use_slope, -first, np.zeros_like(width), width * _each(uses, term.use_scale)),
            ("supply", rising, begin, np.zeros_like(room), room * _each(supplies, term.supply_scale)),
            (
                "disposal",
                np.zeros_like(network.disposal_cost),
                network.disposal_cost,
                np.zeros_like(network.disposal_cost),
                np.full_like(network.disposal_cost, np.inf),
            ),
        ):
            at = layout.block(o, kind)
            grown = _stretch(kind, uses, supplies, term)
            quadratic[at], linear[at], low[at], high[at] = scale * slope / grown, scale * cost, least, most
    must = _must_serve(network, uses)
    for o in range(len(horizon)):
        at = layout.block(o, "use")
        low[at] = np.where(must, high[at], low[at])
    return quadratic, linear, low, high


def _joined(chains: tuple[Chain, ...]) -> tuple[Array, Array, Array]:
    if not chains:
        return np.zeros(0), np.zeros(0), np.zeros(0)
    return (
        np.concatenate([chain.first for chain in chains]),
        np.concatenate([chain.last for chain in chains]),
        np.concatenate([chain.width for chain in chains]),
    )


def _each(chains: tuple[Chain, ...], per_chain: Array) -> Array:
    return np.repeat(per_chain, [len(chain.width) for chain in chains])


def _stretch(kind: str, uses: tuple[Chain, ...], supplies: tuple[Chain, ...], term: Terms) -> Array | float:
    """How much wider than its table's a curve is; a closed one has no slope to change."""
    if kind not in ("use", "supply"):
        return 1.0
    scale = _each(uses, term.use_scale) if kind == "use" else _each(supplies, term.supply_scale)
    return np.where(scale > 0, scale, 1.0)


def _slope(rise: Array, width: Array, given: list[float | None], chains: tuple[Chain, ...]) -> Array:
    """Slope of each segment; a linear row's own slope, since its only segment may be unbounded."""
    with np.errstate(invalid="ignore", divide="ignore"):
        slope = np.where((width > 0) & np.isfinite(width) & (rise > 0), rise / width, 0.0)
    position = 0
    for value, chain in zip(given, chains, strict=True):
        if value is not None:
            slope[position] = value
        position += len(chain.width)
    return slope


def _must_serve(network: Network, uses: tuple[Chain, ...]) -> npt.NDArray[np.bool_]:
    """Fixed use without a shortfall price has to be served in full."""
    must = np.array(
        [row.form == "fixed" and row.shortfall_price is None for row in network.demand], dtype=bool
    )
    return np.repeat(must, [len(chain.width) for chain in uses])


def add_storage(
    network: Network,
    horizon: Horizon,
    layout: Layout,
    storage: Storage,
    weight: Array,
    discount: float,
    quadratic: Array,
    linear: Array,
    high: Array,
) -> None:
    """(M5) holding cost, ease of working stock, and the concave terminal value of stocks and goods at sea."""
    with np.errstate(divide="ignore", invalid="ignore"):
        fall = np.where(storage.working > 0, storage.ease / storage.working, 0.0)
    for o in range(len(horizon)):
        scale = weight[o] * horizon.length[o]
        working, free = layout.block(o, "working"), layout.block(o, "free")
        linear[working] += scale * (storage.holding - storage.ease)
        quadratic[working] += scale * fall
        linear[free] += scale * storage.holding
        high[working] = np.minimum(storage.working, storage.capacity)
        high[free] = np.maximum(storage.capacity - storage.working, 0.0)
    lanes = network.lanes
    for leaf in horizon.leaves():
        end = weight[leaf] * discount ** horizon.length[leaf]
        # working and free stock fall in value along one line; the cross term is dropped by starting
        # the free part where the working part ends, which is exact because working stock fills first
        at_zero = storage.terminal[leaf] + storage.terminal_slope * storage.terminal_at
        working, free = layout.block(leaf, "working"), layout.block(leaf, "free")
        linear[working] -= end * at_zero
        linear[free] -= end * (
            at_zero - storage.terminal_slope * np.minimum(storage.working, storage.capacity)
        )
        quadratic[working] += end * storage.terminal_slope
        quadratic[free] += end * storage.terminal_slope
    for o in range(len(horizon)):
        begin = layout.block(o, "lane").start
        for lag in np.unique(lanes.lag):
            which = np.flatnonzero(lanes.lag == lag)
            _, at_sea = arrival_shares(horizon, o, float(lag))
            for leaf, share in at_sea.items():
                end = weight[leaf] * discount ** horizon.length[leaf]
                value = storage.sea_value[leaf][lanes.destination[which]]
                linear[begin + which] -= end * horizon.length[o] * share * value
