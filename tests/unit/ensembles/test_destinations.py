"""What buyers pay above the origin and when their lines first stop, on numbers one can follow."""

from __future__ import annotations

from dataclasses import replace

import pytest

from unit.ensembles.tiny_backtest import EPISODE, quote
from xenotime.ensembles.destinations import (
    first_stop,
    first_stop_targets,
    premium_targets,
    reported,
)
from xenotime.ensembles.door import FIT_UNTIL, Observed
from xenotime.ensembles.measured import observed_value, predicted_value
from xenotime.ensembles.series import Series

MONTHS = tuple(f"2010-{month:02d}" for month in range(1, 13))
WHOLE = replace(EPISODE, months=12, scored=("2010-04", "2010-12"), stopped=0.02)


def series(**rows: list[float]) -> Series:
    named = {name.replace("__", "/"): row for name, row in rows.items()}
    return Series(MONTHS, {name: row[0] for name, row in named.items()}, named)


def seen(*prices: object) -> Observed:
    return Observed(FIT_UNTIL, prices, (), (), ())


def test_a_premium_is_the_buyer_over_the_origin_in_the_month_of_the_origin() -> None:
    outer = quote("Dy_oxide", "2010-06", 90.0, market="europe")
    inner = quote("Dy_oxide", "2010-05", 30.0, market="inside_china")
    (target,) = premium_targets(WHOLE, seen(outer, inner))
    assert target.target == "premium/Dy_oxide/europe:inside_china/2010-05"
    found = observed_value(target, seen(outer, inner), {}, {})
    assert found is not None
    assert found.value == 3.0
    # ranges of a tenth either way, at opposite ends: 81 / 33 and 99 / 27
    assert (found.low, found.high) == (pytest.approx(81 / 33), pytest.approx(99 / 27))
    run = series(outside__Dy_oxide__europe=[10.0] * 4 + [40.0] * 8, inside__Dy_oxide=[8.0] * 12)
    assert predicted_value(target, run) == 5.0


def test_a_premium_needs_both_quotes_within_sixty_days_and_in_the_scored_time() -> None:
    inner = quote("Dy_oxide", "2010-05", 30.0, market="inside_china")
    assert premium_targets(WHOLE, seen(inner, quote("Dy_oxide", "2010-09", 90.0, market="europe"))) == ()
    assert premium_targets(WHOLE, seen(inner, quote("Tb_oxide", "2010-05", 90.0, market="europe"))) == ()
    early = quote("Dy_oxide", "2010-03", 30.0, market="inside_china")
    assert premium_targets(WHOLE, seen(early, quote("Dy_oxide", "2010-03", 90.0, market="europe"))) == ()


def test_a_premium_that_is_excluded_is_not_asked() -> None:
    outer, inner = (quote("Dy_oxide", "2010-05", v, market=m) for v, m in ((9.0, "usa"), (3.0, "fob_china")))
    (target,) = premium_targets(WHOLE, seen(outer, inner))
    left_out = replace(WHOLE, excluded={target.target: "a thin market"})
    assert premium_targets(left_out, seen(outer, inner)) == ()


def test_the_first_stop_counts_months_from_the_first_scored() -> None:
    (target,) = first_stop_targets(WHOLE, ["JPN"])
    # shares missing by sector: wind never beyond 2 %, cars from July on, three months after April
    run = series(missing__JPN__wind=[0.0] * 11 + [0.02], missing__JPN__cars=[0.0] * 6 + [0.1] * 6)
    assert first_stop(target, run) == 3.0
    assert predicted_value(target, run) == 3.0


def test_where_nothing_stops_every_scored_month_counts() -> None:
    (target,) = first_stop_targets(WHOLE, ["JPN"])
    assert first_stop(target, series(missing__JPN__cars=[0.5] * 3 + [0.0] * 9)) == 9.0


def test_a_run_that_is_too_short_or_knows_no_user_there_says_nothing() -> None:
    (target,) = first_stop_targets(WHOLE, ["JPN"])
    assert first_stop(target, series(missing__DEU__cars=[0.5] * 12)) is None
    assert first_stop(target, Series(MONTHS[:8], {}, {"missing/JPN/cars": [0.5] * 8})) is None


def test_reports_say_the_first_month_or_that_nobody_stopped_or_nothing() -> None:
    (target,) = first_stop_targets(WHOLE, ["JPN"])
    reports = {
        ("JPN", "2010-05"): 0.0,
        ("JPN", "2010-08"): 1.0,
        ("JPN", "2010-06"): 1.0,
        ("DEU", "2010-04"): 1.0,
    }
    assert reported(target, reports).value == 2.0  # type: ignore[union-attr]
    assert reported(target, {("JPN", "2010-05"): 0.0}).value == 9.0  # type: ignore[union-attr]
    assert reported(target, {("DEU", "2010-05"): 1.0}) is None
    assert reported(replace(target, kind="loser"), reports).value == 1.0  # type: ignore[union-attr]


def test_an_episode_without_a_threshold_asks_nobody() -> None:
    assert first_stop_targets(replace(WHOLE, stopped=0.0), ["JPN"]) == ()
