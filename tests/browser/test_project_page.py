"""A reader opens the page of a project from disk: all is drawn, nothing complains or is fetched."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from unit.dynamics.project_worlds import pits
from unit.test_project_study import PLAN, case_of
from xenotime.project_study import Wanted, value_project
from xenotime.report.projected import project_document
from xenotime.report.projected_page import write_project

FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")


@pytest.mark.parametrize("size", [(1200, 900), (390, 800)], ids=["desk", "phone"])
def test_the_page_opens_without_a_word_of_complaint(
    chromium: str, tmp_path: Path, size: tuple[int, int]
) -> None:
    (tmp_path / "plan.toml").write_text(PLAN, "utf-8")
    world = pits(planned_start="2025-03")
    found = value_project(tmp_path / "plan.toml", [case_of(tmp_path)], world, Wanted(lucks=20))
    path = write_project(project_document(found), tmp_path / "project.html")
    asked: list[str] = []
    said: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=list(FLAGS))
        page = browser.new_context(viewport={"width": size[0], "height": size[1]}, offline=True).new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready=yes]", timeout=60_000)
        plots = page.locator(".plot")
        for number in range(plots.count()):
            plots.nth(number).scroll_into_view_if_needed()
        page.wait_for_timeout(300)
        drawn = page.locator(".plot .main-svg").count()
        wide = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        opening = page.locator("header").inner_text()
        browser.close()
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert drawn >= 3
    assert wide
    assert "Under calm: worth" in opening
