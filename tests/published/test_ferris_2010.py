"""Ferris, M. and Dirkse, S. (2010), Transportation model as equilibrium problem, GAMS EMP Library no. 45
(TRANSEQL).

Dantzig's canneries with demands of constant elasticity 1.5, 1.2 and 2.0 drawn through the prices and
quantities of the fixed-demand problem; the library states that the flexible model reproduces the fixed
one. The folder gives each curve by its point at a price of one, four to eight times the answer, so the
answer is found on the curve and not read off it.
"""

from __future__ import annotations

from published.answers import consumption, exact, flows, prices, printed

WORLD = "ferris_2010_flexible_transport"


def test_flexible_demand_reproduces_fixed_prices() -> None:
    found = prices(WORLD)
    assert found["case", "new_york"] == printed("0.225")
    assert found["case", "chicago"] == printed("0.153")
    assert found["case", "topeka"] == printed("0.126")
    assert found["case", "seattle"] == printed("0.000")
    assert found["case", "san_diego"] == printed("0.000")


def test_flexible_demand_reproduces_fixed_quantities() -> None:
    assert consumption(WORLD) == {
        ("case", "new_york"): exact(325),
        ("case", "chicago"): exact(300),
        ("case", "topeka"): exact(275),
    }


def test_flexible_demand_reproduces_fixed_shipments() -> None:
    shipped = flows(WORLD)
    assert shipped["case", "seattle", "chicago"] == exact(300)
    assert shipped["case", "san_diego", "topeka"] == exact(275)
