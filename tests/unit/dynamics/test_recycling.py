"""Old magnets arrive as cohorts wear out, and what can be collected moves with them (M10)."""

from __future__ import annotations

import numpy as np
import pytest

from small_worlds import build_network
from xenotime.dynamics.account import account_elements
from xenotime.dynamics.recycling import (
    Lifetime,
    Sales,
    arrivals,
    collected_share,
    find_scrap,
    impose_scrap,
    scrapped,
)
from xenotime.dynamics.trajectory import prepare, run_months
from xenotime.market.clearing import clear_static
from xenotime.market.terms import open_terms
from xenotime.policy.package import NOTHING
from xenotime.world.tables import Content, Demand, Facility, Material, RecipeFlow, Region
from xenotime.world.world import World

EVER = Sales(known=((2009, 100.0), (2024, 100.0)), growth_before=0.0)


def yard(kind: str = "collection") -> World:
    """Old magnets are gathered at 10 + q and wanted at 50 - q: twenty a month at 30."""
    return World(
        name="yard",
        date="2024-12",
        regions=(Region(region="CHN"),),
        materials=(Material(material="old", disposable=False),),
        contents=(Content(material="old", element="Nd", share=0.3),),
        recipes=(RecipeFlow(recipe="gather", material="old", amount=1.0),),
        facilities=(
            Facility(facility="yard", region="CHN", recipe="gather", cost=10.0, cost_slope=1.0, kind=kind),
        ),
        demand=(Demand(material="old", region="CHN", form="linear", intercept=50.0, slope=1.0),),
    )


def test_every_cohort_goes_once() -> None:
    life = Lifetime(10.0, 0.35)
    gone = life.gone(np.array([0.0, 5.0, 10.0, 20.0, 200.0]))
    assert gone[0] == 0
    assert gone[-1] == pytest.approx(1.0)
    assert np.all(np.diff(gone) > 0)


def test_half_of_a_lognormal_cohort_is_gone_at_its_median() -> None:
    # mean 10 and spread s: the median is 10 / sqrt(1 + s^2)
    assert Lifetime(10.0, 0.75).gone(np.array([8.0]))[0] == pytest.approx(0.5)


def test_steady_sales_come_back_as_they_went() -> None:
    assert scrapped(EVER, Lifetime(10.0, 0.35), "2024-12") == pytest.approx(100.0, rel=1e-3)


def test_growing_sales_come_back_as_they_were_a_life_ago() -> None:
    growing = Sales(known=((2009, 100.0), (2024, 100.0 * 1.1**15)), growth_before=0.1)
    # what was sold evenly over 2009 goes evenly over 2019
    assert scrapped(growing, Lifetime(10.0, 1e-6), "2019-07") == pytest.approx(100.0)
    assert scrapped(growing, Lifetime(10.0, 1e-6), "2018-07") == pytest.approx(100.0 / 1.1)


def test_sales_between_known_years_grow_in_proportion() -> None:
    sales = Sales(known=((2010, 10.0), (2020, 40.0)), growth_before=1.0)
    assert sales.in_year(np.array([2009.0, 2015.0, 2030.0])).tolist() == pytest.approx([5.0, 20.0, 40.0])


def test_more_comes_back_in_china_each_year() -> None:
    years = [arrivals("CHN", f"{year}-12") for year in (2009, 2014, 2019, 2024, 2029)]
    assert years == sorted(years)
    assert arrivals("nowhere", "2024-12") == 0.0
    assert collected_share("CHN") > collected_share("USA") == collected_share("DEU")


def test_the_curve_moves_with_arrivals() -> None:
    world = yard()
    network = build_network(world)
    base = clear_static(network, "2024-12")
    scrap = find_scrap(network, base.amount("plant"), world.date)
    assert scrap.base.tolist() == pytest.approx([20.0])
    terms = impose_scrap(scrap, open_terms(network), "2029-12")
    index = arrivals("CHN", "2029-12") / arrivals("CHN", "2024-12")
    assert terms.plant_adder.tolist() == pytest.approx([-20.0 * (index - 1)])
    # at the base price of 30 the yard would gather index times as much: 10 + q - 20 (index - 1) = 30
    assert 10 + 20 * index + terms.plant_adder[0] == pytest.approx(30.0)
    usual = collected_share("CHN") * arrivals("CHN", "2029-12") / 12
    assert terms.plant_high[0] == pytest.approx(max(scrap.headroom * 20 * index, usual))


def test_nothing_moves_without_a_kind_or_in_a_still_world() -> None:
    for world, still in ((yard(kind=""), False), (yard(), True)):
        network = build_network(world)
        scrap = find_scrap(network, np.array([20.0]), world.date, still)
        assert impose_scrap(scrap, open_terms(network), "2029-12").plant_adder.tolist() == [0.0]


def test_a_run_gathers_more_and_conserves_it() -> None:
    world = yard()
    run = run_months(world, prepare(world, NOTHING, "2025-01"), "2025-01", 24)
    gathered = run.array(lambda clearing: clearing.amount("plant"))[:, 0]
    assert np.all(np.diff(gathered) > 0)
    (account,) = account_elements(run)
    assert account.residual < 1e-9
    assert account.mined == pytest.approx(0.3 * gathered.sum())
