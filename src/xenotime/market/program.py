"""The month (or its look-ahead) as one convex quadratic program, built once and updated in place.

    minimise   1/2 x'Px + c'x      subject to   A x = b,   G x <= h,   l <= x <= u

Rows of A are balances of nodes (M1), rows of G joint limits (M2-M4).  Columns repeat per node of
the scenario tree: plants, lanes, use, supply, disposal, and stocks (working, free).  P is diagonal.
Taxes are not in P, c: their base is a dual.  `A_tax`, `G_tax` hold their part of stationarity,

    P x + c - (A - A_tax)'y + (G + G_tax)'m - z = 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from xenotime.market.demand import Chain
from xenotime.market.horizon import Horizon, arrival_shares
from xenotime.market.network import Array, Network
from xenotime.market.terms import Terms

KINDS = ("plant", "lane", "use", "supply", "disposal", "working", "free")


@dataclass(frozen=True, slots=True)
class Storage:
    """How stocks are valued; arrays of one entry per stock row.

    working : amount below which a unit in stock saves its holder trouble (unit)
    ease : marginal value of the first working unit, falling to zero at `working` (USD/unit/month)
    holding : cost of holding (USD/unit/month)
    capacity : most that fits (unit)
    terminal : per leaf of the tree, value of a unit at the end at `terminal_at` units (USD/unit)
    terminal_at, terminal_slope : the value falls by `terminal_slope` per unit above `terminal_at`
    sea_value : per leaf, value of goods still at sea by destination node (USD/unit)
    """

    working: Array
    ease: Array
    holding: Array
    capacity: Array
    terminal: dict[int, Array]
    terminal_at: Array
    terminal_slope: Array
    sea_value: dict[int, Array]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each kind of column starts within a tree node, and how many there are."""

    offset: dict[str, int]
    size: dict[str, int]
    width: int

    def block(self, node: int, kind: str) -> slice:
        """Columns of `kind` in tree node `node`."""
        begin = node * self.width + self.offset[kind]
        return slice(begin, begin + self.size[kind])


@dataclass(frozen=True, slots=True)
class Program:
    """Structure and data of one program; `P` is the diagonal."""

    network: Network
    horizon: Horizon
    layout: Layout
    weight: Array
    segment_owner: npt.NDArray[np.int64]
    supply_owner: npt.NDArray[np.int64]
    P: Array
    c: Array
    A: sp.csc_matrix
    b: Array
    G: sp.csc_matrix
    h: Array
    low: Array
    high: Array
    A_tax: sp.csc_matrix
    G_tax: sp.csc_matrix
    terms: tuple[Terms, ...]


def _layout(network: Network, segments: int, supplies: int, stocks: int) -> Layout:
    sizes = (
        len(network.facilities),
        len(network.lanes.cost),
        segments,
        supplies,
        len(network.disposal_node),
        stocks,
        stocks,
    )
    starts = np.concatenate([[0], np.cumsum(sizes)])
    return Layout(
        dict(zip(KINDS, (int(s) for s in starts), strict=False)),
        dict(zip(KINDS, sizes, strict=True)),
        int(starts[-1]),
    )


def balance_rows(
    network: Network,
    horizon: Horizon,
    layout: Layout,
    owner: npt.NDArray[np.int64],
    supplier: npt.NDArray[np.int64],
    stocked: bool,
) -> sp.csc_matrix:
    """(M1) L (outputs - inputs + arrivals - departures + supply - use - disposal) + opening - closing = 0.

    One row per market node and tree node; the dual over pi beta^t is the price (USD/unit).
    """
    count, periods = len(network.nodes), len(horizon)
    rows: list[npt.NDArray[np.int64]] = []
    cols: list[npt.NDArray[np.int64]] = []
    values: list[Array] = []

    def put(
        period: int, at: npt.NDArray[np.int64], columns: npt.NDArray[np.int64], amount: Array | float
    ) -> None:
        rows.append(period * count + at)
        cols.append(columns)
        values.append(np.broadcast_to(np.asarray(amount, dtype=float), at.shape))

    recipes = network.recipes.tocoo()
    lanes = network.lanes
    for o in range(periods):
        length = float(horizon.length[o])
        start = {kind: layout.block(o, kind).start for kind in KINDS}
        span = {kind: np.arange(layout.block(o, kind).start, layout.block(o, kind).stop) for kind in KINDS}
        put(
            o,
            recipes.row.astype(np.int64),
            start["plant"] + recipes.col.astype(np.int64),
            length * recipes.data,
        )
        put(o, lanes.origin, span["lane"], -length)
        for lag in np.unique(lanes.lag):
            which = np.flatnonzero(lanes.lag == lag)
            arriving, _ = arrival_shares(horizon, o, float(lag) if stocked else 0.0)
            for later, share in arriving.items():
                put(later, lanes.destination[which], start["lane"] + which, length * share)
        put(o, network.demand_node[owner], span["use"], -length)
        put(o, network.supply_node[supplier], span["supply"], length)
        put(o, network.disposal_node, span["disposal"], -length)
        if stocked:
            for kind in ("working", "free"):
                put(o, network.stock_node, span[kind], -1.0)
                for later in range(o + 1, periods):
                    if horizon.parent[later] == o:
                        put(later, network.stock_node, span[kind], 1.0)
    shape = (count * periods, layout.width * periods)
    entries = (np.concatenate(values), (np.concatenate(rows), np.concatenate(cols)))
    return sp.csc_matrix(entries, shape=shape)


