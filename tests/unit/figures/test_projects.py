"""Pictures of a project hold what its rows hold, and say so where there is nothing."""

from __future__ import annotations

from typing import Any

import pytest

from xenotime.figures.projects import TOP, effect_bars, price_bands, value_bars


def value(case: str, supports: str, mean: float) -> dict[str, Any]:
    return {"case": case, "supports": supports, "value": mean, "low": mean - 2, "high": mean + 3}


def test_bars_of_value_have_the_range_of_draws_and_a_colour_for_each_case() -> None:
    figure = value_bars([value("a", "all", 5.0), value("a", "none", -1.0), value("b", "all", 7.0)], "V")
    first, second = figure.data
    assert list(first.x) == [-1.0, 5.0]
    assert list(first.error_x.array) == [3.0, 3.0]
    assert list(first.error_x.arrayminus) == [2.0, 2.0]
    assert first.marker.color != second.marker.color


def test_prices_of_the_dearest_goods_are_drawn_with_their_band() -> None:
    rows = [
        {"case": "a", "material": f"good{k}", "region": "A", "from": month, **value("", "", 10.0 * k + 5)}
        for k in range(8)
        for month in ("2025-01", "2026-01")
    ]
    figure = price_bands(rows, "P")
    shown = [trace.name for trace in figure.data if trace.showlegend is not False]
    assert shown[0].startswith("good7")
    assert len(shown) == 6
    assert len(figure.data) == 3 * len(shown)


def test_the_furthest_prices_of_others_are_drawn_whichever_way() -> None:
    rows = [
        {"case": "a", "material": "ore", "region": f"R{k}", "value": 0.01 * k * (-1) ** k} for k in range(20)
    ]
    (bars,) = effect_bars(rows, "E").data
    assert len(bars.x) == TOP
    assert max(abs(x) for x in bars.x) == pytest.approx(0.19)


@pytest.mark.parametrize("draw", [value_bars, price_bands, effect_bars])
def test_nothing_is_a_picture_that_says_so(draw: Any) -> None:
    figure = draw([], "Nothing here")
    assert not figure.data
    assert figure.layout.xaxis.visible is False
