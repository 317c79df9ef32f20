"""Agreement of the reader's codes with those by hand, counted on a few made events."""

from __future__ import annotations

from dataclasses import replace

import pytest

from xenotime.facts.load import load_facts
from xenotime.facts.words import Reading as ByHand
from xenotime.talks.reader.event_agreement import (
    ALL,
    CLAIMS,
    READ,
    CodeAgreement,
    agreements,
    is_replayed,
    read_code,
)
from xenotime.talks.reader.event_codes import Codes

HAND = {row.event: row for row in load_facts().rows(ByHand)}
CLAIM = HAND["2025-06-06-trump"]  # a unilateral claim that eases, about a control of the record
LAW = HAND["2025-04-04-mofcom"]
NOTHING = Codes("", "", "", "", "", "", "", "", "", "", None, "")


def as_by_hand(row: ByHand) -> Codes:
    return Codes(row.event, **{name: getattr(row, name) for name in READ}, rule="")


def found(hand: list[ByHand], codes: list[Codes]) -> dict[tuple[str, str], CodeAgreement]:
    return {(row.of, row.code): row for row in agreements(hand, codes)}


def test_a_reader_who_reads_as_the_hand_agrees_on_all() -> None:
    hand = list(HAND.values())
    for row in found(hand, [as_by_hand(one) for one in hand]).values():
        assert row.events == row.given == row.agreed
        assert (row.share, row.kappa) == (1.0, 1.0)


def test_what_is_not_given_is_counted_and_not_scored() -> None:
    codes = [replace(NOTHING, event=CLAIM.event), replace(as_by_hand(LAW), direction="eases")]
    rows = found([CLAIM, LAW], codes)
    assert rows[ALL, "act"] == CodeAgreement(ALL, "act", 2, 1, 1, 1.0)
    direction = rows[ALL, "direction"]
    assert (direction.given, direction.agreed, direction.share) == (1, 0, 0.0)
    assert rows[CLAIMS, "act"] == CodeAgreement(CLAIMS, "act", 1, 0, 0, None)
    assert rows[CLAIMS, "act"].share is None


def test_kappa_is_below_the_share_where_chance_would_agree_as_well() -> None:
    hand = [replace(LAW, event=str(n), direction=d) for n, d in enumerate(["tightens"] * 3 + ["eases"])]
    codes = [replace(as_by_hand(row), direction="tightens") for row in hand]
    row = found(hand, codes)[ALL, "direction"]
    assert row.share == pytest.approx(0.75)
    assert row.kappa == pytest.approx(0.0)


def test_claims_that_are_replayed_are_about_controls_and_no_acts_of_law() -> None:
    assert is_replayed(CLAIM)
    assert not is_replayed(LAW)
    assert not is_replayed(replace(CLAIM, controls=""))
    assert not is_replayed(replace(CLAIM, direction="none"))


@pytest.mark.parametrize(
    ("amount", "date", "mechanism", "goods", "degree"),
    [
        ("yes", "yes", "", "no", "two or more"),
        ("no", "no", "", "no", "none or one"),
        ("yes", "no", "", "no", ""),  # a mechanism would move it over the limit
    ],
)
def test_concreteness_is_given_where_the_unknown_cannot_move_it(
    amount: str, date: str, mechanism: str, goods: str, degree: str
) -> None:
    item = replace(
        NOTHING, states_amount=amount, states_date=date, states_mechanism=mechanism, names_goods=goods
    )
    assert read_code(item, "concreteness") == degree
