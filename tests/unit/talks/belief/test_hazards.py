"""Hazards against counts made by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import gamma

from xenotime.facts.load import load_facts
from xenotime.facts.words import LAW, Spell
from xenotime.talks.belief.hazards import Hazard, law_hazards, matrix
from xenotime.talks.belief.numbers import belief_numbers

NUMBERS = belief_numbers(load_facts())


def spell(name: str, regime: str, start: str, end: str, following: str) -> Spell:
    return Spell(
        spell=name,
        control=name,
        issuer="CHN",
        goods="x",
        target="all",
        regime=regime,
        start=start,
        end=end,
        next=following,
        outcome_from="2024-01",
        grade="D",
        source="s",
        knowable_from="2000-01",
        note="",
    )


def test_months_and_events_are_counted_to_the_day_the_watch_ends() -> None:
    spells = [
        spell("a", "closed", "2020-01", "2020-10", "open"),  # ten months, one event
        spell("b", "closed", "2024-01", "2025-03", "open"),  # not over yet at the end of 2024
        spell("c", "closed", "2025-01", "", ""),  # not begun
    ]
    by = {(h.origin, h.target): h for h in law_hazards(spells, "2024-12", NUMBERS)}
    found = by["closed", "open"]
    assert (found.events, found.months) == (1, 22)
    assert found.rate == pytest.approx((1 + NUMBERS.prior_months / 3) / 22)
    assert found.band[0] == pytest.approx(gamma.ppf(0.05, 1 + NUMBERS.prior_months / 3) / 22)
    assert by["open", "closed"].rate == 0  # nothing was watched


def test_the_shipped_record_before_2025_has_its_counts() -> None:
    by = {(h.origin, h.target): h for h in law_hazards(load_facts().rows(Spell), "2024-12", NUMBERS)}
    assert by["licensed", "closed"].events == 4  # gallium, antimony, nickel, bauxite
    assert by["suspended", "closed"].events == 2  # two truces that broke
    assert all(h.band[0] <= h.rate <= h.band[1] for h in by.values())


@given(st.lists(st.floats(0, 2), min_size=12, max_size=12), st.floats(0, 3))
def test_rows_of_the_matrix_are_chances(rates: list[float], shift: float) -> None:
    pairs = [(a, b) for a in LAW for b in LAW if a != b]
    hazards = [Hazard("law", a, b, rate, 1.0, 0.0) for (a, b), rate in zip(pairs, rates, strict=True)]
    for row in matrix(hazards, "law", LAW, shift):
        assert sum(row) == pytest.approx(1)
        assert all(-1e-12 <= chance <= 1 + 1e-12 for chance in row)
