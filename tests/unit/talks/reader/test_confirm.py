"""A commitment held against the text of the other side."""

from __future__ import annotations

import pytest

from unit.talks.reader.texts import ECHO, FACT_SHEET, reading
from xenotime.talks.reader.confirm import confirmations
from xenotime.talks.reader.lexicon import load_lexicon


def test_a_fact_sheet_against_its_echo() -> None:
    found = confirmations(reading(FACT_SHEET, ""), reading(ECHO, ""), load_lexicon())
    assert [item.status for item in found] == ["differs", "differs", "differs", "no", "no"]
    assert found[1].why == "1.2e+07 t here, 1e+07 t there"
    assert found[3].why == "not mentioned"


@pytest.mark.parametrize(
    ("other", "status", "why"),
    [
        ("China will suspend its export controls on gallium by 1 May 2026.", "yes", "said the same"),
        ("China will suspend its export controls on gallium.", "partly", "without deadline"),
        ("China plans to suspend its export controls on gallium.", "partly", "put there as a hope, hedged"),
        ("China will suspend its export controls on gallium by 2 May 2026.", "differs", "2026-05-01 here"),
        ("China will not suspend its export controls on gallium.", "denied", "not to be so"),
        ("The United States will suspend its export controls on gallium.", "no", "not mentioned"),
        ("China will suspend its port fees.", "no", "not mentioned"),
    ],
)
def test_one_promise_against_what_another_text_says(other: str, status: str, why: str) -> None:
    mine = reading("China will suspend its export controls on gallium by 1 May 2026.")
    (found,) = confirmations(mine, reading(other), load_lexicon())
    assert found.status == status
    assert why in found.why
