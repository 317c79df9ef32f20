"""A reader opens the page of a project from disk: all is drawn, nothing complains or is fetched."""

from __future__ import annotations

from pathlib import Path

import pytest

from browser.opened import SIZES, opened
from unit.dynamics.project_worlds import pits
from unit.test_project_study import PLAN, case_of
from xenotime.project_prices import Wanted
from xenotime.project_study import value_project
from xenotime.report.projected import project_document
from xenotime.report.projected_page import write_project


@pytest.mark.parametrize("size", SIZES)
def test_the_page_opens_without_a_word_of_complaint(chromium: str, tmp_path: Path, size: str) -> None:
    (tmp_path / "plan.toml").write_text(PLAN, "utf-8")
    world = pits(planned_start="2025-03")
    found = value_project(tmp_path / "plan.toml", [case_of(tmp_path)], world, Wanted(lucks=20))
    path = write_project(project_document(found), tmp_path / "project.html")
    seen = opened(chromium, path, size, reads=("header",))
    assert (seen.said, seen.outside) == ([], [])
    assert seen.drawn >= 3
    assert seen.fits
    assert "Under calm: worth" in seen.texts["header"]
