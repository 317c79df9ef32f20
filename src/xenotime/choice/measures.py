"""How secure a sponsor's users are in a month: what is served, what lies in store, who it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from xenotime.dynamics.step import Booked, Setup
from xenotime.exposure.origins import made_in
from xenotime.market.clearing import Clearing
from xenotime.market.network import Array, Index, Network
from xenotime.policy.lever_money import payments_of
from xenotime.policy.lever_state import LeverState
from xenotime.talks.leverage.accounts import MonthAccount

Bill = tuple[str, str, str, str, float]  # lever, payer, recipient, what, USD


@dataclass(frozen=True, slots=True)
class Watch:
    """What is watched: regions of the side, regions that control, the sponsor and its levers.

    stages : by material;  reference : prices of the base month per node (USD/unit)
    usual : use of the base month per demand row, for rows that state no normal use (unit/month)
    """

    side: tuple[str, ...]
    controllers: tuple[str, ...]
    sponsor: str
    levers: tuple[str, ...]
    stages: Mapping[str, str]
    reference: Array
    usual: Array

    def normal(self, account: MonthAccount, rows: Index) -> Array:
        """Normal use of rows in a month (unit/month)."""
        return np.where(account.normal[rows] > 0, account.normal[rows], self.usual[rows])


@dataclass(frozen=True, slots=True)
class Seen:
    """One month.

    served : share of normal use of final users that is served, goods weighed at base prices
    short : wanted at any price and not served, at base prices (USD)
    cover : months of normal use in stores, at sea to them and in the sponsor's stocks, weighed alike
    dependence : by stage, share of what is used that was made where the control comes from
    paid, received : of the sponsor by its levers (USD);  bills : the same, one by one
    """

    served: float
    short: float
    cover: float
    dependence: Mapping[str, float]
    paid: float
    received: float
    bills: tuple[Bill, ...]


def watch(
    setup: Setup,
    side: tuple[str, ...],
    controllers: tuple[str, ...],
    sponsor: str,
    levers: tuple[str, ...],
    stages: Mapping[str, str],
) -> Watch:
    """What is watched of a run, with prices of its base month; nodes of levers have their market's."""
    network = setup.policy.network
    price = np.zeros(len(network.nodes))
    known = setup.base.price()
    price[: len(known)] = np.maximum(known, 0.0)
    for store in setup.levers.stores:
        price[network.place[store.lever.material, store.lever.region, store.lever.lever]] = price[store.node]
    usual = np.zeros(len(network.demand_node))
    used = setup.base.consumption()
    usual[: len(used)] = used
    return Watch(side, controllers, sponsor, levers, stages, price, usual)


def see(
    setup: Setup, watched: Watch, month: str, before: LeverState, booked: Booked, account: MonthAccount
) -> Seen:
    """Read one month off its clearing and its accounts."""
    network, clearing = setup.policy.network, booked.clearing
    rows = _users(network, watched.side)
    weight = watched.reference[network.demand_node[rows]]
    normal = float(watched.normal(account, rows) @ weight)
    used = float((clearing.consumption()[rows] - np.maximum(account.made_up[rows], 0.0)) @ weight)
    bills = tuple(
        (row["lever"], row["payer"], row["recipient"], row["what"], float(row["value"]))
        for row in payments_of(setup.levers, before, month, clearing)
        if row["lever"] in watched.levers
    )
    return Seen(
        used / normal if normal > 0 else 1.0,
        float(account.missing[rows] @ weight),
        cover(setup, watched, account, rows),
        dependence(clearing, watched),
        sum(value for _, payer, _, _, value in bills if payer == watched.sponsor),
        sum(value for _, _, recipient, _, value in bills if recipient == watched.sponsor),
        bills,
    )


def _users(network: Network, side: tuple[str, ...]) -> Index:
    users = [row for row in network.users() if network.demand[row].region in side]
    return np.array(users, dtype=np.int64)


def cover(setup: Setup, watched: Watch, account: MonthAccount, rows: Index) -> float:
    """(M50) months of normal use in stores: sum of stock over sum of use, both at base prices.

    Goods that final users of the side use, in its regions and on their way there, and what its levers hold.
    """
    network, price = setup.policy.network, watched.reference
    nodes = network.demand_node[rows]
    goods = {network.nodes[node][0] for node in nodes}
    here = np.array([m in goods and r in watched.side for m, r, _ in network.nodes])
    stored = float(account.stored[here] @ price[here])
    for order, held in zip(setup.levers.stores, account.vaults, strict=True):
        if order.lever.lever in watched.levers:
            stored += float(held) * float(price[order.node])
    use = float(watched.normal(account, rows) @ price[nodes])
    return stored / use if use > 0 else 0.0


def dependence(clearing: Clearing, watched: Watch) -> dict[str, float]:
    """(M51) by stage, sum of use made where the control comes from over all use, at base prices.

    Use is what plants and users of the side take in the month.  Where a good was made is followed through
    third countries by the month's flows (M25); goods of one stage share one number.
    """
    network = clearing.program.network
    share = made_in(network, clearing.amount("lane"), clearing.amount("plant"), watched.controllers)
    taken = -network.recipes.minimum(0) @ clearing.amount("plant")
    use = np.asarray(taken).ravel()
    orders = set(network.orders)
    users = np.array([n for n in range(len(network.demand_node)) if n not in orders], dtype=np.int64)
    np.add.at(use, network.demand_node[users], clearing.consumption()[users])
    worth = use * watched.reference
    total: dict[str, float] = {}
    from_there: dict[str, float] = {}
    for node, (material, region, _) in enumerate(network.nodes):
        stage = watched.stages.get(material, "")
        if region in watched.side and worth[node] > 0:
            total[stage] = total.get(stage, 0.0) + float(worth[node])
            from_there[stage] = from_there.get(stage, 0.0) + float(worth[node] * share[node])
    return {stage: from_there[stage] / value for stage, value in sorted(total.items()) if value > 0}
