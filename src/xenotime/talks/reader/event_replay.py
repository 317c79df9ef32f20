"""The replay of 2025-26 with the reader's codes of events in the place of those by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from xenotime.facts.load import Facts
from xenotime.facts.words import Reading as ByHand
from xenotime.talks.belief.filter import BELIEVED, WEIGHED, Belief
from xenotime.talks.belief.replay import FIRST, LAST, Outcome, replay
from xenotime.talks.reader.event_agreement import READ, STATED
from xenotime.talks.reader.event_codes import Codes

FILLED, ALONE, CREDULOUS = "through the reader", "the reader alone", "believing all it hears"
UNSAID = "talks without words"
UNSTATED = 1  # months of a claim without a deadline, as the reader weighs any text


@dataclass(frozen=True, slots=True)
class ReadReplay:
    """Beliefs by model and every forecast of the models that rest on the reader."""

    beliefs: tuple[tuple[str, Belief], ...]
    outcomes: tuple[Outcome, ...]


def replay_read(
    facts: Facts, codes: Sequence[Codes], first: str = FIRST, last: str = LAST, names: Iterable[str] = ()
) -> ReadReplay:
    """Replays on the reader's codes, with the frozen parameters and the calendar of talks by hand.

    Through the reader: its code where it gives one, the hand's where not.  The reader alone: what it does
    not give is unknown, so that a claim without a kind or direction is not heard.  Which claim about which
    control it is, and what came of it, stay the hand's in both.  Talks without words is what is left where
    no claim is heard at all, so that the share of the calendar can be told from that of the words.
    """
    chosen = tuple(names)
    beliefs: list[tuple[str, Belief]] = []
    outcomes: list[Outcome] = []
    for model, said, hearings in (
        (FILLED, with_codes(facts, codes, alone=False), {WEIGHED: FILLED}),
        (ALONE, with_codes(facts, codes, alone=True), {WEIGHED: ALONE, BELIEVED: CREDULOUS}),
        (UNSAID, _unsaid(facts), {WEIGHED: UNSAID}),
    ):
        played = replay(said, first, last, chosen, hearings, calendar=facts)
        beliefs += [(model, belief) for belief in played.beliefs]
        outcomes += [item for item in played.outcomes if item.model in hearings.values()]
    return ReadReplay(tuple(beliefs), tuple(outcomes))


def with_codes(facts: Facts, codes: Sequence[Codes], alone: bool) -> Facts:
    """Facts whose readings of events hold the reader's codes; `alone` leaves the hand's out elsewhere."""
    by = {item.event: item for item in codes}
    return _with_readings(
        facts,
        (_coded(row, by[row.event], alone) if row.event in by else row for row in facts.rows(ByHand)),
    )


def _unsaid(facts: Facts) -> Facts:
    """Facts in which no reading goes either way: the record of such words stays, none of them is heard."""
    return _with_readings(facts, (replace(row, direction="none") for row in facts.rows(ByHand)))


def _with_readings(facts: Facts, rows: Iterable[ByHand]) -> Facts:
    return Facts(MappingProxyType({**facts.tables, "event_readings": tuple(rows)}), facts.as_of)


def _coded(row: ByHand, item: Codes, alone: bool) -> ByHand:
    given = {name: getattr(item, name) for name in READ}
    if not alone:
        return replace(row, **{name: value for name, value in given.items() if value not in ("", None)})
    heard = bool(item.act and item.direction)
    return replace(
        row,
        **{
            **given,
            **{name: given[name] or "no" for name in STATED},
            "direction": item.direction if heard else "none",
            "window_months": item.window_months or UNSTATED,
        },
    )
