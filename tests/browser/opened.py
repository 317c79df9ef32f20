"""A page opened from disk as a reader does, without a network: what it asked for, said and drew."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
SIZES = {"desk": (1200, 900), "phone": (390, 800)}


@dataclass(frozen=True, slots=True)
class Opened:
    """What was seen.

    outside : addresses asked for that are not on this disk;  said : messages of the console and errors
    drawn : pictures drawn;  fits : whether the page is no wider than its window;  texts : by selector
    """

    outside: list[str]
    said: list[str]
    drawn: int
    fits: bool
    texts: dict[str, str]


def opened(chromium: str, path: Path, size: str, *, reads: tuple[str, ...] = ()) -> Opened:
    """Open the page, scroll to every picture, and read the first element of each selector in `reads`."""
    asked: list[str] = []
    said: list[str] = []
    width, height = SIZES[size]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=list(FLAGS))
        page = browser.new_context(viewport={"width": width, "height": height}, offline=True).new_page()
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
        fits = bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
        texts = {selector: page.locator(selector).first.inner_text() for selector in reads}
        browser.close()
    outside = [url for url in asked if not url.startswith(("file:", "data:", "blob:"))]
    return Opened(outside, said, drawn, fits, texts)
