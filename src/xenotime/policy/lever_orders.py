"""Levers compiled against a network: which plants, lanes and rows each touches, and what has to be added.

What is added - orders, releases, contract lanes, certificates - stands at the end of the network's
tables and is closed, so that a month in which no lever works clears as if they were not there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

import numpy as np

from xenotime.market.network import Network
from xenotime.policy.lever_rows import Draft
from xenotime.policy.levers import Lever
from xenotime.world.tables import Demand, Supply

CERTIFICATE = "certificate"
Makers = tuple[tuple[int, float], ...]  # column of a plant's recipe, and amount per unit of activity


@dataclass(frozen=True, slots=True)
class FloorOrder:
    """A price made up to a floor per tonne made, by an index read at `node`, kept in row `slot`."""

    lever: Lever
    makers: Makers
    node: int
    slot: int


@dataclass(frozen=True, slots=True)
class BorderOrder:
    """A levy that lifts imports to a floor, on lanes into the members."""

    lever: Lever
    lanes: tuple[int, ...]
    node: int
    slot: int


@dataclass(frozen=True, slots=True)
class StoreOrder:
    """A government stock: an order to buy (row `use`, -1: none), a release, and lanes to who may draw."""

    lever: Lever
    use: int
    supply: int
    lanes: tuple[int, ...]
    holding: int
    node: int
    slot: int


@dataclass(frozen=True, slots=True)
class MandateOrder:
    """Certificates for recycled goods, wanted by the obliged in proportion to what they use."""

    lever: Lever
    use: int
    makers: Makers
    obliged: tuple[int, ...]  # nodes of the material where the obliged are
    slot: int


@dataclass(frozen=True, slots=True)
class OfftakeOrder:
    """The lane of what is paid for whether taken or not; -1 where buyer and plant share a market."""

    lever: Lever
    makers: Makers
    lane: int


@dataclass(frozen=True, slots=True)
class ChargeOrder:
    """A cost or credit per unit of activity (USD), the credit negative."""

    lever: Lever
    plants: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """All levers of a run, compiled; one slot of the state's index for each floor, levy and store."""

    network: Network
    levers: tuple[Lever, ...] = ()
    floors: tuple[FloorOrder, ...] = ()
    borders: tuple[BorderOrder, ...] = ()
    stores: tuple[StoreOrder, ...] = ()
    mandates: tuple[MandateOrder, ...] = ()
    offtakes: tuple[OfftakeOrder, ...] = ()
    charges: tuple[ChargeOrder, ...] = ()

    def indexed(self) -> tuple[FloorOrder | BorderOrder | StoreOrder, ...]:
        """Whatever reads a published price, in the order of its slots."""
        return (*self.floors, *self.borders, *self.stores)


def compile_levers(network: Network, levers: tuple[Lever, ...]) -> Plan:
    """The plan of `levers`, with the network they have added to (the one given where they add nothing).

    Levers that concern projects only (permits, grants, loans ...) are kept in `levers` alone.
    """
    draft = Draft(network)
    kinds = [_kind_of(lever) for lever in levers]
    pick = [(kind, lever) for kind, lever in zip(kinds, levers, strict=True)]
    floors = tuple(
        FloorOrder(one, makers_of(network, one), _index_node(network, one), slot)
        for slot, one in enumerate(lever for kind, lever in pick if kind == "difference")
    )
    borders = tuple(
        BorderOrder(one, _imports(network, one), _index_node(network, one), slot)
        for slot, one in enumerate((lever for kind, lever in pick if kind == "border"), len(floors))
    )
    held = [lever for kind, lever in pick if kind == "store"]
    stores = tuple(
        _store(draft, one, number, len(floors) + len(borders) + number) for number, one in enumerate(held)
    )
    mandates = tuple(
        _mandate(draft, one, slot)
        for slot, one in enumerate(lever for kind, lever in pick if kind == "mandate")
    )
    offtakes = tuple(_offtake(draft, lever) for kind, lever in pick if kind == "offtake")
    charges = tuple(_charge(network, lever) for kind, lever in pick if kind == "charge")
    return Plan(draft.network(), levers, floors, borders, stores, mandates, offtakes, charges)


def _kind_of(lever: Lever) -> str:
    """Which order a lever compiles to; blank for those of projects only."""
    if lever.kind == "price_floor":
        return "store" if lever.form == "purchase" else lever.form
    if lever.kind == "tax_credit":
        return "charge" if lever.price is not None else ""
    if lever.kind == "standards":
        return "charge" if lever.cost else ""
    named = {
        "stockpile": "store",
        "allied_pool": "store",
        "recycling_mandate": "mandate",
        "offtake": "offtake",
    }
    return named.get(lever.kind, "")


def plants_of(network: Network, lever: Lever) -> Iterator[int]:
    """Columns of the plants a lever is aimed at: by facility, region and pattern of recipe, where named."""
    for column, plant in enumerate(network.facilities):
        if lever.facility and plant.facility != lever.facility:
            continue
        # the region of an offtake is its buyer's, not its plant's
        if lever.kind != "offtake" and lever.places() and plant.region not in lever.places():
            continue
        if lever.recipes and not any(fnmatchcase(plant.recipe, pattern) for pattern in lever.recipes):
            continue
        yield column


