"""A reader opens the page of the ledger from disk: all is drawn, nothing complains or is fetched."""

from __future__ import annotations

from pathlib import Path

import pytest

from browser.opened import SIZES, opened
from xenotime.facts.load import load_facts
from xenotime.report.ledger_page import write_ledger
from xenotime.report.ledgered import ledger_document
from xenotime.talks.ledger.days import read_at
from xenotime.talks.ledger.ledger import ledger_at

BELIEF = "section#beliefs figcaption"


@pytest.mark.parametrize("size", SIZES)
def test_the_page_opens_without_a_word_of_complaint(chromium: str, tmp_path: Path, size: str) -> None:
    document = ledger_document(load_facts(), ledger_at(read_at("2025-11-30")))
    path = write_ledger(document, tmp_path / "ledger.html")
    seen = opened(chromium, path, size, reads=(BELIEF,))
    assert (seen.said, seen.outside) == ([], [])
    assert seen.drawn >= plots_expected(document)
    assert seen.fits
    assert "CHN-18-2025@USA" in seen.texts[BELIEF]


def plots_expected(document: dict[str, object]) -> int:
    """Promises twice, paths, beliefs and tones."""
    data = document["data"]
    assert isinstance(data, dict)
    channels = {row["channel"] for row in data["beliefs"]}
    tones = {row["pair"] for row in data["tone"] if row["tone"] is not None}
    return 2 + 4 + len(channels) + len(tones)
