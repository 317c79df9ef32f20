"""Targets are made from keys, once each, and mean what their names say."""

from __future__ import annotations

from dataclasses import replace
from math import log
from types import SimpleNamespace
from typing import Any

import pytest

from unit.ensembles.tiny_backtest import EPISODE, quote
from xenotime.ensembles.door import FIT_UNTIL, LAST_USED, Observed, keys_until, observed_until
from xenotime.ensembles.episodes import find_episodes, load_episodes
from xenotime.ensembles.measured import observed_value, predicted_value
from xenotime.ensembles.series import Series
from xenotime.ensembles.targets import (
    Target,
    forecast_targets,
    loser_targets,
    make_targets,
    target_from,
)
from xenotime.errors import InputProblems
from xenotime.facts.load import load_facts

MONTHS = tuple(f"2010-{month:02d}" for month in range(1, 13))
YEAR = replace(EPISODE, months=12, quota=("*",), scored=("2010-01", "2010-12"))


def seen(*prices: Any, quota_use: tuple[Any, ...] = (), exports: tuple[Any, ...] = ()) -> Observed:
    return Observed(FIT_UNTIL, prices, exports, (), quota_use)


def one(observed: Observed, start: str) -> Target:
    (found,) = [t for t in make_targets(YEAR, observed) if t.target.startswith(start)]
    return found


def series(**values: list[float]) -> Series:
    named = {name.replace("__", "/"): row for name, row in values.items()}
    return Series(MONTHS, {name: row[0] for name, row in named.items()}, named)


def test_a_price_is_a_multiple_of_the_base_quote_and_of_the_base_month() -> None:
    observed = seen(quote("Nd_oxide", "2009", 20.0), quote("Nd_oxide", "2010-Q2", 50.0))
    target = one(observed, "price/")
    assert (target.first, target.last) == ("2010-04", "2010-06")
    assert observed_value(target, observed, {}, {}).value == pytest.approx(2.5)  # type: ignore[union-attr]
    run = series(fob__Nd_oxide=[10.0] * 3 + [20.0, 30.0, 40.0] + [10.0] * 6)
    assert predicted_value(target, run) == pytest.approx(3.0)


def test_without_a_base_quote_the_base_month_of_the_model_stands_in() -> None:
    observed = seen(quote("Nd_oxide", "2010-05", 50.0, market="inside_china"))
    target = one(observed, "price/")
    assert target.base == ()
    found = observed_value(target, observed, {}, {"inside/Nd_oxide": 25.0})
    assert found is not None
    assert found.value == 2.0


def test_a_quote_at_the_end_of_a_year_is_about_december() -> None:
    target = one(seen(quote("Nd_oxide", "2010", 50.0, kind="year_end")), "price/")
    assert (target.first, target.last) == ("2010-12", "2010-12")


def test_the_gap_is_border_over_inside_in_the_month_of_the_inside_quote() -> None:
    observed = seen(
        quote("Nd_oxide", "2010-05", 60.0), quote("Nd_oxide", "2010-06", 20.0, market="inside_china")
    )
    target = one(observed, "gap/")
    assert observed_value(target, observed, {}, {}).value == 3.0  # type: ignore[union-attr]
    run = series(fob__Nd_oxide=[8.0] * 12, inside__Nd_oxide=[4.0] * 12)
    assert predicted_value(target, run) == 2.0


def test_an_unfilled_quota_is_below_zero() -> None:
    rows = tuple(
        SimpleNamespace(
            region="A", category="total", measure=measure, period="2010", value=value, low=value, high=value
        )
        for measure, value in (("quota", 400.0), ("exports", 200.0))
    )
    observed = seen(quota_use=rows)
    target = one(observed, "unfilled/")
    assert observed_value(target, observed, {}, {}).value == pytest.approx(log(0.5))  # type: ignore[union-attr]
    run = series(export__quota__WLD=[25.0] * 12)
    assert predicted_value(target, run) == pytest.approx(log(300 / 400))
    assert predicted_value(one(observed, "export/quota"), run) == 300.0


def test_the_quarter_of_the_peak_and_its_range() -> None:
    rows = [quote("Nd_oxide", f"2010-Q{q}", value) for q, value in ((1, 5.0), (2, 9.5), (3, 10.0), (4, 6.0))]
    observed = seen(*rows)
    target = one(observed, "peak-quarter/Nd")
    found = observed_value(target, observed, {}, {})
    assert found is not None
    assert (found.value, found.low, found.high) == (2.0, 1.0, 2.0)  # 9.5 may have been 10.45
    assert predicted_value(target, series(fob__Nd_oxide=[1.0] * 9 + [2.0] * 3)) == 3.0


