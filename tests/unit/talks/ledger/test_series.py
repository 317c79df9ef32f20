"""Delivered series: the best cover of a time by points that may overlap."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from xenotime.facts.load import load_facts
from xenotime.talks.ledger.days import first_day, last_day
from xenotime.talks.ledger.series import Point, cover, rates, series_points


def point(start: int, end: int, value: float = 1.0) -> Point:
    return Point(start, end, value, value, value, "A", "s")


SPANS = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 6)).map(lambda pair: point(pair[0], pair[0] + pair[1])),
    max_size=7,
)


def days_covered(pieces: tuple[Point, ...]) -> int:
    return sum(piece.days for piece in pieces)


@given(SPANS)
def test_no_other_choice_covers_more_days(points: list[Point]) -> None:
    best = cover(points, 2, 18)
    assert all(p.start >= 2 and p.end <= 18 for p in best)
    assert all(a.end < b.start for a, b in itertools.pairwise(best))
    inside = [p for p in points if p.start >= 2 and p.end <= 18]
    for size in range(len(inside) + 1):
        for chosen in itertools.combinations(sorted(inside, key=lambda p: p.start), size):
            if all(a.end < b.start for a, b in itertools.pairwise(chosen)):
                assert days_covered(chosen) <= days_covered(best)


@given(SPANS, st.randoms(use_true_random=False))
def test_the_order_of_points_changes_nothing(points: list[Point], random: object) -> None:
    mixed = list(points)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert cover(points, 0, 26) == cover(mixed, 0, 26)


def test_a_running_total_is_taken_before_its_parts() -> None:
    whole, parts = point(1, 10, 30.0), [point(1, 5, 10.0), point(6, 10, 20.0)]
    assert cover([*parts, whole], 1, 10) == (whole,)


def test_rates_know_what_came_between_two_totals() -> None:
    found = rates([point(1, 10, 10.0), point(1, 20, 30.0)])
    assert (20, 10.0, 2.0) in found


def test_observed_exports_and_own_rows_are_one_series() -> None:
    points = series_points(load_facts(), "exports/magnets/CHN/USA")
    by_month = {p.start: p.value for p in points if p.days < 32}
    assert by_month[first_day("2025-05")] == 46.4  # observed
    assert by_month[first_day("2026-03")] == 406  # own row
    years = [p for p in points if p.start == first_day("2025") and p.end == last_day("2025")]
    assert [p.value for p in years] == [5933]


def test_quota_use_is_read_with_its_periods() -> None:
    points = series_points(load_facts(), "quota_use/rare_earths/CHN")
    assert any(p.value == 16265 and p.days == 366 for p in points)
