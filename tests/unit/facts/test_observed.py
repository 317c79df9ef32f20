"""Observed series that ship, for scoring only."""

from __future__ import annotations

from xenotime.facts.load import load_facts
from xenotime.facts.observed import ObservedExport, ObservedPrice, ObservedProduction, ObservedQuotaUse


def test_months_of_magnet_exports_add_up_to_the_year() -> None:
    rows = {row.period: row for row in load_facts().rows(ObservedExport)
            if row.product == "magnets" and row.destination == "WLD"}  # fmt: skip
    months = sum(rows[f"2025-{month:02d}"].value for month in range(1, 13))
    assert rows["2025"].low <= months <= rows["2025"].high


def test_halves_of_the_export_quota_add_up_to_the_year() -> None:
    quota = {row.period: row.value for row in load_facts().rows(ObservedQuotaUse)
             if (row.category, row.measure) == ("total", "quota")}  # fmt: skip
    for year in (2009, 2010, 2011, 2014):
        assert quota[f"{year}-H1"] + quota[f"{year}-H2"] == quota[f"{year}"]


def test_quotes_in_yuan_say_how_much_tax_they_hold() -> None:
    for price in load_facts().rows(ObservedPrice):
        assert (price.vat > 0) == (price.unit == "CNY/t")
        assert price.market == "inside_china" or price.unit == "USD/t"


def test_europe_paid_several_times_the_price_in_china_after_april_2025() -> None:
    prices = load_facts().rows(ObservedPrice)
    after = [
        row.value
        for row in prices
        if (row.material, row.market, row.period) == ("Dy_oxide", "europe", "2025-05")
    ]
    before = [
        row.value
        for row in prices
        if (row.material, row.market, row.period) == ("Dy_oxide", "europe", "2025-04")
    ]
    assert min(after) > 2 * max(before)


def test_the_first_estimate_is_kept_beside_the_latest() -> None:
    australia = {row.vintage: row.value for row in load_facts().rows(ObservedProduction)
                 if (row.region, row.period) == ("AUS", "2024")}  # fmt: skip
    assert australia["latest"] > 2 * australia["superseded"]
