"""Who is said to win or lose: words of gain and harm, for whom they stand, and who says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xenotime.talks.reader.governors import find_cues
from xenotime.talks.reader.lexicon import Lexicon, Mention
from xenotime.talks.reader.sentences import Sentence
from xenotime.talks.reader.subjects import PAIR

TELLING = ("claims", "says", "announces")
SELF = ("claiming", "hailed", "hails", "presented", "presents", "portrayed", "claimed", "touted", "touts")
NEAR = 40  # characters between who speaks and the word of saying
_NOT = 16  # characters before a word in which a negation turns it
_OVER = re.compile(r"\b(?:over|against|for|from|of)\s+(?:the\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Win:
    """One claim that a party gains (1) or loses (-1).

    claimed_by : party that says so, ``third party``, or blank where nobody is named
    hedged : whether it is put as what may be
    """

    sentence: int
    start: int
    end: int
    party: str
    sign: int
    claimed_by: str
    hedged: bool
    rule: str


def find_wins(
    text: str, sentence: Sentence, parties: Sequence[Mention], pair: Sequence[str], lexicon: Lexicon
) -> Iterator[Win]:
    """Claims of gain and harm in a sentence.

    Said of the party named right before the word, or right behind it where none is before.
    """
    third = any(True for _ in find_cues(text, "third_party", sentence.start, sentence.end, lexicon))
    doubts = [
        m
        for cue in ("possible", "hedged")
        for m in find_cues(text, cue, sentence.start, sentence.end, lexicon)
    ]
    told = sorted(
        (m for cue in TELLING for m in find_cues(text, cue, sentence.start, sentence.end, lexicon)),
        key=lambda m: m.start,
    )
    hedged = any(not (told and text[m.start : m.end].lower() == "would") for m in doubts)
    seen: set[tuple[str, int]] = set()
    for cue, sign in (("gain", 1), ("harm", -1)):
        for word in find_cues(text, cue, sentence.start, sentence.end, lexicon):
            lead = text[max(sentence.start, word.start - _NOT) : word.start]
            turned = any(True for _ in lexicon.cues["negation"].find(lead))
            for party in _parties(text, word, parties, pair, lexicon):
                value = -sign if turned else sign
                if (party, value) in seen:
                    continue
                seen.add((party, value))
                by = "third party" if third else _teller(text, told, word, party, parties, lexicon)
                yield Win(sentence.number, word.start, word.end, party, value, by, hedged, word.rule)


def _teller(
    text: str,
    told: Sequence[Mention],
    word: Mention,
    party: str,
    parties: Sequence[Mention],
    lexicon: Lexicon,
) -> str:
    """Who says so: the party right before the last word of saying in front of it; itself where it claims."""
    before = [m for m in told if m.end <= word.start]
    if not before:
        return ""
    if text[before[-1].start : before[-1].end].lower() in SELF:
        return party
    near = [m for m in parties if 0 <= before[-1].start - m.end <= NEAR]
    return lexicon.roles[near[-1].value].side if near else ""


def _parties(
    text: str, word: Mention, parties: Sequence[Mention], pair: Sequence[str], lexicon: Lexicon
) -> tuple[str, ...]:
    before = [m for m in parties if m.end <= word.start and not _OVER.search(text[: m.start][-12:])]
    behind = [m for m in parties if m.start >= word.end]
    chosen = before[-1:] or behind[:1]
    if before:
        first = len(before) - 1
        while first and re.fullmatch(
            r"\s*(?:,|and|&)\s*(?:the\s+)?", text[before[first - 1].end : before[first].start]
        ):
            first -= 1
        chosen = before[first:]
    names: list[str] = []
    for mention in chosen:
        row = lexicon.roles[mention.value]
        names += list(pair) if row.party == PAIR else [row.side or row.party]
    return tuple(dict.fromkeys(names))
