"""Numbers in words."""

from __future__ import annotations

import pytest

from xenotime.figures.style import change_text, colours_of, money_text, number_text, percent_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (123456, "123,000"),
        (0.012345, "0.0123"),
        (9.999, "10.00"),
        (12.34, "12.3"),
        (-1234, "-1,230"),
    ],
)
def test_three_significant_digits(value: float, text: str) -> None:
    assert number_text(value) == text


@pytest.mark.parametrize(
    ("value", "base", "text"),
    [
        (312, 100, "+212\u00a0%"),
        (88, 100, "−12\u00a0%"),
        (100.4, 100, "within 1\u00a0%"),
        (1200, 100, "12.0\u00a0times as much"),
        (5, 0, "from nothing"),
        (25_200, 7e-28, "from nothing"),
        (250_000, 2.4, "from nothing"),
        (200_000, 2.6, "76,900\u00a0times as much"),
        (3, -2, "from nothing"),
        (0, 0, "from nothing"),
    ],
)
def test_change_in_words(value: float, base: float, text: str) -> None:
    assert change_text(value, base) == text


@pytest.mark.parametrize(
    ("value", "text"), [(303e6, "303 million"), (1.5e9, "1.50 billion"), (917000, "917,000")]
)
def test_amounts_in_words(value: float, text: str) -> None:
    assert money_text(value) == text


@pytest.mark.parametrize(
    ("share", "text"), [(0.41, "41\u00a0%"), (0.025, "2.5\u00a0%"), (0.0, "0\u00a0%"), (1.0, "100\u00a0%")]
)
def test_share_as_per_cent(share: float, text: str) -> None:
    assert percent_text(share) == text


def test_colours_are_never_used_twice() -> None:
    for count in (1, 8, 9, 20):
        colours, rest = colours_of(list(range(count)))
        assert len(set(colours.values())) == len(colours)
        assert len(colours) + len(rest) == count
        assert len(rest) != 1
