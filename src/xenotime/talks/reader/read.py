"""A text read sentence by sentence, with the parties carried on from one to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from xenotime.talks.reader.amounts import TIME, Amount, find_amounts
from xenotime.talks.reader.dates import When, find_dates
from xenotime.talks.reader.deeds import Draft
from xenotime.talks.reader.drafts import find_drafts
from xenotime.talks.reader.fields import Details, details_of, find_conditions, values
from xenotime.talks.reader.found import (
    CLAIM,
    DESCRIPTION,
    HOPE,
    OPINION,
    PROMISE,
    THREAT,
    VAGUE,
    Act,
    Reading,
    Span,
)
from xenotime.talks.reader.governors import find_cues
from xenotime.talks.reader.judge import Manner, Verdict, judge, judge_rest, manner_of
from xenotime.talks.reader.lexicon import Lexicon, Mention, load_lexicon
from xenotime.talks.reader.sentences import BULLET, Sentence, split_sentences
from xenotime.talks.reader.subjects import (
    PAIR,
    Cast,
    Subject,
    find_parties,
    pair_in,
    state_of,
    with_subject,
)
from xenotime.talks.reader.text import Text
from xenotime.talks.reader.wins import Win, find_wins

CAPITALS = 0.75  # of the words of a headline begin with one; sentences have a third at most
HEAD = 400  # characters at the top in which a date is that of the text
FIRST = (CLAIM, THREAT, OPINION, HOPE, PROMISE, DESCRIPTION)  # of acts that are no commitment, which counts


def read(text: Text, lexicon: Lexicon | None = None) -> Reading:
    """Everything found in a text; the same text gives the same reading."""
    words = load_lexicon() if lexicon is None else lexicon
    plain = text.plain
    text = text if text.date else _dated(text)
    sentences = split_sentences(plain, words.abbreviations)
    parties = find_parties(plain, 0, len(plain), words)
    levers, materials = tuple(words.levers.find(plain)), tuple(words.materials.find(plain))
    amounts, dates = find_amounts(plain, words), find_dates(plain, text.date)
    told = (text.speaker,) if text.speaker else ()  # who "we" is before anybody is named
    cast = Cast(pair=_pair(parties, words), last=told)
    acts: list[Act] = []
    wins: list[Win] = []
    due: When | None = None
    bound: tuple[str, ...] = ()
    for sentence in sentences:
        mine = [m for m in parties if sentence.start <= m.start < sentence.end]
        pair = pair_in(plain, mine, words)
        cast = replace(cast, pair=pair) if pair else cast
        listed = bool(cast.heading) and BULLET.match(plain, sentence.start) is not None
        if not listed and not sentence.heads:
            cast = replace(cast, heading=())
        drafts = find_drafts(plain, sentence, mine, amounts, cast, words, listed)
        manner = manner_of(plain, sentence, mine, words)
        judged = [
            _judged(
                plain,
                sentence,
                draft,
                drafts[0].start,
                manner,
                levers,
                materials,
                amounts,
                dates,
                words,
                mine,
            )
            for draft in drafts
        ]
        due = due if drafts else None
        judged = [_with_due(act, due) if set(act.actors) <= set(bound) else act for act in judged]
        if sentence.heads:
            due = next((act.when for act in judged if act.when is not None), None)
            bound = next((act.actors for act in judged if act.actors), ())
        named = Subject(pair, "subject: a pair") if pair else _named(mine, words)
        subject = next((d.subject for d in drafts if d.subject.parties), named)
        cast = with_subject(cast, subject, sentence.heads)
        here = [d for d in dates if sentence.start <= d.start < sentence.end and d.lead and d.day]
        sized = [a for a in amounts if sentence.start <= a.start < sentence.end and a.kind != TIME]
        rest = _rest(sentence, manner, levers, materials, mine, words, plain)
        rest = replace(rest, when=next(iter(here), None), amount=next(iter(sized), None))
        acts += _chosen(judged, sentence, rest)
        wins += find_wins(plain, sentence, mine, cast.pair, words)
    hedges = tuple(
        sorted(
            (
                m
                for cue in ("hedged", "hoped", "possible")
                for m in find_cues(plain, cue, 0, len(plain), words)
            ),
            key=_place,
        )
    )
    said = tuple(replace(act, said_by=act.said_by or text.speaker) for act in acts)
    return Reading(
        text, sentences, said, parties, levers, materials, hedges, tuple(wins), _names(parties, words, told)
    )


def _dated(text: Text) -> Text:
    """The text with the day at its top, where one is written there."""
    head = text.plain[:HEAD]
    days = [d for d in find_dates(head, "") if d.day and d.rule in ("date: mdy", "date: dmy", "date: iso")]
    alone = [d for d in days if d.lead == ""]
    return replace(text, date=alone[0].day, dated_by="the top of the text") if alone else text


def _place(mention: Mention) -> int:
    return mention.start


def _names(parties: Sequence[Mention], words: Lexicon, told: Sequence[str]) -> dict[str, str]:
    """Party to the state it belongs to, of parties the text names and of who speaks."""
    names = {*(words.roles[m.value].party for m in parties), *told} - {PAIR}
    return {name: state_of(name, words) or name for name in sorted(names)}


def _pair(parties: Sequence[Mention], words: Lexicon) -> tuple[str, ...]:
    """The two states named most often, the first named where as often; blank with fewer than two."""
    count: dict[str, int] = {}
    for mention in parties:
        row = words.roles[mention.value]
        if row.role != "group" and row.side:
            count[row.side] = count.get(row.side, 0) + 1
    most = sorted(count, key=lambda name: -count[name])[:2]
    return tuple(sorted(most)) if len(most) == 2 else ()


def _named(mine: Sequence[Mention], words: Lexicon) -> Subject:
    """The party a sentence without a deed is about: the first that is no adjective."""
    names = [words.roles[m.value].party for m in mine if words.roles[m.value].role not in ("people", "group")]
    return Subject(tuple(names[:1]), "subject: first named")


def _judged(
    text: str,
    sentence: Sentence,
    draft: Draft,
    leads: int,
    manner: Manner,
    levers: Sequence[Mention],
    materials: Sequence[Mention],
    amounts: Sequence[Amount],
    dates: Sequence[When],
    words: Lexicon,
    mine: Sequence[Mention],
) -> Act:
    here = [d for d in dates if sentence.start <= d.start < sentence.end]
    details = details_of(text, sentence, draft, leads, levers, materials, amounts, here, words)
    draft, details = _sharpened(draft, details, words)
    verdict = judge(draft, details, manner, words)
    return _act(sentence, draft, details, verdict, manner, mine, words)


def _sharpened(draft: Draft, details: Details, words: Lexicon) -> tuple[Draft, Details]:
    """A verb that names no lever has its own; shares that are bought are an investment."""
    if draft.action == "purchase" and "equity" in details.levers:
        draft = replace(draft, action="invest")
    if draft.action == "list" and "entity_listing" not in details.levers:
        draft = replace(draft, action=VAGUE)  # to add something is no deed by itself
    own = words.actions[draft.verb].lever if draft.verb else "investment" if draft.action == "invest" else ""
    if not details.levers and own:
        details = replace(details, levers=(own,))
    return draft, details


def _act(
    sentence: Sentence,
    draft: Draft,
    details: Details,
    verdict: Verdict,
    manner: Manner,
    mine: Sequence[Mention],
    words: Lexicon,
) -> Act:
    named = {words.roles[m.value].party for m in mine if draft.start <= m.start < draft.end}
    sides = {state_of(name, words) for name in draft.subject.parties} | set(draft.subject.parties)
    others = tuple(sorted(named - sides - {PAIR}))
    actors = draft.subject.parties
    if verdict.act == CLAIM:  # whose words they are acts; what the other is said to do is the claim
        actors, others = (manner.speaker,), draft.subject.parties
    direction = _direction(draft, words)
    return Act(
        sentence.number,
        Span(draft.start, draft.end, draft.rule),
        verdict.act,
        verdict.modality,
        draft.negated or (draft.governor is not None and draft.governor.negated),
        actors,
        others,
        manner.speaker,
        draft.action,
        draft.verb,
        direction,
        details.levers,
        details.materials,
        details.amount,
        details.when,
        details.begins,
        details.ends,
        details.conditions,
        details.mechanisms,
        details.funding,
        verdict.concrete,
        (draft.rule, draft.subject.rule, verdict.rule),
    )


def _direction(draft: Draft, words: Lexicon) -> str:
    """What the deed does to the measure it is about."""
    if draft.action in ("", VAGUE):
        return "none"
    if draft.action in ("impose", "list", "order"):
        return "tightens"
    return words.actions[draft.verb].direction if draft.verb else "eases"


def _with_due(act: Act, due: When | None) -> Act:
    """An item of a list is due when its heading says, unless it says so itself."""
    if due is None or (act.when is not None and act.when.lead in ("due", "within")):
        return act
    return replace(act, when=due, rules=(*act.rules, "deadline of the heading"))


def _rest(
    sentence: Sentence,
    manner: Manner,
    levers: Sequence[Mention],
    materials: Sequence[Mention],
    mine: Sequence[Mention],
    words: Lexicon,
    text: str,
) -> Act:
    names = tuple(words.roles[m.value].party for m in mine)
    verdict = judge_rest(manner, [name for name in names if name != PAIR], words)
    who = (manner.speaker,) if manner.speaker else tuple(n for n in names[:1] if n != PAIR)
    if verdict.act == OPINION and (manner.third_party or not manner.speaker):
        who = ()
    conditions = tuple(find_conditions(text, sentence, words))
    return Act(
        sentence.number,
        Span(sentence.start, sentence.end, "sentence"),
        verdict.act,
        verdict.modality,
        manner.negated,
        who,
        (),
        manner.speaker,
        "",
        "",
        "none",
        values(levers, sentence.start, sentence.end),
        values(materials, sentence.start, sentence.end),
        None,
        None,
        "",
        "",
        conditions,
        (),
        (),
        False,
        (verdict.rule,),
    )


def _whole(act: Act, rest: Act) -> Act:
    """An act that is no commitment, with everything its sentence names."""
    return replace(
        act,
        concrete=False,
        actors=act.actors or (rest.actors if act.act in (HOPE, THREAT) else ()),
        negated=act.negated or rest.negated,
        levers=rest.levers or act.levers,
        materials=rest.materials,
        conditions=rest.conditions,
        amount=act.amount or rest.amount,
        when=act.when or rest.when,
    )


def is_headline(sentence: Sentence) -> bool:
    """Whether a sentence is a headline: no stop at its end, most of its longer words in capitals."""
    words = re.findall(r"[A-Za-z][\w'-]{3,}", sentence.text)
    capitals = sum(word[0].isupper() for word in words)
    return len(words) >= 4 and sentence.text[-1].isalnum() and capitals >= CAPITALS * len(words)


def _chosen(judged: Sequence[Act], sentence: Sentence, rest: Act) -> Iterator[Act]:
    """Commitments of a sentence, or else the one act that says most about it."""
    commitments = [act for act in judged if act.concrete and not sentence.heads and not is_headline(sentence)]
    if commitments:
        yield from commitments
        return
    others = [_whole(act, rest) for act in judged]
    if is_headline(sentence):  # the text below says it again, and better
        others = [replace(act, act=DESCRIPTION) for act in others]
    if not others or rest.act in (CLAIM, THREAT, OPINION):
        others.append(rest)
    yield min(
        others, key=lambda act: (not act.actors, FIRST.index(act.act) if act.act in FIRST else len(FIRST))
    )
