"""Amounts: number, scale, unit, bound."""

from __future__ import annotations

import pytest

from xenotime.talks.reader.amounts import find_amounts
from xenotime.talks.reader.lexicon import load_lexicon
from xenotime.talks.reader.text import plain


def amounts(text: str) -> list[tuple[float, str, str]]:
    return [(a.value, a.unit, a.bound) for a in find_amounts(plain(text), load_lexicon())]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("at least 12 million metric tons", [(12e6, "t", "at least")]),
        ("25 million tonnes annually", [(25e6, "t/year", "")]),
        ("25 MMT of U.S. soybeans per year", [(25e6, "t/year", "")]),
        ("up to 7,200 tonnes per annum", [(7200.0, "t/year", "at most")]),
        ("6,000 MTPA and 2 ktpa", [(6000.0, "t/year", ""), (2000.0, "t/year", "")]),
        ("$110 per kilogram, US$110/kg", [(110.0, "USD/kg", ""), (110.0, "USD/kg", "")]),
        ("US$10bn and EUR 3 billion", [(1e10, "USD", ""), (3e9, "EUR", "")]),
        ("€3 billion, 39 billion yen, ¥5m", [(3e9, "EUR", ""), (39e9, "JPY", ""), (5e6, "JPY", "")]),
        ("Rs 7,280 crore", [(7.28e10, "INR", "")]),
        ("A$400m ($257m)", [(4e8, "AUD", ""), (2.57e8, "USD", "")]),
        ("about 10 percentage points", [(10.0, "percentage point", "about")]),
        ("24% for 90 days", [(24.0, "percent", ""), (90.0, "day", "")]),
        ("for another year", [(1.0, "year", "")]),
        ("within 45 working days", [(45.0, "working day", "")]),
        ("Announcement No. 70 of 2025, Section 301, the 10X facility", []),
        ("five shareholders of a company", []),
    ],
)
def test_amounts_in_their_units(text: str, found: list[tuple[float, str, str]]) -> None:
    assert amounts(text) == found


def test_the_place_is_that_of_the_words() -> None:
    text = "They will buy 12 million metric tons."
    (amount,) = find_amounts(text, load_lexicon())
    assert text[amount.start : amount.end] == "12 million metric tons"
