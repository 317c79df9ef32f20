"""Beta posteriors of words that came true, against hand arithmetic."""

from __future__ import annotations

import pytest
from scipy.stats import beta

from xenotime.facts.load import load_facts
from xenotime.talks.ledger.days import read_at
from xenotime.talks.ledger.known import known_at
from xenotime.talks.ledger.reliability import Word, promised, reliabilities, said
from xenotime.talks.ledger.status import standings


def word(speaker: str, came: float, weight: float = 1.0) -> Word:
    return Word("c", "2020-01-01", speaker, "threat", 1, "no", came, weight)


def test_a_speaker_is_shrunk_to_the_mean_of_all() -> None:
    words = [word("a", 1), word("a", 1), word("b", 0), word("b", 0.5)]
    by = {(row.by, row.name): row for row in reliabilities(words, "statements", prior=2.0)}
    mean = (0.5 + 2.5) / (1 + 4)
    assert by["all", "all"].mean == pytest.approx(mean)
    assert by["speaker", "a"].alpha == pytest.approx(2 * mean + 2)
    assert by["speaker", "b"].beta == pytest.approx(2 * (1 - mean) + 1.5)
    assert by["speaker", "b"].count == 2
    quantile = by["speaker", "a"].quantile(0.05)
    assert quantile == pytest.approx(beta.ppf(0.05, 2 * mean + 2, 2 * (1 - mean)))


def test_echoes_of_a_claim_share_one_count() -> None:
    words = [item for item in said(load_facts()) if item.claim == "london"]
    assert len(words) == 3
    assert sum(item.weight for item in words) == pytest.approx(1)


def test_promises_of_a_deal_share_one_count() -> None:
    day = read_at("2026-06-30")
    words = promised(standings(known_at(load_facts(), day), day))
    deals = {item.claim.partition("-")[0] for item in words}
    assert {"P1", "BUS", "GEN", "WTO"} <= deals
    phase_one = [item for item in words if item.claim.startswith("P1-")]
    assert len(phase_one) >= 8
    assert sum(item.weight for item in phase_one) == pytest.approx(1)
    assert all(0 <= item.came <= 1 for item in words)
    assert not any(item.claim.startswith("QUOTA") for item in words)  # a permission promises nothing


def test_acts_of_law_come_true_more_often_than_claims_and_threats() -> None:
    rows = reliabilities(said(known_at(load_facts(), read_at("2024-12"))), "statements", 2.0)
    by = {row.name: row for row in rows if row.by == "act"}
    assert by["legal_act"].quantile(0.05) > by["threat"].mean
    assert by["legal_act"].quantile(0.05) > by["unilateral_claim"].mean
    assert by["legal_act"].count >= 15