def limit_rows(network: Network, horizon: Horizon, layout: Layout) -> sp.csc_matrix:
    """(M2)-(M4) sum of weighted activities and flows <= allowance, one row per joint limit and tree node."""
    rows, cols, values = [], [], []
    count = len(network.joint)
    for o in range(len(horizon)):
        for index, limit in enumerate(network.joint):
            for kind, members in (("plant", limit.facilities), ("lane", limit.lanes)):
                for member, weight in members:
                    rows.append(o * count + index)
                    cols.append(layout.block(o, kind).start + member)
                    values.append(weight)
    return sp.csc_matrix((values, (rows, cols)), shape=(count * len(horizon), layout.width * len(horizon)))


def tax_rows(
    network: Network, horizon: Horizon, layout: Layout, terms: tuple[Terms, ...]
) -> tuple[sp.csc_matrix, sp.csc_matrix]:
    """Charges in proportion to value, as coefficients of the duals in each lane's stationarity.

    Export tax: rate x price at origin.  Tariff: rate x (price at origin + export tax + exporter-held
    rent + freight), the landed value before duty.  The freight part is in P and c.
    """
    lanes = network.lanes
    rows, cols, values, limit_at, limit_cols, limit_values = [], [], [], [], [], []
    for o, term in enumerate(terms):
        rate = term.export_tax + term.tariff * (1 + term.export_tax)
        which = np.flatnonzero(rate > 0)
        begin = layout.block(o, "lane").start
        rows.append(o * len(network.nodes) + lanes.origin[which])
        cols.append(begin + which)
        values.append(horizon.length[o] * rate[which])
        for index, limit in enumerate(network.joint):
            if limit.held_by_exporter:
                for member, weight in limit.lanes:
                    if term.tariff[member] > 0:
                        limit_at.append(o * len(network.joint) + index)
                        limit_cols.append(begin + member)
                        limit_values.append(weight * term.tariff[member])
    width = layout.width * len(horizon)
    a_tax = sp.csc_matrix(
        (np.concatenate(values), (np.concatenate(rows), np.concatenate(cols))),
        shape=(len(network.nodes) * len(horizon), width),
    )
    g_tax = sp.csc_matrix(
        (limit_values, (limit_at, limit_cols)), shape=(len(network.joint) * len(horizon), width)
    )
    return a_tax, g_tax


def build_program(
    network: Network,
    horizon: Horizon,
    terms: tuple[Terms, ...],
    uses: tuple[Chain, ...],
    supplies: tuple[Chain, ...],
    discount: float = 1.0,
    storage: Storage | None = None,
    opening: Array | None = None,
    arriving: Array | None = None,
    like: Program | None = None,
) -> Program:
    """Assemble the program, or refresh the numbers of one that has the same structure.

    Parameters
    ----------
    terms : one per tree node
    uses, supplies : one chain per demand and supply row
    storage, opening : how stocks are valued and the amounts at the start; None for a static month,
        in which every lag is zero and nothing is stored
    arriving : goods at sea, nodes x months ahead
    like : a program of the same network, tree and chains, whose matrices are taken over
    """
    owner = np.repeat(np.arange(len(uses)), [len(chain.width) for chain in uses])
    supplier = np.repeat(np.arange(len(supplies)), [len(chain.width) for chain in supplies])
    stocked = storage is not None
    layout = _layout(network, len(owner), len(supplier), len(network.stocks) if stocked else 0)
    if like is not None:
        a, limits = like.A, like.G
    else:
        a = balance_rows(network, horizon, layout, owner, supplier, stocked)
        limits = limit_rows(network, horizon, layout)
    a_tax, g_tax = tax_rows(network, horizon, layout, terms)
    weight = horizon.weights(discount)
    quadratic, linear, low, high = _columns(network, horizon, layout, terms, uses, supplies, weight)
    b = _right_side(network, horizon, opening, arriving)
    if storage is not None:
        _add_storage(network, horizon, layout, storage, weight, discount, quadratic, linear, high)
    return Program(
        network,
        horizon,
        layout,
        weight,
        owner,
        supplier,
        quadratic,
        linear,
        a,
        b,
        limits,
        np.concatenate([term.allowance for term in terms]),
        low,
        high,
        a_tax,
        g_tax,
        terms,
    )


def _right_side(network: Network, horizon: Horizon, opening: Array | None, arriving: Array | None) -> Array:
    b = np.zeros(len(network.nodes) * len(horizon))
    if opening is not None:
        np.subtract.at(b, network.stock_node, opening)
    if arriving is not None:
        for o in range(len(horizon)):
            window = arriving[:, horizon.start[o] : horizon.start[o] + horizon.length[o]]
            b[o * len(network.nodes) : (o + 1) * len(network.nodes)] -= window.sum(axis=1)
    return b


def _columns(
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
            ("supply", rising, begin, np.zeros_like(room), room),
            (
                "disposal",
                np.zeros_like(network.disposal_cost),
                network.disposal_cost,
                np.zeros_like(network.disposal_cost),
                np.full_like(network.disposal_cost, np.inf),
            ),
        ):
            at = layout.block(o, kind)
            grown = _each(uses, term.use_scale) if kind == "use" else 1.0
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


def _add_storage(
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
