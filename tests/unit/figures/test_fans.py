"""Fans and scatters draw the numbers of their tables, and nothing that may not be told."""

from __future__ import annotations

from typing import Any

import pytest

from unit.report.invented_ensemble import band, document, scatter
from xenotime.figures.drivers import driver
from xenotime.figures.fans import fan

MONTHS = ("2031-03", "2031-01", "2031-02")
ROWS = [band("price multiple", month, middle) for month, middle in zip(MONTHS, (4.0, 1.0, 2.0), strict=True)]


def test_a_fan_goes_up_along_the_high_and_back_along_the_low_in_order_of_months() -> None:
    outer, inner, middle = fan(ROWS, "title", "axis").data
    assert list(outer.x) == ["2031-01", "2031-02", "2031-03", "2031-03", "2031-02", "2031-01"]
    assert list(outer.y) == [2.0, 4.0, 8.0, 2.0, 1.0, 0.5]
    assert list(inner.y) == pytest.approx([1.3, 2.6, 5.2, 3.2, 1.6, 0.8])
    assert list(middle.y) == [1.0, 2.0, 4.0]


def test_without_a_middle_there_is_no_line() -> None:
    assert len(fan(ROWS, "title", "axis", middle=False).data) == 2


def test_nothing_to_draw_is_said() -> None:
    figure = fan([], "no draw says anything", "axis")
    assert not figure.data
    assert figure.layout.title.text == "no draw says anything"


def test_text_from_data_is_no_markup() -> None:
    row: dict[str, Any] = scatter("structure/x", "peak price/Xa_oxide", "structure", ("<b>one</b>", "two"))
    figure = driver(row, "<i>t</i>", "<i>a</i>", "<i>u</i>")
    told = figure.to_json()
    assert "<b>one" not in told
    assert "<i>" not in told


def test_a_narrow_range_is_on_a_straight_axis() -> None:
    (row, *_) = document()["data"]["scatter"]
    narrow = {**row, "points": [{**point, "number": 50 + point["place"]} for point in row["points"]]}
    assert driver(row, "t", "a", "u").layout.xaxis.type == "log"
    assert driver(narrow, "t", "a", "u").layout.xaxis.type is None
