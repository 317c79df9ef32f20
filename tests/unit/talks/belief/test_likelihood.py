"""What a claim is worth, and that its echoes are worth nothing more."""

from __future__ import annotations

import math

import pytest

from xenotime.facts.load import load_facts
from xenotime.talks.belief.likelihood import Evidence, chance_true, evidence_of, likelihood_ratio, odds
from xenotime.talks.belief.numbers import belief_numbers
from xenotime.talks.ledger.days import last_day
from xenotime.talks.ledger.reliability import Reliability

NUMBERS = belief_numbers(load_facts())


def record(by: str, name: str, mean: float) -> Reliability:
    return Reliability("statements", by, name, 10, 10 * mean, 10 * mean, 10 * (1 - mean))


def claim(confirmed: str = "no", act: str = "threat") -> Evidence:
    return Evidence("e", 0, "c", "a", act, "eases", 3, confirmed, 1)


def test_the_chance_is_the_mean_of_log_odds() -> None:
    rows = [record("speaker", "a", 0.5), record("act", "threat", 0.8), record("all", "all", 0.3)]
    chance, used = chance_true(claim(), rows)
    assert odds(chance) == pytest.approx(math.sqrt(1.0 * 4.0))
    assert [row.by for row in used] == ["speaker", "act"]


def test_a_reply_nobody_had_to_give_does_not_count() -> None:
    rows = [record("speaker", "a", 0.5), record("confirmed", "no", 0.1), record("confirmed", "none", 0.9)]
    assert chance_true(claim("none"), rows)[0] == pytest.approx(0.5)
    assert chance_true(claim("no"), rows)[0] < 0.5


def test_without_a_record_of_its_own_all_words_stand_in() -> None:
    assert chance_true(claim(act="none"), [record("all", "all", 0.3)])[0] == pytest.approx(0.3)


def test_the_ratio_turns_the_base_into_the_chance() -> None:
    ratio = likelihood_ratio(0.6, 0.2, 1, NUMBERS)
    assert ratio * odds(0.2) == pytest.approx(odds(0.6))
    assert likelihood_ratio(0.999, 0.001, 1, NUMBERS) == NUMBERS.greatest_ratio
    assert likelihood_ratio(0.001, 0.999, 1, NUMBERS) == 1 / NUMBERS.greatest_ratio


def test_a_claim_over_months_is_worth_less_in_each() -> None:
    assert likelihood_ratio(0.6, 0.2, 3, NUMBERS) < likelihood_ratio(0.6, 0.2, 1, NUMBERS)


def test_echoes_within_the_window_name_what_they_repeat() -> None:
    found = {
        item.event: item for item in evidence_of(load_facts(), "CHN-18-2025", "USA", last_day("2026-06"), 21)
    }
    first = "2025-06-10-lutnick-and-li-chenggang"
    assert found[first].echo_of == ""
    assert found["2025-06-11-trump"].echo_of == first
    assert found["2025-06-26-white-house"].echo_of == first
    assert found["2025-11-16-bessent"].echo_of == "2025-11-01-white-house"
    shorter = {e.event: e for e in evidence_of(load_facts(), "CHN-18-2025", "USA", last_day("2026-06"), 14)}
    assert shorter["2025-06-26-white-house"].echo_of == ""  # sixteen days later it is said anew


def test_claims_about_others_are_not_heard() -> None:
    events = {e.event for e in evidence_of(load_facts(), "CHN-18-2025", "USA", last_day("2026-06"), 21)}
    assert "2025-07-24-eu-and-chn" not in events  # about goods of the EU
    assert "2025-10-09-mofcom" not in events  # another control, and an act of law
