"""Pools: who may use goods that are not on the open market (M5, M6).

The pool ``""`` of a node is the open market.  A sector with a stock or a contract of its own has a pool,
``sector``; users of a sector that hold stocks of their own have one each, ``sector/class``.
"""

from __future__ import annotations

from dataclasses import dataclass

from xenotime.world.tables import Contract, Demand, Stock
from xenotime.world.world import World

CONTRACT = "contract"  # fed by contracts that name no sector
UserKey = tuple[str, str, str, str]  # material, region, sector, cover class


@dataclass(frozen=True, slots=True)
class Pools:
    """Pool of each group of users, pool each contract delivers to, what feeds pools besides the market.

    feeds : (material, region, pool) to the shared pools it may draw on
    """

    of: dict[UserKey, str]
    delivers: dict[str, str]
    feeds: dict[tuple[str, str, str], tuple[str, ...]]

    def of_demand(self, row: Demand) -> str:
        """Pool the users of a demand row draw on."""
        return self.of[row.material, row.region, row.sector, row.cover_class]

    def of_stock(self, row: Stock) -> str:
        """Pool a stock serves; stocks of sectors nobody is in serve the market."""
        return self.of.get((row.material, row.region, row.sector, row.cover_class), "")


def pool_name(sector: str, cover_class: str) -> str:
    """Name of the pool of a sector, or of one class of its users."""
    return f"{sector}/{cover_class}" if cover_class else sector


@dataclass(frozen=True, slots=True)
class Allocation:
    """Term contracts of a sector with cover classes: a unit bought reaches each pool in a fixed share (M6).

    Suppliers who are short cut all their customers alike, whatever stock each of them holds.
    """

    material: str
    region: str
    sector: str
    shares: tuple[tuple[str, float], ...]


def allocations(world: World) -> tuple[Allocation, ...]:
    """Allocations of the sectors whose users can buy only part of their need outside contracts."""
    members: dict[tuple[str, str, str], dict[str, float]] = {}
    for row in world.demand:
        if row.cover_class and row.spot_share is not None and row.quantity:
            pools = members.setdefault((row.material, row.region, row.sector), {})
            pools[pool_name(row.sector, row.cover_class)] = row.quantity
    return tuple(
        Allocation(*key, tuple((pool, amount / sum(pools.values())) for pool, amount in pools.items()))
        for key, pools in sorted(members.items())
    )


def make_pools(world: World) -> Pools:
    """Pools of a world.

    A contract without a sector feeds all users of its destination; where nobody there consumes
    the material as it is, it is processed, and the contract delivers to the market node.
    """
    users = {(row.material, row.region, row.sector, row.cover_class) for row in world.demand}
    private = {(s.material, s.region, s.sector) for s in world.stocks if s.sector}
    private |= {(c.material, c.destination, c.sector) for c in world.contracts if c.sector}
    shared = {(c.material, c.destination) for c in world.contracts if not c.sector}
    of: dict[UserKey, str] = {}
    for material, region, sector, cover_class in users:
        key = (material, region, sector, cover_class)
        if cover_class or (material, region, sector) in private:
            of[key] = pool_name(sector, cover_class)
        else:
            of[key] = CONTRACT if (material, region) in shared else ""
    here: dict[tuple[str, str], set[str]] = {}
    for (material, region, _, _), pool in of.items():
        if pool:
            here.setdefault((material, region), set()).add(pool)
    delivers = {
        c.contract: _delivery(c, here.get((c.material, c.destination), set())) for c in world.contracts
    }
    return Pools(of, delivers, _feeds(world, here, delivers))


def _delivery(contract: Contract, pools: set[str]) -> str:
    wanted = contract.sector or CONTRACT
    known = wanted in pools or any(pool.startswith(f"{wanted}/") for pool in pools)
    return wanted if known else ""


def _feeds(
    world: World, here: dict[tuple[str, str], set[str]], delivers: dict[str, str]
) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """Shared pools: that of contracts without a sector feeds every pool, that of a sector its classes."""
    fed = {(c.material, c.destination, delivers[c.contract]) for c in world.contracts}
    found = {}
    for (material, region), pools in here.items():
        for pool in pools:
            sector = pool.partition("/")[0]
            wanted = [name for name in (CONTRACT, sector) if name != pool]
            above = [n for n in wanted if n in pools or (material, region, n) in fed]
            found[material, region, pool] = tuple(above)
    return found
