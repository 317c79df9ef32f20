"""A reader opens the page of an exposure from disk: all is drawn, nothing complains or is fetched."""

from __future__ import annotations

from pathlib import Path

import pytest

from browser.opened import SIZES, opened
from unit.report.invented_exposure import document
from xenotime.report.exposed_page import write_exposure

ODDS = "section#stops-table td:nth-child(3)"


@pytest.mark.parametrize("size", SIZES)
def test_the_page_opens_without_a_word_of_complaint(chromium: str, tmp_path: Path, size: str) -> None:
    path = write_exposure(document(), tmp_path / "exposure.html")
    seen = opened(chromium, path, size, reads=("header", ODDS))
    (stop,) = document()["data"]["stops"]
    assert (seen.said, seen.outside) == ([], [])
    assert seen.drawn >= 3
    assert seen.fits
    assert "L under shut" in seen.texts["header"]
    assert seen.texts[ODDS].replace("\u00a0", " ") == f"{stop['value']:.0%}".replace("%", " %")
