"""Talks and the pace of acts."""

from __future__ import annotations

import pytest

from xenotime.facts.load import load_facts
from xenotime.talks.belief.cadence import fit_cadence, is_near, last_talks, next_talks, talks_of
from xenotime.talks.belief.numbers import belief_numbers
from xenotime.talks.ledger.days import last_day
from xenotime.talks.ledger.known import known_at

NUMBERS = belief_numbers(load_facts())
TALKS = [("2025-05-12", "2025-04"), ("2025-10-30", "2025-10")]


def test_near_is_after_talks_or_before_talks_known_to_come() -> None:
    assert is_near(TALKS, "2025-05", 1)
    assert is_near(TALKS, "2025-06", 1)
    assert not is_near(TALKS, "2025-07", 1)
    assert is_near(TALKS, "2025-04", 1)  # announced in April
    assert not is_near(TALKS, "2025-09", 1)  # not announced yet


def test_last_and_next_talks_as_known() -> None:
    assert last_talks(TALKS, "2025-09") == "2025-05-12"
    assert next_talks(TALKS, "2025-04") == "2025-05-12"
    assert next_talks(TALKS, "2025-09") == ""


def test_the_shift_is_shrunk_to_one() -> None:
    known = known_at(load_facts(), last_day("2024-12"))
    found = fit_cadence(known, "2024-12", NUMBERS)
    months, acts = found.near_months + found.far_months, found.near_acts + found.far_acts
    mean = acts / months
    expected = (
        (found.near_acts + NUMBERS.prior_talks) / (found.near_months + NUMBERS.prior_talks / mean) / mean
    )
    assert found.near == pytest.approx(expected)
    assert found.far < 1 < found.near
    assert len(talks_of(known, "CHN;USA")) >= 12
