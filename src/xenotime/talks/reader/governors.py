"""What governs a verb: will, has agreed to, intends to, may; and the verbs of deeds each of them governs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from xenotime.talks.reader.lexicon import BASE, GERUND, PAST, THIRD, Lexicon, Mention

GOVERNING = ("firm", "agreed", "decided", "performs", "hedged", "hoped", "possible")
PERFECT = "perfect"
PERFORMED = ("suspend", "remove", "impose", "order", "extend", "reduce", "amend", "guarantee")  # by saying so
NEAR = 12  # characters before a governor in which a negation is its own
_DENIED = re.compile(
    r"\b(?:denied|denies|deny|refused|refuses|refusing|dismissed|dismisses|rejected|rejects)\b", re.IGNORECASE
)
_DEAL_TO = re.compile(
    r"\b(?:has |have )?(?:signed|struck|reached|inked|clinched"
    r"|sealed|entered(?: into)?|announced|made)\s+(?:a|an|the)\b"
    r"(?:\s+(?!and\b|that\b|which\b)[^\s,;]+){0,6}?\s+(?:deal"
    r"|agreement|contract|pact|accord|commitment|pledge)\s+to\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"(?<!\bin )(?<!\bunder )(?<!\bby )\b(?:which|who)\b[^,;.]*$", re.IGNORECASE)
_HAS = re.compile(r"\b(?:has|have)\b(?:\s+(?:also|now|already|today|\w+ly))*\s+$", re.IGNORECASE)
_HAD = re.compile(r"\bhad\b(?:\s+(?:also|now|already|\w+ly))*\s+$", re.IGNORECASE)
_FILL = (
    r"(?:\s|,|:|be taken to|continue to|refrain from|\(?\b(?:i{1,3}"
    r"|iv|v|[a-d]|\d)\)|\(|also|further|then|now|each|both|not|be|"
    r"(?!(?:only|supply|rely)\b)\w+ly|in return|together|in turn|either|take (?:all )?necessary measures to"
    r"|take (?:measures|action|actions|steps) to"
    r"|implement measures to|measures to|for (?:one|a|another) year)*"
)
_AFTER = re.compile(rf"{_FILL}$", re.IGNORECASE)
_JOINS = re.compile(rf"(?:,|;|:|\band|\)|\balso|\bthen|\bby)\s*(?:\band\b\s*)?{_FILL}$", re.IGNORECASE)
_OR = re.compile(r"\bor\s+(?:\w+ly\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Governor:
    """Words that say how sure a deed is.

    Attributes
    ----------
    start, end : place in the text;  reach : where the next one begins, or the sentence ends
    kind : one of GOVERNING, or ``perfect`` (has suspended)
    negated : whether it is itself negated (has not agreed to)
    rule : what found it
    """

    start: int
    end: int
    reach: int
    kind: str
    negated: bool
    rule: str


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of a deed under a governor.

    Attributes
    ----------
    start, end : place in the text;  verb : its base form;  form : base, gerund or past (a passive)
    joined : whether it follows another of the same governor;  negated : (agreed) not (to impose)
    rule : what found it
    """

    start: int
    end: int
    verb: str
    form: str
    joined: bool
    negated: bool
    rule: str


def find_cues(text: str, cue: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Mention]:
    """Cues of a kind between two places; the month of May is none, nor is the No. of a number."""
    for mention in lexicon.cues[cue].find(text, start, end):
        words = text[mention.start : mention.end]
        if words != "May" and not (words == "No" and text[mention.end : mention.end + 1] == "."):
            yield mention


def find_governors(text: str, start: int, end: int, lexicon: Lexicon) -> tuple[Governor, ...]:
    """Governors of a sentence in order; of two at one place the longer counts."""
    found = [
        (mention.start, mention.end, kind, mention.rule)
        for kind in GOVERNING
        for mention in find_cues(text, kind, start, end, lexicon)
        if not _RELATIVE.search(text, start, mention.start)
    ]
    found += list(_perfects(text, start, end, lexicon))
    found += [(m.start(), m.end(), "agreed", "deal to") for m in _DEAL_TO.finditer(text, start, end)]
    kept: list[tuple[int, int, str, str]] = []
    for item in sorted(found, key=lambda item: (item[0], -item[1])):
        if not kept or item[0] >= kept[-1][1]:
            kept.append(item)
    kept = [_said_would(text, start, item, lexicon) for item in kept]
    ends = [*(item[0] for item in kept[1:]), end][: len(kept)]
    return tuple(
        Governor(first, last, reach, kind, _is_negated(text, start, first, lexicon), rule)
        for (first, last, kind, rule), reach in zip(kept, ends, strict=True)
    )


