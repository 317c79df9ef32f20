"""The rows of a program: balances (M1), joint limits (M2)-(M4), and charges in proportion to value."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from xenotime.market.horizon import Horizon, arrival_shares
from xenotime.market.layout import KINDS, Layout
from xenotime.market.network import Array, Index, Network
from xenotime.market.terms import Terms
from xenotime.market.windows import shares_in_rows


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


def limit_rows(
    network: Network, horizon: Horizon, layout: Layout, supplier: Index, terms: tuple[Terms, ...]
) -> sp.csc_matrix:
    """(M2)-(M4) sum of weighted activities and flows <= allowance, one row per joint limit and tree node.

    A limit over a span of months adds up the units of all tree nodes of the span on the path to its row.
    """
    limit, column, member = _members(network, layout, supplier)
    count, entered = len(network.joint), shares_in_rows(horizon, terms)
    rows, cols, values = [], [], []
    for row in range(len(horizon)):
        for node in range(row + 1):
            share = entered[row, node][limit] * terms[node].weight[member]
            used = share != 0
            rows.append(row * count + limit[used])
            cols.append(node * layout.width + column[used])
            values.append(share[used])
    entries = (np.concatenate(values), (np.concatenate(rows), np.concatenate(cols)))
    return sp.csc_matrix(entries, shape=(count * len(horizon), layout.width * len(horizon)))


def _members(network: Network, layout: Layout, supplier: Index) -> tuple[Index, Index, Index]:
    """Limit, column in the first tree node, and number among all members, of every joint limit's members.

    A supply row has a column for each of its segments; all of them are the one member.
    """
    plants, lanes, offers = (layout.block(0, kind).start for kind in ("plant", "lane", "supply"))
    found: list[tuple[int, int, int]] = []
    member = 0
    for index, limit in enumerate(network.joint):
        columns = [[lanes + lane] for lane, _ in limit.lanes]
        columns += [[plants + plant] for plant, _ in limit.facilities]
        columns += [list(offers + np.flatnonzero(supplier == row)) for row, _ in limit.supplies]
        for own in columns:
            found += [(index, int(column), member) for column in own]
            member += 1
    table = np.array(found, dtype=np.int64).reshape(len(found), 3)
    return table[:, 0], table[:, 1], table[:, 2]


def tax_rows(
    network: Network, horizon: Horizon, layout: Layout, terms: tuple[Terms, ...], limits: sp.csc_matrix
) -> tuple[sp.csc_matrix, sp.csc_matrix]:
    """Charges in proportion to value, as coefficients of the duals in each lane's stationarity.

    Export tax: rate x price at origin.  Tariff: rate x (price at origin + export tax + exporter-held
    rent + freight), the landed value before duty.  The freight part is in P and c.
    `limits` are the rows of :func:`limit_rows`.
    """
    lanes = network.lanes
    rows, cols, values = [], [], []
    for o, term in enumerate(terms):
        rate = term.export_tax + term.tariff * (1 + term.export_tax)
        which = np.flatnonzero(rate > 0)
        begin = layout.block(o, "lane").start
        rows.append(o * len(network.nodes) + lanes.origin[which])
        cols.append(begin + which)
        values.append(horizon.length[o] * rate[which])
    width = layout.width * len(horizon)
    a_tax = sp.csc_matrix(
        (np.concatenate(values), (np.concatenate(rows), np.concatenate(cols))),
        shape=(len(network.nodes) * len(horizon), width),
    )
    duty = np.zeros(width)
    for o, term in enumerate(terms):
        duty[layout.block(o, "lane")] = term.tariff
    held = np.array([limit.held_by_exporter for limit in network.joint], dtype=float)
    column = np.repeat(np.arange(width), np.diff(limits.indptr))
    charged = np.tile(held, len(horizon))[limits.indices] * limits.data * duty[column]
    g_tax = sp.csc_matrix((charged, limits.indices.copy(), limits.indptr.copy()), shape=limits.shape)
    g_tax.eliminate_zeros()
    return a_tax, g_tax
