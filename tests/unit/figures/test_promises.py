"""Pictures of promises and beliefs draw the numbers of their tables and nothing else."""

from __future__ import annotations

import pytest

from xenotime.figures.beliefs import belief_path, tone_lines
from xenotime.figures.promises import label, promise_path, promises_delivered, promises_when

PROMISE = {
    "commitment": "A",
    "what": "soybeans <b>",
    "date": "2025-01-01",
    "deadline": "2025-12-31",
    "status": "partly",
    "ratio": 0.7,
    "low": 0.6,
    "high": 0.9,
    "grade": "B",
}


def test_a_promise_is_drawn_with_its_range() -> None:
    figure = promises_delivered([PROMISE, {**PROMISE, "commitment": "B", "ratio": None}], "One.")
    (trace,) = figure.data
    assert (list(trace.x), trace.name) == ([0.7], "partly")
    assert list(trace.y) == ["A <i>soybeans &lt;b&gt;</i>"]
    assert trace.error_x.array == pytest.approx((0.2,))
    assert trace.error_x.arrayminus == pytest.approx((0.1,))
    assert "&lt;b&gt;" in trace.customdata[0][0]


def test_a_promise_without_a_date_reaches_to_the_day_of_the_ledger() -> None:
    rows = [PROMISE, {**PROMISE, "commitment": "B", "deadline": "", "status": "not_computable"}]
    figure = promises_when(rows, "2026-06-30", "When.")
    assert list(figure.data[0].x) == ["2025-01-01", "2025-12-31"]
    assert list(figure.data[1].x) == ["2025-01-01", "2026-06-30"]
    assert [trace.name for trace in figure.data] == ["partly", "not computable"]


def test_a_path_is_in_the_order_of_days() -> None:
    row = {"date": "2025-02-28", "due": 2.0, "delivered": 1.0, "low": 0.5, "high": 1.5, "unit": "t"}
    figure = promise_path([row, {**row, "date": "2025-01-31", "due": 1.0, "delivered": 0.5}], "Path.")
    due, delivered = figure.data
    assert list(due.x) == ["2025-01-31", "2025-02-28"]
    assert list(due.y) == [1.0, 2.0]
    assert list(delivered.y) == [0.5, 1.0]


def test_a_belief_is_stacked_with_words_and_what_came() -> None:
    beliefs = [
        {"month": "2025-06", "regime": "open", "probability": 0.7},
        {"month": "2025-06", "regime": "closed", "probability": 0.3},
        {"month": "2025-06", "regime": "licensed", "probability": 0.0},
    ]
    words = [
        {"month": "2025-06", "entry": "e", "ratio": 3.0, "reason": "r"},
        {"month": "2025-06", "entry": "f", "ratio": 1.0, "reason": "echo"},
    ]
    figure = belief_path(beliefs, words, [{"month": "2025-06", "came": "open or suspended"}], "Believed.")
    bars = {trace.name: list(trace.y) for trace in figure.data if trace.type == "bar"}
    assert bars == {"open": [0.7], "closed": [0.3]}
    marks = {trace.name: len(trace.x) for trace in figure.data if trace.type == "scatter"}
    assert marks == {"words that moved it": 1, "what came": 1}


def test_months_without_a_tone_are_a_gap() -> None:
    rows = [
        {"month": "2025-05", "tone": 1.0, "weight": 1.0, "count": 2, "talks": 0},
        {"month": "2025-06", "tone": None, "weight": 0.0, "count": 0, "talks": 0},
    ]
    assert list(tone_lines(rows, "Tone.").data[0].y) == [1.0, None]


def test_nothing_to_draw_is_said() -> None:
    assert not promises_delivered([], "None.").data
    assert not promises_when([], "2026-06-30", "None.").data
    assert not promise_path([], "None.").data
    assert not belief_path([], [], [], "None.").data
    assert not tone_lines([], "None.").data


def test_a_label_has_as_many_words_as_there_is_room_for() -> None:
    long = {**PROMISE, "what": "general licences for rare earths, Ga, Ge, Sb, graphite"}
    assert label(long) == "A <i>general licences for rare …</i>"
