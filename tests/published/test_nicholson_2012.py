"""Nicholson, W. and Snyder, C. (2012), Microeconomic Theory: Basic Principles and Extensions, 11th ed.,
chapter 12.

The worked example of a car market whose demand and supply have constant elasticities -1.2 and 1.
"""

from __future__ import annotations

import pytest

from published.answers import consumption, prices, printed

CAR = ("automobile", "market")


def test_car_market_clears_where_two_constant_elasticities_meet() -> None:
    assert prices("nicholson_2012_automobiles") == {CAR: printed("9957")}
    # printed to the thousand: 12,745,000
    assert consumption("nicholson_2012_automobiles")[CAR] == pytest.approx(12_745_000, abs=500, rel=0)
