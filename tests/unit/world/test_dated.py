"""Worlds of a month from what was known by then: nothing later goes in unless it is listed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import pytest

from xenotime.errors import InputProblems
from xenotime.facts.column import columns_of
from xenotime.facts.load import Facts, load_facts
from xenotime.facts.publication import read_publications
from xenotime.facts.table import TABLES
from xenotime.world.as_of import about
from xenotime.world.base_year import base_year, complete_years
from xenotime.world.build import build_world
from xenotime.world.fingerprint import fingerprint
from xenotime.world.relied import tonnes_on_later_facts
from xenotime.world.vintage import Vintage, take_vintage
from xenotime.world.world import World

MONTHS = ("2010-06", "2025-03")
BEHAVIOURAL = ("elasticities", "choke", "cover")
EPISODE = ("2025-04", "2025-05", "2025-06", "2025-07", "2025-08", "2025-09", "2025-10", "2025-11", "2025-12")


@lru_cache(maxsize=4)
def dated(month: str, variant: str = "strict") -> World:
    return build_world(month, known_by=month, variant=variant)


@lru_cache(maxsize=2)
def vintage(month: str) -> Vintage:
    facts = load_facts()
    return take_vintage(facts, base_year(facts, month), month)


def listed(month: str) -> set[tuple[str, str]]:
    """Tables and keys of the facts a world lists as published later."""
    return {(fact.table, fact.row.removesuffix(" start")) for fact in dated(month).built["later_facts"]}


def spoiled(facts: Facts, month: str) -> tuple[Facts, int]:
    """Facts in which every figure published after the month that is not listed is another one."""
    rules, known = read_publications(facts.rows("publication")), listed(month)
    tables, count = dict(facts.tables), 0

    def spoil(name: str, rows: Iterable[Any]) -> Iterable[Any]:
        nonlocal count
        figure = TABLES[name].figure
        for row in rows:
            late = rules.first_known(name, row).month > month and (name, about(name, row)) not in known
            count += late
            if late and figure:
                changed = {c: 3 * getattr(row, c) + 1 for c in (figure, "low", "high")}
                row = replace(row, **changed)
            if not late or figure:
                yield row

    for name, rows in facts.tables.items():
        if "knowable_from" in columns_of(TABLES[name].record):
            tables[name] = tuple(spoil(name, rows))
    return replace(facts, tables=MappingProxyType(tables)), count


@pytest.mark.parametrize("month", MONTHS)
def test_no_figure_published_later_goes_in_unless_it_is_listed(month: str) -> None:
    facts, count = spoiled(load_facts(), month)
    assert count > 500
    assert fingerprint(build_world(month, facts, known_by=month)) == fingerprint(dated(month))


def test_the_spoiled_facts_would_show() -> None:
    facts, _ = spoiled(load_facts(), "2025-03")
    full = build_world("2025-03", facts, known_by="2025-03", variant="full")
    assert fingerprint(full) != fingerprint(dated("2025-03", "full"))


@pytest.mark.parametrize("month", MONTHS)
def test_behavioural_figures_come_from_before_the_month_or_are_listed(month: str) -> None:
    rules, known = read_publications(load_facts().rows("publication")), listed(month)
    seen = vintage(month).facts
    sectors = {row.sector for name in ("uses", "magnet_demand") for row in seen.rows(name)}
    late = [
        (name, about(name, row))
        for name in BEHAVIOURAL
        for row in seen.rows(name)
        if getattr(row, "holder", "") != "government"
        and row.sector in sectors | {"all", "other"}
        and rules.first_known(name, row).month > month
    ]
    assert set(late) <= known
    assert {source for fact in dated(month).built["later_facts"] for source in [fact.source]} <= set(
        load_facts().sources()
    )


def test_the_stocks_of_early_2025_know_nothing_of_the_stoppages_that_followed() -> None:
    sources = load_facts().sources()
    for stock in dated("2025-03").stocks:
        assert not sources[stock.source].date.startswith(EPISODE), (stock.material, stock.region)
    assert any(sources[stock.source].date.startswith(EPISODE) for stock in dated("2025-03", "full").stocks)


def test_a_base_year_is_the_same_with_all_later_facts() -> None:
    for month in ("2009-12", "2024-12"):
        assert fingerprint(build_world(month)) == fingerprint(dated(month, "full"))


def test_a_figure_carried_forward_has_the_tonnes_and_the_wider_range_of_its_last_year() -> None:
    facts = load_facts()
    (gap,) = [g for g in vintage("2025-03").gaps if g.row == "IND / ind_sands / 2024"]
    (old,) = facts.select("mine_production", region="IND", feed="ind_sands", year=2023)
    assert gap.kind == "carried"
    assert gap.value == old.production
    assert gap.low < old.low
    assert gap.high > old.high
    (row,) = [r for r in vintage("2025-03").facts.rows("mine_production") if r.feed == "ind_sands"]
    assert (row.year, row.production, row.low, row.high) == (2024, gap.value, gap.low, gap.high)
    assert (row.grade, row.knowable_from) == ("D", old.knowable_from)


def test_a_first_edition_has_a_range_that_holds_its_revision() -> None:
    facts = load_facts()
    (row,) = [
        r
        for r in vintage("2010-06").facts.rows("trade")
        if r.destination == "JPN" and r.origin == "CHN" and r.material_class == "oxide"
    ]
    (read,) = facts.select("trade", material_class="oxide", origin="CHN", destination="JPN", year=2009)
    assert row.quantity == read.quantity
    assert row.low <= read.quantity * 0.95
    assert row.high >= read.quantity * 1.05


@pytest.mark.parametrize("month", MONTHS)
def test_tonnes_add_up_by_how_they_were_known(month: str) -> None:
    world = dated(month)
    rests = tonnes_on_later_facts(world)
    for row in (*rests.rows, *rests.tables, rests.total):
        assert row.tonnes == pytest.approx(row.known + row.first_edition + row.carried + row.later)
    listed_tonnes = sum(f.tonnes for f in world.built["later_facts"] if f.table != "capacities")
    assert rests.total.later == pytest.approx(listed_tonnes)
    by_hand = sum(row.quantity for row in vintage(month).facts.rows("uses"))
    (uses,) = [row for row in rests.tables if row.table == "uses"]
    assert uses.tonnes == pytest.approx(by_hand)
    assert rests.known_share == pytest.approx(
        (rests.total.known + rests.total.first_edition) / rests.total.tonnes
    )


def test_the_full_variant_replaces_nothing_and_lists_more() -> None:
    strict, full = (tonnes_on_later_facts(dated("2025-03", v)).total for v in ("strict", "full"))
    assert full.carried == 0
    assert full.later > strict.later
    assert not [gap for gap in dated("2025-03", "full").built["gaps"] if gap.kind != "charge"]


def test_plants_nobody_had_heard_of_are_left_out_and_later_endings_are_not_known() -> None:
    strict = {row.facility: row for row in dated("2010-06").facilities}
    full = {row.facility: row for row in dated("2010-06", "full").facilities}
    gaps = {gap.row: gap.kind for gap in dated("2010-06").built["gaps"]}
    later = {name for name, kind in gaps.items() if kind == "ending unknown"} & set(strict) & set(full)
    assert len(later) >= 3
    assert all(full[name].end > "2010-06" and strict[name].end == "" for name in later)
    unknown = {name for name, kind in gaps.items() if kind == "plant unknown"}
    assert unknown
    assert not unknown & set(strict)
    assert not [row for row in strict.values() if row.end > "2010-06"]


def test_charges_that_changed_since_the_base_year_are_named() -> None:
    charges = [gap for gap in dated("2010-06").built["gaps"] if gap.kind == "charge"]
    assert all(gap.table in ("tariffs", "export_taxes", "vat_refund") for gap in charges)
    assert charges


def test_the_base_year_is_the_last_complete_one_within_reach() -> None:
    facts = load_facts()
    assert complete_years(facts) == (2009, 2024)
    assert [base_year(facts, m) for m in ("2009-12", "2011-12", "2024-12", "2025-09")] == [
        2009,
        2009,
        2024,
        2024,
    ]
    for month in ("2009-11", "2012-01", "2027-01", "today"):
        with pytest.raises(InputProblems):
            base_year(facts, month)
