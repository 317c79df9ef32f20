"""Krugman, P. R. and Obstfeld, M. (2009), International Economics, 8th ed., Pearson, chapter 8.

Problems 1-4 (wheat between Home and Foreign: closed, free, under a duty of 0.5 a unit; Foreign ten times as
large) with the answers of the instructor's manual, and the problem of Acirema's import quota on peanuts with
answers as worked in public.  An export quota of the volume left by the duty is its equivalent: it must give
the duty's prices, and its rent is the duty's revenue.
"""

from __future__ import annotations

import pytest

from published.answers import clearing, consumption, exact, flows, prices, printed, rent, supplied

HOME, FOREIGN = ("wheat", "home"), ("wheat", "foreign")
WHEAT = ("wheat", "foreign", "home")
PEANUTS = ("peanuts", "acirema")


def test_ban_brings_back_the_prices_without_trade() -> None:
    assert prices("krugman_2009_wheat_ban") == {HOME: exact(2), FOREIGN: exact(1)}
    assert flows("krugman_2009_wheat_ban")[WHEAT] == exact(0)


def test_free_trade() -> None:
    assert prices("krugman_2009_wheat_free") == {HOME: exact(1.5), FOREIGN: exact(1.5)}
    assert flows("krugman_2009_wheat_free")[WHEAT] == exact(20)
    assert consumption("krugman_2009_wheat_free") == {HOME: exact(70), FOREIGN: exact(50)}


@pytest.mark.parametrize("world", ["krugman_2009_wheat_duty", "krugman_2009_wheat_quota"])
def test_duty_and_its_equivalent_quota(world: str) -> None:
    assert prices(world) == {HOME: exact(1.75), FOREIGN: exact(1.25)}
    assert flows(world)[WHEAT] == exact(10)
    assert consumption(world) == {HOME: exact(65), FOREIGN: exact(55)}
    assert supplied(world)[HOME] == exact(55)


def test_quota_rent_is_the_revenue_of_the_duty() -> None:
    row = rent("krugman_2009_wheat_quota", "control")
    assert row["value"] == exact(0.5)
    assert row["amount"] == exact(2.5 + 2.5)  # areas c and e of the manual's figure
    assert row["recipient"] == "foreign"


def test_large_foreign_country() -> None:
    # volumes are not compared: the manual works them out from prices already rounded
    assert prices("krugman_2009_large_free") == {HOME: printed("1.09"), FOREIGN: printed("1.09")}
    assert prices("krugman_2009_large_duty") == {HOME: printed("1.545"), FOREIGN: printed("1.045")}


def test_peanuts_at_the_world_price() -> None:
    assert prices("krugman_2009_peanuts_free")[PEANUTS] == exact(10)
    assert consumption("krugman_2009_peanuts_free")[PEANUTS] == exact(300)
    assert supplied("krugman_2009_peanuts_free")[PEANUTS] == exact(100)


def test_peanuts_under_an_import_quota() -> None:
    assert prices("krugman_2009_peanuts_quota")[PEANUTS] == exact(20)
    assert consumption("krugman_2009_peanuts_quota")[PEANUTS] == exact(200)
    assert supplied("krugman_2009_peanuts_quota")[PEANUTS] == exact(150)
    row = rent("krugman_2009_peanuts_quota", "control")
    assert (row["value"], row["amount"], row["recipient"]) == (exact(10), exact(500), "acirema")


def test_peanut_quota_loses_the_two_distortions() -> None:
    # consumption distortion 500 and production distortion 250; the rent changes hands and is no loss
    lost = clearing("krugman_2009_peanuts_free").objective - clearing("krugman_2009_peanuts_quota").objective
    assert lost == exact(500 + 250)
