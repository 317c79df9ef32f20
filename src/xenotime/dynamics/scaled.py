"""A world and its controls as behaviour sees them: times the scales that are fitted."""

from __future__ import annotations

from dataclasses import replace

from xenotime.dynamics.behaviour import Behaviour
from xenotime.world.tables import Control, Demand, Stock
from xenotime.world.world import World

LEAST_CHOKE = 1.05  # of the reference price: a use that stops below it was no use in the base year


def scaled_world(world: World, behaviour: Behaviour) -> World:
    """`world` with the scales of `behaviour`; the same world where all of them are one.

    The reference price and quantity of every use stay, so the base month is the same.
    """
    scales = (
        behaviour.elasticity_scale,
        behaviour.elasticity_long_scale,
        behaviour.choke_scale,
        behaviour.cover_scale,
    )
    if all(scale == 1 for scale in scales):
        return world
    return world.with_tables(
        demand=tuple(_use(row, behaviour) for row in world.demand),
        stocks=tuple(_stock(row, behaviour.cover_scale) for row in world.stocks),
    )


def scaled_controls(rows: tuple[Control, ...], behaviour: Behaviour) -> tuple[Control, ...]:
    """Controls with what may go round them times its scale."""
    scale = behaviour.leak_scale
    return rows if scale == 1 else tuple(replace(row, leak_share=row.leak_share * scale) for row in rows)


def _use(row: Demand, behaviour: Behaviour) -> Demand:
    """Elasticities times their scales, the long one no weaker than the short; choke over price too."""
    if row.form != "isoelastic" or row.elasticity is None or not row.price:
        return row
    short, long = row.elasticity * behaviour.elasticity_scale, row.elasticity_long
    if long is not None:
        long = min(long * behaviour.elasticity_long_scale, short)
    choke = row.choke
    if choke is not None:
        choke = row.price * max(choke / row.price * behaviour.choke_scale, LEAST_CHOKE)
    return replace(row, elasticity=short, elasticity_long=long, choke=choke)


def _stock(row: Stock, scale: float) -> Stock:
    """Days of cover and what is held at the start together: else a scale begins with a rush to restock."""
    if row.cover_days is None:
        return row
    return replace(row, cover_days=row.cover_days * scale, opening=row.opening * scale)
