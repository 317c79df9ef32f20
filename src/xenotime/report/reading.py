"""A file, and texts of the other side, to the document of what was read."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date as calendar_day
from typing import Any

from xenotime.errors import one_problem
from xenotime.facts.load import load_facts
from xenotime.report.readout import read_document
from xenotime.talks.reader.confirm import Confirmation, confirmations
from xenotime.talks.reader.found import Reading
from xenotime.talks.reader.lexicon import Lexicon, load_lexicon
from xenotime.talks.reader.read import read
from xenotime.talks.reader.subjects import PAIR
from xenotime.talks.reader.text import GREATEST_FILE, load_text, read_bytes
from xenotime.talks.reader.weigh import record_at, tone_of, weigh
from xenotime.world.problems import suggestion

STANDARD_INPUT = "-"
ORDER = ("yes", "differs", "denied", "partly", "no")  # of several texts, which reply counts


@dataclass(frozen=True, slots=True)
class Asked:
    """A reading with the words it was read by and its document."""

    reading: Reading
    lexicon: Lexicon
    document: dict[str, Any]


def read_texts(file: str, others: Sequence[str] = (), date: str = "", speaker: str = "") -> Asked:
    """Read a file, hold its commitments against `others`, weigh it by the record.

    date : day the text is dated; blank takes the day it states itself
    speaker : party whose words they are; blank where the text says so itself

    Raises InputProblems for a file that cannot be read as text, a date that is none, and a party that the
    reader does not know.
    """
    lexicon = load_lexicon()
    reading = read_file(file, lexicon, date, speaker)
    replies = [confirmations(reading, read_file(other, lexicon, ""), lexicon) for other in others]
    confirmed = [min(each, key=lambda item: ORDER.index(item.status)) for each in zip(*replies, strict=True)]
    record = record_at(load_facts(), reading.text.date)
    said = [_reply(item) for item in confirmed] or ["none"] * len(reading.commitments())
    document = read_document(
        reading,
        lexicon,
        confirmed,
        weigh(reading, said, record, lexicon),
        tone_of(reading, record),
        others,
    )
    return Asked(reading, lexicon, document)


def _reply(item: Confirmation) -> str:
    """A confirmation in the words of the record: yes, partly or no."""
    return item.status if item.status in ("yes", "partly") else "no"


def read_file(file: str, lexicon: Lexicon, date: str, speaker: str = "") -> Reading:
    """The reading of one file, or of standard input for ``-``; raises InputProblems."""
    stdin = file == STANDARD_INPUT
    raw = sys.stdin.buffer.read(GREATEST_FILE + 1) if stdin else read_bytes(file)
    text = load_text(file, raw, lexicon.english)
    if date:
        text = replace(text, date=_day(date), dated_by="--date")
    if speaker:
        text = replace(text, speaker=_party(speaker, lexicon))
    return read(text, lexicon)


def speakers(lexicon: Lexicon) -> tuple[str, ...]:
    """Parties that can be said to speak: states and the Union, then firms."""
    rows = [row for row in lexicon.roles.values() if row.party != PAIR and row.role in ("state", "firm")]
    return tuple(dict.fromkeys(row.party for row in sorted(rows, key=lambda r: (r.role != "state", r.party))))


def _party(speaker: str, lexicon: Lexicon) -> str:
    known = speakers(lexicon)
    if speaker not in known:
        raise one_problem(
            "unknown-name",
            "--speaker",
            repr(speaker),
            "a party the reader knows: a state as ISO3, EU, or a firm",
            suggestion(speaker, known, "leave it out"),
        )
    return speaker


def _day(date: str) -> str:
    try:
        return calendar_day.fromisoformat(date).isoformat()
    except ValueError:
        raise one_problem(
            "bad-date", "--date", repr(date), "a day YYYY-MM-DD that is in the calendar", "correct the date"
        ) from None
