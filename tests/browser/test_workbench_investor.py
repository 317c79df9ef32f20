"""An investor asks what a refinery is worth, and what would kill it; then writes a project of his own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from browser.served import Server, Visit, served, visiting
from xenotime.figures.style import money_text
from xenotime.report.projected_words import killer_rows, killer_words, value_rows

MONTHS = 3
TEXT = """
title = "A <i>plant</i> of ours"
region = "FRA"
kind = "separation"
today = "2025-01"
start = "2028-01"
capacity = 300
capex = 150_000_000
cost = 9_000

[[good]]
material = "NdPr_oxide"
amount = 0.18

[[grant]]
name = "grant"
sponsor = "a state"
amount = 20_000_000
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(tmp_path_factory.mktemp("store")) as running:
        yield running


@pytest.fixture(scope="module")
def visit(chromium: str, server: Server) -> Iterator[Visit]:
    """The shipped example, asked and answered."""
    with visiting(chromium, server) as opened:
        opened.go("/choice")
        opened.page.fill("[name=months]", str(MONTHS))
        opened.page.uncheck("[name=effect]")
        assert f"months={MONTHS}" in opened.page.url
        opened.page.click("#run")
        opened.page.wait_for_url("**/jobs/*")
        opened.answered()
        yield opened


def test_values_on_screen_are_those_of_the_json(visit: Visit) -> None:
    data = visit.document()["data"]
    assert data["plan"][0]["months_run"] == MONTHS
    rows = visit.page.locator("section#worth tbody tr")
    shown = [tuple(rows.nth(at).locator("td").all_inner_texts()) for at in range(rows.count())]
    assert shown == value_rows(data)
    assert money_text(data["values"][0]["value"]) in visit.page.locator("main header").inner_text()


def test_what_kills_it_is_told(visit: Visit) -> None:
    data = visit.document()["data"]
    rows = visit.page.locator("section#killers tbody tr")
    shown = [tuple(rows.nth(at).locator("td").all_inner_texts()) for at in range(rows.count())]
    assert shown == killer_rows(data)
    head = visit.page.locator("main header").inner_text()
    told = [killer_words(row) for row in data["killers"] if row["value"] is not None]
    assert told
    assert all(text in head for text in told)


def test_nothing_is_said_on_the_console_and_nothing_leaves_the_machine(visit: Visit) -> None:
    assert visit.said == []
    assert visit.outside() == []


def test_the_brief_opens_alone_and_says_the_same(visit: Visit) -> None:
    data = visit.document()["data"]
    with visit.page.expect_download() as caught:
        visit.page.click("text=Brief to send")
    path = caught.value.path().with_suffix(".html")
    caught.value.path().rename(path)
    opened = visit.another()
    opened.page.goto(path.as_uri())
    opened.page.wait_for_selector("html[data-ready=yes]")
    assert money_text(data["values"][0]["value"]) in opened.page.locator("#answer").inner_text()
    assert opened.page.locator("#fingerprint").inner_text() == visit.document()["fingerprint"]
    assert opened.page.locator(".plot .main-svg").count() >= 2
    assert opened.said == []
    assert [url for url in opened.asked if not url.startswith(("file:", "data:", "blob:"))] == []


def test_a_text_of_ones_own_is_kept_when_it_has_faults_and_valued_when_it_has_none(visit: Visit) -> None:
    visit.go("/choice")
    visit.page.check("[name=from][value=file]")
    assert visit.page.locator("[name=plant]").is_hidden()
    visit.page.fill("[name=text]", TEXT.replace("capex", "capexx"))
    visit.page.fill("[name=months]", "1")
    visit.page.uncheck("[name=effect]")
    visit.page.click("#run")
    visit.page.wait_for_selector("#problems")
    assert "capexx" in visit.page.locator("#problems").inner_text()
    assert visit.page.input_value("[name=text]").strip() == TEXT.replace("capex", "capexx").strip()
    visit.said.clear()  # the browser itself says that the answer was 422
    visit.page.fill("[name=text]", TEXT)
    visit.page.click("#run")
    visit.page.wait_for_url("**/jobs/*")
    visit.answered()
    assert visit.page.locator("h1").inner_text() == "Project: A <i>plant</i> of ours"
    assert visit.document()["data"]["project"] == "project"
    visit.page.click("#again-link")
    assert visit.page.input_value("[name=text]").strip() == TEXT.strip()
    assert visit.said == []


def test_a_phone_and_a_dark_room(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 800})
    visit.go("/choice?from=plant")
    assert visit.fits()
    visit.page.click("#theme")
    visit.page.fill("[name=plant]", "mp_s")
    assert visit.page.locator("datalist#plants option[value=mp_sep]").count() == 1
    visit.go("/choice?from=file")
    assert visit.fits()
    visit.page.click("#theme")
