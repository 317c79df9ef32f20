"""The ledger and the belief as one JSON document: tidy tables with explicit keys, as known on a day."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from importlib import metadata
from typing import Any

from xenotime.errors import one_problem
from xenotime.facts.load import Facts
from xenotime.facts.words import Delivered, Spell
from xenotime.policy.case import load_case
from xenotime.report.envelope import Row, envelope
from xenotime.report.ledger_read import read_tables
from xenotime.talks.belief.bridge import case_with_belief
from xenotime.talks.belief.event_study import Study, is_deed, is_word, study, study_talks, thin_sentence
from xenotime.talks.belief.filter import Belief
from xenotime.talks.belief.frozen import Parameters, load_frozen
from xenotime.talks.belief.replay import FIRST, LAST, Outcome, Replay, replay, score_table, watched
from xenotime.talks.belief.tone import pairs, tone_index
from xenotime.talks.ledger.days import day_text, last_day, month_at
from xenotime.talks.ledger.known import known_at
from xenotime.talks.ledger.ledger import Ledger
from xenotime.talks.ledger.reliability import BAND
from xenotime.talks.ledger.status import Standing
from xenotime.talks.reader.event_codes import read_events
from xenotime.talks.reader.event_replay import ReadReplay, replay_read
from xenotime.world.problems import suggestion

THIN = (
    "the record is thin: a few dozen claims, a handful of controls; and because 2025 is known to whoever "
    "builds this, scores of 2025-26 are pseudo-out-of-sample although no parameter was fitted on them"
)
TONE_FROM = "2018-03"


def newest(facts: Facts) -> int:
    """Day up to which the record reaches: the end of the newest month of an event or delivery."""
    months = [row.knowable_from for name in ("events", "delivered_series") for row in facts.rows(name)]
    return last_day(max(months))


def ledger_document(facts: Facts, ledger: Ledger) -> Row:
    """The document of kind ``ledger``; everything in it rests on what was known at the ledger's day."""
    at = last_day(ledger.at)
    known = known_at(facts, at)
    parameters, sha256 = load_frozen()
    until = _last_whole_month(at)
    played = replay(known, FIRST, min(LAST, until)) if until >= FIRST else Replay((), (), sha256)
    codes = read_events(known, at)
    read = replay_read(known, codes, FIRST, min(LAST, until)) if until >= FIRST else ReadReplay((), ())
    outcomes = played.outcomes + read.outcomes
    data: Row = {
        "at": ledger.at,
        "entries": [{**asdict(entry), "chains": list(entry.chains)} for entry in ledger.entries],
        "commitments": [_standing(item) for item in ledger.standings],
        "fulfilment": [
            {**asdict(part), "sources": list(part.sources)}
            for item in ledger.standings
            for part in item.parts
        ],
        "paths": list(ledger.paths),
        "reliability": [
            {
                **asdict(row),
                "mean": row.mean,
                "low": row.quantile(BAND[0]),
                "high": row.quantile(BAND[1]),
            }
            for row in ledger.reliability
        ],
        "hazards": [
            {**asdict(row), "rate": row.rate, "low": row.band[0], "high": row.band[1], "unit": "1/month"}
            for row in parameters.hazards
        ],
        "cadence": [asdict(parameters.cadence)],
        "beliefs": [row for belief in played.beliefs for row in _belief(belief)],
        "trail": [row for belief in played.beliefs for row in trail_rows(belief)],
        "forecasts": [_forecast(item) for item in outcomes],
        "scores": score_table(outcomes),
        **read_tables(known, codes, at),
        "read_trail": [
            {"model": model, **row} for model, belief in read.beliefs for row in trail_rows(belief)
        ],
        "tone": [
            asdict(row)
            for pair in pairs(known)
            for row in tone_index(known, pair, *_tone_span(until), parameters.numbers)
        ],
        "event_study": [_study(item) for item in _studies(known)],
        "limits": asdict(parameters.numbers),
        "parameters": {"until": parameters.until, "sha256": sha256, "spells": len(known.rows(Spell))},
        "sources": _sources(facts, ledger),
    }
    return envelope("ledger", _fingerprint(data), data, _warnings(known, parameters))


