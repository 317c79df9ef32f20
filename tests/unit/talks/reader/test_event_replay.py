"""The replay on the reader's codes: what it gives moves the belief, what it does not give is not heard."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from xenotime.facts.load import load_facts
from xenotime.facts.words import Reading as ByHand
from xenotime.talks.belief.filter import BELIEVED, WEIGHED
from xenotime.talks.belief.replay import HEARINGS, replay, score_table
from xenotime.talks.ledger.days import first_day, last_day
from xenotime.talks.reader.event_agreement import READ
from xenotime.talks.reader.event_codes import Codes, read_events
from xenotime.talks.reader.event_replay import (
    ALONE,
    CREDULOUS,
    FILLED,
    UNSAID,
    ReadReplay,
    replay_read,
    with_codes,
)

FACTS = load_facts()
USA = "CHN-18-2025@USA"
NOTHING = Codes("", "", "", "", "", "", "", "", "", "", None, "")


@cache
def played() -> ReadReplay:
    return replay_read(FACTS, read_events(FACTS))


def chances(found: ReadReplay, model: str) -> dict[tuple[str, str], dict[str, float]]:
    return {(o.channel, o.as_of): o.chances for o in found.outcomes if o.model == model}


def by_hand(hearing: str) -> dict[tuple[str, str], dict[str, float]]:
    return {(o.channel, o.as_of): o.chances for o in replay(FACTS).outcomes if o.model == HEARINGS[hearing]}


def test_with_the_hands_codes_it_is_the_replay_by_hand() -> None:
    codes = [
        Codes(row.event, **{name: getattr(row, name) for name in READ}, rule="") for row in FACTS.rows(ByHand)
    ]
    found = replay_read(FACTS, codes)
    for model, hearing in ((FILLED, WEIGHED), (ALONE, WEIGHED), (CREDULOUS, BELIEVED)):
        assert chances(found, model) == by_hand(hearing), model


def test_with_no_codes_the_hand_fills_all_and_the_reader_alone_hears_nothing() -> None:
    codes = [replace(NOTHING, event=row.event) for row in FACTS.rows(ByHand)]
    found = replay_read(FACTS, codes)
    assert chances(found, FILLED) == by_hand(WEIGHED)
    mine, calendar = chances(found, ALONE), chances(found, UNSAID)
    for key, held in mine.items():
        if key[0] == USA:  # where no act is announced with a date, whose record would count
            assert held == calendar[key]
    heard = {step.kind for model, b in found.beliefs if model in (ALONE, UNSAID) for step in b.trail}
    assert not heard & {"word", "echo"}


def test_a_code_of_the_reader_moves_the_belief() -> None:
    june = [replace(NOTHING, event="2025-06-07-mofcom-sources", direction="tightens")]
    turned = replay_read(FACTS, june, "2025-06", "2025-06", [USA])
    plain = replay_read(FACTS, (), "2025-06", "2025-06", [USA])
    assert chances(turned, FILLED)[USA, "2025-06"]["open"] < chances(plain, FILLED)[USA, "2025-06"]["open"]


def test_codes_take_the_place_of_the_hands_and_nothing_else_changes() -> None:
    item = replace(NOTHING, event="2025-06-06-trump", speaker="press", names_goods="no")
    row = next(row for row in FACTS.rows(ByHand) if row.event == item.event)

    def coded(alone: bool) -> ByHand:
        rows = with_codes(FACTS, [item], alone).rows(ByHand)
        assert [r for r in rows if r.event != item.event] == [
            r for r in FACTS.rows(ByHand) if r.event != item.event
        ]
        return next(r for r in rows if r.event == item.event)

    assert coded(alone=False) == replace(row, speaker="press", names_goods="no")
    alone = coded(alone=True)
    assert (alone.speaker, alone.act, alone.direction, alone.states_date) == ("press", "", "none", "no")
    assert alone.window_months == 1
    kept = ("event", "controls", "scope", "claim", "came", "outcome_from", "knowable_from")
    assert all(getattr(alone, name) == getattr(row, name) for name in kept)


def test_every_step_rests_on_what_was_said_before_it() -> None:
    dates = {row.event: row.date for row in FACTS.rows("events")}
    seen = 0
    for _, belief in played().beliefs:
        for step in belief.trail:
            if step.kind in ("word", "echo"):
                assert first_day(dates[step.entry]) <= last_day(belief.as_of)
                seen += 1
    assert seen


def test_it_is_scored_over_the_months_of_the_replay_by_hand() -> None:
    table = score_table(played().outcomes + replay(FACTS).outcomes)
    months = {(row["channel"], row["model"]): row["months"] for row in table}
    for channel in {str(row["channel"]) for row in table}:
        models = (FILLED, ALONE, CREDULOUS, UNSAID)
        assert {months[channel, model] for model in models} == {months[channel, HEARINGS[WEIGHED]]}
    assert {row["model"] for row in score_table(played().outcomes)} == {FILLED, ALONE, CREDULOUS, UNSAID}


def test_the_calendar_of_talks_is_not_read_and_stays() -> None:
    hand = {
        step.reason
        for belief in replay(FACTS, names=[USA]).beliefs
        for step in belief.trail
        if step.kind == "hazard"
    }
    for model in (FILLED, ALONE, UNSAID):
        reasons = {
            step.reason
            for name, belief in played().beliefs
            if name == model and belief.channel == USA
            for step in belief.trail
            if step.kind == "hazard"
        }
        assert reasons == hand


@pytest.mark.parametrize("score", ["log_score", "brier"])
def test_the_reader_alone_beats_a_constant_hazard_and_not_the_hand(score: str) -> None:
    rows = score_table(played().outcomes + replay(FACTS, names=[USA]).outcomes)
    by = {str(row["model"]): row[score] for row in rows if row["channel"] == USA}
    mine, constant, hand = (by[name] for name in (ALONE, "constant hazard", "ledger and belief"))
    assert isinstance(mine, float)
    assert isinstance(constant, float)
    assert isinstance(hand, float)
    assert hand < mine < constant
