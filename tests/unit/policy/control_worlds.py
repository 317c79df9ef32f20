"""Tiny worlds for controls, and short ways to compile and foresee them."""

from __future__ import annotations

from small_worlds import build_network, clear_static, trade
from xenotime.market.terms import Terms
from xenotime.policy.controls import Policy, compile_policy, normal_flows, stages_of, terms_for
from xenotime.policy.foresight import settle
from xenotime.policy.side_lanes import with_side_lanes
from xenotime.world.tables import Control, Demand, Lane, Material, Region, Supply
from xenotime.world.world import World


def compiled(*rows: Control, world: World | None = None, draw: int | None = None) -> Policy:
    """`rows` against the base of a world, as a run prepares them."""
    picture = world or trade()
    network = with_side_lanes(build_network(picture), rows)
    base = clear_static(network, refine=False)
    return compile_policy(network, rows, normal_flows(base), base, stages_of(picture), draw)


def settled(policy: Policy, seen_in: str, month: str) -> Terms:
    """What a static month is cleared under."""
    return settle(policy, seen_in, month, terms_for(policy, seen_in, month))


def two_classes() -> World:
    """Ore of A at 10 + q and of C at 40 + q, five away from B, where civil and military users bid 100 - q.

    At 65 in B: 50 from A, 20 from C, 35 to each.
    """
    return World(
        regions=tuple(Region(region=name) for name in "ABC"),
        materials=(Material(material="ore", disposable=False),),
        supply=(
            Supply(material="ore", region="A", form="linear", intercept=10.0, slope=1.0),
            Supply(material="ore", region="C", form="linear", intercept=40.0, slope=1.0),
        ),
        demand=tuple(
            Demand(material="ore", region="B", sector=name, form="linear", intercept=100.0, slope=1.0)
            for name in ("civil", "military")
        ),
        lanes=tuple(Lane(material="ore", origin=name, destination="B", cost=5.0) for name in "AC"),
    )


def hub() -> World:
    """Ore of A at 10 + q comes to H for nothing, H has its own at 40 + q; B, five further, bids 100 - q."""
    world = two_classes()
    return world.with_tables(
        regions=tuple(Region(region=name) for name in "ABH"),
        supply=(
            world.supply[0],
            Supply(material="ore", region="H", form="linear", intercept=40.0, slope=1.0),
        ),
        demand=(world.demand[0],),
        lanes=(
            Lane(material="ore", origin="A", destination="H", cost=0.0),
            Lane(material="ore", origin="H", destination="B", cost=5.0),
        ),
    )
