"""Conservation of every element over a run, with the named account of snapped residues."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xenotime.dynamics.state import departed, sail_on
from xenotime.dynamics.trajectory import Trajectory
from xenotime.market.network import Array, Network
from xenotime.world.world import World


@dataclass(frozen=True, slots=True)
class ElementAccount:
    """Contained amounts over the whole run.

    residual = opening + mined - lost - consumed - disposed - closing - snapped, relative to `throughput`
    """

    element: str
    opening: float
    mined: float
    lost: float
    consumed: float
    disposed: float
    closing: float
    snapped: float
    throughput: float

    @property
    def residual(self) -> float:
        """What does not close, relative to throughput."""
        left = (
            self.opening
            + self.mined
            - self.lost
            - self.consumed
            - self.disposed
            - self.closing
            - self.snapped
        )
        return abs(left) / max(self.throughput, 1e-300)


def contents_of_nodes(world: World, network: Network) -> tuple[tuple[str, ...], Array]:
    """Elements, and contained share per element and node."""
    elements = tuple(sorted({row.element for row in world.contents}))
    share = {(row.material, row.element): row.share for row in world.contents}
    table = np.array([[share.get((m, e), 0.0) for m, _, _ in network.nodes] for e in elements])
    return elements, table.reshape(len(elements), len(network.nodes))


def _kept_out(amounts: Array, rows: tuple[int, ...]) -> Array:
    """Amounts without the rows that only move goods into and out of government stocks."""
    kept = amounts.copy()
    kept[list(rows)] = 0.0
    return kept


def account_elements(run: Trajectory) -> tuple[ElementAccount, ...]:
    """Balance of every element over the run; every term is summed from flows, none is a difference."""
    network = run.setup.policy.network
    elements, content = contents_of_nodes(run.world, network)
    per_plant = content @ network.recipes.toarray()
    zero = np.zeros(len(elements))
    mined, lost, used, thrown, snapped = zero.copy(), zero.copy(), zero.copy(), zero.copy(), zero.copy()
    for position, month in enumerate(run.months):
        clearing = run.clearing(position)
        made = per_plant * clearing.amount("plant")
        mined += np.where(made > 0, made, 0.0).sum(axis=1)
        mined += content[:, network.supply_node] @ _kept_out(clearing.supplied(), network.releases)
        lost += np.where(made < 0, -made, 0.0).sum(axis=1)
        used += content[:, network.demand_node] @ _kept_out(clearing.consumption(), network.orders)
        thrown += content[:, network.disposal_node] @ clearing.amount("disposal")
        snapped += content[:, network.stock_node] @ month.snapped + content @ month.dust
    first, last = run.months[0].before, run.months[-1]
    ending = run.clearing(len(run.months) - 1)
    sea = sail_on(last.before.at_sea) + departed(network, ending.amount("lane"))
    vaults = [order.node for order in run.setup.levers.stores]
    opening = content[:, network.stock_node] @ first.stock + content @ first.at_sea.sum(axis=1)
    opening += content[:, vaults] @ first.levers.holding
    closing = content[:, network.stock_node] @ (ending.stock() - last.snapped) + content @ (
        sea.sum(axis=1) - last.dust
    )
    closing += content[:, vaults] @ run.after.levers.holding
    through = np.maximum(mined + opening, used + thrown + lost)
    return tuple(
        ElementAccount(*(name, *map(float, numbers)))
        for name, *numbers in zip(
            elements, opening, mined, lost, used, thrown, closing, snapped, through, strict=True
        )
    )
