"""Fulfilment against hand arithmetic, and the shipped promises."""

from __future__ import annotations

import pytest

from xenotime.facts.load import load_facts
from xenotime.facts.words import Measure
from xenotime.talks.ledger.days import day_text, first_day, last_day, read_at
from xenotime.talks.ledger.fulfilment import Fulfilment, delivered_of, fulfil, path_of
from xenotime.talks.ledger.known import known_at
from xenotime.talks.ledger.path import due_share
from xenotime.talks.ledger.series import Point


def part(commitment: str, measure: str, at: str = "2026-06-30") -> Fulfilment:
    day = read_at(at)
    known = known_at(load_facts(), day)
    row = next(r for r in known.rows(Measure) if (r.commitment, r.measure) == (commitment, measure))
    return fulfil(known, row, day)


def test_days_nobody_counted_widen_the_range() -> None:
    points = [Point(1, 10, 10.0, 9.0, 11.0, "A", "s"), Point(1, 20, 30.0, 28.0, 32.0, "A", "s")]
    middle, low, high, missing = delivered_of(points, 1, 25, margin=1.5)
    assert missing == 5
    assert low == 28.0  # nothing more
    assert middle == pytest.approx(30 + 5 * 2.0)  # the latest rate, 20 in 10 days
    assert high == pytest.approx(32 + 5 * 2.0 * 1.5)


@pytest.mark.parametrize(
    ("commitment", "measure", "delivered", "target"),
    [
        ("P1-TOTAL", "US exports", 288.8, 502.4),
        ("P1-GOODS20", "Chinese imports", 100, 173.1),
        ("P1-GOODS20", "US exports", 94, 159.0),
        ("P1-AG20", "Chinese imports", 23.5, 36.6),
        ("P1-EN20", "Chinese imports", 9.8, 25.3),
        ("P1-MAN20", "Chinese imports", 100 - 23.5 - 9.8, 111.2),
        ("P1-AG21", "US exports", 32.977, 40.4),
        ("GEN-NTB", "magnets to the USA", 353 + 619 + 589, 3 * 620),
        ("LON-LIC", "magnets to the USA", 619 + 589 + 420.5, 3 * 620),
        ("BUS-GEN", "magnets to the USA", 564 + 994 + 406, 4 * 620),
        ("QUOTA-2012", "exports", 16265, 30996),
    ],
)
def test_fulfilment_is_what_shipped_over_what_was_promised(
    commitment: str, measure: str, delivered: float, target: float
) -> None:
    found = part(commitment, measure)
    assert found.ratio == pytest.approx(delivered / target)
    assert found.ratio_low is not None
    assert found.ratio_high is not None
    assert found.ratio_low <= found.ratio <= found.ratio_high


def test_two_months_nobody_counted_lie_between_nothing_and_half_as_fast_again() -> None:
    found = part("P1-EN20", "Chinese imports", "2021-01-31")
    assert found.gap_days == 61
    assert found.low == 6.60
    rate = (6.61 - 1.29) / (last_day("2020-10") - last_day("2020-06"))
    assert found.delivered == pytest.approx(6.61 + 61 * rate)
    assert found.high == pytest.approx(6.62 + 61 * 1.5 * rate)
    later = part("P1-EN20", "Chinese imports")  # the year came out in February
    assert (later.delivered, later.gap_days) == (9.8, 0)
    assert found.low <= later.delivered <= found.high


def test_at_a_past_date_only_what_was_out_counts() -> None:
    early = part("P1-GOODS20", "Chinese imports", "2020-10-31")
    assert early.until == "2020-08-31"
    assert early.delivered == 56.1
    assert early.on_path == pytest.approx(56.1 / (173.1 * early_share()))


def early_share() -> float:
    """The seasons of 2017 came out in November 2020: in October the promise is spread evenly."""
    return (last_day("2020-08") - first_day("2020") + 1) / 366


def test_seasons_once_known_bend_the_path() -> None:
    known = known_at(load_facts(), read_at("2021-03"))
    row = next(r for r in known.rows(Measure) if (r.commitment, r.measure) == ("P1-AG20", "Chinese imports"))
    assert due_share(known, row, last_day("2020-10")) == pytest.approx(0.740)
    assert due_share(known, row, last_day("2020-12")) == 1
    assert due_share(known, row, first_day("2019")) == 0
    shares = [due_share(known, row, day) for day in range(first_day("2020"), last_day("2020") + 1)]
    assert shares == sorted(shares)


def test_an_act_is_done_when_the_record_has_it() -> None:
    assert part("BUS-OCT", "legal act", "2025-11-06").ratio is None
    assert part("BUS-OCT", "legal act", "2025-11-30").ratio == 1
    assert part("GEN-NTB", "legal act", "2025-05-31").ratio == 0  # never suspended


def test_the_path_is_due_beside_delivered() -> None:
    day = read_at("2026-06-30")
    known = known_at(load_facts(), day)
    row = next(r for r in known.rows(Measure) if r.commitment == "P1-AG21")
    rows = path_of(known, row, day)
    assert [r["date"] for r in rows] == ["2021-04-30", "2021-08-31", "2021-11-30", "2021-12-31"]
    assert rows[1]["due"] == pytest.approx(0.495 * 40.4)
    assert rows[1]["delivered"] == 17.9
    assert day_text(day) == "2026-06-30"
