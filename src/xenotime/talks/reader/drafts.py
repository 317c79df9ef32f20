"""Deeds of a sentence, one draft each: verbs under their governors, and money named instead of a verb."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from xenotime.talks.reader.amounts import MASS, Amount
from xenotime.talks.reader.deeds import DONE, NEAR_MONEY, Draft, first_party
from xenotime.talks.reader.gerunds import gerund_deeds
from xenotime.talks.reader.given import find_given, find_laws
from xenotime.talks.reader.governors import PERFECT, Governor, Verb, find_governors, governed, performed
from xenotime.talks.reader.lexicon import GERUND, PAST, Lexicon, Mention
from xenotime.talks.reader.named import lender_of, named_deeds, object_of
from xenotime.talks.reader.sentences import BULLET, Sentence
from xenotime.talks.reader.subjects import NOBODY, Cast, Subject, find_subject, inherits

PASSIVE = ("suspend", "remove", "impose", "issue", "extend", "establish", "publish", "invest")
_APPLIES = re.compile(r"\s+(?:apply|take effect|enter into force|come into force)\b", re.IGNORECASE)
SAID = 200  # characters in front of a measure within which it is announced


def find_drafts(
    text: str,
    sentence: Sentence,
    parties: Sequence[Mention],
    amounts: Sequence[Amount],
    cast: Cast,
    lexicon: Lexicon,
    listed: bool = False,
) -> tuple[Draft, ...]:
    """Drafts of a sentence in order of their place.

    listed : whether it is an item of a list whose heading says who commits
    """
    governors = find_governors(text, sentence.start, sentence.end, lexicon)
    if listed:
        governors = (_of_list(text, sentence, governors), *governors)
    found: list[Draft] = []
    subject = NOBODY
    before = NOBODY
    for governor in governors:
        lead = text[sentence.start : governor.start]
        near = replace(cast, last=subject.parties) if subject.parties else cast
        own = find_subject(text, sentence.start, governor.start, parties, near, lexicon)
        if own.known or not (subject.parties and inherits(lead)):
            subject = own if own.known else _issuer(text, governor, parties, cast, lexicon)
        mine = list(_applied(text, governor, parties, cast, lexicon))
        mine = mine or list(_of_governor(text, governor, subject, cast, parties, amounts, lexicon))
        if governor.kind == "performs" or not any(draft.verb for draft in mine):
            mine = list(named_deeds(text, governor, subject, amounts, parties, cast, lexicon)) or mine
        found += mine
        if subject.parties or not governor.rule.startswith("present"):
            before = subject  # a noun that looks like a verb (its curbs) takes nobody's place
        subject = before
    found += gerund_deeds(text, sentence, governors, parties, cast, amounts, lexicon)
    found += find_given(
        text,
        sentence,
        amounts,
        parties,
        cast,
        lexicon,
        [(d.start, d.end) for d in found if d.action not in ("", "vague") and d.subject.parties],
    )
    found += find_laws(text, sentence, parties, cast, lexicon)
    verbs = [draft for draft in found if draft.action]
    ordered = sorted(verbs or found, key=lambda draft: (draft.start, not draft.subject.parties))
    return tuple(_spread(text, sentence, ordered, amounts))


def _of_list(text: str, sentence: Sentence, governors: Sequence[Governor]) -> Governor:
    """What governs the first verb of an item of a list: its heading."""
    mark = BULLET.match(text, sentence.start)
    begin = mark.end() if mark is not None else sentence.start
    reach = governors[0].start if governors else sentence.end
    return Governor(begin, begin, max(reach, begin), "agreed", False, "list under a heading")


def _applied(
    text: str, governor: Governor, parties: Sequence[Mention], cast: Cast, lexicon: Lexicon
) -> Iterator[Draft]:
    """controls will apply to: the measure is the subject, who announces it acts."""
    if governor.kind != "firm" or not _APPLIES.match(text, governor.end):
        return
    near = list(lexicon.levers.find(text, max(0, governor.start - NEAR_MONEY), governor.start))
    said = [
        m
        for cue in ("announces", "says")
        for m in lexicon.cues[cue].find(text, max(0, governor.start - SAID), governor.start)
    ]
    who = first_party(parties, governor.start, lexicon)
    if not near or near[-1].end < governor.start - 2 or not who.parties or not said:
        return
    yield Draft(
        near[-1].start,
        governor.reach,
        governor.start,
        replace(governor, kind="performs"),
        who,
        "",
        "impose",
        False,
        False,
        None,
        "measure: will apply",
    )


def _issuer(
    text: str, governor: Governor, parties: Sequence[Mention], cast: Cast, lexicon: Lexicon
) -> Subject:
    """Who decides where it is decided, and nobody is said to: whoever the text is of."""
    words = text[governor.start : governor.end].lower()
    if governor.kind != "decided" or not re.match(r"it is|is hereby", words):
        return NOBODY
    if cast.last:
        return Subject(cast.last, "subject: who issues it")
    return first_party(parties, governor.start, lexicon)


def _of_governor(
    text: str,
    governor: Governor,
    subject: Subject,
    cast: Cast,
    parties: Sequence[Mention],
    amounts: Sequence[Amount],
    lexicon: Lexicon,
) -> Iterator[Draft]:
    verbs = (
        governed(text, governor, lexicon)
        if governor.kind != "performs"
        else performed(text, governor, lexicon)
    )
    head: Draft | None = None
    for verb in verbs:
        action = lexicon.actions[verb.verb].action
        draft = Draft(
            verb.start,
            governor.reach,
            governor.start,
            governor,
            subject,
            verb.verb,
            action,
            _is_passive(text, verb, governor),
            verb.negated,
            None,
            f"{governor.rule}; {verb.rule}",
            "continue to" in text[governor.end : verb.start].lower(),
        )
        if governor.rule == "deal to":  # money stands in front of the verb: a deal of so much to buy
            draft = replace(draft, start=governor.start)
        if governor.kind == PERFECT and action not in DONE:
            return
        if draft.passive:
            draft = replace(draft, subject=_agent(text, draft, subject, cast, parties, lexicon))
            if action == "invest":
                draft = lender_of(text, draft, parties, amounts, lexicon)
        if head is None:
            head = draft
            continue
        if verb.form == GERUND and re.search(r"\bby\s+$", text[: verb.start][-8:]):
            if head.action != "vague":
                continue  # how it is done, not another deed
            head = replace(draft, start=head.start, verb=verb.verb)
            continue
        if verb.form == GERUND and head.action == action:
            continue  # the same said closer: resume purchases, buying so much
        if verb.form == GERUND and governor.kind == "firm":
            continue
        yield replace(head, end=verb.start)
        head = draft
    if head is not None:
        yield head
    elif governor.kind in ("firm", "agreed") and (money := object_of(text, governor, amounts)) is not None:
        yield Draft(
            governor.end,
            governor.reach,
            governor.start,
            governor,
            subject,
            "",
            "invest",
            False,
            False,
            money,
            f"money: {governor.rule}",
        )
    elif governor.kind not in ("performs", PERFECT):
        yield Draft(
            governor.end,
            governor.reach,
            governor.start,
            governor,
            subject,
            "",
            "",
            False,
            False,
            None,
            governor.rule,
        )


def _is_passive(text: str, verb: Verb, governor: Governor) -> bool:
    """will be suspended; and measures will be taken to suspend."""
    taken = text[governor.end : verb.start].strip().lower().startswith("be taken")
    return taken or (verb.form == PAST and governor.kind != PERFECT)


def _agent(
    text: str, draft: Draft, subject: Subject, cast: Cast, parties: Sequence[Mention], lexicon: Lexicon
) -> Subject:
    """Who does what is done: whom it is done by, or who acted in the sentence before."""
    for mention in parties:
        if draft.start < mention.start < draft.end and re.search(
            r"\bby\s+(?:the\s+)?$", text[: mention.start][-8:]
        ):
            return Subject((lexicon.roles[mention.value].party,), f"passive: by {mention.rule}")
    if draft.action in PASSIVE and not subject.parties and (cast.heading or cast.last):
        return Subject(cast.heading or cast.last, "passive: who acted before")
    return NOBODY


def _spread(
    text: str, sentence: Sentence, drafts: Sequence[Draft], amounts: Sequence[Amount]
) -> Iterator[Draft]:
    """Each draft up to the next; a purchase that goes on with another amount is a second draft."""
    kept: list[Draft] = []
    for draft in drafts:
        if kept and draft.start == kept[-1].start:
            continue
        kept.append(draft)
    for place, draft in enumerate(kept):
        nearest = min((d.start for d in kept[place + 1 :]), default=sentence.end)
        end = min(max(draft.end, nearest) if nearest == sentence.end else nearest, sentence.end)
        draft = replace(draft, end=end)
        mine = [a for a in amounts if draft.start <= a.start < draft.end and a.kind == MASS]
        second = [
            a
            for one, a in itertools.pairwise(mine)
            if re.search(r"\band\s+(?:\w+\s+){0,3}$", text[one.end : a.start])
        ]
        if draft.action not in ("purchase", "supply") or not second:
            yield draft
            continue
        cut = re.search(r",?\s+and\s+(?:at\s+least\s+|up\s+to\s+)?$", text[: second[0].start])
        at = cut.start() if cut is not None else second[0].start
        yield replace(draft, end=at)
        yield replace(draft, start=at, lead=at, amount=second[0], rule=f"{draft.rule}; a second amount")
