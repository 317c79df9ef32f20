"""Who does it: the parties right before a governor, those a pronoun or a list stands for, or nobody."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from xenotime.talks.reader.lexicon import Lexicon, Mention

PAIR = "pair"
_APPOSITIVE = re.compile(r",[^,]*,\s*$|\([^)]*\)\s*$")
_SMALL = re.compile(
    r"(?:\s|,|'s|\"|\(|\)|and|also|further|then|now|each|both|all|together|jointly|the|side|government|"
    r"cabinet|ministry|treasury|parliament|congress"
    r"|prime minister|minister|president|central bank|commission|"
    r"authorities|officials|leaders|have|has|had|on|side|mutually|today|, in turn,|on \w+day|\w+ly|as well|"
    r"stated|reiterated|reaffirmed|confirmed|expressed|its|their|its own|a|an|\d+|No\.|"
    r"Elements|Technologies|Corporation|Corp|Ltd|Inc|Limited|\(i\))*",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"\s*(?:\([^)]*\))?\s*(?:,|,?\s*and|,?\s*&|,?\s*together with|,?\s*as well as|,?\s*with)\s*(?:the\s+)?",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"\b(?:with|on|against|from|of|by|for|between|to|in|at|towards?|over|about|into|under)"
    r"\s+(?:the\s+|all\s+)?$",
    re.IGNORECASE,
)
_STANDS_FOR = re.compile(
    r"(?:^|[\s\"(,])(?:it|they|he|she|we|the (?:company|administration|ministry|department|regime|"
    r"government|firm|miner|group|bank|country|two|agency|commission)|his administration|its government|both)"
    r"(?:\s+(?:also|further|then|now|each|jointly|\w+ly|has|have))*\s*$",
    re.IGNORECASE,
)
_DEAL = re.compile(
    r"\b(?:the|new|this|a)\s+(?:\w+\s+){0,2}(?:agreement|deal|framework|accord|memorandum|announcement|plan)"
    r"(?:\s+\w+ly)?\s*$",
    re.IGNORECASE,
)
_NAME = re.compile(r"^(?:\s+[A-Z][\w.'-]+){1,3}(?=\s|$)")
_OFFICE = re.compile(
    r"^(?:'s)?\s+(?:federal\s+|trade\s+|commerce\s+|prime\s+|foreign\s+"
    r"|finance\s+|industry\s+|state\s+)*(?:[A-Z][\w.'-]*\s+)*"
    r"(?i:ministers?|ministry|secretary|parliament|cabinet|president"
    r"|premier|treasurer|congress|senate|government|officials)"
    r"(?:\s+(?:of|for|and|the|[A-Z][\w.'-]*),?)*(?=\s*$)"
)
_LAND = re.compile(
    r"\bthe (?:[\w-]+ ){0,3}(?:country|nation|government|state)(?:\s+\w+ly)?\s*$", re.IGNORECASE
)
_NUMBERED = re.compile(r"Announcement\s+(?:No\.\s*)?[\d/]+[^,]*$")
_EMPTY = re.compile(
    r"[\s\"'\-*\u2022(]*(?:\(?(?:i{1,3}|iv|v|[a-h]|\d{1,2})[.)]\s*)?(?:to\s+)?", re.IGNORECASE
)
_CLAUSE = re.compile(
    r"(?:;|:|--| - |\bthat\b|\bwhich\b|\bwhere\b|\bas\b|,\s*(?:and|but|while)\s)", re.IGNORECASE
)
_INHERITS = re.compile(
    r"(?:\band|,|;|\bor|\bbut|\balso|\bthen)\s*(?:\b(?:also|then|\w+ly)\b\s*)*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Cast:
    """Parties of the text so far.

    Attributes
    ----------
    pair : the two states that are spoken of together, sorted
    last : subject of the sentence before;  heading : subject of a list that is going on
    firm : last firm that acted
    """

    pair: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """Who acts, sorted, and by what rule; `known` is false where somebody acts who is no party."""

    parties: tuple[str, ...]
    rule: str
    known: bool = True


NOBODY = Subject((), "subject: no party", False)


def party_of(mention: Mention, lexicon: Lexicon) -> str:
    """Party a mention names."""
    return lexicon.roles[mention.value].party


def state_of(party: str, lexicon: Lexicon) -> str:
    """State a party belongs to: itself, or that of a firm; blank where it has none."""
    return next((row.side for row in lexicon.roles.values() if row.party == party and row.side), "")


def find_parties(text: str, start: int, end: int, lexicon: Lexicon) -> tuple[Mention, ...]:
    """Mentions of parties in order; a ministry behind the name of a state is that state's."""
    return tuple(lexicon.actors.find(text, start, end))


