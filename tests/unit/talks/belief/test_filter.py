"""The filter: chances that sum to one, a law that is never contradicted, words that count once."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from xenotime.facts.load import Facts, load_facts
from xenotime.facts.words import Reading
from xenotime.months import month_range
from xenotime.talks.belief.filter import ALLOWED, BELIEVED, UNHEARD, WEIGHED, Belief, Watch, believe
from xenotime.talks.belief.frozen import load_frozen
from xenotime.talks.belief.practice import Channel
from xenotime.talks.belief.replay import watched

PARAMETERS, _ = load_frozen()
CHANNELS = {channel.name: channel for channel in watched(load_facts(), PARAMETERS)}
USA, LAW = CHANNELS["CHN-18-2025@USA"], CHANNELS["CHN-57-2025@all"]


def at(month: str, channel: Channel = USA, facts: Facts | None = None, hearing: str = WEIGHED) -> Belief:
    return believe(Watch(facts or load_facts(), channel, PARAMETERS), month, hearing)


@pytest.mark.parametrize("hearing", [WEIGHED, UNHEARD, BELIEVED])
@pytest.mark.parametrize("channel", CHANNELS.values(), ids=lambda channel: channel.name)
def test_chances_sum_to_one(channel: Channel, hearing: str) -> None:
    watch = Watch(load_facts(), channel, PARAMETERS)
    for month in month_range(channel.in_force, 8):
        belief = believe(watch, month, hearing)
        assert sum(belief.chances.values()) == pytest.approx(1, abs=1e-12)
        assert all(0 <= chance <= 1 for chance in belief.chances.values())
        for step in belief.trail:
            assert sum(step.after.values()) == pytest.approx(1, abs=1e-12)


def test_the_law_as_observed_is_never_contradicted() -> None:
    for channel in CHANNELS.values():
        for month in month_range(channel.in_force, 10):
            belief = at(month, channel)
            for step in belief.trail:
                if step.kind == "shipment":  # about a month whose law is known
                    held = {name for name, chance in step.after.items() if chance > 0}
                    assert held <= set(ALLOWED["licensed"])
    assert at("2025-11", LAW).law == "suspended"
    hazard = next(step for step in at("2025-11", LAW).trail if step.kind == "hazard")
    assert dict(hazard.before) == {"open": 0, "licensed": 0, "closed": 0, "suspended": 1}


def test_words_move_it_and_shipments_move_it_back() -> None:
    said, heard = at("2025-06").chances["open"], at("2025-06", hearing=UNHEARD).chances["open"]
    assert said > 3 * heard  # the words of June
    assert at("2025-10").chances["open"] < at("2025-08").chances["open"]  # September shipped less


def test_the_trail_says_why() -> None:
    trail = at("2025-06").trail
    assert [step.kind for step in trail].count("echo") == 2
    word = next(step for step in trail if step.ratio is not None and step.ratio > 1)
    assert word.entry == "2025-06-07-mofcom-sources"
    assert "came true" in word.reason
    assert any(step.kind == "shipment" and "0.07 of normal" in step.reason for step in trail)
    assert any("last talks 2025-06-26" in step.reason for step in trail)


def with_readings(rows: tuple[Reading, ...]) -> Facts:
    facts = load_facts()
    return Facts(MappingProxyType({**facts.tables, "event_readings": rows}), facts.as_of)


def test_an_echo_moves_nothing() -> None:
    rows = load_facts().rows(Reading)
    without = tuple(row for row in rows if row.event not in ("2025-06-11-trump", "2025-06-26-white-house"))
    mine = at("2025-06").chances
    other = at("2025-06", facts=with_readings(without)).chances
    # the outcome of the claim is not known yet, so leaving its echoes out can change nothing
    assert {k: pytest.approx(v) for k, v in mine.items()} == other


def test_the_order_of_one_day_changes_nothing() -> None:
    facts = load_facts()
    rows = facts.rows(Reading)
    turned = with_readings(tuple(reversed(rows)))
    events = tuple(
        replace(row, date="2025-06-10") if row.event.startswith("2025-06-0") else row
        for row in facts.rows("events")
    )
    one_day = Facts(MappingProxyType({**facts.tables, "events": events}), "")
    one_day_turned = Facts(
        MappingProxyType(
            {**facts.tables, "events": tuple(reversed(events)), "event_readings": tuple(reversed(rows))}
        ),
        "",
    )
    assert at("2025-06", facts=turned).chances == at("2025-06").chances
    assert at("2025-06", facts=one_day).chances == at("2025-06", facts=one_day_turned).chances


def test_an_announced_law_is_believed_as_such_acts_came_true() -> None:
    october = at("2025-10", LAW, hearing=UNHEARD)
    assert october.law == "open"
    assert october.chances["licensed"] + october.chances["closed"] > 0.8  # due on 8 November
    assert at("2025-10", LAW).chances["open"] > 0.5  # and the truce said before it
