"""The demand side that ships."""

from __future__ import annotations

from collections import defaultdict

from xenotime.facts.demand import ExportTax, MagnetDemand, MagnetGrade, Price, Use
from xenotime.facts.load import load_facts
from xenotime.facts.supply import Element

BASE_YEARS = (2009, 2024)
SUM_OF_A_MAGNET = (0.9, 1.1)  # components are separate figures with their own ranges


def test_both_base_years_have_uses_of_every_element() -> None:
    facts = load_facts()
    elements = {row.element for row in facts.rows(Element)}
    for year in BASE_YEARS:
        assert {row.element for row in facts.rows(Use) if row.year == year} == elements


def test_components_of_a_magnet_sum_to_the_whole() -> None:
    sums: dict[tuple[str, int], float] = defaultdict(float)
    for row in load_facts().rows(MagnetGrade):
        sums[row.magnet_grade, row.year] += row.share
    low, high = SUM_OF_A_MAGNET
    assert {key: total for key, total in sums.items() if not low <= total <= high} == {}


def test_world_magnet_use_lies_where_the_evidence_puts_it() -> None:
    total = sum(row.quantity for row in load_facts().rows(MagnetDemand) if row.year == 2024)
    assert (
        200_000 <= total <= 260_000
    )  # finished, 2024: 220-240 kt in the evidence; blanks would be 300 kt and more


def test_every_oxide_has_a_price_in_both_base_years() -> None:
    facts = load_facts()
    for year in BASE_YEARS:
        priced = {row.material for row in facts.rows(Price) if row.period == str(year)}
        assert {f"{row.element}_oxide" for row in facts.rows(Element)} <= priced


def test_export_taxes_ended_in_2015() -> None:
    taxes = [row for row in load_facts().rows(ExportTax) if row.rate > 0]
    assert taxes
    assert max(row.year_to for row in taxes) <= 2015
