"""Facts as they stood in a month (note 2.7): known, carried forward, borrowed from later, left out."""

from __future__ import annotations

from dataclasses import replace
from math import exp, sqrt
from types import MappingProxyType
from typing import Any

import pytest

from xenotime.facts.dated import (
    CARRIED,
    KEPT,
    LEFT_OUT,
    SERIES,
    TAIL,
    as_known,
    tonnes_known,
    yearly_change,
)
from xenotime.facts.load import Facts, load_facts
from xenotime.facts.table import TABLES

FACTS = load_facts()
MINES = TABLES["mine_production"]
ROW = FACTS.rows("mine_production")[0]


def mine(year: int, production: float, knowable_from: str, region: str = "AUS") -> Any:
    span = {"low": production * 0.9, "high": production * 1.1}
    known = {"knowable_from": knowable_from, "refers_to": str(year)}
    return replace(ROW, region=region, feed="mt_weld", year=year, production=production, **span, **known)


def facts_of(*mines: Any) -> Facts:
    return Facts(MappingProxyType({**FACTS.tables, "mine_production": mines}))


HISTORY = (
    mine(2022, 100.0, "2023-01"),
    mine(2023, 120.0, "2024-01"),
    mine(2024, 130.0, "2025-06"),
    mine(2024, 70.0, "2025-06", region="USA"),
)


def test_change_from_year_to_year_is_pooled_over_series() -> None:
    rows = (mine(2021, 100.0, ""), mine(2022, 200.0, ""), mine(2023, 100.0, ""), mine(2023, 5.0, "", "USA"))
    # logarithms of change are ln 2 and -ln 2, with standard deviation ln 2
    assert exp(yearly_change(MINES, rows)) == pytest.approx(2.0)


def test_a_known_figure_is_used_as_it_is() -> None:
    facts, later = as_known(facts_of(*HISTORY), "2025-07", 2024, strict=True)
    assert facts.rows("mine_production") == HISTORY
    assert [fact for fact in later if fact.table == "mine_production"] == []


def test_the_last_known_year_is_carried_forward_with_a_wider_range() -> None:
    swing = (*HISTORY, mine(2021, 80.0, "2022-01"))
    facts, later = as_known(facts_of(*swing), "2025-03", 2024, strict=True)
    row = next(row for row in facts.rows("mine_production") if row.year == 2024 and row.region == "AUS")
    spread = yearly_change(MINES, swing)
    assert row.production == 120.0
    assert row.high == pytest.approx(max(132.0, 120.0 * exp(TAIL * spread * sqrt(1))))
    assert (row.grade, row.note) == ("D", "2023 carried forward")
    fact = next(fact for fact in later if fact.table == "mine_production" and fact.treatment == CARRIED)
    assert (fact.tonnes, fact.refers_to, fact.knowable_from) == (120.0, "2024", "2025-06")


def test_what_has_no_history_is_borrowed_and_said() -> None:
    facts, later = as_known(facts_of(*HISTORY), "2025-03", 2024, strict=True)
    (fact,) = [fact for fact in later if fact.table == "mine_production" and fact.treatment == KEPT]
    assert (fact.about, fact.tonnes) == ("USA / mt_weld / 2024", 70.0)
    assert HISTORY[3] in facts.rows("mine_production")


def test_without_strictness_the_later_figure_is_borrowed() -> None:
    facts, later = as_known(facts_of(*HISTORY), "2025-03", 2024, strict=False)
    assert HISTORY[2] in facts.rows("mine_production")
    assert {fact.treatment for fact in later if fact.table == "mine_production"} == {KEPT}


def test_tonnes_are_counted_by_what_they_rest_on() -> None:
    facts, later = as_known(facts_of(*HISTORY), "2025-03", 2024, strict=True)
    row = next(row for row in tonnes_known(facts, later, 2024) if row["table"] == "mine_production")
    assert (row["tonnes"], row["carried"], row["borrowed"], row["known"]) == (190.0, 120.0, 70.0, 0.0)


def test_plants_nobody_had_announced_are_left_out() -> None:
    facts, later = as_known(FACTS, "2025-03", 2024, strict=True)
    gone = {fact.about for fact in later if fact.treatment == LEFT_OUT}
    assert gone
    assert gone.isdisjoint(row.facility for row in facts.rows("facilities"))


@pytest.mark.parametrize(("known_by", "year"), [("2010-06", 2009), ("2025-03", 2024)])
def test_every_later_figure_in_use_is_named(known_by: str, year: int) -> None:
    """The audit: nothing a world is built from was unknown unless it is on the list."""
    facts, later = as_known(FACTS, known_by, year, strict=True)
    named = {(fact.table, fact.about) for fact in later if fact.treatment == KEPT}
    for name in (*SERIES, "elasticities", "choke", "cover", "costs", "assumptions", "prices"):
        for row in facts.rows(name):
            if row.knowable_from > known_by:
                about = " / ".join(str(getattr(row, key)) for key in TABLES[name].key)
                assert (name, about) in named
