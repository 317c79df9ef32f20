"""Money that somebody gives, whatever the verb, and what a law does: deeds the table of verbs cannot name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xenotime.talks.reader.amounts import CURRENCY, Amount
from xenotime.talks.reader.deeds import Draft, first_party
from xenotime.talks.reader.governors import Governor
from xenotime.talks.reader.lexicon import BASE, GERUND, PAST, THIRD, Lexicon, Mention
from xenotime.talks.reader.sentences import Sentence
from xenotime.talks.reader.subjects import Cast, Subject, find_subject

NEAR = 60  # characters between a word of giving and the money
LAW_NEAR = 160  # characters between a law and what it does
_BREAK = re.compile(
    r"[;:]|\b(?:that|which|who|if|after|because|from|than|while"
    r"|to (?:receive|build|raise|seek|secure|buy|purchase))\b",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"\b(?:price|floor|target|value|worth of goods|tariff|revenue|sales|shares?)\b[^,;]*$", re.IGNORECASE
)
_DOES = re.compile(r"\b(?:that|which|to|and|,)\s*$", re.IGNORECASE)
_FORCE = re.compile(
    r"\b(?:with immediate effect|effective immediately"
    r"|takes? immediate effect|takes? effect|effective|in force)\b",
    re.IGNORECASE,
)
_BEING = re.compile(r"\b(?:is|are|was|were)\s+(?:now\s+|also\s+)?$", re.IGNORECASE)
TIGHT = ("impose", "list")


def find_given(
    text: str,
    sentence: Sentence,
    amounts: Sequence[Amount],
    parties: Sequence[Mention],
    cast: Cast,
    lexicon: Lexicon,
    taken: Sequence[tuple[int, int]],
) -> Iterator[Draft]:
    """Money right behind a word of giving: is pledging 50 m, has agreed a deal worth 565 m.

    taken : places of deeds that are found already
    """
    words = [
        (mention, kind)
        for cue, kind in (("gives", "agreed"), ("granted", "performs"))
        for mention in lexicon.cues[cue].find(text, sentence.start, sentence.end)
    ]
    for mention, kind in sorted(words, key=lambda item: item[0].start):
        money = [
            a
            for a in amounts
            if a.kind == CURRENCY and "/" not in a.unit and 0 < a.start - mention.end <= NEAR
        ]
        if not money or any(start <= money[0].start < end for start, end in taken):
            continue
        between = text[mention.end : money[0].start]
        if _BREAK.search(between) or _PRICE.search(between):
            continue
        subject = find_subject(text, sentence.start, mention.start, parties, cast, lexicon)
        if not subject.parties:
            continue
        governor = Governor(mention.start, mention.end, sentence.end, kind, False, mention.rule)
        yield Draft(
            mention.start,
            sentence.end,
            mention.start,
            governor,
            subject,
            "",
            "invest",
            False,
            False,
            money[0],
            f"money: {mention.rule}",
        )


def find_laws(
    text: str, sentence: Sentence, parties: Sequence[Mention], cast: Cast, lexicon: Lexicon
) -> Iterator[Draft]:
    """What a law does (a law that restricts, and prohibits), and what is in force: is banning, has banned."""
    laws = list(lexicon.cues["law"].find(text, sentence.start, sentence.end))
    force = _FORCE.search(text, sentence.start, sentence.end)
    for verb in lexicon.verbs.find(text, sentence.start, sentence.end):
        forms = dict(part.split("=", 1) for part in verb.value.split(";"))
        named = next(iter(forms.values()))
        if lexicon.actions[named].action not in TIGHT:
            continue
        law = next((m for m in reversed(laws) if 0 < verb.start - m.end <= LAW_NEAR), None)
        lead = text[sentence.start : verb.start]
        of_law = law is not None and (BASE in forms or THIRD in forms) and _DOES.search(lead)
        being = GERUND in forms and _BEING.search(lead)
        done = PAST in forms and force is not None and not re.search(r"\b(?:be|been|were|was)\s+$", lead)
        if not (of_law or being or done):
            continue
        subject = _lawgiver(text, sentence, verb, bool(of_law), parties, cast, lexicon)
        if not subject.parties:
            continue
        governor = Governor(
            verb.start, verb.start, sentence.end, "performs", False, "law" if of_law else "in force"
        )
        yield Draft(
            verb.start,
            sentence.end,
            verb.start,
            governor,
            subject,
            named,
            lexicon.actions[named].action,
            False,
            False,
            None,
            f"law: {verb.rule}",
        )


def _lawgiver(
    text: str,
    sentence: Sentence,
    verb: Mention,
    of_law: bool,
    parties: Sequence[Mention],
    cast: Cast,
    lexicon: Lexicon,
) -> Subject:
    if not of_law:
        place = verb.start
        being = _BEING.search(text[sentence.start : verb.start])
        if being is not None:
            place = sentence.start + being.start()
        return find_subject(text, sentence.start, place, parties, cast, lexicon)
    mine = [m for m in parties if m.end <= verb.start]
    if mine:
        return Subject(
            (lexicon.roles[mine[0].value].side or lexicon.roles[mine[0].value].party,), "law: of whom it is"
        )
    return (
        first_party(parties, verb.start, lexicon)
        if not cast.last
        else Subject(cast.last, "law: of the one before")
    )
