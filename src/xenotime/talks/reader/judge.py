"""What kind of act it is, how sure it is put, and whether it is a commitment: one rule after another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xenotime.talks.reader.deeds import Draft
from xenotime.talks.reader.fields import Details
from xenotime.talks.reader.found import (
    CLAIM,
    DESCRIPTION,
    FIRM,
    HEDGED,
    HOPE,
    HOPED,
    LEGAL,
    OPINION,
    PROMISE,
    THREAT,
    VAGUE,
)
from xenotime.talks.reader.governors import PERFECT, find_cues
from xenotime.talks.reader.lexicon import Lexicon, Mention
from xenotime.talks.reader.sentences import Sentence
from xenotime.talks.reader.subjects import state_of

_IN_FORCE = re.compile(
    r"\b(?:with immediate effect|effective immediately"
    r"|takes? immediate effect|according to the (?:new )?(?:law|rules|notice)"
    r"|(?:commerce )?ministry (?:said|announced)|(?:law|notice"
    r"|order|announcement) (?:said|says|which takes effect))\b",
    re.IGNORECASE,
)
HARMFUL = ("impose", "list")
MOVED = (
    "tariffs",
    "export_control",
    "export_tax",
    "export_quota",
    "end_use_controls",
    "port_fees",
    "entity_listing",
)
NEXT = 3  # characters between who speaks and a word of saying that stands right behind
BEFORE, BEHIND = 24, 14  # characters between a word of saying and who speaks: said U.S. President Trump


@dataclass(frozen=True, slots=True)
class Manner:
    """How a sentence is put: cues in it, who is named as speaking, and who says what follows from where."""

    third_party: bool
    threat: bool
    claims: bool
    says: bool
    announces: bool
    hedged: bool
    hoped: bool
    possible: bool
    negated: bool
    in_force: bool
    nonbinding: bool
    decreed: bool
    speaker: str
    told: tuple[tuple[int, str], ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Kind of act, modality, whether it is a concrete commitment, and the rule that said so."""

    act: str
    modality: str
    concrete: bool
    rule: str


def manner_of(text: str, sentence: Sentence, parties: Sequence[Mention], lexicon: Lexicon) -> Manner:
    """Cues of a sentence."""
    seen = {
        cue: list(find_cues(text, cue, sentence.start, sentence.end, lexicon))
        for cue in (
            "third_party",
            "threat",
            "claims",
            "says",
            "announces",
            "hedged",
            "hoped",
            "possible",
            "negation",
        )
    }
    if seen["says"]:  # what he said he would do is no doubt
        seen["possible"] = [m for m in seen["possible"] if text[m.start : m.end].lower() != "would"]
    told = [*seen["says"], *seen["claims"], *seen["announces"]]
    return Manner(
        bool(seen["third_party"]),
        bool(seen["threat"]),
        bool(seen["claims"]),
        bool(seen["says"]),
        bool(seen["announces"]),
        bool(seen["hedged"]),
        bool(seen["hoped"]),
        bool(seen["possible"]),
        bool(seen["negation"]),
        bool(_IN_FORCE.search(text, sentence.start, sentence.end)),
        any(True for _ in find_cues(text, "nonbinding", sentence.start, sentence.end, lexicon)),
        _decreed(seen["announces"], parties, lexicon),
        _speaker(text, told, parties, lexicon),
        tuple(_told(text, seen["says"], parties, lexicon)),
        tuple(m.rule for mentions in seen.values() for m in mentions),
    )


def _decreed(announced: Sequence[Mention], parties: Sequence[Mention], lexicon: Lexicon) -> bool:
    """Whether a state or a ministry announces; what a president says he will do is a threat until done."""
    for word in announced:
        near = [m for m in parties if 0 <= word.start - m.end <= BEFORE]
        rows = [lexicon.roles[m.value] for m in near]
        if any(row.role == "state" or row.speaker.endswith("ministry") for row in rows):
            return True
    return False


def _speaker(text: str, told: Sequence[Mention], parties: Sequence[Mention], lexicon: Lexicon) -> str:
    """Party right before a word of saying, or right behind one; offices and people before states."""
    for word in told:
        before = [m for m in parties if 0 <= word.start - m.end <= BEFORE]
        behind = (
            [m for m in parties if 0 <= m.start - word.end <= BEHIND] if word.rule.startswith("says") else []
        )
        for near in (before, behind):
            offices = [m for m in near if lexicon.roles[m.value].role == "office"]
            for mention in (*offices, *near):
                return lexicon.roles[mention.value].party
    return ""


def _told(
    text: str, says: Sequence[Mention], parties: Sequence[Mention], lexicon: Lexicon
) -> Iterator[tuple[int, str]]:
    """Ends of words of saying with who stands right before them: Beijing said that ..."""
    for word in says:
        for mention in parties:
            if 0 <= word.start - mention.end <= NEXT and lexicon.roles[mention.value].role != "group":
                yield word.end, lexicon.roles[mention.value].party


