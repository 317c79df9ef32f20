"""Sentences with their places: line by line, then at full stops that end something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

BULLET = re.compile(r"\s*(?:[-*\u2022\u25cf\u25aa\u00b7]\s+|\(?(?:\d{1,2}|[ivx]{1,4}|[a-h])[.)]\s+)")
_STOP = re.compile(r"[.!?]+[\"')\]\u201d\u2019]*(?=\s)|;(?=\s*\n)")
_OPENS = re.compile(r"\s+[\"'(\[\u201c\u2018]*[A-Z0-9\u20ac$]")
_STARTERS = re.compile(
    r"\s+(?:The|This|That|These|It|In|On|At|But|And|A|An|He|She|They|We|Under|As|For|By|However|If)\b"
)
WRAPPED = 0.6  # a line shorter than this part of the longest ends a paragraph that is wrapped by hand


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its place in the text, and whether it heads a list (ends in a colon)."""

    number: int
    start: int
    end: int
    text: str
    heads: bool


def split_sentences(text: str, abbreviations: frozenset[str]) -> tuple[Sentence, ...]:
    """Sentences of a plain text in order; an item of a list is one of its own."""
    found: list[Sentence] = []
    for start, end in _paragraphs(text):
        for first, last in _within(text, start, end, abbreviations):
            words = text[first:last]
            found.append(Sentence(len(found) + 1, first, last, words, words.rstrip().endswith(":")))
    return tuple(found)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Runs of lines that belong together."""
    lines = [(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)]
    longest = max((end - start for start, end in lines), default=0)
    begun: int | None = None
    last = 0
    for start, end in lines:
        line = text[start:end]
        if not line.strip():
            if begun is not None:
                yield begun, last
            begun = None
            continue
        if begun is not None and (
            text.count("\n", last, start) > 1
            or BULLET.match(line)
            or text[last - 1] in ":;"
            or last - _line_start(text, last) < WRAPPED * longest
        ):
            yield begun, last
            begun = None
        if begun is None:
            begun = start
        last = end
    if begun is not None:
        yield begun, last


def _line_start(text: str, place: int) -> int:
    return text.rfind("\n", 0, place - 1) + 1


def _within(text: str, start: int, end: int, abbreviations: frozenset[str]) -> Iterator[tuple[int, int]]:
    begun = start
    for stop in _STOP.finditer(text, start, end):
        place = stop.end()
        if not _OPENS.match(text, place) or _abbreviates(text, stop.start(), place, abbreviations):
            continue
        yield from _trimmed(text, begun, place)
        begun = place
    yield from _trimmed(text, begun, end)


def _abbreviates(text: str, stop: int, after: int, abbreviations: frozenset[str]) -> bool:
    if text[stop] != ".":
        return False
    begins = max(text.rfind(" ", 0, stop), text.rfind("\n", 0, stop), text.rfind("(", 0, stop)) + 1
    word = text[begins : stop + 1].lower().lstrip("\"'(")
    if re.fullmatch(r"[a-z]\.", word):
        return True
    if word.count(".") > 1 and _STARTERS.match(text, after):
        return False
    return word in abbreviations


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        yield start, end
