"""What each regime makes of a control, and from when on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from small_worlds import build_network, trade
from xenotime.policy.controls import Policy, compile_policy, past_processing, terms_for
from xenotime.policy.regimes import FORESEEN, regime_of, regime_text, under_regime
from xenotime.world.tables import Control

LICENCE = Control(
    control="papers",
    instrument="licence",
    material="ore",
    origin="A",
    value=0.5,
    announced="2025-04",
    in_force="2025-06",
    enforced="2025-07",
    until="2025-12",
    processing_months=2.0,
)
NORMAL = 20.0


def policy(row: Control = LICENCE) -> Policy:
    return compile_policy(build_network(trade()), (row,), np.array([NORMAL]))


def bound(row: Control, regime: str, month: str, seen_in: str = "2025-01") -> float:
    """Most that the lane carries."""
    return float(terms_for(policy(row), seen_in, month, regime=regime).lane_high[0])


def test_a_branch_is_written_and_read_control_by_control() -> None:
    text = regime_text({"a": "closed", "b b": "open"}, {"a": "2025-03", "b b": "2026-01"})
    assert text == "a=closed@2025-03;b b=open@2026-01"
    assert [regime_of(name, text) for name in ("a", "b b", "c")] == ["closed@2025-03", "open@2026-01", ""]


@pytest.mark.parametrize("regime", ["open", "suspended", "open@2025-02"])
def test_open_and_suspended_bind_nothing(regime: str) -> None:
    assert under_regime(LICENCE, regime, "2025-08") is None
    assert bound(LICENCE, f"papers={regime}", "2025-08", "2025-08") == np.inf


def test_before_a_regime_begins_the_law_rules_as_written() -> None:
    assert under_regime(LICENCE, "closed@2025-08", "2025-07") is LICENCE
    assert bound(LICENCE, "papers=open@2025-10", "2025-09", seen_in="2025-09") == 0.5 * NORMAL
    assert bound(LICENCE, "papers=open@2025-10", "2025-10", seen_in="2025-09") == np.inf
    assert under_regime(LICENCE, "") is LICENCE


def test_a_believed_closure_needs_no_announcement() -> None:
    assert bound(LICENCE, "papers=closed@2025-03", "2025-02") == np.inf
    assert bound(LICENCE, "papers=closed@2025-03", "2025-03") == 0.0
    row = under_regime(LICENCE, "closed@2025-03", "2025-03")
    assert row == replace(
        LICENCE, instrument="ban", value=None, announced=FORESEEN, in_force="2025-03", enforced=""
    )


def test_licences_believed_in_early_are_processed_from_their_begin() -> None:
    found = [bound(LICENCE, "papers=licensed@2025-03", m) for m in ("2025-02", "2025-04", "2025-05")]
    assert found == [np.inf, 0.0, 0.5 * NORMAL]


def test_licences_in_force_already_go_on_as_they_are() -> None:
    """In force since June, enforced from July: a belief from September on that they stay changes no date."""
    row = under_regime(LICENCE, "licensed@2025-09", "2025-09")
    assert row == replace(LICENCE, announced=FORESEEN)
    assert bound(LICENCE, "papers=licensed@2025-09", "2025-09", seen_in="2025-08") == 0.5 * NORMAL


def test_what_comes_back_after_its_end_has_no_written_end() -> None:
    assert bound(LICENCE, "papers=licensed@2026-03", "2026-01") == np.inf
    assert bound(LICENCE, "papers=licensed@2026-03", "2026-04") == 0.5 * NORMAL
    assert bound(LICENCE, "papers=closed@2026-03", "2027-04") == 0.0


def test_an_end_that_lies_ahead_is_kept() -> None:
    assert bound(LICENCE, "papers=closed@2025-03", "2026-01") == np.inf


def test_a_market_settles_once_the_first_licences_are_out() -> None:
    waiting = terms_for(policy(), "2025-06", "2025-07").lane_high[0]
    settled = terms_for(past_processing(policy()), "2025-06", "2025-07").lane_high[0]
    assert (waiting, settled) == (0.0, 0.5 * NORMAL)
