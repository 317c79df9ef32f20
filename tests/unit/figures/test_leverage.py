"""Pictures of leverage and of games draw the numbers of their tables and nothing else."""

from __future__ import annotations

import pytest

from xenotime.figures.bargaining import bargaining_set, clause_worth, convex_hull, weight_regions
from xenotime.figures.leverage import beside_published, gap_by_month, loss_parts, loss_surface, unit_of

SIDES = ("B <b>", "A")


def test_a_surface_has_a_row_for_each_start_and_its_numbers() -> None:
    rows = [
        {"side": "on", "start_after": start, "duration": duration, "value": 1e9 * start * duration}
        for start in (0, 12)
        for duration in (1, 2)
    ]
    figure = loss_surface(rows, "on", "Loss.")
    (trace,) = figure.data
    assert list(trace.y) == ["now", "in 12 months"]
    assert [list(line) for line in trace.z] == [[0.0, 0.0], [12.0, 24.0]]
    assert trace.zmin == -trace.zmax
    banded = loss_surface([{**row, "low": 1e9, "high": 2.5e9} for row in rows], "on", "Loss.")
    assert banded.data[0].customdata[0][0] == " (1 to 2.5)"
    assert loss_surface(rows, "by", "Nothing.").data == ()


def test_amounts_are_drawn_in_a_unit_in_which_they_can_be_read() -> None:
    rows = [{"side": "on", "start_after": 0, "duration": 1, "value": 2.45e6}]
    figure = loss_surface(rows, "on", "Loss.")
    assert figure.data[0].text[0][0] == "2.5"  # not 0.00 billion
    assert figure.data[0].colorbar.title.text == "million USD"
    assert "million USD" in figure.data[0].hovertemplate
    names = {value: unit_of([{"value": -value}])[1] for value in (2e8, 9e7, 2e4, 5.0)}
    assert list(names.values()) == ["billion USD", "million USD", "thousand USD", "USD"]
    assert unit_of([]) == (1.0, "USD")


def test_months_are_drawn_for_both_sides_by_name() -> None:
    rows = [
        {"side": side, "start_after": 0, "since": month, "value": value * 1e9}
        for side, values in (("on", (1.0, 2.0)), ("by", (0.5, -0.5)), ("gap", (0.5, 2.5)))
        for month, value in enumerate(values, 1)
    ]
    figure = gap_by_month(rows, SIDES, "Months.")
    assert [trace.name for trace in figure.data] == ["B &lt;b&gt;, begun now", "A, begun now"]
    assert list(figure.data[1].y) == [0.5, -0.5]
    assert gap_by_month([], SIDES, "Nothing.").data == ()


def test_parts_are_stacked_by_side_from_the_first_start() -> None:
    rows = [
        {"start_after": 0, "side": "on", "part": "tonnes served", "value": 2e9},
        {"start_after": 0, "side": "third", "part": "tonnes served", "value": -1e9},
        {"start_after": 0, "side": "on", "part": "producers", "value": 0.0},
        {"start_after": 12, "side": "on", "part": "tonnes served", "value": 9e9},
    ]
    (trace,) = loss_parts(rows, SIDES, "Parts.").data
    assert list(trace.x) == [2.0, 0.0, -1.0]
    assert loss_parts([], SIDES, "Nothing.").data == ()


def test_published_figures_stand_beside_ours_with_their_range() -> None:
    row = {"study": "S", "region": "USA", "value": 5.0, "low": 4.0, "high": 7.0, "ours": 6.0}
    figure = beside_published([row, {**row, "ours": None}, {**row, "ours": 0.0}], "Beside.")
    published, ours = figure.data
    assert list(published.x) == [5.0]
    assert published.error_x.array == pytest.approx((2.0,))
    assert published.error_x.arrayminus == pytest.approx((1.0,))
    assert list(ours.x) == [6.0]


FEASIBLE = [
    {"moves": ["a", "x<b>"], "payoffs": {"R": 0.0, "C": 0.0}},
    {"moves": ["a", "y"], "payoffs": {"R": 2.0, "C": 0.0}},
    {"moves": ["b", "x"], "payoffs": {"R": 0.0, "C": 2.0}},
    {"moves": ["b", "y"], "payoffs": {"R": 0.5, "C": 0.5}},
]


def test_the_bargaining_set_is_the_hull_of_all_combinations() -> None:
    points = [{"point": "nash", "payoffs": {"R": 1.0, "C": 1.0}}]
    figure = bargaining_set(FEASIBLE, points, FEASIBLE[:1], ("R", "C"), "Set.", "points")
    by = {trace.name: trace for trace in figure.data}
    assert set(zip(by["what can be agreed"].x, by["what can be agreed"].y, strict=True)) == {
        (0.0, 0.0),
        (2.0, 0.0),
        (0.0, 2.0),
    }
    assert "x&lt;b&gt;" in by["combination of moves"].text[0]
    assert list(by["equilibrium"].x) == [0.0]
    assert bargaining_set([], [], [], ("R", "C"), "Nothing.", "points").data == ()


def test_the_hull_leaves_out_what_lies_inside_and_on_its_edges() -> None:
    assert convex_hull([(0, 0), (2, 0), (1, 0), (1, 1), (0, 2), (0.2, 0.3)]) == [(0, 0), (2, 0), (0, 2)]
    assert convex_hull([(1, 1), (0, 0)]) == [(0, 0), (1, 1)]


def test_clauses_have_a_bar_for_each_player() -> None:
    rows = [{"clause": "deadline", "worth": {"R": -1.0, "C": 2.0}}]
    figure = clause_worth(rows, ("R", "C"), "Worth.", "points")
    assert [list(trace.x) for trace in figure.data] == [[-1.0], [2.0]]
    assert clause_worth([], ("R",), "Nothing.", "points").data == ()


def test_regions_of_weights_are_rectangles_within_what_is_drawn() -> None:
    players = [
        {"player": "R", "weight": 1.0, "weight_low": 0.0, "weight_high": 4.0},
        {"player": "C<b>", "weight": 0.0, "weight_low": None, "weight_high": None},
    ]
    region = [
        {"player": "R", "weight_from": None, "weight_to": 2.0},
        {"player": "C<b>", "weight_from": 1.0, "weight_to": None},
    ]
    figure = weight_regions([{"moves": ["a", "x"], "region": region}], players, "Where.", "points")
    area, point = figure.data
    (left, right), (bottom, top) = figure.layout.xaxis.range, figure.layout.yaxis.range
    assert left < 0 < 4 < right
    assert set(zip(area.x, area.y, strict=True)) == {(left, 1.0), (2.0, 1.0), (2.0, top), (left, top)}
    assert bottom < 0.0
    assert (list(point.x), list(point.y)) == ([1.0], [0.0])
    assert "C&lt;b&gt;" in figure.layout.yaxis.title.text
    assert weight_regions([], players, "Nothing.", "points").data == ()