def pair_in(text: str, mentions: Sequence[Mention], lexicon: Lexicon) -> tuple[str, ...]:
    """Two states joined by a word: the last such pair of these mentions."""
    found: tuple[str, ...] = ()
    for one, two in itertools.pairwise(mentions):
        sides = tuple(lexicon.roles[m.value] for m in (one, two))
        if all(row.role == "state" for row in sides) and sides[0].party != sides[1].party:
            between = text[one.end : two.start]
            if re.fullmatch(
                r"\s*(?:\([^)]*\)\s*)?(?:and|&|-|/|,)\s*(?:the\s+)?(?:Commonwealth of\s+)?", between
            ):
                found = tuple(sorted({sides[0].party, sides[1].party}))
    return found


def find_subject(
    text: str, start: int, place: int, mentions: Sequence[Mention], cast: Cast, lexicon: Lexicon
) -> Subject:
    """Who acts at `place`, from the words between `start` (of the clause or sentence) and it.

    mentions : parties of the sentence
    """
    lead = text[start:place]
    before = _stripped(lead)
    if not before.strip(" \"'(") or _EMPTY.fullmatch(before):
        parties = cast.heading or cast.last
        return Subject(parties, "subject: carried on") if parties else NOBODY
    at = start + len(before)
    mine = [m for m in mentions if start <= m.start and m.end <= at and not _put_in(text, start, m.start)]
    if mine and _SMALL.fullmatch(_named_person(text[mine[-1].end : at], mine[-1], lexicon)):
        return _group(text, mine, cast, lexicon)
    if _LAND.search(before) and mine:
        return Subject((party_of(mine[-1], lexicon),), "subject: the country named before")
    if _STANDS_FOR.search(before) or _LAND.search(before):
        speaks = [m for m in mine if lexicon.roles[m.value].role not in ("people", "group")]
        parties = (party_of(speaks[-1], lexicon),) if speaks and _says_it(before) else cast.last or cast.pair
        return Subject(parties, "subject: stands for the one before") if parties else NOBODY
    if _NUMBERED.search(before):
        return Subject(cast.last, "subject: act of the one before") if cast.last else NOBODY
    if _DEAL.search(before) and cast.pair:
        return Subject(cast.pair, "subject: a deal of both")
    return NOBODY


def _named_person(tail: str, mention: Mention, lexicon: Lexicon) -> str:
    """The words behind an office without the name of who holds it, behind a state without its office."""
    if lexicon.roles[mention.value].role == "office":
        return _NAME.sub("", tail)
    return _OFFICE.sub("", tail)


def _says_it(before: str) -> bool:
    """Whether somebody in the sentence speaks of himself: the ministry said it."""
    return bool(re.search(r"\b(?:said|says|announced|announces|declared|wrote|told|added)\b", before))


def _put_in(text: str, start: int, place: int) -> bool:
    """Whether a place is inside brackets."""
    return text.count("(", start, place) > text.count(")", start, place)


def _stripped(lead: str) -> str:
    """The words before a governor without what is only put in."""
    text = lead.rstrip()
    while True:
        match = _APPOSITIVE.search(text)
        if match is None:
            return text
        text = text[: match.start()].rstrip()


def _group(text: str, mine: Sequence[Mention], cast: Cast, lexicon: Lexicon) -> Subject:
    first = len(mine) - 1
    listed = False  # a comma alone joins only in front of an and: in Beijing, China agreed
    while first:
        between = re.sub(r"\([^)]*\)", "", text[mine[first - 1].end : mine[first].start])
        comma = between.strip() in (",", ", the")
        if not _JOINED.fullmatch(between) or (comma and not listed):
            break
        listed = listed or not comma
        first -= 1
    lead = text[: mine[first].start]
    owner = _owner(text, mine, first, lexicon)
    if _PREPOSITION.search(lead[-16:]) and not owner:
        return NOBODY
    names = tuple(dict.fromkeys(party_of(m, lexicon) for m in mine[first:]))
    if any(name == PAIR for name in names):
        return Subject(cast.pair, "subject: both sides", bool(cast.pair))
    return Subject(tuple(sorted(names)), f"subject: {mine[-1].rule}")


def _owner(text: str, mine: Sequence[Mention], first: int, lexicon: Lexicon) -> bool:
    """Whether the group is an office named behind its state: the Ministry of Commerce of China."""
    return first > 0 and text[mine[first - 1].end : mine[first].start].strip() in ("of", "of the")


def with_subject(cast: Cast, subject: Subject, heads: bool) -> Cast:
    """The cast after a sentence whose subject was this; a heading keeps it for the items of its list."""
    if not subject.parties:
        return cast
    return replace(cast, last=subject.parties, heading=subject.parties if heads else cast.heading)


def inherits(lead: str) -> bool:
    """Whether the words before a governor leave its subject to the verb before: and will, and commit to."""
    return bool(_INHERITS.search(lead))


def clause_start(text: str, start: int, place: int) -> int:
    """Where the clause that holds `place` begins."""
    found = start
    for match in _CLAUSE.finditer(text, start, place):
        found = match.end()
    return found
