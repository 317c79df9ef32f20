"""Miranda, M. J. and Fackler, P. L. (2002), Applied Computational Economics and Finance, MIT Press.

The three-country spatial equilibrium (chapter 3, page 56; program demslv14) and the market shared by a
home and an export demand of constant elasticity (chapter 1, page 3; program demintro01). Numbers as
printed by the programs in Romero-Aguilar's edition of them.
"""

from __future__ import annotations

from published.answers import flows, prices, printed


def test_three_countries_trade_at_prices_apart_by_freight() -> None:
    assert prices("miranda_fackler_2002_trade") == {
        ("good", "country_1"): printed("24.0000"),
        ("good", "country_2"): printed("27.0000"),
        ("good", "country_3"): printed("30.0000"),
    }


def test_three_countries_net_exports() -> None:
    # who ships to whom is not unique (two ways from 1 to 3 cost the same), who exports how much is
    net = dict.fromkeys(("country_1", "country_2", "country_3"), 0.0)
    for (_, origin, destination), amount in flows("miranda_fackler_2002_trade").items():
        net[origin] += amount
        net[destination] -= amount
    assert net == {
        "country_1": printed("6.0000"),
        "country_2": printed("3.0000"),
        "country_3": printed("-9.0000"),
    }


def test_three_countries_in_autarky() -> None:
    assert prices("miranda_fackler_2002_autarky") == {
        ("good", "country_1"): printed("20.0"),
        ("good", "country_2"): printed("23.4"),
        ("good", "country_3"): printed("34.5"),
    }


def test_home_and_export_demand_of_constant_elasticity_share_two_units() -> None:
    # the reference point of both curves is a price of one; the answer lies far down the curves
    assert prices("miranda_fackler_2002_two_markets") == {
        ("good", "home"): printed("0.1542"),
        ("good", "abroad"): printed("0.1542"),
    }
