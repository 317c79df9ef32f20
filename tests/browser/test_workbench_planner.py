"""A planner brings a bill, says what the plants hold, sees when lines stop, holds more and asks again."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from browser.served import Server, Visit, served, visiting
from xenotime.exposure.columns import template
from xenotime.figures.style import percent_text
from xenotime.report.exposed_words import stop_rows
from xenotime.web.pages.results import to_csv

WEEKS = 22  # to the summer after the licences of April 2025
ODDS = "section#stops-table td:nth-child(3)"
FILLED = {
    "title": "Drives & <b>more</b>",
    "today": "2025-02-03",
    "weeks": str(WEEKS),
    "sector": "ev_traction",
    "budget": "500000",
    "plant.0.plant": "Stuttgart",
    "plant.0.region": "DEU",
    "line.0.line": "drives",
    "line.0.product": "drive-A",
    "line.0.units_per_week": "3000",
    "line.0.revenue_per_unit": "1400",
    "line.0.margin_per_unit": "300",
    "stock.0.part": "MAG-1",
    "stock.0.weeks": "2",
    "stock.1.part": "SEN-1",
    "stock.1.weeks": "20",
    "supply.0.part": "MAG-1",
    "supply.0.country": "CHN",
    "supply.0.delivery_weeks": "2",
    "supply.0.transit_weeks": "3",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(tmp_path_factory.mktemp("store")) as running:
        yield running


def fill(visit: Visit, tmp: Path) -> None:
    """Bring the bill and fill in the rows."""
    bill = tmp / "drives.csv"
    bill.write_text(template(), "utf-8")
    visit.go("/company")
    visit.page.set_input_files("[name=bill]", bill)
    for name, value in FILLED.items():
        visit.page.fill(f"[name='{name}']", value)
    visit.page.select_option("[name='supply.0.licence']", "individual")
    visit.page.check("[name=case][value='april-2025']")


def ask(visit: Visit) -> dict[str, Any]:
    """Send the form and wait for the whole answer."""
    visit.page.click("#run")
    visit.page.wait_for_url("**/jobs/*")
    visit.answered()
    return visit.document()


@pytest.fixture(scope="module")
def visit(chromium: str, server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    """A question that has been asked and answered."""
    with visiting(chromium, server) as opened:
        fill(opened, tmp_path_factory.mktemp("bill"))
        ask(opened)
        yield opened


def test_odds_on_screen_are_those_of_the_json(visit: Visit) -> None:
    data = visit.document()["data"]
    (stop,) = data["stops"]
    assert stop["value"] > 0
    assert visit.page.locator(ODDS).inner_text() == percent_text(stop["value"])
    shown = visit.page.locator("section#stops-table tbody tr td").all_inner_texts()
    assert tuple(shown) == stop_rows(data)[0]
    assert len([row for row in data["lines"] if row["case"] == "april-2025"]) == WEEKS
    drawn = json.loads(visit.page.locator("#figure-stops").text_content() or "")["data"][0]["y"]
    assert drawn == pytest.approx([row["value"] for row in data["lines"]])
    assert data["title"] == FILLED["title"]
    assert visit.page.locator("h1").inner_text() == f"Exposure: {FILLED['title']}"


def test_nothing_is_said_on_the_console_and_nothing_leaves_the_machine(visit: Visit) -> None:
    assert visit.said == []
    assert visit.outside() == []


def test_everything_is_taken_away_and_the_brief_says_the_same(visit: Visit) -> None:
    data = visit.document()["data"]
    with visit.page.expect_download() as caught:
        visit.page.click("text=Everything (zip)")
    with zipfile.ZipFile(caught.value.path()) as packed:
        assert json.loads(packed.read("document.json"))["data"] == data
        assert packed.read("tables/stops.csv").decode() == to_csv(data["stops"])
        rows = list(csv.DictReader(io.StringIO(packed.read("tables/lines.csv").decode())))
        brief = packed.read("brief.html").decode()
    assert [float(row["value"]) for row in rows] == [row["value"] for row in data["lines"]]
    assert percent_text(data["stops"][0]["value"]) in brief
    assert "<b>more</b>" not in brief


def test_more_stock_is_asked_anew_with_all_that_was_given(visit: Visit) -> None:
    before, address = visit.document(), visit.page.url
    visit.page.click("#again-link")
    visit.page.wait_for_url("**/company?again=*")
    assert "drives.csv" in visit.page.locator("[name=bill_from] option:checked").inner_text()
    assert visit.page.input_value("[name='stock.0.weeks']") == "2"
    assert visit.page.input_value("[name='supply.0.licence']") == "individual"
    assert visit.page.is_checked("[name=case][value='april-2025']")
    visit.page.fill("[name='stock.0.weeks']", str(WEEKS + 4))
    after = ask(visit)
    assert visit.page.url != address
    assert after["fingerprint"] != before["fingerprint"]
    assert after["data"]["stops"][0]["value"] < before["data"]["stops"][0]["value"]
    assert visit.page.locator(ODDS).inner_text() == percent_text(after["data"]["stops"][0]["value"])
    visit.page.go_back()
    visit.page.wait_for_url("**/company?*")
    visit.go(address.removeprefix(visit.url))
    visit.answered()


def test_rows_come_and_go_and_the_address_keeps_them(visit: Visit) -> None:
    visit.go("/company?example=motor-maker")
    page = visit.page
    rows = page.locator("table[data-table=stock] tbody tr")
    count = rows.count()
    page.click("button[name=more][value=stock]")
    assert rows.count() == count + 1
    page.fill(f"[name='stock.{count}.part']", "LAST")
    page.keyboard.press("Tab")
    rows.nth(0).locator("text=Remove").click()
    assert rows.count() == count
    assert page.input_value(f"[name='stock.{count - 1}.part']") == "LAST"
    assert page.locator(f"[name='stock.{count - 1}.part']").get_attribute("aria-label") == (
        f"Stock, row {count}: part"
    )
    page.reload()
    parts = [page.input_value(f"[name='stock.{number}.part']") for number in range(4)]
    assert parts == ["MAG-B", "PMG-12", "SEN-7", "LAST"]
    assert page.input_value("[name=bill_from]") == "example:motor-maker"


def test_faults_are_all_told_and_nothing_typed_is_lost(visit: Visit, tmp_path: Path) -> None:
    fill(visit, tmp_path)
    visit.page.fill("[name='line.0.units_per_week']", "many")
    visit.page.fill("[name=today]", "soon")
    visit.page.keyboard.press("Enter")  # the first button of the form asks, and none of those for rows
    visit.page.wait_for_selector("#problems")
    told = visit.page.locator("#problems").inner_text()
    assert "line row 1, units_per_week" in told
    assert "soon" in told or "many" in told
    assert visit.page.input_value("[name='line.0.units_per_week']") == "many"
    assert "as you sent it" in visit.page.locator("[name=bill_from] option:checked").inner_text()
    assert visit.outside() == []
    visit.said.clear()  # the browser itself says that the answer was 422


def test_the_form_needs_no_script_and_fits_a_phone(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 800})
    visit.go("/company?example=motor-maker")
    assert visit.fits()
    visit.page.set_viewport_size({"width": 1280, "height": 900})
    assert visit.said == []
    browser = visit.page.context.browser
    assert browser is not None
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{visit.url}/company?example=magnet-maker-2010")
    before = page.locator("[name^='stock.'][name$='.part']").count()
    page.click("button[name=more][value=stock]")
    assert page.locator("[name^='stock.'][name$='.part']").count() > before
    assert page.input_value("[name='line.0.line']") == "magnets"
    page.fill("[name=today]", "soon")
    page.click("#run")
    assert "soon" in page.locator("#problems").inner_text()