def judge(draft: Draft, details: Details, manner: Manner, lexicon: Lexicon) -> Verdict:
    """The verdict on one draft."""
    kind = draft.governor.kind if draft.governor is not None else ""
    parties = draft.subject.parties
    if manner.third_party and not parties:
        return Verdict(OPINION, HEDGED, False, "opinion of a third party")
    if draft.governor is not None and draft.governor.negated:
        return Verdict(DESCRIPTION, FIRM, False, "not so")
    if kind == "possible":
        if draft.action in HARMFUL and parties and not draft.passive:
            return Verdict(THREAT, HEDGED, False, "threat: may do harm")
        if manner.hoped:
            return Verdict(HOPE, HOPED, False, "hope in the sentence")
        return Verdict(OPINION, HEDGED, False, "what may be")
    if kind == "hoped":
        return Verdict(HOPE, HOPED, False, "hope")
    if kind == "hedged":
        if not parties and "expected" in draft.rule:
            return Verdict(DESCRIPTION, HEDGED, False, "what is expected")
        return Verdict(HOPE, HEDGED, False, "intention")
    if manner.nonbinding and kind in ("agreed", "performs", PERFECT):
        return Verdict(HOPE, HEDGED, False, "binds nobody")
    if kind == "firm" and manner.hoped:
        return Verdict(HOPE, HOPED, False, "hope in the sentence")
    harm = draft.action in HARMFUL and any(name in MOVED for name in details.levers)
    if kind == "firm" and harm and (manner.in_force or manner.decreed) and not draft.negated and parties:
        return Verdict(LEGAL, FIRM, True, "an act that is in force")
    if kind == "firm" and harm and not draft.negated and parties and not draft.goes_on:
        return Verdict(THREAT, FIRM, False, "threat: will do harm")
    if manner.third_party and kind == "firm" and not manner.announces:
        return Verdict(OPINION, FIRM, False, "a third party speaks")
    if _claims_about_other(draft, manner, lexicon):
        return Verdict(CLAIM, HEDGED if manner.hedged else FIRM, False, "one side about the other")
    if not parties:
        return Verdict(DESCRIPTION, FIRM, False, "no party acts")
    act = LEGAL if kind in ("decided", "performs", PERFECT) else PROMISE
    if kind == "decided" and not harm and draft.action not in ("impose", "list", "order", "extend"):
        act = PROMISE
    if not draft.action or draft.action == VAGUE:
        deal = draft.subject.rule == "subject: a deal of both"
        return Verdict(DESCRIPTION if deal else act, FIRM, False, "nothing to measure")
    counted = details.amount is not None or details.when is not None
    if draft.action in HARMFUL and not harm and not counted:
        return Verdict(DESCRIPTION, FIRM, False, "nothing that binds is put on anybody")
    goods = draft.action == "supply" and bool(details.materials)
    concrete = counted or goods or bool(set(details.levers) & lexicon.measures) or bool(details.mechanisms)
    return Verdict(
        act, FIRM, concrete, "commitment" if concrete else "neither amount, day, measure nor mechanism"
    )


def _claims_about_other(draft: Draft, manner: Manner, lexicon: Lexicon) -> bool:
    """Whether somebody says of another what he will do; the text of a deal that is announced is none."""
    if not manner.speaker or not draft.subject.parties:
        return False
    sides = {state_of(name, lexicon) for name in draft.subject.parties}
    if state_of(manner.speaker, lexicon) in sides:
        return False
    if manner.claims:
        return True
    if draft.governor is not None and draft.governor.kind == "firm":
        states = sides == set(draft.subject.parties)
        return states and any(
            end <= draft.start and name == state_of(name, lexicon) and name not in sides
            for end, name in manner.told
        )
    return (
        manner.says
        and not manner.announces
        and draft.governor is not None
        and draft.governor.kind == "agreed"
    )


def judge_rest(manner: Manner, parties: Sequence[str], lexicon: Lexicon) -> Verdict:
    """The verdict on a sentence without any deed."""
    if manner.third_party:
        return Verdict(
            OPINION, HEDGED if manner.possible or manner.hedged else FIRM, False, "a third party speaks"
        )
    if manner.hoped:
        return Verdict(HOPE, HOPED, False, "hope")
    others = [name for name in parties if state_of(name, lexicon) != state_of(manner.speaker, lexicon)]
    if manner.claims and manner.speaker and others:
        return Verdict(CLAIM, HEDGED if manner.hedged else FIRM, False, "one side about the other")
    if manner.threat and parties:
        return Verdict(THREAT, HEDGED, False, "words of a threat")
    if manner.possible:
        return Verdict(OPINION, HEDGED, False, "what may be")
    if manner.hedged:
        return Verdict(HOPE, HEDGED, False, "intention")
    return Verdict(DESCRIPTION, FIRM, False, "description")
