"""Where goods at a place were made, and where their elements were separated, by the flows of a base month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from xenotime.dynamics.account import contents_of_nodes
from xenotime.market.clearing import Clearing
from xenotime.market.network import Array, Network
from xenotime.world.world import World

SEPARATED = ("separated_oxide", "separated_carbonate")
LINKS = 200  # rounds in which shares settle: more than any chain has links, resale and recycling included
SETTLED = 1e-10
Place = tuple[str, str]  # material, region


@dataclass(frozen=True, slots=True)
class Origins:
    """Shares by country.

    countries : columns of all shares;  elements : rows of `separated`
    made : by place, shares of the goods there by where they were made
    separated : by place, elements x countries, shares of each element by where it was separated; rows of
        elements the good does not hold, or that were never separated, are zero
    volume : by place, units a month in the base month
    """

    countries: tuple[str, ...]
    elements: tuple[str, ...]
    made: Mapping[Place, Array]
    separated: Mapping[Place, Array]
    volume: Mapping[Place, float]


def find_origins(world: World, base: Clearing) -> Origins:
    """(M25) Where goods were made and separated, when the base month has always gone on.

    s(n) = sum over inflows of their share of the inflow at n times s at their source; what a separation plant
    makes is of its own country, what another plant makes has the shares of its inputs by element mass.
    """
    network = base.program.network
    flow, activity = np.maximum(base.amount("lane"), 0.0), np.maximum(base.amount("plant"), 0.0)
    countries = tuple(sorted({region for _, region, _ in network.nodes}))
    elements, content = contents_of_nodes(world, network)
    stage = {row.material: row.stage for row in world.materials}
    moved = _moved(network, flow)
    made_here, passed = _made(network, activity, countries)
    inflow = (
        np.asarray(moved.sum(axis=1)).ravel() + made_here.sum(axis=1) + np.asarray(passed.sum(axis=1)).ravel()
    )
    made = _settle(moved + passed, made_here, inflow)
    parts = [
        _settle(*_of_element(network, activity, content[e], stage, moved, countries), inflow)
        for e in range(len(elements))
    ]
    places = {(m, r): n for n, (m, r, pool) in enumerate(network.nodes) if not pool}
    return Origins(
        countries,
        tuple(elements),
        {place: made[n] for place, n in places.items()},
        {place: np.stack([part[n] for part in parts]) for place, n in places.items()},
        {place: float(inflow[n]) for place, n in places.items()},
    )


def made_in(network: Network, flow: Array, activity: Array, regions: tuple[str, ...]) -> Array:
    """Share of the goods at each node that was made in `regions`, by the flows of one month (M25)."""
    countries = tuple(sorted({region for _, region, _ in network.nodes}))
    flow, activity = np.maximum(flow, 0.0), np.maximum(activity, 0.0)
    moved = _moved(network, flow)
    made_here, passed = _made(network, activity, countries)
    mine = np.array([region in regions for region in countries])
    own = np.stack([made_here[:, mine].sum(axis=1), made_here[:, ~mine].sum(axis=1)], axis=1)
    inflow = np.asarray(moved.sum(axis=1)).ravel() + own.sum(axis=1) + np.asarray(passed.sum(axis=1)).ravel()
    return np.asarray(_settle(moved + passed, own, inflow)[:, 0])


def _moved(network: Network, flow: Array) -> sp.csr_matrix:
    count = len(network.nodes)
    lanes = network.lanes
    return sp.csr_matrix((flow, (lanes.destination, lanes.origin)), shape=(count, count))


def _settle(carried: sp.csr_matrix, own: Array, inflow: Array) -> Array:
    """Shares that reproduce themselves: carried and own over the whole inflow."""
    with np.errstate(divide="ignore"):
        scale = np.where(inflow > 0, 1.0 / inflow, 0.0)
    step, fixed = sp.diags(scale) @ carried, own * scale[:, None]
    shares = fixed.copy()
    for _ in range(LINKS):
        after = step @ shares + fixed
        moved = float(np.max(np.abs(after - shares), initial=0.0))
        shares = after
        if moved <= SETTLED:
            break
    total = shares.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(shares, total, out=np.zeros_like(shares), where=total > SETTLED))


def _made(network: Network, activity: Array, countries: tuple[str, ...]) -> tuple[Array, sp.csr_matrix]:
    """What plants make, by their country, and what allocations only hand on."""
    plants = network.plants
    output = network.recipes.maximum(0).tocsc()
    own = np.zeros((len(network.nodes), len(countries)))
    for place, plant in enumerate(network.facilities[:plants]):
        rows = output[:, [place]].tocoo()
        own[rows.row, countries.index(plant.region)] += rows.data * activity[place]
    hand = network.recipes[:, plants:]
    given = hand.maximum(0) @ sp.diags(activity[plants:]) @ _shares_of(-hand.minimum(0)).T
    return own, sp.csr_matrix(given)


def _shares_of(inputs: sp.csc_matrix) -> sp.csc_matrix:
    """Inputs of each column as shares of their sum."""
    total = np.asarray(inputs.sum(axis=0)).ravel()
    return inputs @ sp.diags(np.divide(1.0, total, out=np.zeros_like(total), where=total > 0))


def _of_element(
    network: Network,
    activity: Array,
    content: Array,
    stage: Mapping[str, str],
    moved: sp.csr_matrix,
    countries: tuple[str, ...],
) -> tuple[sp.csr_matrix, Array]:
    """What carries the shares of one element, and what separation plants set anew."""
    late = np.array([stage.get(material, "") in SEPARATED for material, _, _ in network.nodes])
    output, inputs = network.recipes.maximum(0).tocsc(), (-network.recipes.minimum(0)).tocsc()
    fed = sp.csc_matrix(sp.diags(content) @ inputs)
    refined = _fed_refined(late, fed)
    splits = np.zeros(len(network.facilities), dtype=bool)
    for place in range(network.plants):
        made = output.indices[output.indptr[place] : output.indptr[place + 1]]
        splits[place] = bool(late[made].any()) and not refined[place]
    own = np.zeros((len(network.nodes), len(countries)))
    for place in map(int, np.flatnonzero(splits)):
        rows = output[:, [place]].tocoo()
        own[rows.row, countries.index(network.facilities[place].region)] += rows.data * activity[place]
    keep = sp.diags(np.where(splits, 0.0, activity))
    return sp.csr_matrix(moved + output @ keep @ _shares_of(fed).T), own


def _fed_refined(late: Array, fed: sp.csc_matrix) -> Array:
    """Whether what a plant is fed of an element has been separated already."""
    separated = np.asarray(fed.T @ late.astype(float)).ravel()
    total = np.asarray(fed.sum(axis=0)).ravel()
    return np.asarray((total > 0) & (2 * separated >= total))
