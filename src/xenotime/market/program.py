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

from xenotime.market.columns import add_storage, column_data
from xenotime.market.curves import hold_curves
from xenotime.market.demand import Chain
from xenotime.market.engines import QP
from xenotime.market.frame import Flags, Frame, build_frame
from xenotime.market.horizon import Horizon
from xenotime.market.layout import Layout, Storage, make_layout
from xenotime.market.network import Array, Network
from xenotime.market.rows import balance_rows, limit_rows, tax_rows
from xenotime.market.scaling import find_scale
from xenotime.market.sizes import usual_sizes
from xenotime.market.terms import Terms
from xenotime.market.transit import transit_credit
from xenotime.market.windows import close_windows


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
    storage: Storage | None
    frame: Frame
    transit: Array  # credit by tree node and lane for capital under way, zero in a static month


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
    in_sight: Flags | None = None,
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
    in_sight : plants that may run in a program that takes these matrices over, besides those that can in this
    """
    owner = np.repeat(np.arange(len(uses)), [len(chain.width) for chain in uses])
    supplier = np.repeat(np.arange(len(supplies)), [len(chain.width) for chain in supplies])
    stocked = storage is not None
    layout = make_layout(network, len(owner), len(supplier), len(network.stocks) if stocked else 0)
    if like is not None:
        a = like.A
    else:
        a = balance_rows(network, horizon, layout, owner, supplier, stocked)
    limits = like.G if like is not None and _same_limits(terms, like.terms) else None
    if limits is None:
        limits = limit_rows(network, horizon, layout, supplier, terms)
    a_tax, g_tax = tax_rows(network, horizon, layout, terms, limits)
    weight = horizon.weights(discount)
    quadratic, linear, low, high = column_data(network, horizon, layout, terms, uses, supplies, weight)
    b = _right_side(network, horizon, opening, arriving)
    transit = np.zeros((len(horizon), len(network.lanes.cost)))
    if storage is not None:
        transit = transit_credit(network, horizon, weight, discount, storage.usual)
        for o in range(len(horizon)):
            linear[layout.block(o, "lane")] -= weight[o] * horizon.length[o] * transit[o]
        add_storage(network, horizon, layout, storage, weight, discount, quadratic, linear, high)
    links = np.ones(len(high), dtype=bool)
    for o in range(len(horizon)):
        plants = layout.block(o, "plant")
        links[plants] = (high > low)[plants] | (False if in_sight is None else in_sight)
    if like is not None and limits is like.G and np.array_equal(links, like.frame.links):
        frame = like.frame
    else:
        usual = usual_sizes(network, layout, _widths(uses), owner, supplier)
        scale = find_scale(a, limits, np.tile(usual, len(horizon)))
        columns = hold_curves(layout, len(horizon), uses, supplies) if like is None else like.frame.columns
        frame = build_frame(a, limits, scale, links, columns)
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
        np.concatenate(close_windows(horizon, terms)),
        low,
        high,
        a_tax,
        g_tax,
        terms,
        storage,
        frame,
        transit,
    )


def _widths(uses: tuple[Chain, ...]) -> Array:
    return np.concatenate([chain.width for chain in uses]) if uses else np.zeros(0)


def _same_limits(terms: tuple[Terms, ...], others: tuple[Terms, ...]) -> bool:
    return all(
        np.array_equal(one.window, two.window) and np.array_equal(one.weight, two.weight)
        for one, two in zip(terms, others, strict=True)
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


def as_qp(program: Program, charges: Array | None = None) -> QP:
    """The program as an engine takes it.

    charges : amount per unit of each column, for engines that cannot settle charges themselves
    """
    numbers = (program.A, program.b, program.G, program.h, program.low, program.high)
    if charges is not None:
        return QP(program.P, program.c + charges, *numbers)
    return QP(program.P, program.c, *numbers, program.A_tax, program.G_tax)
