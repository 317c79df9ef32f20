"""Williams, H. P. (2013), Model Building in Mathematical Programming, 5th ed., Wiley, part IV.

Problems 1 (food manufacture, pages 253-254), 3 (factory planning, 255-256) and 6 (refinery optimisation,
258-260); optima as in part IV and, to the digits used here, in Gurobi's and SAS's editions of the same
problems.
"""

from __future__ import annotations

import pytest

from published.answers import activities, clearing, consumption, exact, prices, printed

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun")
MADE = {
    "jan": ("500.0", "888.6", "382.5", "300.0", "800.0", "200.0", "0.0"),
    "feb": ("700.0", "600.0", "117.5", "0.0", "500.0", "300.0", "250.0"),
    "mar": ("0.0", "0.0", "0.0", "0.0", "0.0", "400.0", "0.0"),
    "apr": ("200.0", "300.0", "400.0", "500.0", "200.0", "0.0", "100.0"),
    "may": ("0.0", "100.0", "600.0", "100.0", "1100.0", "300.0", "100.0"),
    "jun": ("550.0", "550.0", "0.0", "350.0", "0.0", "550.0", "0.0"),
}


def test_food_profit_over_six_months() -> None:
    assert clearing("williams_2013_food").objective == printed("107842.59")


def test_food_of_the_last_month_is_blended_as_published() -> None:
    # earlier months may swap oils at no cost, so only June's blend and purchases are unique
    refined = activities("williams_2013_food")
    assert refined["vegetable_line_jun", "refine_veg_1"] == printed("159.3")
    assert refined["vegetable_line_jun", "refine_veg_2"] == printed("40.7")
    assert refined["other_line_jun", "refine_oil_2"] == printed("250.0")


def test_factory_profit_over_six_months() -> None:
    assert clearing("williams_2013_factory").objective == printed("93715.18")


@pytest.mark.parametrize("month", MONTHS)
def test_factory_makes_each_product_as_published(month: str) -> None:
    made = activities("williams_2013_factory")
    for product, amount in enumerate(MADE[month], start=1):
        assert made[f"product_{product}_{month}", f"make_product_{product}"] == printed(amount), product


def test_refinery_profit() -> None:
    assert clearing("williams_2013_refinery").objective == printed("211365.13")


def test_refinery_products() -> None:
    # which naphtha goes into which grade is not unique; what is sold is
    sold = consumption("williams_2013_refinery")
    assert sold["premium", "site"] == printed("6817.78")
    assert sold["regular", "site"] == printed("17044.45")
    assert sold["jet_fuel", "site"] == printed("15156.00")
    assert sold["fuel_oil", "site"] == printed("0.00")
    assert sold["lube_oil", "site"] == printed("500.00")


def test_refinery_crudes_and_units() -> None:
    run = activities("williams_2013_refinery")
    assert run["distillation", "distil_crude_1"] == printed("15000.0")
    assert run["distillation", "distil_crude_2"] == printed("30000.0")
    assert run["reformer", "reform_heavy_naphtha"] == printed("5406.86")
    assert run["cracker", "crack_light_oil"] == printed("4200.0")
    assert run["cracker", "crack_heavy_oil"] == printed("3800.0")


def test_refinery_products_are_worth_what_they_sell_for() -> None:
    worth = prices("williams_2013_refinery")
    assert worth["premium", "site"] == exact(7)
    assert worth["regular", "site"] == exact(6)
    assert worth["jet_fuel", "site"] == exact(4)
