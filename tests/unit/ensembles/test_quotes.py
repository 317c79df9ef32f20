"""Quotes on one footing, and which of two markets may be compared."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from xenotime.ensembles.door import observed_until
from xenotime.ensembles.quotes import Quote, in_dollars, near_pairs, ratio, read_rates
from xenotime.errors import NoAnswer
from xenotime.facts.load import load_facts


def row(market: str, period: str, day: str = "", kind: str = "quote", **more: Any) -> Any:
    plain = {"material": "Ce_oxide", "unit": "USD/t", "vat": 0.0, "value": 10.0, "low": 8.0, "high": 12.0}
    return SimpleNamespace(**{**plain, **more}, market=market, period=period, day=day, kind=kind)


def test_yuan_with_tax_by_hand() -> None:
    # 14,750 / 1.17 = 12,606.8376 CNY without tax; / 6.14 = 2,053.2309 USD
    quote = row("inside_china", "2014-10", unit="CNY/t", vat=0.17, value=14750.0, low=14000.0, high=15500.0)
    found = in_dollars(quote, {2014: 6.14})
    assert found.value == pytest.approx(2053.2309, abs=1e-4)
    assert found.low == pytest.approx(14000 / 1.17 / 6.14)


def test_a_year_without_a_rate_has_no_answer() -> None:
    with pytest.raises(NoAnswer, match="no rate of 1999"):
        in_dollars(row("inside_china", "1999-01", unit="CNY/t"), {2014: 6.14})


def test_the_range_of_a_ratio_takes_opposite_ends() -> None:
    assert ratio(Quote(6.0, 5.0, 8.0), Quote(2.0, 1.0, 4.0)) == Quote(3.0, 1.25, 8.0)


def test_quotes_more_than_sixty_days_apart_are_not_compared() -> None:
    inner = row("inside_china", "2012-03", "2012-03-09")
    near, far = row("world", "2012-02"), row("fob_china", "2011-12", "2011-12-31")
    assert near_pairs([inner, near, far]) == ((near, inner),)
    assert near_pairs([inner, far]) == ()


def test_averages_of_a_quarter_are_no_quotes() -> None:
    inner = row("inside_china", "2011-05")
    assert near_pairs([inner, row("fob_china", "2011-Q2", kind="quarter_average")]) == ()


def test_another_form_is_not_compared() -> None:
    assert near_pairs([row("inside_china", "2012-03"), row("world", "2012-03", material="Ce_metal")]) == ()


def test_the_record_holds_the_gap_of_october_2014() -> None:
    """Border over inside for cerium: 4,750 over 14,750 / 1.17 / 6.14, a few months before the taxes ended."""
    rows = observed_until("2015-12", load_facts()).observed_prices
    rates = read_rates(load_facts())
    pairs = [(a, b) for a, b in near_pairs(rows) if (a.material, b.day) == ("Ce_oxide", "2014-10-02")]
    gap = ratio(*(in_dollars(quote, rates) for quote in pairs[0]))
    assert gap.value == pytest.approx(2.313, abs=0.01)
