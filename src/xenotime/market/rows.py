"""The rows of a program: balances (M1), joint limits (M2)-(M4), and charges in proportion to value."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from xenotime.market.horizon import Horizon, arrival_shares
from xenotime.market.layout import KINDS, Layout
from xenotime.market.network import Array, Network
from xenotime.market.terms import Terms


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
