"""The price board: no kind of price is held against another, tax and yuan are taken off, tonnes or none."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from xenotime.facts.demand import PriceVolume
from xenotime.facts.load import Facts, load_facts
from xenotime.facts.observed import ObservedPrice
from xenotime.report.price_board import day_words, newest_price, price_rows, sort_of


def price(**given: Any) -> ObservedPrice:
    base = next(row for row in load_facts().rows(ObservedPrice) if row.material == "Dy_oxide")
    plain = {
        "market": "europe",
        "basis": "Argus cif",
        "kind": "quote",
        "unit": "USD/t",
        "vat": 0.0,
        "value": 100_000.0,
        "low": 90_000.0,
        "high": 120_000.0,
    }
    said = {**plain, **given}
    if "day" in said:
        said.setdefault("period", said["day"][:7])
    else:
        said["day"] = ""
    return replace(base, **said)


def board(*rows: ObservedPrice, volumes: tuple[PriceVolume, ...] = ()) -> list[dict[str, Any]]:
    facts = load_facts()
    tables = dict(facts.tables) | {"observed_prices": rows, "price_volumes": volumes}
    return price_rows(Facts(MappingProxyType(tables)))


def test_a_list_price_is_never_held_against_a_quote_nor_a_quote_against_an_asking_price() -> None:
    rows = board(
        price(day="2024-12-20", basis="Southern RE list price", value=50_000.0),
        price(day="2025-12-20", basis="Southern quote"),
        price(day="2024-12-20", basis="ask"),
        price(day="2025-12-18", basis="spot"),
        price(period="2024", kind="annual_average", basis="Southern average"),
    )
    assert {row["kind"] for row in rows} == {
        "producer's list", "quote", "asking price", "spot", "average of a year",
    }  # fmt: skip
    assert all(row["change_year"] is None and row["change_month"] is None for row in rows)


@pytest.mark.parametrize(
    ("basis", "kind", "sort"),
    [
        ("Northern RE guide price", "month", "producer's list"),
        ("Rotterdam ask", "month", "asking price"),
        ("spot 99.999%", "quote", "spot"),
        ("Argus cif", "quote", "quote"),
        ("Lynas quarterly", "quarter_average", "average of a quarter"),
        ("task force", "quote", "quote"),
    ],
)
def test_a_price_is_of_the_kind_its_publisher_says(basis: str, kind: str, sort: str) -> None:
    assert sort_of(price(period="2025-12", basis=basis, kind=kind)) == sort


def test_a_change_is_against_the_same_publisher_a_month_and_a_year_before() -> None:
    (row,) = board(
        price(day="2025-12-20", value=150_000.0),
        price(day="2025-11-22", value=120_000.0),
        price(day="2024-12-15", value=50_000.0),
        price(day="2025-11-20", value=1.0, basis="SMM"),
        price(day="2025-12-13", value=1.0),  # a week is no month
    )
    assert row["value"] == pytest.approx(150.0)
    assert row["change_month"] == pytest.approx(0.25)
    assert row["since_month"] == "2025-11-22"
    assert row["change_year"] == pytest.approx(2.0)


def test_yuan_lose_their_tax_and_are_turned_at_the_rate_of_their_year() -> None:
    (rate,) = [row.value for row in load_facts().rows("exchange_rates") if row.year == 2025]
    (row,) = board(price(day="2025-06-05", unit="CNY/t", vat=0.13, value=1_130_000.0, market="inside_china"))
    assert row["value"] == pytest.approx(1_000_000 / rate / 1000)
    assert (row["place"], row["published"], row["published_unit"]) == ("inside China", 1_130_000.0, "CNY/t")
    assert board(price(day="2031-06-05", unit="CNY/t")) == []  # no rate of that year is held


def test_tonnes_are_those_of_the_market_and_year_or_none() -> None:
    base = next(row for row in load_facts().rows(PriceVolume) if row.material == "Dy_oxide")
    other = replace(base, market="fob_china", period="2025", volume=7.0)
    mine = replace(base, market="europe", period="2025", volume=10.7)
    asked = price(day="2025-12-20")
    assert board(asked, volumes=(other,))[0]["volume"] is None
    assert board(asked, volumes=(other, mine))[0]["volume"] == 10.7


def test_what_is_much_older_than_the_newest_is_marked() -> None:
    rows = board(price(day="2025-12-20"), price(day="2012-03-09", market="inside_china"))
    assert [(row["market"], row["recent"]) for row in rows] == [("inside_china", False), ("europe", True)]


def test_the_newest_price_is_one_with_a_day_and_dates_are_read_as_people_do() -> None:
    assert newest_price([{"date": "2025"}, {"date": "2025-06"}]) == "2025-06"
    assert newest_price([]) == ""
    assert [day_words(text) for text in ("2025", "2025-06", "2025-06-05")] == [
        "2025",
        "Jun 2025",
        "5 Jun 2025",
    ]


def test_the_shipped_board_keeps_yttrium_in_europe_and_china_apart() -> None:
    rows = {(r["material"], r["market"], r["kind"]): r for r in price_rows(load_facts())}
    europe, inside = rows["Y_oxide", "europe", "quote"], rows["Y_oxide", "inside_china", "quote"]
    assert europe["value"] > 30 * inside["value"]
    assert (europe["place"], inside["place"]) == ("outside China", "inside China")
