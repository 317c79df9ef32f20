"""Kendrick, D., Meeraus, A. and Alatorre, J. (1984), The Planning of Investment Programs in the Steel
Industry, Johns Hopkins University Press, chapter 3: the small static model of the Mexican steel sector.

Five works with intermediates (pig iron, sponge iron), three markets, imports and limited exports. Data
and optimum as in the GAMS Model Library (MEXSS); quantities in million tonnes, money in million dollars.
"""

from __future__ import annotations

from published.answers import clearing, consumption, exact, printed

WORLD = "kendrick_1984_mexican_steel"


def test_total_cost_of_the_sector() -> None:
    assert -clearing(WORLD).objective == printed("538.8112")


def test_markets_are_served_in_full() -> None:
    # 5.209 million tonnes of goods, 40 per cent more of raw steel, split 55 : 30 : 15
    served = consumption(WORLD)
    assert served["steel", "mexico_df"] == exact(5.209 * 1.4 * 0.55)
    assert served["steel", "monterrey"] == exact(5.209 * 1.4 * 0.30)
    assert served["steel", "guadalaja"] == exact(5.209 * 1.4 * 0.15)
