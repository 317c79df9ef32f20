"""Somebody who never opens a terminal asks: if this control comes, what happens?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from browser.served import Server, Visit, served, visiting
from xenotime.figures.style import change_text
from xenotime.report.answer import leading
from xenotime.report.findings import find

MONTHS = 5  # to the month after the licences of April 2025 come


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(tmp_path_factory.mktemp("store")) as running:
        yield running


@pytest.fixture(scope="module")
def visit(chromium: str, server: Server) -> Iterator[Visit]:
    """A scenario that has been asked and answered."""
    with visiting(chromium, server) as opened:
        opened.go("/scenario?case=april-2025")
        opened.page.fill("[name='control.0.approval_odds']", "0.7")
        opened.page.fill("[name=months]", str(MONTHS))
        opened.page.locator("[name=months]").blur()
        deep = opened.page.url
        assert "control.0.approval_odds=0.7" in deep
        opened.page.click("#run")
        opened.page.wait_for_url("**/jobs/*")
        opened.page.wait_for_selector("#live .main-svg, .tools")
        opened.answered()
        yield opened


def test_nothing_is_said_on_the_console_and_nothing_leaves_the_machine(visit: Visit) -> None:
    assert visit.said == []
    assert visit.outside() == []


def test_numbers_on_screen_are_those_of_the_json(visit: Visit) -> None:
    data = visit.document()["data"]
    assert len(data["months"]) == MONTHS
    assert {row["value"] for row in data["controls"]} != set()
    outside = leading(find(data))[0]
    assert outside is not None
    tile = visit.page.locator("[data-key=price-outside]").inner_text()
    assert tile == change_text(outside.value, outside.baseline)
    drawn = visit.page.evaluate("document.querySelectorAll('.plot[data-figure] .main-svg').length")
    assert drawn >= 5


def test_a_price_asked_why_is_an_exact_sum(visit: Visit) -> None:
    visit.page.click("[data-key=price-outside]")
    visit.page.wait_for_selector("dialog #price-sum")
    sums = visit.page.locator("dialog #price-sum table").first.locator("td:first-child").all_inner_texts()
    parts = [float(text.replace(",", "").replace("−", "-")) for text in sums]
    assert sum(parts[:-1]) == pytest.approx(parts[-1], rel=0.01)  # shown to three figures
    visit.page.keyboard.press("Escape")
    visit.page.focus("[data-key=price-outside]")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector("dialog[open] #price-sum")
    visit.page.click("dialog >> text=Close")
    assert visit.page.locator("dialog[open]").count() == 0


def test_a_reload_and_the_back_button_keep_the_answer(visit: Visit) -> None:
    address = visit.page.url
    before = visit.page.locator("#answer").inner_text()
    visit.page.reload()
    visit.answered()
    assert visit.page.locator("#answer").inner_text() == before
    visit.page.click("nav >> text=Jobs")
    visit.page.wait_for_url("**/jobs")
    visit.page.go_back()
    visit.answered()
    assert visit.page.url == address


def test_the_page_is_dark_when_asked_and_fits_a_phone(visit: Visit) -> None:
    visit.page.click("#theme")
    assert visit.page.evaluate("document.documentElement.dataset.theme") == "dark"
    paper = "getComputedStyle(document.body).backgroundColor"
    assert visit.page.evaluate(paper) != "rgb(255, 255, 255)"
    visit.page.reload()
    visit.answered()
    assert visit.page.evaluate("document.documentElement.dataset.theme") == "dark"
    visit.page.click("#theme")
    visit.page.set_viewport_size({"width": 390, "height": 800})
    visit.page.reload()
    visit.answered()
    assert visit.fits()
    visit.go("/scenario")
    assert visit.fits()
    visit.page.set_viewport_size({"width": 1280, "height": 900})
    assert visit.said == []


def test_another_visitor_sees_none_of_it(visit: Visit) -> None:
    other = visit.another()
    other.go("/jobs")
    assert "There is none yet" in other.page.locator("main").inner_text()
    assert other.json("/api/jobs") == []
    assert visit.json("/api/jobs") != []


def test_the_keyboard_reaches_the_content_first(visit: Visit) -> None:
    visit.go("/scenario")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.textContent") == "Skip to the content"
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.id") == "content"
