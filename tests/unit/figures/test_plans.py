"""Pictures of packages hold what their rows hold, and say so where there is nothing."""

from __future__ import annotations

from typing import Any

import pytest

from xenotime.figures.plans import LABELS, frontier_plot, months_plot, regret_bars


def package(name: str, outlay: float, loss: float, on: bool) -> dict[str, Any]:
    return {
        "package": name,
        "outlay": outlay,
        "value": loss,
        "low": loss - 1e9,
        "high": loss + 2e9,
        "tail": 2 * loss,
        "on_frontier": on,
    }


def test_the_frontier_is_a_line_and_what_it_beats_are_hollow_marks() -> None:
    rows = [package("b", 2e6, 3e9, True), package("<a>", 0.0, 5e9, True), package("c", 3e6, 4e9, False)]
    line, rest, worst = frontier_plot(rows, 4e6, "F").data
    assert list(line.x) == [0.0, 2.0]
    assert list(line.y) == [5.0, 3.0]
    assert list(line.error_y.array) == [2.0, 2.0]
    assert line.text[0] == "&lt;a&gt;"
    assert list(rest.y) == [4.0]
    assert rest.marker.symbol.endswith("open")
    assert list(worst.y) == [10.0, 6.0]


def test_regret_has_a_bar_for_each_case_and_variant() -> None:
    rows = [
        {"rank": n, "package": name, "case": "x", "variant": variant, "value": 1e6 * n}
        for n, name in enumerate(("short", "a package " * 9))
        for variant in ("one", "two")
    ]
    figure = regret_bars(rows, "R")
    assert [bar.name for bar in figure.data] == ["x, one", "x, two"]
    assert list(figure.data[0].x) == [0.0, 1.0]
    assert list(figure.data[0].y) == ["0: short", "1: " + ("a package " * 9)[: LABELS - 1] + "…"]


@pytest.mark.parametrize(("unit", "scale"), [("USD", 1e9), ("share", 1.0), ("month", 1.0)])
def test_months_are_drawn_with_their_range(unit: str, scale: float) -> None:
    rows = [
        {
            "package": name,
            "month": month,
            "what": "x",
            "value": 2 * scale,
            "low": scale,
            "high": 3 * scale,
            "unit": unit,
        }
        for name in ("nothing", "all")
        for month in ("2025-01", "2025-02")
    ]
    figure = months_plot(rows, "x", "M")
    assert [trace.name for trace in figure.data if trace.showlegend] == ["nothing", "all"]
    assert [list(trace.y) for trace in figure.data[:3]] == [[2, 2], [1, 1], [3, 3]]
    assert figure.data[0].line.dash != figure.data[3].line.dash


def test_where_there_is_nothing_it_is_said() -> None:
    assert not frontier_plot([], 1.0, "F").data
    assert not regret_bars([], "R").data
    assert not months_plot([], "x", "M").data
