"""What stands in the words of a deed: levers, materials, the amount and the day that count, conditions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from xenotime.talks.reader.amounts import COUNT, CURRENCY, MASS, SHARE, TIME, Amount
from xenotime.talks.reader.dates import BEGIN, DUE, END, SPELL, When
from xenotime.talks.reader.deeds import Draft
from xenotime.talks.reader.found import Span
from xenotime.talks.reader.lexicon import Lexicon, Mention
from xenotime.talks.reader.sentences import Sentence

_RELATIVE = re.compile(
    r",?\s+(?:which|that)\s+(?:were|was|are|is|had|have|has)\b[^,;]*|,?\s+as provided for in [^,;]*"
    r"|,?\s+originally set to expire [^,;]*|\b(?:imposed|announced|issued|threatened)\s+(?:on|in|by)\b[^,;]*",
    re.IGNORECASE,
)
_FROM_TO = re.compile(r"\bfrom\s+[\d.]+\s?(?:%|per\s?cent|percent)?\s+to\s+$", re.IGNORECASE)
_FOR = re.compile(r"\bfor\s+(?:a\s+(?:period|further)\s+of\s+)?$", re.IGNORECASE)


WORKING = "working day"  # what a decision may take, and no deadline of a promise
OBJECT = 60  # characters of a verb and its object
_EXPORTS = re.compile(
    r"^\S+\s+(?:the\s+|all\s+|raw\s+|any\s+)?(?:exports?|exporting|shipments?)\b", re.IGNORECASE
)
_EACH = re.compile(r"\bin each (?:of|year)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Details:
    """What the words of a deed hold; `begins` and `ends` are days beside the one that counts."""

    levers: tuple[str, ...]
    materials: tuple[str, ...]
    amount: Amount | None
    when: When | None
    begins: str
    ends: str
    conditions: tuple[Span, ...]
    mechanisms: tuple[Span, ...]
    funding: tuple[Span, ...]


def values(mentions: Iterable[Mention], start: int, end: int) -> tuple[str, ...]:
    """What mentions between two places name, in order, each once."""
    names = (name for m in mentions if start <= m.start < end for name in m.value.split(";"))
    return tuple(dict.fromkeys(names))


def details_of(
    text: str,
    sentence: Sentence,
    draft: Draft,
    leads: int,
    levers: Sequence[Mention],
    materials: Sequence[Mention],
    amounts: Sequence[Amount],
    dates: Sequence[When],
    lexicon: Lexicon,
) -> Details:
    """The details of one draft.

    leads : where the first draft of the sentence begins; days before it hold for all of them
    """
    start = sentence.start if draft.start == leads or draft.passive else draft.start
    words = sentence.start if draft.passive else draft.start  # of a passive the object stands in front
    hidden = _hidden(text, sentence, dates)
    seen = [d for d in dates if not any(a <= d.start < b for a, b in hidden)]
    mine = [d for d in seen if start <= d.start < draft.end and d.lead and d.day]
    if not mine:
        mine = [d for d in seen if d.start < leads and d.lead in (DUE, SPELL, BEGIN) and d.day][:1]
    when = next((d for lead in ((DUE, SPELL), (BEGIN,), (END,)) for d in mine if d.lead in lead), None)
    begins = next((d.day for d in mine if d.lead == BEGIN), "")
    ends = next((d.day for d in mine if d.lead == END), "")
    named = _of_exports(text, draft) or values(
        levers, draft.start if not draft.passive else draft.lead, draft.end
    )
    return Details(
        named or _for_all(values(levers, sentence.start, sentence.end), draft),
        values(materials, words, draft.end),
        _yearly(text, draft, draft.amount or _amount(text, draft, amounts, dates)),
        when,
        begins,
        ends,
        tuple(find_conditions(text, sentence, lexicon)),
        tuple(_spans(lexicon, "mechanism", text, words, draft.end)),
        tuple(_funding(amounts, draft, text, lexicon)),
    )


def _of_exports(text: str, draft: Draft) -> tuple[str, ...]:
    """A ban of exports is an export control, however it is put."""
    if draft.action != "impose" or not draft.verb:
        return ()
    return ("export_control",) if _EXPORTS.search(text[draft.start : draft.start + OBJECT]) else ()


def _for_all(levers: tuple[str, ...], draft: Draft) -> tuple[str, ...]:
    """Levers of the sentence, where the words of the deed only point at them: put them on hold."""
    points = "them" in draft.verb.split() or draft.action == "guarantee"
    return levers if points else ()


def _hidden(text: str, sentence: Sentence, dates: Sequence[When]) -> list[tuple[int, int]]:
    """Clauses about something else: dates in them say when that was."""
    masked = list(text[sentence.start : sentence.end])
    for item in dates:
        if sentence.start <= item.start < sentence.end:
            for at in range(item.start - sentence.start, item.end - sentence.start):
                masked[at] = "D" if masked[at] == "," else masked[at]
    words = "".join(masked)
    return [(sentence.start + m.start(), sentence.start + m.end()) for m in _RELATIVE.finditer(words)]


def _amount(text: str, draft: Draft, amounts: Sequence[Amount], dates: Sequence[When]) -> Amount | None:
    """The amount that counts: the first that is no time, the second of from A to B; a time as a spell."""
    mine = [a for a in amounts if draft.start <= a.start < draft.end]
    sized = [a for a in mine if a.kind in (CURRENCY, MASS, SHARE, COUNT)]
    for amount in sized:
        if _FROM_TO.search(text[draft.start : amount.start]):
            return amount
    if sized:
        return sized[0]
    return next(
        (
            a
            for a in mine
            if a.kind == TIME
            and (a.unit == WORKING or _FOR.search(text[max(0, draft.start - 12) : a.start]))
            and not any(d.start <= a.start < d.end for d in dates)
        ),
        None,
    )


def _yearly(text: str, draft: Draft, amount: Amount | None) -> Amount | None:
    """So much in each of several years is so much a year."""
    if amount is None or amount.kind != MASS or "/" in amount.unit:
        return amount
    return (
        replace(amount, unit=f"{amount.unit}/year") if _EACH.search(text, amount.end, draft.end) else amount
    )


def find_conditions(text: str, sentence: Sentence, lexicon: Lexicon) -> Iterator[Span]:
    """Words of conditions, to the end of their clause."""
    for mention in lexicon.cues["condition"].find(text, sentence.start, sentence.end):
        stop = re.search(r"[,;.\"]|\s-\s", text[mention.end : sentence.end])
        end = mention.end + stop.start() if stop is not None else sentence.end
        if text[mention.start : mention.end].lower() == "conditional":
            end = mention.end
        yield Span(mention.start, end, mention.rule)


def _spans(lexicon: Lexicon, cue: str, text: str, start: int, end: int) -> Iterator[Span]:
    for mention in lexicon.cues[cue].find(text, start, end):
        yield Span(mention.start, mention.end, mention.rule)


def _funding(amounts: Sequence[Amount], draft: Draft, text: str, lexicon: Lexicon) -> Iterator[Span]:
    """Money that is given, and words of funding; prices and duties are none."""
    for amount in amounts:
        if draft.start <= amount.start < draft.end and amount.kind == CURRENCY and "/" not in amount.unit:
            yield Span(amount.start, amount.end, amount.rule)
    yield from _spans(lexicon, "funding", text, draft.start, draft.end)
