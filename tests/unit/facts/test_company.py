"""Facts of a company's question: classes in order, products that can be found, actions that add up."""

from __future__ import annotations

import re

from xenotime.facts.load import load_facts


def test_hotter_classes_stand_on_grades_with_more_heavy_elements() -> None:
    rows = sorted(load_facts().rows("magnet_classes"), key=lambda row: row.max_celsius)
    assert [row.magnet_class for row in rows] == ["N", "M", "H", "SH", "UH", "EH", "AH"]
    heavy = {
        row.magnet_grade: row.share
        for row in load_facts().rows("grades")
        if row.component == "Dy" and row.year == 2024
    }
    content = [heavy[row.stands_for] * row.heavy_ratio for row in rows]
    assert content == sorted(content)


def test_patterns_of_products_are_lower_case_and_find_their_own_name() -> None:
    for row in load_facts().rows("product_contents"):
        assert row.pattern == row.pattern.casefold()
        assert re.search(row.pattern, row.product.casefold()), row.product


def test_ranges_of_lead_times_hold_their_figure() -> None:
    for row in load_facts().rows("company_actions"):
        assert row.low <= row.lead_weeks <= row.high
        assert row.agree
        assert (row.weeks > 0) == (row.action in ("safety_stock", "earlier_orders", "alliance_pool"))
