"""The supply side that ships."""

from __future__ import annotations

from collections import Counter

from xenotime.facts.load import load_facts
from xenotime.facts.supply import STAGES, Assay, Element, Facility, Feed, MineProduction, Region

SUM_OF_AN_ASSAY = (0.95, 1.05)  # published assays sum to 97-103 %; a little more room for rounding


def test_all_sixteen_elements_and_many_regions_ship() -> None:
    facts = load_facts()
    assert len(facts.rows(Element)) == 16
    assert len(facts.rows(Region)) >= 25


def test_at_least_ninety_real_plants_over_all_stages() -> None:
    plants = [row for row in load_facts().rows(Facility) if "aggregate" not in row.name]
    assert len(plants) >= 90
    assert set(Counter(row.stage for row in plants)) == set(STAGES)


def test_assays_sum_to_the_whole() -> None:
    sums: Counter[str] = Counter()
    for row in load_facts().rows(Assay):
        sums[row.feed] += row.share  # type: ignore[assignment]
    low, high = SUM_OF_AN_ASSAY
    assert {feed: total for feed, total in sums.items() if not low <= total <= high} == {}


def test_every_feed_that_is_mined_has_an_assay_and_a_proxy_says_so() -> None:
    facts = load_facts()
    assays = {row.feed for row in facts.rows(Assay)}
    feeds = {row.feed: row for row in facts.rows(Feed)}
    for row in facts.rows(MineProduction):
        assert feeds[row.feed].assay_of in assays
    assert all("proxy" in row.note for row in feeds.values() if row.proxy == "yes")
