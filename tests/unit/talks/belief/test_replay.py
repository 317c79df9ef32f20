"""The replay of 2025-26: entries before each step only, scored, misses among them."""

from __future__ import annotations

from functools import cache

import pytest

from xenotime.facts.load import load_facts
from xenotime.facts.words import Reading
from xenotime.talks.belief.frozen import FIT_UNTIL, document_of, fit_parameters, load_frozen
from xenotime.talks.belief.replay import LAW_ONLY, Replay, replay, score_table
from xenotime.talks.ledger.days import first_day, last_day


@cache
def played() -> Replay:
    return replay()


def scores() -> dict[tuple[str, str], dict[str, object]]:
    return {(str(row["channel"]), str(row["model"])): row for row in score_table(played().outcomes)}


def test_every_step_rests_on_what_was_said_before_it() -> None:
    dates = {row.event: row.date for row in load_facts().rows("events")}
    for belief in played().beliefs:
        for step in belief.trail:
            if step.kind in ("word", "echo"):
                assert first_day(dates[step.entry]) <= last_day(belief.as_of)
            if step.kind == "shipment":
                assert step.month <= belief.as_of


def test_it_covers_may_2025_to_june_2026() -> None:
    months = [b.month for b in played().beliefs if b.channel == "CHN-18-2025@USA"]
    assert (months[0], months[-1], len(months)) == ("2025-05", "2026-06", 14)


@pytest.mark.parametrize("channel", ["CHN-18-2025@USA", "CHN-18-2025@all", "CHN-57-2025@all"])
@pytest.mark.parametrize("score", ["log_score", "brier"])
def test_words_weighed_beat_a_constant_hazard(channel: str, score: str) -> None:
    mine, rival = (scores()[channel, model][score] for model in ("ledger and belief", "constant hazard"))
    assert isinstance(mine, float)
    assert isinstance(rival, float)
    assert mine < rival


def test_scores_are_over_the_same_months() -> None:
    table = scores()
    for channel in ("CHN-18-2025@USA", "CHN-18-2025@all"):
        rows = [row for (name, model), row in table.items() if name == channel and model != "no change"]
        assert {row["months"] for row in rows} == {11}


def test_misses_are_kept_and_what_is_not_known_is_not_scored() -> None:
    mine = [o for o in played().outcomes if o.model == "ledger and belief"]
    assert any(o.missed for o in mine)
    unknown = [o for o in mine if not o.came]
    assert {o.month for o in unknown if o.channel == "CHN-18-2025@USA"} == {"2026-04", "2026-05", "2026-06"}
    assert all(o.log_score is None and o.crps is None and not o.missed for o in unknown)
    assert all(o.crps is None for o in mine if o.channel.partition("@")[0] in LAW_ONLY)


def test_what_came_of_a_claim_is_never_known_in_the_month_it_was_made() -> None:
    dates = {row.event: row.date for row in load_facts().rows("events")}
    for row in load_facts().rows(Reading):
        if row.controls and row.came is not None and row.act != "legal_act":
            assert row.outcome_from > dates[row.event][:7], row.event


def test_parameters_are_frozen_on_the_record_before_2025() -> None:
    frozen, sha256 = load_frozen()
    again = document_of(fit_parameters())
    assert FIT_UNTIL == frozen.until == "2024-12"
    assert again["sha256"] == sha256, "run `python -m xenotime.talks.belief`, and say so in the changelog"


def test_nothing_of_2025_enters_the_fit() -> None:
    facts = load_facts("2024-12")
    assert document_of(fit_parameters(facts)) == document_of(fit_parameters())
