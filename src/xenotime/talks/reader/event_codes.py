"""Dated events read into the codes of ``event_readings.csv``, as far as the reader's findings give them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xenotime.facts.load import Facts
from xenotime.facts.politics import Event
from xenotime.facts.words import Reading as ByHand
from xenotime.talks.ledger.known import LAST
from xenotime.talks.reader.amounts import TIME, find_amounts
from xenotime.talks.reader.event_texts import text_of
from xenotime.talks.reader.found import Act, Reading
from xenotime.talks.reader.lexicon import Lexicon, load_lexicon
from xenotime.talks.reader.read import read
from xenotime.talks.reader.subjects import PAIR
from xenotime.talks.reader.weigh import ABOUT_CONTROLS, CODED, kind_of, turned, window_of

# Codes of the hand that are not asked of the reader, and why.
NOT_READ = {
    "controls": "which act of law words are about is written in few texts by its number, and nowhere else",
    "scope": "whose goods are meant: that nobody is named does not say that everybody is",
    "claim": "whether two events make one claim is a matter of both, not of one text",
    "announced": "when talks were known to come is in other texts, of days before",
    "came": "what came of it is later than the text",
}
LEVERS = dict.fromkeys(ABOUT_CONTROLS, "export_control") | {
    "tariffs": "tariffs",
    "purchases": "purchases",
}
BOTH = "both"


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes of one event; blank (None for months) where the reader gives none.

    The names are those of ``event_readings.csv``.  rule : what in the text led to kind and direction
    """

    event: str
    pair: str
    speaker: str
    act: str
    direction: str
    lever: str
    states_amount: str
    states_date: str
    states_mechanism: str
    names_goods: str
    window_months: int | None
    rule: str


def read_events(facts: Facts, at: int = LAST, reports: bool = True) -> tuple[Codes, ...]:
    """Codes of every event that has a reading by hand, from its words alone, in the order of the readings.

    at : day up to which documents may be out;  reports : whether documents are read, or its own line alone
    """
    lexicon = load_lexicon()
    events = {row.event: row for row in facts.rows(Event)}
    found = []
    for name in (row.event for row in facts.rows(ByHand) if row.event in events):
        reading = read(text_of(facts, events[name], at, reports), lexicon)
        found.append(codes_of(events[name], reading, lexicon))
    return tuple(found)


def codes_of(event: Event, reading: Reading, lexicon: Lexicon) -> Codes:
    """Codes of one event from what is found in its text.

    Kind and direction are those of the act that leads: one about export controls before any other, a
    concrete commitment before a claim, then the first.  Amount, day and goods are asked of the whole text,
    where nothing found is a no; mechanisms are looked for in deeds only, so that without a deed nobody knows.
    """
    lead = leading(reading.acts)
    deeds = [act for act in reading.acts if act.action]
    amounts = [a for a in find_amounts(reading.text.plain, lexicon) if a.kind != TIME]
    days = [act for act in reading.acts if act.deadline or act.begins or act.ends]
    states = sorted({lexicon.roles[m.value].side for m in reading.parties} - {"", PAIR})
    return Codes(
        event.event,
        ";".join(states) if len(states) == 2 else "",
        _speaker(event.party, lexicon),
        kind_of(lead, reading) if lead else "",
        turned(lead) if lead and lead.direction != "none" else "",
        _lever(lead, reading),
        _told(amounts),
        _told(days),
        _told([act for act in deeds if act.mechanisms]) if deeds else "",
        _told(reading.materials),
        window_of(lead, reading.text.date) if lead and lead.deadline and reading.text.date else None,
        "; ".join(lead.rules) if lead else "",
    )


def leading(acts: Iterable[Act]) -> Act | None:
    """The act an event is coded by; None where every sentence only describes."""
    coded = [act for act in acts if act.act in CODED]
    return min(coded, key=_rank, default=None)


def _rank(act: Act) -> tuple[bool, bool, int, int]:
    about = bool(set(act.levers) & set(ABOUT_CONTROLS))
    return not about, not act.concrete, act.sentence, act.span.start


def _lever(lead: Act | None, reading: Reading) -> str:
    """Kind of measure: that of the act that leads, or the only one its text names."""
    own = [LEVERS[name] for name in lead.levers if name in LEVERS] if lead else []
    if own:
        return own[0]
    if lead is not None and lead.action == "purchase":
        return "purchases"
    named = {LEVERS[m.value] for m in reading.levers if m.value in LEVERS}
    return named.pop() if len(named) == 1 else ""


def _speaker(party: str, lexicon: Lexicon) -> str:
    """Who speaks or acts: whom the record's line names at its head; both where it names two states."""
    rows = [lexicon.roles[m.value] for m in lexicon.actors.find(party)]
    if len({row.side for row in rows if row.side}) > 1:
        return BOTH
    return next((row.speaker for row in rows if row.speaker), "")


def _told(found: Iterable[object]) -> str:
    return "yes" if any(True for _ in found) else "no"
