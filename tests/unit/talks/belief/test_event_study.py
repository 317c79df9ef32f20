"""Prices between quotes: windows, exact exchanges, and a record that is too thin."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from xenotime.facts.load import load_facts
from xenotime.talks.belief.event_study import (
    _exchange,
    is_deed,
    is_word,
    study,
    study_talks,
    thin_sentence,
    windows,
)
from xenotime.talks.belief.numbers import belief_numbers

NUMBERS = belief_numbers(load_facts())


def test_the_exchange_counts_every_way_to_label() -> None:
    one, other = [0.5, 0.4], [0.0, -0.1, 0.1]
    observed = float(np.mean(one) - np.mean(other))
    values, hits = [*one, *other], 0
    for pick in itertools.combinations(range(5), 2):
        a = [values[i] for i in pick]
        b = [values[i] for i in range(5) if i not in pick]
        hits += abs(np.mean(a) - np.mean(b)) >= abs(observed) - 1e-12
    assert _exchange(one, other, observed) == pytest.approx(hits / math.comb(5, 2))


def test_windows_are_short_and_say_what_fell_into_them() -> None:
    found = windows(load_facts(), lambda row: True)
    assert found
    assert all(0 < item.end - item.start <= NUMBERS.study_days for item in found)
    april = next(item for item in found if "2025-04-04-mofcom" in item.events and item.market == "europe")
    assert april.score < 0 < april.change  # tightened, and dearer
    assert {"Dy_oxide", "Tb_oxide"} <= set(april.materials)


def test_the_record_is_too_thin_and_says_so() -> None:
    facts = load_facts()
    for found in (study(facts, "words", is_word), study(facts, "deeds", is_deed), study_talks(facts)):
        assert not found.enough
        assert min(found.first, found.second) < found.least == NUMBERS.study_windows
        assert "too thin to conclude anything" in thin_sentence(found)
