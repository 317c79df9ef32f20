"""Deeds that are named and not told by a verb: money behind a verb of no table, and measures that end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from xenotime.talks.reader.amounts import CURRENCY, Amount
from xenotime.talks.reader.deeds import NEAR_MONEY, Draft, first_party
from xenotime.talks.reader.governors import Governor
from xenotime.talks.reader.lexicon import Lexicon, Mention
from xenotime.talks.reader.subjects import Cast, Subject

_NOUN = re.compile(
    r"(?:\s+\([^)]*\))?(?:[\s-]+(?!and\b|or\b|to\b|for\b|in\b)[\w-]+){0,4}?[\s-]+"
    r"(?:loans?|investments?|commitments?|grants?|contributions?|financing|funding|package|credit)\b",
    re.IGNORECASE,
)
_ENDING = (
    (re.compile(r"\bthe\s+suspension\b", re.IGNORECASE), "suspend"),
    (re.compile(r"\bthe\s+(?:lifting|removal|end)\b", re.IGNORECASE), "remove"),
    (re.compile(r"\b(?:an?|the)\s+extension\b", re.IGNORECASE), "extend"),
    (re.compile(r"\ba\s+(?:ban|prohibition)\b", re.IGNORECASE), "impose"),
)
_NOT_GIVEN = re.compile(
    r"[;:,]|\b(?:receive|get|cost|save|earn|need|require|raise|seek"
    r"|reach|exceed|lose|be|have|face|pay|owe|worth|price|than)\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?:approved|pledged|promised|awarded|awards|aside|earmarked|allocated|grants|gives|invests|lends)$"
)
_DONE = re.compile(
    r"(?:approved|approves|awarded|awards|aside|earmarked|allocated|grants|gives|provides|invests|lends)$"
)
_WORTH = re.compile(r"\b(?:outlay of|worth|budget of|valued at|totall?ing|a total of)\s*$", re.IGNORECASE)
_FROM = re.compile(
    r"\b(?:loans?|grants?|credit|financing|funding|money)\s+from\s+(?:the\s+)?\Z", re.IGNORECASE
)
_ONE_TO = re.compile(r"\bone\s+to\s+", re.IGNORECASE)


def object_of(text: str, governor: Governor, amounts: Sequence[Amount]) -> Amount | None:
    """Money that is the object of a verb of no table: would offer around 42 billion yen."""
    for amount in amounts:
        if (
            amount.kind == CURRENCY
            and "/" not in amount.unit
            and 0 < amount.start - governor.end <= NEAR_MONEY
        ):
            between = text[governor.end : amount.start]
            return None if _NOT_GIVEN.search(between) else amount
    return None


def named_deeds(
    text: str,
    governor: Governor,
    subject: Subject,
    amounts: Sequence[Amount],
    parties: Sequence[Mention],
    cast: Cast,
    lexicon: Lexicon,
) -> Iterator[Draft]:
    """announces a loan commitment of 700 m, includes an investment, announcing the suspension."""
    words = text[governor.start : governor.end].lower()
    if governor.kind == "performs":
        for pattern, action in _ENDING:
            match = pattern.match(text, governor.end + 1)
            if match is not None:
                who = subject if subject.parties else Subject(cast.last, "subject: carried on")
                who = who if who.parties else first_party(parties, governor.start, lexicon)
                yield Draft(
                    governor.start,
                    governor.reach,
                    governor.start,
                    governor,
                    who,
                    "",
                    action,
                    False,
                    False,
                    None,
                    f"noun: {pattern.pattern}",
                )
                return
    if governor.kind not in ("performs", "agreed"):
        return
    money = [a for a in amounts if governor.end <= a.start < governor.reach and a.kind == CURRENCY]
    each = [a for a in money if _ONE_TO.search(text, governor.end, a.start)]
    bare = bool(_BARE.search(words))
    for amount in each or money[:1]:
        named = _NOUN.match(text, amount.end)
        near = amount.start - governor.end <= NEAR_MONEY
        worth = bare and _WORTH.search(text[governor.end : amount.start])
        if not (each or worth or (near and (named or bare))) or "/" in amount.unit:
            continue
        kind = "performs" if _DONE.search(words) else "agreed"
        who = _payer(text, governor, subject, named, parties, cast, lexicon)
        starts = [match.start() for match in _ONE_TO.finditer(text, governor.end, amount.start)]
        yield Draft(
            starts[-1] if each and starts else governor.end,
            governor.reach,
            governor.start,
            replace(governor, kind=kind),
            who,
            "",
            "invest",
            False,
            False,
            amount,
            "noun: money that is named",
        )


def _payer(
    text: str,
    governor: Governor,
    subject: Subject,
    named: re.Match[str] | None,
    parties: Sequence[Mention],
    cast: Cast,
    lexicon: Lexicon,
) -> Subject:
    """Who pays: the subject, or whom the money is from, or both where a deal says so."""
    if named is not None and re.match(r"\s+from\s+", text[named.end() :]):
        mine = [m for m in parties if m.start >= named.end()]
        if mine and lexicon.roles[mine[0].value].role == "group":
            return Subject(cast.pair, "subject: from both sides", bool(cast.pair))
        if mine:
            return Subject((lexicon.roles[mine[0].value].party,), "subject: whom it is from")
    if subject.parties:
        return subject
    return first_party(parties, governor.start, lexicon)


def lender_of(
    text: str, draft: Draft, parties: Sequence[Mention], amounts: Sequence[Amount], lexicon: Lexicon
) -> Draft:
    """The draft with who pays and how much where it says from whom: will be funded by a 10 bn loan from."""
    for mention in parties:
        if not (draft.start < mention.start < draft.end and _FROM.search(text, draft.start, mention.start)):
            continue
        money = [a for a in amounts if draft.start <= a.start < mention.start and a.kind == CURRENCY]
        if money:
            who = Subject((lexicon.roles[mention.value].party,), "passive: whom the money is from")
            return replace(draft, subject=who, amount=money[-1])
    return draft