def _last_whole_month(at: int) -> str:
    """The last month that is over at the end of a day."""
    month = month_at(at)
    return month if last_day(month) == at else month_at(last_day(month) - 40)


def _tone_span(until: str) -> tuple[str, str]:
    """The last two years: before, the months are in the record and say little of now."""
    start = f"{int(until[:4]) - 1}-{until[5:]}"
    return max(start, TONE_FROM), until


def _standing(item: Standing) -> Row:
    names = (
        "commitment",
        "deal",
        "promised_by",
        "to",
        "what",
        "date",
        "deadline",
        "status",
        "reason",
        "ratio",
        "low",
        "high",
        "on_path",
        "sure",
        "test",
        "stated",
        "grade",
    )
    return {name: getattr(item, name) for name in names}


def _belief(belief: Belief) -> list[Row]:
    control, _, scope = belief.channel.partition("@")
    return [
        {
            "channel": belief.channel,
            "control": control,
            "scope": scope,
            "as_of": belief.as_of,
            "month": belief.month,
            "law": belief.law,
            "regime": regime,
            "probability": chance,
        }
        for regime, chance in belief.chances.items()
    ]


def trail_rows(belief: Belief) -> list[Row]:
    """The trail of a belief as rows."""
    return [
        {
            "channel": step.channel,
            "as_of": belief.as_of,
            "month": step.month,
            "kind": step.kind,
            "entry": step.entry,
            "ratio": step.ratio,
            "before": dict(step.before),
            "after": dict(step.after),
            "reason": step.reason,
        }
        for step in belief.trail
    ]


def _forecast(item: Outcome) -> Row:
    return asdict(item)


def _studies(facts: Facts) -> tuple[Study, ...]:
    return (
        study(facts, "words", is_word),
        study(facts, "deeds", is_deed),
        study(facts, "words and deeds", lambda row: True),
        study_talks(facts),
    )


def _study(item: Study) -> Row:
    p_value = None if item.p_value is None else float(item.p_value)
    return {**asdict(item), "sides": list(item.sides), "p_value": p_value, "sentence": thin_sentence(item)}


def _sources(facts: Facts, ledger: Ledger) -> list[Row]:
    used = {entry.source for entry in ledger.entries}
    used |= {name for item in ledger.standings for part in item.parts for name in part.sources}
    names = ("source", "title", "publisher", "date", "url", "grade")
    return [
        {name: getattr(row, name) for name in names}
        for key, row in sorted(facts.sources().items())
        if key in used
    ]


def _warnings(facts: Facts, parameters: Parameters) -> list[str]:
    found = [THIN]
    recalled = sum(1 for row in facts.rows("events") if row.grade == "D")
    found.append(f"{recalled} of {len(facts.rows('events'))} events are recalled or weak (grade D)")
    derived = sum(1 for row in facts.rows(Delivered) if row.note.startswith("derived"))
    found.append(f"{derived} of {len(facts.rows(Delivered))} delivered figures are derived from others")
    return found


def _fingerprint(data: Row) -> str:
    text = metadata.version("xenotime") + json.dumps(data, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def as_of_words(data: dict[str, Any]) -> str:
    """The day of the ledger in words."""
    return f"as known on {day_text(last_day(data['at']))}"


def belief_case(facts: Facts, at: int, channel: str, path: str, base: str) -> str:
    """Text of the case `base` with the belief path of `channel` as known at `at`.

    Raises InputProblems where nobody watches the channel, a path is missing, or the base does not fit.
    """
    known = known_at(facts, at)
    parameters, sha256 = load_frozen()
    names = [item.name for item in watched(known, parameters)]
    if not path or channel not in names:
        raise one_problem(
            "unknown-name",
            "--belief" if path else "--case",
            repr(channel) if path else "no place to write to",
            "a control and whose goods: " + ", ".join(names),
            suggestion(channel, names, "give both --belief and --case"),
        )
    played = replay(known, FIRST, min(LAST, _last_whole_month(at)), [channel])
    return case_with_belief(load_case(base), played.beliefs, sha256)
