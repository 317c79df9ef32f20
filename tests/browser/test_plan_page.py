"""A reader opens the page of a plan from disk: all is drawn, nothing complains or is fetched."""

from __future__ import annotations

from pathlib import Path

import pytest

from browser.opened import SIZES, opened
from unit.choice.menus import WHOLE
from unit.test_plan_study import planned
from xenotime.report.planned import plan_document
from xenotime.report.planned_page import write_plan


@pytest.mark.parametrize("size", SIZES)
def test_the_page_opens_without_a_word_of_complaint(chromium: str, tmp_path: Path, size: str) -> None:
    found = planned(WHOLE, 950, tmp_path)
    path = write_plan(plan_document(found), tmp_path / "plan.html")
    seen = opened(chromium, path, size, reads=("header",))
    assert (seen.said, seen.outside) == ([], [])
    assert seen.drawn >= 5
    assert seen.fits
    assert "the best package run is" in seen.texts["header"]
