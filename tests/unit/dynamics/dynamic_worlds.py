"""A small chain with stocks, ships and a joint product, and a short run of it."""

from __future__ import annotations

from dataclasses import replace

from small_worlds import joint
from xenotime.dynamics.trajectory import Trajectory, prepare, run_months
from xenotime.policy.package import Package
from xenotime.world.tables import Control, Demand, Stock
from xenotime.world.world import World

START = "2025-01"
BAN = Control(
    control="ban", instrument="ban", material="heavy", origin="A", announced="2025-03", in_force="2025-04"
)


def floating() -> World:
    """The joint chain with a month and a quarter to sail, stocks in B, and users who feel prices."""
    world = joint()
    users = tuple(
        Demand(
            material=name,
            region="B",
            sector="mill",
            form="isoelastic",
            price=price,
            quantity=quantity,
            elasticity=-0.4,
            choke=100 * price,
        )
        for name, price, quantity in (("light", 9.6, 40.0), ("heavy", 65.0, 13.5))
    )
    return world.with_tables(
        name="floating",
        date="2024-12",
        demand=users,
        lanes=tuple(replace(lane, lag_months=1.25, cost_slope=0.01) for lane in world.lanes),
        stocks=tuple(
            Stock(material=name, region="B", cover_days=45.0, holding_cost=0.1) for name in ("light", "heavy")
        ),
    )


def roll(months: int, *controls: Control, engine: str = "interior", world: World | None = None) -> Trajectory:
    """A run from `START`."""
    picture = world or floating()
    return run_months(picture, prepare(picture, Package(controls), START), START, months, engine)
