"""Uncertain numbers and headline numbers in words."""

from __future__ import annotations

from typing import Any

import pytest

from xenotime.figures.rows import Labels
from xenotime.report.numbers import band_words, headline_words, number_words, value_words

LABELS = Labels.of(
    [{"material": "Dy_oxide", "name": "dysprosium oxide"}], [{"region": "DEU", "name": "Germany"}]
)
MONTHS = ["2025-01", "2025-02", "2025-03"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("choke/ev_traction/magnet", "price at which ev traction stops buying (magnet)"),
        ("choke/other/oxide", "price at which other uses stops buying (oxide)"),
        ("elasticity/wind/short", "how wind answers to price, short run"),
        ("cover/user/wind/DEU/magnet", "days of cover of wind in Germany (magnet)"),
        ("cover/trader/all/WLD/oxide", "days of cover of traders (oxide)"),
        ("capacity/lyc_gebeng", "capacity of lyc gebeng"),
        ("control/approval_odds", "the control: approval odds"),
        ("behaviour/choke_scale", "behaviour: choke scale"),
        ("structure/foresight", "how far buyers and holders look ahead"),
        ("row/stocks/heavy/B/market/-/-", "stocks: heavy B market"),
        ("growth/wind", "expected growth of wind"),
        ("project/ramp_power", "projects: ramp power"),
    ],
)
def test_every_kind_of_number_has_words(name: str, words: str) -> None:
    assert number_words(name, LABELS) == words


def headline(outcome: str, about: str, **given: Any) -> dict[str, Any]:
    return {"outcome": outcome, "about": about, **given}


@pytest.mark.parametrize(
    ("outcome", "value", "words"),
    [
        ("peak price", 12.34, "12.3 x"),
        ("least availability", 0.256, "26\u00a0%"),
        ("output lost", 1.5, "1.50"),
        ("first month of shortage", 1.0, "2025-02"),
        ("first month of shortage", 3.0, "never"),
        ("shortage over", 0.0, "no shortage"),
        ("shortage over", 3.0, "after 2025-03"),
    ],
)
def test_values_have_the_sign_of_their_unit(outcome: str, value: float, words: str) -> None:
    assert value_words(headline(outcome, "x"), value, MONTHS) == words


def test_a_band_is_a_middle_a_range_or_assumed() -> None:
    row = headline("peak price", "Dy_oxide", low=2.0, median=4.0, high=9.0, quarter=3.0, three_quarters=5.0)
    assert band_words({**row, "shown": "median"}, MONTHS) == "4.00 x, nine draws in ten 2.00 x to 9.00 x"
    assert band_words({**row, "shown": "assumed"}, MONTHS) == "assumed: 2.00 x to 9.00 x"
    assert "4.00" not in band_words({**row, "shown": "range"}, MONTHS)
    same = {**row, "low": 2.0, "high": 2.0, "shown": "median"}
    assert band_words(same, MONTHS) == "2.00 x in nine draws of ten"


def test_headlines_name_the_material_as_people_do() -> None:
    assert "dysprosium oxide" in headline_words(headline("peak price", "Dy_oxide"), LABELS)
