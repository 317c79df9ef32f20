"""What every region earns and pays in one month: market, border, stores and rents (M21).

Every amount is bought from somebody and sold to somebody, so over all parties purchases and sales cancel and
what is left is value in use less real costs.  The convention for goods on their way: the cargo belongs to
where it goes, which pays the price at the origin, the freight and every charge, and has what it fetches.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from xenotime.market.clearing import Clearing
from xenotime.market.network import Array, Index, Network

if TYPE_CHECKING:
    from xenotime.policy.lever_orders import Plan

PARTS = ("users", "producers", "trade", "taxes", "rents", "holders", "levers")


@dataclass(frozen=True, slots=True)
class Parties:
    """Who is told apart: the regions, then whoever else a rent, tax or payment goes to.

    node, plant, demand, supply, origin, destination : place of the region of each in `names`
    """

    names: tuple[str, ...]
    node: Index
    plant: Index
    demand: Index
    supply: Index
    origin: Index
    destination: Index

    def place(self, name: str, otherwise: int) -> int:
        """Place of a party; `otherwise` where nobody is named."""
        return self.names.index(name) if name else otherwise


def find_parties(network: Network, others: tuple[str, ...] = ()) -> Parties:
    """Regions of a network and every recipient its limits and controls name, besides `others`."""
    named = {region for _, region, _ in network.nodes} | set(others)
    named |= {limit.recipient for limit in network.joint if limit.recipient}
    named |= {name for limit in network.joint for name, _ in limit.holders if name}
    names = tuple(sorted(named))
    at = {name: place for place, name in enumerate(names)}
    node = np.array([at[region] for _, region, _ in network.nodes], dtype=np.int64)
    return Parties(
        names,
        node,
        np.array([at[plant.region] for plant in network.facilities], dtype=np.int64),
        np.array([at[row.region] for row in network.demand], dtype=np.int64),
        np.array([at[row.region] for row in network.supply], dtype=np.int64),
        node[network.lanes.origin],
        node[network.lanes.destination],
    )


def added_up(parties: Parties, place: Index, amounts: Array) -> Array:
    """Amounts added up by party."""
    return np.bincount(place, weights=amounts, minlength=len(parties.names)).astype(float)


def worth(clearing: Clearing, kind: str) -> Array:
    """Per unit of each column of a kind, what it brings in less what it takes, at this month's prices.

    Goods that arrive later than this month are not in it: they are sold when they arrive.
    """
    program, nodes = clearing.program, len(clearing.program.network.nodes)
    here = program.A[:nodes, program.layout.block(0, kind)]
    return np.asarray(here.T @ clearing.price())


def value_in_use(clearing: Clearing) -> Array:
    """Area under the curve of each demand row up to what is served (USD/month)."""
    program = clearing.program
    at, x = program.layout.block(0, "use"), clearing.amount("use")
    area = -(program.c[at] * x + 0.5 * program.P[at] * x**2)
    return np.bincount(program.segment_owner, area, len(program.network.demand)).astype(float)


def paid_by_users(clearing: Clearing) -> Array:
    """What each demand row pays for what it uses (USD/month)."""
    return np.asarray(clearing.price()[clearing.program.network.demand_node] * clearing.consumption())


def producer_surplus(clearing: Clearing, parties: Parties) -> Array:
    """Sales less inputs, costs and levies of plants, suppliers and of what is thrown away, by party.

    Levies and supports of levers are in the plants' costs; their other end is in `lever_accounts`.
    """
    program, network = clearing.program, clearing.program.network
    total = np.zeros(len(parties.names))
    places = {
        "plant": parties.plant,
        "supply": parties.supply[program.supply_owner],
        "disposal": parties.node[network.disposal_node],
    }
    for kind, place in places.items():
        at, x = program.layout.block(0, kind), clearing.amount(kind)
        earned = worth(clearing, kind) * x - (program.c[at] * x + 0.5 * program.P[at] * x**2)
        total += added_up(parties, place, earned)
    return total


@dataclass(frozen=True, slots=True)
class Border:
    """A month's trade: what cargo owners make, who gets taxes, who pays and gets rents; all by party."""

    trade: Array
    taxes: Array
    rents: Array


