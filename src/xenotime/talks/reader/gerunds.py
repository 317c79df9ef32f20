"""Deeds told by the form in -ing behind a notice, an agreement or what somebody sees coming."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xenotime.talks.reader.amounts import CURRENCY, MASS, Amount
from xenotime.talks.reader.deeds import DONE, Draft, first_party
from xenotime.talks.reader.governors import Governor
from xenotime.talks.reader.lexicon import GERUND, Lexicon, Mention
from xenotime.talks.reader.sentences import Sentence
from xenotime.talks.reader.subjects import Cast, Subject, find_subject

_NOTICE = re.compile(
    r"\b(?:issued|issues|has issued|published|signed"
    r"|has entered into|have entered into|has made|have made|made)\b",
    re.IGNORECASE,
)
COUNTED = 60  # characters from a gerund within which what it counts stands


def gerund_deeds(
    text: str,
    sentence: Sentence,
    governors: Sequence[Governor],
    parties: Sequence[Mention],
    cast: Cast,
    amounts: Sequence[Amount],
    lexicon: Lexicon,
) -> Iterator[Draft]:
    """issued a notice, introducing controls; entered into a deal establishing a floor; sees X investing."""
    notice = _NOTICE.search(text, sentence.start, sentence.end)
    sees = [g for g in governors if text[g.start : g.end].lower() == "sees"]
    if notice is None and not sees:
        return
    begin = notice.start() if notice is not None else sees[0].end
    for mention in lexicon.verbs.find(text, begin, sentence.end):
        forms = dict(part.split("=", 1) for part in mention.value.split(";"))
        if GERUND not in forms:
            continue
        action = lexicon.actions[forms[GERUND]].action
        counted = any(
            mention.end <= a.start <= mention.end + COUNTED and a.kind in (CURRENCY, MASS) for a in amounts
        )
        lead = text[begin : mention.start]
        fits = bool(re.search(r"(?:,|,?\s*and|agreement|\b[A-Z]\w+)\s*$", lead))
        if action == "vague" or not fits or not (counted or action in DONE):
            continue
        if sees:
            who = find_subject(text, begin, mention.start, parties, cast, lexicon)
        else:
            who = first_party(parties, begin, lexicon)
            if not who.parties and cast.last:
                who = Subject(cast.last, "subject: carried on")
        kind = "agreed" if sees or "entered into" in text[begin : mention.start] else "performs"
        governor = Governor(begin, mention.start, sentence.end, kind, False, "gerund of a notice")
        yield Draft(
            mention.start,
            sentence.end,
            sentence.start,
            governor,
            who,
            forms[GERUND],
            action,
            False,
            False,
            None,
            f"gerund: {mention.rule}",
        )
