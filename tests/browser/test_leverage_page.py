"""A reader opens the pages of leverage and of games from disk: all is drawn, nothing complains."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from unit.report import test_bargained, test_leveraged
from xenotime.report.bargain_page import write_bargain
from xenotime.report.leverage_page import write_leverage

FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
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


@pytest.mark.parametrize("size", [(1200, 900), (390, 800)], ids=["desk", "phone"])
@pytest.mark.parametrize("name", sorted(DRAWN))
def test_the_page_opens_without_a_word_of_complaint(
    chromium: str, tmp_path: Path, name: str, size: tuple[int, int]
) -> None:
    path = written(name, tmp_path)
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
        browser.close()
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert drawn >= DRAWN[name]
    assert wide
