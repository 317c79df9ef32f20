"""Forecasts of shipments and their scores, against sums done another way."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.talks.belief.frozen import load_frozen
from xenotime.talks.belief.shipments import Forecast, brier, crps, forecast_shares, log_score, point

PARAMETERS, _ = load_frozen()
CLASSES = (("open", "suspended"), ("licensed",), ("closed",))


@given(
    st.lists(st.floats(0, 2), min_size=1, max_size=6),
    st.floats(0, 2),
)
def test_crps_is_the_integral_of_squared_distance(shares: list[float], observed: float) -> None:
    forecast = Forecast(tuple(shares), (1 / len(shares),) * len(shares))
    grid = np.linspace(-0.5, 2.5, 30_001)
    below = np.mean(np.array(shares)[:, None] <= grid[None, :], axis=0)
    integral = np.trapezoid((below - (observed <= grid)) ** 2, grid)
    assert crps(forecast, observed) == pytest.approx(integral, abs=2e-3)


def test_a_point_scores_its_absolute_error() -> None:
    assert crps(point(0.4), 1.0) == pytest.approx(0.6)


def test_weights_are_the_chances() -> None:
    forecast = forecast_shares({"open": 0.5, "licensed": 0.3, "closed": 0.2}, None, PARAMETERS)
    assert sum(forecast.weights) == pytest.approx(1)
    seen = PARAMETERS.seen
    expected = 0.3 * np.mean(seen["licensed"]) + 0.2 * np.mean(seen["closed"])
    assert forecast.mean == pytest.approx(expected + 0.5 * 1.0, abs=0.02)
    assert forecast.quantile(0.1) <= forecast.quantile(0.5) <= forecast.quantile(0.9)


def test_where_a_regime_goes_on_the_last_month_does() -> None:
    going_on = forecast_shares({"licensed": 1.0}, 0.6, PARAMETERS)
    assert going_on.mean == pytest.approx(0.6, rel=0.05)
    assert forecast_shares({"licensed": 1.0}, 1.2, PARAMETERS).mean == pytest.approx(
        float(np.mean(PARAMETERS.seen["licensed"]))
    )


def test_scores_by_hand() -> None:
    chances = {"open": 0.5, "suspended": 0.1, "licensed": 0.3, "closed": 0.1}
    assert log_score(chances, CLASSES[0], 1e-3) == pytest.approx(-math.log(0.6))
    assert log_score({"open": 1.0}, CLASSES[2], 1e-3) == pytest.approx(-math.log(1e-3))
    assert brier(chances, CLASSES, CLASSES[1]) == pytest.approx(0.6**2 + 0.7**2 + 0.1**2)
    assert brier({"closed": 1.0}, CLASSES, CLASSES[2]) == 0
