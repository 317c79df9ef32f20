"""A project is financed when what it is expected to earn covers what its capital costs (M10)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from unit.dynamics.project_worlds import fleet_of, pits, standing
from xenotime.dynamics.financing import (
    Outlook,
    annuity,
    best_sale,
    capital_charge,
    expected_netback,
    find_money,
    mean_weight,
    netback,
    pace_of,
    reversion_levels,
)
from xenotime.dynamics.fleet import CONSTRUCTION, PERMITTED, Fleet, Projects
from xenotime.dynamics.projects import normal_pace
from xenotime.dynamics.quotes import Quotes
from xenotime.dynamics.support import ProjectSupport, Prospects, TechnologyFactor, gather
from xenotime.world.tables import Facility


def quoted(price: float) -> Quotes:
    return Quotes(sell=np.array([price]), buy=np.array([price]))


def fleet(capex: float = 1200.0) -> Fleet:
    """One project of 20 a month at 20 a unit, run at full load over ten years, money free of interest."""
    made = fleet_of(pits(project="permitted", capex=capex))
    plain = replace(
        made.numbers, expected_load=1.0, debt_life=120.0, flood_risk=0.0, flood_depth=0.5, control_lasts=1.0
    )
    return replace(made, numbers=plain, required_return=np.zeros(2))


def waiting(plants: Fleet) -> Projects:
    return standing(plants, stage=PERMITTED, left=0)


def with_help(**support: float) -> Prospects:
    return Prospects(support=(ProjectSupport(), ProjectSupport(**support)))  # type: ignore[arg-type]


def decided(plants: Fleet, price: float, prospects: Prospects | None = None) -> bool:
    known = quoted(price)
    part = waiting(plants)
    return bool(find_money(plants, part, known, known, normal_pace(plants), prospects or Prospects())[-1])


def test_capital_charges_by_hand() -> None:
    plants = fleet()
    assert annuity(0.0, 120.0) == pytest.approx(1 / 120)
    assert capital_charge(plants, 1, Prospects()) == pytest.approx(10.0)
    assert capital_charge(plants, 1, with_help(grant=600.0)) == pytest.approx(5.0)
    assert capital_charge(plants, 1, with_help(capex_factor=1.5)) == pytest.approx(15.0)
    dear = replace(plants, required_return=np.full(2, 0.12))
    monthly = 1.12 ** (1 / 12) - 1
    private = 1200 * monthly / (1 - 1.12**-10)
    assert capital_charge(dear, 1, Prospects()) == pytest.approx(private)
    assert capital_charge(dear, 1, with_help(loan_share=0.5)) == pytest.approx(0.5 * private + 5.0)
    without = Prospects(technology=(TechnologyFactor(), TechnologyFactor(capex_factor=2.0)))
    assert capital_charge(plants, 1, without) == pytest.approx(20.0)


def test_prices_revert_by_halves() -> None:
    # over a life of one half-life from now the mean of 2^-t is (1 - 1/2) / ln 2
    assert mean_weight(0.0, 36.0, 36.0) == pytest.approx(0.5 / np.log(2))
    assert mean_weight(36.0, 36.0, 36.0) == pytest.approx(0.25 / np.log(2))


def test_prices_revert_to_what_the_cheapest_unbuilt_capacity_needs() -> None:
    plants = fleet()
    # twenty of cost and ten a month over twenty units: 20.5 a unit, at a price of 41
    assert reversion_levels(plants, waiting(plants), quoted(41.0)) == {"mine": pytest.approx(0.5)}
    assert reversion_levels(plants, waiting(plants), quoted(10.0)) == {"mine": 1.0}
    assert reversion_levels(plants, standing(plants, stage=CONSTRUCTION), quoted(41.0)) == {}


def test_netbacks_by_hand() -> None:
    plants = fleet()
    sale = best_sale(plants, 1, quoted(40.0))
    assert (sale.made, sale.taken, sale.cost, sale.margin) == (40.0, 0.0, 20.0, 20.0)
    assert netback(sale, 0.75, ProjectSupport(), 20.0) == pytest.approx(10.0)
    assert netback(sale, 0.25, ProjectSupport(floor_price=25.0), 20.0) == pytest.approx(5.0)
    # half the output goes at sixty, the rest at the market's thirty
    half = ProjectSupport(offtake_quantity=10.0, offtake_price=60.0)
    assert netback(sale, 0.75, half, 20.0) == pytest.approx(25.0)


def test_beliefs_and_floods_weigh_prices() -> None:
    plants = fleet()
    still = replace(plants.numbers, price_half_life=1e12)  # prices stay as they are
    plants = replace(plants, numbers=still)
    now, calm = Outlook(quoted(60.0), {}), Outlook(quoted(30.0), {})

    def earned(**numbers: float) -> float:
        fleet_with = replace(plants, numbers=replace(plants.numbers, **numbers))
        return expected_netback(fleet_with, 1, now, calm, Prospects(), 0.0)

    assert earned(control_lasts=1.0) == pytest.approx(40.0, rel=1e-6)
    assert earned(control_lasts=0.25) == pytest.approx(0.25 * 40 + 0.75 * 10, rel=1e-6)
    # a fifth of the time the controller sells at half of calm prices: fifteen, five below cost
    assert earned(control_lasts=1.0, flood_risk=0.2) == pytest.approx(0.8 * 40 - 0.2 * 5, rel=1e-6)


def test_below_cost_nothing_is_financed_unless_a_floor_holds() -> None:
    plants = fleet()
    assert not decided(plants, 15.0)
    assert not decided(plants, 15.0, with_help(floor_price=20.4))
    assert decided(plants, 15.0, with_help(floor_price=20.6))  # 20.6 - 20 on twenty units covers ten
    assert decided(plants, 30.0)
    assert not decided(plants, 30.0, with_help(barred=True))


def test_a_grant_can_close_the_gap() -> None:
    plants = fleet(capex=120000.0)
    assert not decided(plants, 30.0)
    assert decided(plants, 30.0, with_help(grant=119000.0))


def test_a_technology_ban_slows_building() -> None:
    plants = fleet()
    part = standing(plants, stage=CONSTRUCTION, left=12)
    without = Prospects(technology=(TechnologyFactor(), TechnologyFactor(lead_time_factor=1.5)))
    assert pace_of(plants, part, without)[-1] == pytest.approx(1 / 1.5)


def test_only_projects_are_asked_who_helps_them() -> None:
    plants = fleet()
    asked: list[str] = []

    def support(plant: Facility) -> ProjectSupport:
        asked.append(plant.facility)
        return ProjectSupport(grant=7.0)

    found = gather(plants, support, lambda _: TechnologyFactor(capex_factor=2.0), lasts=0.5)
    assert asked == ["new"]
    assert [one.grant for one in found.support] == [0.0, 7.0]
    assert [one.capex_factor for one in found.technology] == [1.0, 2.0]
    assert found.lasts == 0.5