def test_the_order_of_peaks_is_the_logarithm_of_their_ratio() -> None:
    observed = seen(
        quote("Nd_oxide", "2009", 10.0),
        quote("Dy_oxide", "2009", 10.0),
        quote("Nd_oxide", "2010-Q2", 40.0),
        quote("Dy_oxide", "2010-Q3", 20.0),
    )
    target = one(observed, "peak-order/Nd_oxide>Dy_oxide")
    assert observed_value(target, observed, {}, {}).value == pytest.approx(log(2))  # type: ignore[union-attr]
    run = series(fob__Nd_oxide=[1.0] * 9 + [3.0] * 3, fob__Dy_oxide=[2.0] * 9 + [12.0] * 3)
    assert predicted_value(target, run) == pytest.approx(log(3 / 6))


def test_light_falling_faster_is_below_zero() -> None:
    episode = replace(YEAR, light=("Ce_oxide",), heavy=("Dy_oxide",))
    observed = seen(
        quote("Ce_oxide", "2010-Q2", 40.0),
        quote("Dy_oxide", "2010-Q2", 40.0),
        quote("Ce_oxide", "2010", 10.0, kind="year_end"),
        quote("Dy_oxide", "2010", 20.0, kind="year_end"),
    )
    (target,) = [t for t in make_targets(episode, observed) if t.target.startswith("light")]
    assert observed_value(target, observed, {}, {}).value == pytest.approx(log(0.25) - log(0.5))  # type: ignore[union-attr]
    run = series(
        fob__Ce_oxide=[1.0, 1, 1, 8, 8, 8, 1, 1, 1, 1, 1, 2.0], fob__Dy_oxide=[1.0, 1, 1, 4, 4, 4] + [2.0] * 6
    )
    assert predicted_value(target, run) == pytest.approx(log(2 / 8) - log(2 / 4))


def test_a_line_stops_where_some_sector_misses_more_than_given() -> None:
    (target, *_) = loser_targets(replace(YEAR, stopped=0.1), ["B"])
    run = {"missing__B__cars": [0.0, 0.2, 0.0] + [0.0] * 9, "missing__B__wind": [0.0] * 12}
    assert predicted_value(target, series(**run)) == 1.0
    assert predicted_value(replace(target, given=0.3), series(**run)) == 0.0
    assert loser_targets(YEAR, ["B"]) == ()


def test_aggregates_are_never_the_signal_of_a_control() -> None:
    rows = tuple(
        SimpleNamespace(product=name, origin="A", destination="WLD", period="2010-05", value=1, low=1, high=1)
        for name in ("rare_earths", "magnets")
    )
    found = [t.target for t in make_targets(YEAR, seen(exports=rows))]
    assert found == ["export/magnets/WLD/2010-05"]


def test_an_excluded_target_is_left_out() -> None:
    rows = seen(quote("Nd_oxide", "2010-05", 1.0))
    assert make_targets(YEAR, rows)
    name = make_targets(YEAR, rows)[0].target
    assert name not in {t.target for t in make_targets(replace(YEAR, excluded={name: "why"}), rows)}


def test_targets_come_back_from_json_as_they_were() -> None:
    observed = seen(quote("Nd_oxide", "2009", 20.0), quote("Nd_oxide", "2010-Q2", 50.0))
    for target in make_targets(YEAR, observed):
        assert target_from(target.plain()) == target


@pytest.mark.parametrize("episode", load_episodes(), ids=lambda e: e.episode)
def test_targets_of_shipped_episodes_need_keys_only(episode: Any) -> None:
    """Values of rows after 2015 raise when looked at, and every name is used once."""
    keys = keys_until(LAST_USED, load_facts())
    found = forecast_targets(episode) if episode.sample == "forecast" else make_targets(episode, keys)
    assert len({t.target for t in found}) == len(found) > 10
    assert all(t.first <= t.last <= episode.run_months()[-1] for t in found)
    for target in found:
        for name in episode.base:
            assert name <= episode.cut_off
        assert not target.base or all(key[5][:7] <= episode.cut_off for key in target.base)


def test_the_episode_of_2010_asks_what_its_record_shows() -> None:
    (episode,) = find_episodes("quota-2010")
    observed = observed_until(FIT_UNTIL, load_facts())
    found = {t.target: t for t in make_targets(episode, observed)}
    wanted = ("Ce_oxide>La_oxide", "La_oxide>Dy_oxide", "Dy_oxide>Nd_oxide")
    for name in (f"peak-order/{pair}" for pair in wanted):
        quote_ = observed_value(found[name], observed, {2012: 6.31, 2013: 6.2}, {})
        assert quote_ is not None
        assert quote_.value > 0, f"the record itself has {name}"
    assert sum(t.kind == "gap" for t in found.values()) >= 6
    assert "light-falls-faster/2012" in found
    assert "unfilled/2012" in found
    assert "export/quota/WLD/2011-01..2011-05" not in found


def test_an_unknown_episode_is_told_with_those_there_are() -> None:
    with pytest.raises(InputProblems, match="quota-2010"):
        find_episodes("quota-2011")
