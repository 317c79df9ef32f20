"""Tone and cadence: counted, weighted, never read off words."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from xenotime.facts.load import Facts, load_facts
from xenotime.talks.belief.numbers import belief_numbers
from xenotime.talks.belief.tone import concerns, tone_index, weight_of
from xenotime.talks.ledger.reliability import Reliability

NUMBERS = belief_numbers(load_facts())


def test_tone_follows_what_was_done() -> None:
    by = {row.month: row for row in tone_index(load_facts(), "CHN;USA", "2025-03", "2025-07", NUMBERS)}
    assert by["2025-03"].tone is None
    assert by["2025-04"].tone == pytest.approx(-1)  # the licences of April
    assert by["2025-07"].tone is not None
    assert by["2025-07"].tone > 0.9
    assert (by["2025-06"].talks, by["2025-06"].since) == (4, 0)


def test_the_words_of_a_text_change_nothing() -> None:
    facts = load_facts()
    events = tuple(replace(row, claim="", terms="", reply="") for row in facts.rows("events"))
    silent = Facts(MappingProxyType({**facts.tables, "events": events}), "")
    span = ("CHN;USA", "2025-04", "2025-06", NUMBERS)
    assert tone_index(silent, *span) == tone_index(facts, *span)


def test_a_concrete_act_weighs_more() -> None:
    rows = {row.event: row for row in load_facts().rows("event_readings")}
    record = [
        Reliability("statements", "act", name, 1, 1, 9, 1) for name in ("legal_act", "unilateral_claim")
    ]
    concrete, vague = rows["2025-04-04-mofcom"], rows["2025-11-01-white-house"]
    assert weight_of(concrete, record) == pytest.approx(4 / 5 * 0.9)
    assert weight_of(vague, record) == pytest.approx(2 / 5 * 0.9)
    assert concerns(concrete, "CHN;USA")
    assert not concerns(rows["2025-07-24-eu-and-chn"], "CHN;USA")