def _perfects(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[tuple[int, int, str, str]]:
    """has suspended, have lifted, and directs, suspends: the verb is a deed of its own."""
    for mention in lexicon.verbs.find(text, start, end):
        if f"{THIRD}=" in mention.value and lexicon.actions[_form(mention, THIRD)].action in PERFORMED:
            yield mention.start, mention.end, "performs", f"present: {mention.rule}"
        lead = _HAS.search(text, start, mention.start) or _told_had(text, start, mention.start, lexicon)
        if lead is not None and lead.end() == mention.start and f"{PAST}=" in mention.value:
            yield lead.start(), mention.start, PERFECT, f"perfect: {mention.rule}"


def _told_had(text: str, start: int, place: int, lexicon: Lexicon) -> re.Match[str] | None:
    """What somebody told he had done, he has done."""
    lead = _HAD.search(text, start, place)
    if lead is None:
        return None
    told = [m for cue in ("says", "announces") for m in lexicon.cues[cue].find(text, start, lead.start())]
    return lead if told else None


def _form(mention: Mention, form: str) -> str:
    return dict(part.split("=", 1) for part in mention.value.split(";"))[form]


def _said_would(
    text: str, start: int, item: tuple[int, int, str, str], lexicon: Lexicon
) -> tuple[int, int, str, str]:
    """What somebody said he would do is what he said: I will."""
    first, last, kind, _rule = item
    if kind != "possible" or text[first:last].lower() != "would":
        return item
    before = [
        m for cue in ("says", "announces", "agreed") for m in lexicon.cues[cue].find(text, start, first)
    ]
    return (first, last, "firm", "reported would") if before else item


def _is_negated(text: str, start: int, place: int, lexicon: Lexicon) -> bool:
    """Whether a negation stands right before, or it is all denied."""
    lead = text[max(start, place - NEAR) : place].rstrip()
    right_before = any(mention.end == len(lead) for mention in lexicon.cues["negation"].find(lead))
    return right_before or bool(_DENIED.search(text, start, place))


def governed(text: str, governor: Governor, lexicon: Lexicon) -> tuple[Verb, ...]:
    """Verbs of deeds under a governor: the first right behind it, others joined to it in the same form."""
    found: list[Verb] = []
    form = ""
    for mention in lexicon.verbs.find(text, governor.end, governor.reach):
        forms = dict(part.split("=", 1) for part in mention.value.split(";"))
        between = text[found[-1].end if found else governor.end : mention.start]
        lead = text[governor.end : mention.start]
        if text[mention.start : mention.end].lower() == "continue" and text.startswith(" to ", mention.end):
            continue  # it goes on with what comes next
        if not found:
            if not _AFTER.fullmatch(lead):
                continue
            form = _first_form(governor, lead, forms)
            if form:
                first = _verb(mention, forms, form, False, lead, lexicon)
                found.append(replace(first, negated=first.negated or _refrains(text, governor)))
        elif form in forms and _JOINS.search(between) and not _OR.search(between):
            found.append(_verb(mention, forms, form, True, between[-12:], lexicon))
        elif GERUND in forms and re.search(r"(?:,|\bby|, and|\band)\s+$", between) and form != GERUND:
            found.append(_verb(mention, forms, GERUND, True, "", lexicon))
    return tuple(found)


def _first_form(governor: Governor, lead: str, forms: dict[str, str]) -> str:
    if governor.kind == PERFECT:
        return PAST if PAST in forms else ""
    if "be taken to" in lead and BASE in forms:
        return BASE
    if re.search(r"\bbe\s+(?:\w+ly\s+)?$", lead, re.IGNORECASE):
        return PAST if PAST in forms else ""
    if BASE in forms:
        return BASE
    if GERUND in forms and governor.kind != "firm":
        return GERUND
    return ""


def _verb(
    mention: Mention, forms: dict[str, str], form: str, joined: bool, lead: str, lexicon: Lexicon
) -> Verb:
    negated = any(True for _ in lexicon.cues["negation"].find(lead))
    return Verb(mention.start, mention.end, forms[form], form, joined, negated, mention.rule)


def _refrains(text: str, governor: Governor) -> bool:
    """Whether a governor says not: agreed not to."""
    return " not " in f" {text[governor.start : governor.end].lower()} "


def performed(text: str, governor: Governor, lexicon: Lexicon) -> tuple[Verb, ...]:
    """The deed a governor is itself: prohibits, suspends; none where it introduces a noun or a gerund."""
    for mention in lexicon.verbs.find(text, governor.start, governor.reach):
        forms = dict(part.split("=", 1) for part in mention.value.split(";"))
        if mention.start == governor.start and THIRD in forms:
            return (Verb(mention.start, mention.end, forms[THIRD], THIRD, False, False, mention.rule),)
    return ()