def border(clearing: Clearing, parties: Parties, arriving: Array) -> Border:
    """Cargo owners' margins before rents, export taxes to origins, duties to destinations, and rents.

    arriving : goods that sailed in earlier months and arrive in this one, per node (unit)
    """
    program = clearing.program
    lanes, terms, flow = program.network.lanes, program.terms[0], clearing.amount("lane")
    price = clearing.price()
    freight = (lanes.cost + terms.lane_adder + 0.5 * lanes.slope * flow) * flow
    export_tax = terms.export_tax * price[lanes.origin] * flow
    duty = terms.tariff * (price[lanes.origin] * flow + export_tax + freight + _held(clearing))
    margin = worth(clearing, "lane") * flow - freight - export_tax - duty
    trade = added_up(parties, parties.destination, margin)
    trade += added_up(parties, parties.node, price * arriving)
    taxes = added_up(parties, parties.origin, export_tax) + added_up(parties, parties.destination, duty)
    return Border(trade, taxes, _rents(clearing, parties))


def _held(clearing: Clearing) -> Array:
    """Rents of licences the exporter holds, which duties are charged on, per lane (USD/month)."""
    network, held = clearing.program.network, np.zeros(len(clearing.program.network.lanes.cost))
    rent = clearing.joint_rent()
    for (limit, lane, amount), value in zip(*_members(clearing, "lanes"), strict=True):
        if network.joint[limit].held_by_exporter:
            held[lane] += rent[limit] * value * amount
    return held


def _members(clearing: Clearing, kind: str) -> tuple[list[tuple[int, int, float]], list[float]]:
    """Limit, member and amount of every member of one kind of every joint limit, and its weight."""
    network, weights = clearing.program.network, clearing.program.terms[0].weight
    amounts = {
        "lanes": clearing.amount("lane"),
        "facilities": clearing.amount("plant"),
        "supplies": clearing.supplied(),
    }
    found, factors, at = [], [], 0
    for index, limit in enumerate(network.joint):
        for name in ("lanes", "facilities", "supplies"):
            for member, _ in getattr(limit, name):
                if name == kind:
                    found.append((index, member, float(amounts[name][member])))
                    factors.append(float(weights[at]))
                at += 1
    return found, factors


def _rents(clearing: Clearing, parties: Parties) -> Array:
    """Rents of joint limits and of single lanes: out of the pocket of who uses them, to who holds them."""
    network, total = clearing.program.network, np.zeros(len(parties.names))
    rent = clearing.joint_rent()
    payers = {
        "lanes": parties.destination,
        "facilities": parties.plant,
        "supplies": parties.supply,
    }
    for kind, place in payers.items():
        for (limit, member, amount), weight in zip(*_members(clearing, kind), strict=True):
            paid = rent[limit] * weight * amount
            payer = int(place[member])
            holders = network.joint[limit].holders or ((network.joint[limit].recipient, 1.0),)
            for recipient, share in holders:
                total[payer] -= share * paid
                total[parties.place(recipient, payer)] += share * paid
    return total + _lane_rents(clearing, parties)


def _lane_rents(clearing: Clearing, parties: Parties) -> Array:
    """A lane at its bound: the margin goes to who holds it back, the origin where nobody is named."""
    program, network = clearing.program, clearing.program.network
    total = np.zeros(len(parties.names))
    flow, margin = clearing.amount("lane"), clearing.margin("lane")
    top, cause = program.high[program.layout.block(0, "lane")], program.terms[0].lane_cause
    for lane in np.flatnonzero((flow > 0) & np.isfinite(top) & (flow >= top) & (margin > 0)):
        paid = float(margin[lane] * flow[lane])
        recipient = cause[int(lane)][1] if int(lane) in cause else network.lanes.label[lane][2]
        total[parties.destination[lane]] -= paid
        total[parties.place(recipient, int(parties.destination[lane]))] += paid
    return total


def holder_accounts(clearing: Clearing, parties: Parties, opening: Array) -> Array:
    """Sales out of stocks less purchases into them and holding, plus the trouble working stock saves.

    opening : stock at the start of the month, per stock row (unit)
    """
    program = clearing.program
    if program.storage is None:
        return np.zeros(len(parties.names))
    storage, node = program.storage, program.network.stock_node
    working, closing = clearing.amount("working"), clearing.stock()
    filled = np.divide(working, storage.working, out=np.zeros_like(working), where=storage.working > 0)
    eased = storage.ease * working * (1 - 0.5 * filled)
    earned = clearing.price()[node] * (opening - closing) - storage.holding * closing + eased
    return added_up(parties, parties.node[node], earned)


def recipients_of(network: Network, plan: Plan | None, causes: Mapping[int, tuple[str, str]]) -> set[str]:
    """Everybody but regions a payment of a month could go to."""
    named = {recipient for _, recipient in causes.values() if recipient}
    return named | ({lever.sponsor for lever in plan.levers} if plan is not None else set())
