"""Under a supply cut the leanest users stop while others of their region still hold stock (M5)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from unit.dynamics.dynamic_worlds import BAN, floating, roll
from xenotime.dynamics.backlog import missing_input
from xenotime.dynamics.trajectory import Trajectory
from xenotime.world.cover_classes import pool_users, split_users
from xenotime.world.tables import Stock
from xenotime.world.world import World

CLASSES = 5
MONTHS = 14


def with_users_stocks() -> World:
    """`floating`, where the mill holds its own heavy metal: 45 days of cover, a tenth 12, a tenth 150."""
    world = floating()
    own = Stock(
        material="heavy",
        region="B",
        holder="user",
        sector="mill",
        opening=20.0,
        cover_days=45.0,
        low=6.0,
        high=75.0,
        holding_cost=0.1,
    )
    needy = tuple(replace(row, elasticity=-0.02) for row in world.demand)
    uses, stocks = split_users(needy, (*world.stocks, own), CLASSES, spot_share=0.2, spot_margin=0.03)
    return world.with_tables(demand=uses, stocks=stocks)


def stops(run: Trajectory) -> dict[str, int]:
    """First month in which each class of heavy users goes short."""
    rows = run.setup.policy.network.demand
    found: dict[str, int] = {}
    for position in range(len(run.months)):
        short = missing_input(run.clearing(position))
        for index in np.flatnonzero(short > 1e-6):
            if rows[index].material == "heavy":
                found.setdefault(rows[index].cover_class, position)
    return found


def closing(run: Trajectory, position: int) -> dict[str, float]:
    stocks = run.setup.policy.network.stocks
    amounts = run.clearing(position).stock()
    return {row.cover_class: float(amounts[i]) for i, row in enumerate(stocks) if row.sector}


RUN = roll(MONTHS, replace(BAN, until=""), world=with_users_stocks())


def test_lean_classes_stop_first_and_others_still_hold_stock() -> None:
    first = stops(RUN)
    assert first["1"] < first["4"] < first["5"]
    assert closing(RUN, first["1"])["5"] > 2 * 13.5 / CLASSES  # two months of the class's use


def test_the_pooled_sector_stops_later_and_all_at_once() -> None:
    pooled = roll(MONTHS, BAN, world=pool_users(with_users_stocks()))
    assert stops(RUN)["1"] < stops(pooled)[""] < stops(RUN)["5"]


def test_a_cut_of_contracts_is_the_same_for_all_classes() -> None:
    """Allocation hands out in fixed shares, so what differs is what each class had in stock."""
    network = RUN.setup.policy.network
    column = network.recipes[:, network.plants].toarray().ravel()
    assert sorted(column[column != 0]) == [-1.0, *[0.2] * CLASSES]
