"""What makes leverage shrink: the same rolls with stocks, substitution or projects switched off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from xenotime.world.world import World

BARE_DAYS = 0.0  # of cover: nobody holds anything beyond what passes through in a month


@dataclass(frozen=True, slots=True)
class Driver:
    """A mechanism and the world without it; `still` keeps plants and scrap as they are."""

    name: str
    without: str
    change: Callable[[World], World]
    still: bool = False


def no_stocks(world: World) -> World:
    """Holders begin with nothing and keep nothing in working stock."""
    return world.with_tables(
        stocks=tuple(replace(row, opening=0.0, cover_days=BARE_DAYS) for row in world.stocks)
    )


def no_substitution(world: World) -> World:
    """Users answer the price of the month as ever and learn nothing over time."""
    return world.with_tables(
        demand=tuple(replace(row, elasticity_long=None, adapt_months=None) for row in world.demand)
    )


DRIVERS = (
    Driver("stocks", "nobody holds stocks", no_stocks),
    Driver("substitution", "users do not adapt beyond their answer within a month", no_substitution),
    Driver(
        "projects", "nothing is built, laid idle or closed; scrap does not grow", lambda world: world, True
    ),
)
