"""What is read, as evidence: the record's words for it, its ratio, and the tone."""

from __future__ import annotations

import pytest

from unit.talks.reader.texts import reading
from xenotime.facts.load import load_facts
from xenotime.talks.belief.frozen import load_frozen
from xenotime.talks.belief.likelihood import likelihood_ratio
from xenotime.talks.reader.lexicon import load_lexicon
from xenotime.talks.reader.weigh import record_at, tone_of, weigh

RECORD = record_at(load_facts(), "2025-11-01")
SAYS = "Treasury Secretary Bessent claims that China will lift its export controls on gallium by 1 May 2026."


def weights(text: str, confirmed: str = "none"):  # type: ignore[no-untyped-def]
    read = reading(text)
    return weigh(read, [confirmed] * len(read.commitments()), RECORD, load_lexicon())


def test_a_promise_is_a_claim_of_one_side_and_its_ratio_that_of_the_ledger() -> None:
    (found,) = weights("China will lift its export controls on gallium by 1 May 2026.")
    assert (found.kind, found.speaker, found.direction) == ("unilateral_claim", "CHN ministry", "eases")
    assert found.concreteness == 2  # a date and the goods
    numbers = load_frozen()[0].numbers
    assert found.ratio == pytest.approx(likelihood_ratio(found.chance, found.base, 6, numbers))
    assert "speaker CHN ministry" in found.reason


def test_who_speaks_of_the_other_is_weighed_by_his_own_record() -> None:
    (found,) = weights(SAYS)
    assert (found.kind, found.speaker) == ("unilateral_claim", "USA officials")


def test_a_reply_is_weighed_by_the_record_of_such_replies() -> None:
    text = "China will lift its export controls on gallium."
    found = {reply: weights(text, reply)[0] for reply in ("none", "yes", "no")}
    assert len({item.chance for item in found.values()}) == 3
    assert "confirmed yes" in found["yes"].reason
    assert "confirmed" not in found["none"].reason


def test_an_act_of_law_is_observed_and_a_refusal_tightens() -> None:
    (law,) = weights("China has suspended its export controls on gallium.")
    assert (law.kind, law.ratio) == ("legal_act", None)
    (refusal,) = weights("China will not lift its export controls on gallium.")
    assert refusal.direction == "tightens"


def test_both_sides_in_one_text_are_a_joint_text() -> None:
    (found,) = weights("The United States and China will lift their export controls by 1 May 2026.")
    assert (found.kind, found.speaker) == ("joint_text", "both")


def test_what_is_about_nothing_else_than_beans_is_no_evidence_about_controls() -> None:
    assert weights("China will purchase 12 million tonnes of soybeans.") == ()


def test_the_record_is_that_of_the_day() -> None:
    early = record_at(load_facts(), "2012-01-01")
    assert sum(row.count for row in early if row.by == "all") < sum(
        row.count for row in RECORD if row.by == "all"
    )


def test_tone_runs_from_tightening_to_easing() -> None:
    assert tone_of(reading("China will lift its export controls."), RECORD).tone == 1.0
    assert tone_of(reading("China has banned exports of gallium."), RECORD).tone == -1.0
    assert tone_of(reading("It rained in Geneva."), RECORD).tone is None
    mixed = tone_of(
        reading("China will lift its export controls. China has banned exports of gallium."), RECORD
    )
    assert mixed.count == 2
    assert -1 < mixed.tone < 1  # type: ignore[operator]
