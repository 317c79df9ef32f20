"""What the record holds of a dated event in words: its line, and documents of its month that report it."""

from __future__ import annotations

from xenotime.facts.load import Facts
from xenotime.facts.politics import Event
from xenotime.facts.reading import AnnotatedDocument, EventText
from xenotime.months import month_of
from xenotime.talks.ledger.days import last_day
from xenotime.talks.reader.score import GAP, passages_of
from xenotime.talks.reader.text import Text

DAY = len("YYYY-MM-DD")


def own_line(event: Event) -> str:
    """The event as the record states it: who, what, on which terms.

    What others replied, whether it was confirmed and what came of it are no words of the event.
    """
    said = f"{event.claim}; {event.terms}" if event.terms else event.claim
    return f"{event.party}: {said}."


def reports_of(facts: Facts, event: Event, at: int) -> tuple[str, ...]:
    """Documents out by day `at` that report an event, by day and key.

    Those out after the event's month are left out: a replay stands at the ends of months, so what came out
    within the month may be read, and nothing later.
    """
    end = min(at, last_day(month_of(event.date)))
    mine = {row.document for row in facts.rows(EventText) if row.event == event.event}
    out = [row for row in facts.rows(AnnotatedDocument) if row.document in mine and last_day(row.date) <= end]
    return tuple(row.document for row in sorted(out, key=lambda row: (row.date, row.document)))


def text_of(facts: Facts, event: Event, at: int, reports: bool = True) -> Text:
    """The words of an event as one text, dated on its day; undated where only its month is known.

    reports : whether documents that report it, out by day `at`, follow its own line
    """
    parts = [own_line(event)]
    for name in reports_of(facts, event, at) if reports else ():
        parts += [row.text for row in passages_of(facts, name)]
    date = event.date if len(event.date) == DAY else ""
    return Text(event.event, "text", GAP.join(parts), date, "given" if date else "")
