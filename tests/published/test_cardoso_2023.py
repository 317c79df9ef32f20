"""Cardoso, D. S. (2023), Solving a spatial general equilibrium model in Julia, AGEC 652 unit 3.2, Purdue
University.

Two countries with supply and demand of constant elasticity: borders closed, open, open at a freight, and
open at a freight on lanes of limited capacity. The notebook prints whole doubles of iterations stopped at
a residual of 1e-8.
"""

from __future__ import annotations

from published.answers import exact, flows, prices, printed, rent

HOME, ABROAD = ("good", "country_1"), ("good", "country_2")
IMPORTS, EXPORTS = ("good", "country_2", "country_1"), ("good", "country_1", "country_2")


def test_ban_brings_back_the_prices_of_autarky() -> None:
    assert prices("cardoso_2023_banned") == {
        HOME: exact(1.3871436293699804),
        ABROAD: exact(0.7735838759133007),
    }


def test_free_trade_has_one_price() -> None:
    assert prices("cardoso_2023_free") == {HOME: exact(1.0), ABROAD: exact(1.0)}
    # carrying is free both ways, so only the difference of the two flows is determined
    shipped = flows("cardoso_2023_free")
    assert shipped[IMPORTS] - shipped[EXPORTS] == exact(3.0)


def test_freight_holds_prices_apart() -> None:
    assert prices("cardoso_2023_freight") == {
        HOME: exact(1.116994073995761),
        ABROAD: exact(0.9169940739957608),
    }
    assert flows("cardoso_2023_freight")[IMPORTS] == exact(1.9910106139888089)


def test_full_lane_holds_prices_further_apart_and_earns_the_difference() -> None:
    assert prices("cardoso_2023_limited") == {
        HOME: exact(1.1790808075246417),
        ABROAD: exact(0.879045725555841),
    }
    assert flows("cardoso_2023_limited")[IMPORTS] == printed("1.5000000")
    assert rent("cardoso_2023_limited", "lane_limit")["value"] == exact(0.10003508196880068)
