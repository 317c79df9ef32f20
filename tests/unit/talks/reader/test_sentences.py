"""Sentences and their places."""

from __future__ import annotations

import pytest

from xenotime.talks.reader.lexicon import load_lexicon
from xenotime.talks.reader.sentences import split_sentences


def split(text: str) -> list[str]:
    found = split_sentences(text, load_lexicon().abbreviations)
    assert [text[s.start : s.end] for s in found] == [s.text for s in found]
    return [" ".join(s.text.split()) for s in found]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("The U.S. Treasury spoke. It ended.", ["The U.S. Treasury spoke.", "It ended."]),
        ("He left the U.S. The deal held.", ["He left the U.S.", "The deal held."]),
        (
            "No. 18 of Nov. 9 is 3.5 pages, said Mr. Wang. Fine.",
            ["No. 18 of Nov. 9 is 3.5 pages, said Mr. Wang.", "Fine."],
        ),
        ('"We agree." They left.', ['"We agree."', "They left."]),
        (
            "A title\n\nA first line that is\nwrapped by hand here.",
            ["A title", "A first line that is wrapped by hand here."],
        ),
        (
            "They will:\n- suspend fees;\n- buy beans.",
            ["They will:", "- suspend fees;", "- buy beans."],
        ),
        ("", []),
    ],
)
def test_sentences_are_split_where_they_end(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


def test_a_heading_of_a_list_is_known() -> None:
    first, second = split_sentences("China will:\n- act", frozenset())
    assert (first.heads, second.heads) == (True, False)
