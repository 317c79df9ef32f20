"""Users of a sector hold different stocks (M5)."""

from __future__ import annotations

from math import log

import numpy as np
import pytest

from xenotime.world.cover_classes import class_means, pool_users, split_users, spread_of
from xenotime.world.tables import Demand, Stock
from xenotime.world.world import World

USE = Demand(material="m", region="R", sector="cars", form="fixed", quantity=100.0, shortfall_price=9.0)
OWN = Stock(
    material="m",
    region="R",
    holder="user",
    sector="cars",
    opening=150.0,
    cover_days=45.0,
    low=50.0,
    high=300.0,
)


def test_without_spread_all_classes_are_alike() -> None:
    assert class_means(45.0, 0.0, 5) == pytest.approx((45.0,) * 5)


def test_the_mean_of_the_classes_is_the_mean_of_the_sector() -> None:
    assert np.mean(class_means(45.0, 0.8, 5)) == pytest.approx(45.0)


def test_class_means_are_those_of_many_drawn_users() -> None:
    drawn = np.sort(np.random.default_rng(7).lognormal(0.0, 0.8, 2_000_000))
    fifths = drawn.reshape(5, -1).mean(axis=1) / drawn.mean()
    assert class_means(1.0, 0.8, 5) == pytest.approx(fifths, rel=0.01)  # sampling error of the last fifth


def test_the_spread_puts_low_and_high_at_the_tails() -> None:
    # a lognormal whose tenths are apart by a factor 6 has sigma = ln 6 / (2 x 1.2816)
    assert spread_of(50.0, 300.0) == pytest.approx(log(6.0) / (2 * 1.2815515655446004))
    assert spread_of(0.0, 30.0) == 0.0


def test_splitting_keeps_use_and_stock() -> None:
    uses, held = split_users((USE,), (OWN,), 5)
    assert sum(row.quantity or 0.0 for row in uses) == pytest.approx(100.0)
    assert sum(row.opening for row in held) == pytest.approx(150.0)
    days = [row.cover_days or 0.0 for row in held]
    assert days == sorted(days)
    assert [row.opening / (use.quantity or 1.0) * 30 for use, row in zip(uses, held, strict=True)] == (
        pytest.approx(days)
    )


def test_uses_without_a_stock_of_their_own_stay_whole() -> None:
    market = Stock(material="m", region="R", opening=5.0)
    assert split_users((USE,), (market,), 5) == ((USE,), (market,))


def test_pooling_undoes_splitting() -> None:
    uses, held = split_users((USE,), (OWN,), 5)
    pooled = pool_users(World(demand=uses, stocks=held))
    assert (pooled.demand[0].quantity, pooled.demand[0].cover_class) == (pytest.approx(100.0), "")
    assert (len(pooled.demand), len(pooled.stocks)) == (1, 1)
    assert pooled.stocks[0].opening == pytest.approx(150.0)
    assert pooled.stocks[0].cover_days == pytest.approx(45.0)
