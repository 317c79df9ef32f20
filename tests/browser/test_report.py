"""A reader opens the report: from disk, without a network, on a desk and on a phone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from invented_run import HOSTILE, large_run, small_run
from xenotime.report.brief import write_report

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SIZES = {"desk": (1200, 900), "phone": (390, 800)}


@dataclass
class Visit:
    """An open page and everything it asked for or complained about."""

    page: Page
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("reports")
    hostile = small_run(HOSTILE)
    hostile["data"]["regions"][1]["name"] = HOSTILE
    hostile["data"]["case"]["title"] = HOSTILE
    documents = {"large": large_run(), "small": small_run(), "hostile": hostile}
    return {name: write_report(document, folder / f"{name}.html") for name, document in documents.items()}


def _open(browser: Browser, path: Path, size: str) -> Visit:
    width, height = SIZES[size]
    page = browser.new_context(viewport={"width": width, "height": height}, offline=True).new_page()
    visit = Visit(page)
    page.on("request", lambda request: visit.asked.append(request.url))
    page.on("console", lambda message: visit.said.append(message.text))
    page.on("pageerror", lambda error: visit.said.append(str(error)))
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready=yes]", timeout=60_000)
    return visit


@pytest.fixture(scope="module")
def visits(browser: Browser, reports: dict[str, Path]) -> Iterator[dict[tuple[str, str], Visit]]:
    """Each report opened once in each size: opening five megabytes is the slow part."""
    opened = {(name, size): _open(browser, reports[name], size) for name in reports for size in SIZES}
    yield opened
    for visit in opened.values():
        visit.page.context.close()


@pytest.fixture
def visit(visits: dict[tuple[str, str], Visit], request: pytest.FixtureRequest) -> Visit:
    return visits[request.param]


def _drawn(page: Page, box: str) -> Any:
    """Traces of a plot as Plotly holds them."""
    script = "id => document.getElementById(id).data.map(t => ({y: t.y, name: t.name, meta: t.meta}))"
    return page.evaluate(script, box)


@pytest.mark.parametrize(
    "visit", [(name, size) for name in ("large", "small", "hostile") for size in SIZES], indirect=True
)
def test_nothing_is_asked_for_and_the_console_is_empty(visit: Visit) -> None:
    assert [address for address in visit.asked if not address.startswith(("file:", "data:", "blob:"))] == []
    assert len([address for address in visit.asked if address.startswith("file:")]) == 1
    assert visit.said == []


@pytest.mark.parametrize("visit", [("large", "desk"), ("large", "phone")], indirect=True)
def test_every_picture_is_drawn_inside_the_page(visit: Visit) -> None:
    page = visit.page
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    counts = page.evaluate(
        "[...document.querySelectorAll('.plot')].map(b => b.querySelectorAll('svg.main-svg').length)"
    )
    assert len(counts) > 10
    assert min(counts) > 0


@pytest.mark.parametrize("visit", [("small", "desk")], indirect=True)
def test_numbers_on_screen_are_the_numbers_of_the_document(visit: Visit) -> None:
    data = small_run()["data"]
    drawn = [
        trace for trace in _drawn(visit.page, "price-1") if (trace["meta"] or {}).get("column") == "value"
    ]
    bold = {trace["meta"]["region"]: tuple(trace["y"]) for trace in drawn if "region" in trace["meta"]}
    others = [trace for trace in drawn if "cells" in trace["meta"]]
    paths = {
        row["region"]: tuple(
            other["value"]
            for other in data["prices"]
            if (other["material"], other["region"]) == ("Xa_oxide", row["region"])
        )
        for row in data["prices"]
        if row["material"] == "Xa_oxide"
    }
    assert {*bold, "CCC"} == {"AAA", "BBB", "CCC"}
    assert bold == {region: paths[region] for region in bold}
    assert [(trace["meta"]["cells"], tuple(trace["y"])) for trace in others] == [
        ([["CCC", "spot"]], (*paths["CCC"], None))
    ]
    tiles = visit.page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('[data-key]')].map(b => [b.dataset.key, "
        "b.textContent]))"
    )
    assert tiles == {
        "price-outside": "+150\u00a0%",
        "price-inside": "−10\u00a0%",
        "availability": "2.5\u00a0%",
        "pairs": "2",
        "hardest": "2031-02",
        "rent": "18,500 USD",
    }
    assert visit.page.locator("#fingerprint").text_content() == "small-fingerprint"


@pytest.mark.parametrize("visit", [("large", "desk")], indirect=True)
def test_choosing_a_material_draws_its_price(visit: Visit) -> None:
    page = visit.page
    page.select_option("select[data-plot=any-price]", label="Ce oxide")
    page.wait_for_function("document.getElementById('any-price-caption').textContent.startsWith('Ce oxide')")
    rows = [
        row
        for row in large_run()["data"]["prices"]
        if (row["material"], row["region"]) == ("Ce_oxide", "CHN")
    ]
    drawn = next(
        trace
        for trace in _drawn(page, "any-price")
        if trace["meta"] == {"region": "CHN", "market": "list", "column": "value"}
    )
    assert drawn["y"] == json.loads(json.dumps([row["value"] for row in rows]))
    assert visit.said == []


@pytest.mark.parametrize("visit", [("hostile", "desk")], indirect=True)
def test_hostile_names_are_shown_as_text(visit: Visit) -> None:
    assert visit.page.locator("h1").text_content() == HOSTILE
    assert visit.page.locator("img").count() == 0
    assert HOSTILE in (
        visit.page.locator("#price-1").locator("xpath=ancestor::figure/figcaption").text_content() or ""
    )


@pytest.mark.parametrize("visit", [("large", "desk")], indirect=True)
def test_the_page_prints(visit: Visit, tmp_path: Path) -> None:
    printed = visit.page.pdf(format="A4")
    assert printed.startswith(b"%PDF")
    assert visit.said == []
