"""A reader opens the pages of leverage and of games from disk: all is drawn, nothing complains."""

from __future__ import annotations

from pathlib import Path

import pytest

from browser.opened import SIZES, opened
from unit.report import test_bargained, test_leveraged
from xenotime.report.bargain_page import write_bargain
from xenotime.report.leverage_page import write_leverage

DRAWN = {
    "leverage": 6,
    "bargain": 3,
    "club": 0,
}  # surfaces of both sides, months, parts, published twice; sets


def written(name: str, folder: Path) -> Path:
    """The page of an invented answer."""
    if name == "leverage":
        return write_leverage(test_leveraged.document(), folder / "page.html")
    made = test_bargained.quarrel(folder) if name == "bargain" else test_bargained.club(folder)
    return write_bargain(made, folder / "page.html")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", sorted(DRAWN))
def test_the_page_opens_without_a_word_of_complaint(
    chromium: str, tmp_path: Path, name: str, size: str
) -> None:
    seen = opened(chromium, written(name, tmp_path), size)
    assert (seen.said, seen.outside) == ([], [])
    assert seen.drawn >= DRAWN[name]
    assert seen.fits
