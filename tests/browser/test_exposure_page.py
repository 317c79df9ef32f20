"""A reader opens the page of an exposure from disk: all is drawn, nothing complains or is fetched."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from unit.report.invented_exposure import document
from xenotime.report.exposed_page import write_exposure

FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")


@pytest.mark.parametrize("size", [(1200, 900), (390, 800)], ids=["desk", "phone"])
def test_the_page_opens_without_a_word_of_complaint(
    chromium: str, tmp_path: Path, size: tuple[int, int]
) -> None:
    path = write_exposure(document(), tmp_path / "exposure.html")
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
        odds = page.locator("section#stops-table td").nth(2).inner_text()
        browser.close()
    (stop,) = document()["data"]["stops"]
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert drawn >= 3
    assert wide
    assert "L under shut" in opening
    assert odds.replace("\u00a0", " ") == f"{stop['value']:.0%}".replace("%", " %")
