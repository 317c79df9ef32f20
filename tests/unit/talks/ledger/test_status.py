"""Where promises stand, then and later."""

from __future__ import annotations

from functools import cache

import pytest

from xenotime.facts.load import load_facts
from xenotime.facts.words import Unmeasured
from xenotime.talks.ledger.days import read_at
from xenotime.talks.ledger.known import known_at
from xenotime.talks.ledger.status import SETTLED_BY_ACTS, Standing, standings, verdict


@cache
def stood(at: str) -> dict[str, Standing]:
    day = read_at(at)
    return {item.commitment: item for item in standings(known_at(load_facts(), day), day)}


def test_at_least_ten_promises_are_recomputed_from_deliveries() -> None:
    counted = [
        item
        for item in stood("2026-06-30").values()
        if item.ratio is not None and item.test not in SETTLED_BY_ACTS and item.test != "allowance"
    ]
    assert len(counted) >= 10
    assert sum(1 for item in counted if item.deal == "Phase One") >= 8
    assert all(item.low is not None and item.high is not None and item.low <= item.high for item in counted)


def test_every_promise_is_measured_or_says_why_not() -> None:
    for item in stood("2026-06-30").values():
        assert (item.ratio is None) == bool(item.reason)
    known = {row.commitment for row in load_facts().rows(Unmeasured)}
    assert known == {item.commitment for item in stood("2026-06-30").values() if item.ratio is None}


@pytest.mark.parametrize(
    ("commitment", "at", "status"),
    [
        ("BUS-SOY25", "2025-11-30", "open"),
        ("BUS-SOY25", "2026-01-05", "missed"),  # at the end of the year, by what was out
        ("BUS-SOY25", "2026-01-31", "kept_late"),
        ("BUS-OCT", "2025-11-05", "open"),
        ("BUS-OCT", "2025-11-30", "kept"),
        ("P1-TOTAL", "2021-06-30", "open"),
        ("P1-TOTAL", "2026-06-30", "missed"),
        ("QUOTA-2012", "2026-06-30", "not_used"),
        ("QUOTA-2010", "2026-06-30", "used"),
        ("BEI-RE", "2026-06-30", "not_computable"),
        ("MP-FLOOR", "2026-06-30", "open"),
    ],
)
def test_status_at_a_date(commitment: str, at: str, status: str) -> None:
    assert stood(at)[commitment].status == status


def test_what_was_not_yet_promised_does_not_stand() -> None:
    assert "BUS-GEN" not in stood("2025-10-31")
    assert "BUS-GEN" in stood("2025-11-30")


def test_the_stated_ratio_of_the_record_is_never_used() -> None:
    late = stood("2026-06-30")
    assert late["GEN-NTB"].stated == 0.08
    assert late["GEN-NTB"].ratio != pytest.approx(0.08)
    assert late["BUS-SOY25"].stated == 1
    assert late["BUS-SOY25"].ratio == pytest.approx(0.595, abs=0.01)


def test_verdicts_follow_the_limits_of_the_table() -> None:
    limits = {"kept_from": 0.95, "missed_below": 0.6}
    assert [verdict(share, limits) for share in (0.95, 0.94, 0.6, 0.59)] == [
        "kept",
        "partly",
        "partly",
        "missed",
    ]
