"""A reader opens the page of the ledger from disk: all is drawn, nothing complains or is fetched."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from xenotime.facts.load import load_facts
from xenotime.report.ledger_page import write_ledger
from xenotime.report.ledgered import ledger_document
from xenotime.talks.ledger.days import read_at
from xenotime.talks.ledger.ledger import ledger_at

FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")


@pytest.mark.parametrize("size", [(1200, 900), (390, 800)], ids=["desk", "phone"])
def test_the_page_opens_without_a_word_of_complaint(
    chromium: str, tmp_path: Path, size: tuple[int, int]
) -> None:
    day = read_at("2025-11-30")
    document = ledger_document(load_facts(), ledger_at(day))
    path = write_ledger(document, tmp_path / "ledger.html")
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
        belief = page.locator("section#beliefs figcaption").first.inner_text()
        browser.close()
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert drawn >= plots_expected(document)
    assert wide
    assert "CHN-18-2025@USA" in belief


def plots_expected(document: dict[str, object]) -> int:
    """Promises twice, paths, beliefs and tones."""
    data = document["data"]
    assert isinstance(data, dict)
    channels = {row["channel"] for row in data["beliefs"]}
    tones = {row["pair"] for row in data["tone"] if row["tone"] is not None}
    return 2 + 4 + len(channels) + len(tones)
