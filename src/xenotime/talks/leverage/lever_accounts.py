"""The other end of what levers pay: sponsors, treasuries and those who get money without selling anything."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from xenotime.errors import InternalFault
from xenotime.market.clearing import Clearing
from xenotime.market.network import Array, Index, Network
from xenotime.policy.lever_money import payments_of
from xenotime.policy.lever_orders import OfftakeOrder, Plan
from xenotime.policy.lever_state import LeverState
from xenotime.policy.lever_terms import firm_part
from xenotime.policy.levers import is_active
from xenotime.talks.leverage.payments import Parties

# What a plant or importer pays or gets per unit is in its costs already: only the sponsor's end is missing.
IN_COSTS = ("top-up", "upside", "levy", "credit")
BOTH_ENDS = ("grant", "loan", "tax credit", "equity", "repayment", "buy-out")


def order_rows(network: Network) -> Index:
    """Demand rows that are orders: what they get is not used up, and their value is no user's."""
    return np.array(network.orders, dtype=np.int64)


def lever_accounts(plan: Plan, parties: Parties, before: LeverState, month: str, clearing: Clearing) -> Array:
    """What levers bring each party beside the market (USD/month); sums to zero with what the market paid.

    Orders pay the price for what they take.  Releases need no row of their own: the supply row of a store is
    its sponsor's, whose sales are booked where the store lies and moved to him here.
    """
    total = np.zeros(len(parties.names))
    price, used = clearing.price(), clearing.consumption()
    network = clearing.program.network
    for store in plan.stores:
        sponsor = _party(parties, store.lever.sponsor, int(parties.node[store.node]))
        host = int(parties.supply[store.supply])
        sold = float(clearing.supplied()[store.supply] * price[network.supply_node[store.supply]])
        total[host] -= sold
        total[sponsor] += sold
        if store.use >= 0:
            total[sponsor] -= float(used[store.use] * price[store.node])
    for mandate in plan.mandates:
        obliged = int(parties.demand[mandate.use])
        total[obliged] -= float(used[mandate.use] * price[network.demand_node[mandate.use]])
    for row in payments_of(plan, before, month, clearing):
        if row["what"] in IN_COSTS:
            if _is_plant(network, row["recipient"]):
                total[_find(parties, network, row["payer"])] -= row["value"]
            else:
                total[_find(parties, network, row["recipient"])] += row["value"]
        elif row["what"] in BOTH_ENDS:
            total[_find(parties, network, row["payer"])] -= row["value"]
            total[_find(parties, network, row["recipient"])] += row["value"]
    for who, amount in _offtakes(plan, parties, month, clearing):
        total[who] += amount
    return total


def _offtakes(plan: Plan, parties: Parties, month: str, clearing: Clearing) -> Iterator[tuple[int, float]]:
    """Contract price less market price on what is taken, the contract price on what is not."""
    network, price = clearing.program.network, clearing.price()
    for order in plan.offtakes:
        if not is_active(order.lever, month, month):
            continue
        column = order.makers[0][0]
        sponsor = _party(parties, order.lever.sponsor, int(parties.plant[column]))
        taken, firm = _taken(order, clearing), firm_part(network, clearing.program.terms[0], order)
        node = network.place[order.lever.material, network.facilities[column].region, ""]
        agreed = float(order.lever.price or 0.0)
        due = taken * (agreed - float(price[node]))
        if order.lane >= 0:
            due += (firm - taken) * agreed
        yield sponsor, -due
        yield int(parties.plant[column]), due


def _taken(order: OfftakeOrder, clearing: Clearing) -> float:
    if order.lane >= 0:
        return float(clearing.amount("lane")[order.lane])
    made = sum(amount * float(clearing.amount("plant")[column]) for column, amount in order.makers)
    return min(firm_part(clearing.program.network, clearing.program.terms[0], order), made)


def _party(parties: Parties, name: str, otherwise: int) -> int:
    return parties.names.index(name) if name in parties.names else otherwise


def _is_plant(network: Network, name: str) -> bool:
    return any(plant.facility == name for plant in network.facilities)


def _find(parties: Parties, network: Network, name: str) -> int:
    """Party of a region, a sponsor, a plant, or of words with a region in them."""
    if name in parties.names:
        return parties.names.index(name)
    for column, plant in enumerate(network.facilities):
        if plant.facility == name:
            return int(parties.plant[column])
    words = name.replace(",", " ").split()
    named = [word for word in words if word in parties.names]
    if not named:
        raise InternalFault(f"a lever pays {name!r}, which is no party of the run")
    return parties.names.index(named[0])