def makers_of(network: Network, lever: Lever) -> Makers:
    """Plants the lever is aimed at that make its material, and how much per unit of activity."""
    found = []
    for column in plants_of(network, lever):
        node = network.place.get((lever.material, network.facilities[column].region, ""), -1)
        amount = float(network.recipes[node, column]) if node >= 0 else 0.0
        if amount > 0:
            found.append((column, amount))
    return tuple(found)


def _index_node(network: Network, lever: Lever) -> int:
    return network.place[lever.index_material or lever.material, lever.index_region, ""]


def _imports(network: Network, lever: Lever) -> tuple[int, ...]:
    """Lanes and contracts that bring the material into the club from outside."""
    return tuple(
        lane
        for lane, (kind, material, origin, _) in enumerate(network.lanes.label)
        if kind in ("lane", "contract")
        and material == lever.material
        and origin not in lever.places()
        and network.nodes[network.lanes.destination[lane]][1] in lever.places()
    )


def _store(draft: Draft, lever: Lever, holding: int, slot: int) -> StoreOrder:
    """An order at the open market of the host, and a node of its own from which members draw."""
    market = draft.place(lever.material, lever.region)
    use = -1
    if lever.quantity is not None:
        row = Demand(
            material=lever.material,
            region=lever.region,
            sector=lever.lever,
            form="fixed",
            quantity=lever.quantity,
            shortfall_price=lever.price,
        )
        use = draft.order(row, market)
    vault = draft.add_node((lever.material, lever.region, lever.lever))
    supply = draft.release(
        Supply(
            material=lever.material,
            region=lever.region,
            supplier=lever.lever,
            form="fixed",
            quantity=releases_of(lever),
        ),
        vault,
    )
    lanes = tuple(
        draft.lane(
            ("draw", lever.material, lever.region, member),
            vault,
            destination,
            lever.freight if member != lever.region else 0.0,
            lever.transit_months if member != lever.region else 0.0,
        )
        for member in lever.members or (lever.region,)
        for destination in _drawing(draft, lever, member)
    )
    return StoreOrder(lever, use, supply, lanes, holding, market, slot)


def _drawing(draft: Draft, lever: Lever, member: str) -> tuple[int, ...]:
    """Where a member draws: its market, or its users' own nodes where the stock is reserved for them."""
    given = draft.given
    own = [
        place for place, (m, r, pool) in enumerate(given.nodes) if (m, r) == (lever.material, member) and pool
    ]
    users = {int(given.demand_node[row]) for row in given.users()}
    reserved = tuple(place for place in own if place in users) if lever.reserved else ()
    return reserved or (draft.place(lever.material, member),)


def releases_of(lever: Lever) -> float:
    """Most a store hands out in a month: as stated, otherwise what it buys in one."""
    return float(lever.release or lever.quantity or 0.0)


def _mandate(draft: Draft, lever: Lever, slot: int) -> MandateOrder:
    """One certificate per unit recycled; surplus ones are worth nothing, missing ones cost the buy-out."""
    makers = makers_of(draft.given, lever)
    node = draft.add_node((CERTIFICATE, lever.places()[0], lever.lever))
    for column, amount in makers:
        draft.output(node, column, amount)
    draft.free_disposal(node)
    row = Demand(
        material=CERTIFICATE,
        region=lever.places()[0],
        sector=lever.lever,
        form="fixed",
        quantity=1.0,
        shortfall_price=lever.price,
    )
    obliged = tuple(
        index
        for index, (material, region, _) in enumerate(draft.given.nodes)
        if material == lever.material and region in lever.places()
    )
    return MandateOrder(lever, draft.order(row, node), makers, obliged, slot)


def _offtake(draft: Draft, lever: Lever) -> OfftakeOrder:
    """A lane from the plant's market to the buyer's; what he may leave he buys at the market like anyone."""
    makers = makers_of(draft.given, lever)
    region = draft.given.facilities[makers[0][0]].region
    origin = draft.place(lever.material, region)
    pool = (lever.material, lever.region, lever.sector)
    destination = draft.given.place.get(pool, draft.place(lever.material, lever.region))
    if origin == destination or lever.take_or_pay == 0:
        return OfftakeOrder(lever, makers, -1)
    label = ("contract", lever.material, region, lever.lever)
    return OfftakeOrder(
        lever, makers, draft.lane(label, origin, destination, lever.freight, lever.transit_months)
    )


def _charge(network: Network, lever: Lever) -> ChargeOrder:
    if lever.kind == "standards":
        return ChargeOrder(lever, tuple((c, float(lever.cost or 0.0)) for c in plants_of(network, lever)))
    credit = float(lever.price or 0.0)
    return ChargeOrder(lever, tuple((c, -credit * amount) for c, amount in makers_of(network, lever)))


def used_at(network: Network, nodes: tuple[int, ...], activity: np.ndarray, use: np.ndarray) -> float:
    """What plants and users take at `nodes` in a month; orders for stock are no use."""
    taken = -network.recipes[list(nodes), :].minimum(0) @ activity
    users = [row for row, node in enumerate(network.demand_node) if node in nodes]
    return float(taken.sum() + sum(use[row] for row in users if row not in network.orders))
