"""The analyst at the workbench: what binds and why, what a text promises, a question kept, a source."""

from __future__ import annotations

from pathlib import Path

from browser.served import served, visiting
from unit.talks.reader.texts import FACT_SHEET
from xenotime.report.now_page import percent
from xenotime.report.read_terminal import amount_words


def test_from_what_binds_to_a_promise_a_question_and_a_source(chromium: str, tmp_path: Path) -> None:
    with served(tmp_path / "store") as server, visiting(chromium, server) as visit:
        page = visit.page

        # Now: the measures, and the evidence on one of them
        visit.go("/")
        page.wait_for_selector("#control-board")  # the page comes by itself once it is worked out
        now = visit.json("/api/now.json")["data"]
        last = {row["channel"]: row for row in now["beliefs"]}
        shown = page.locator("#belief .card b").all_inner_texts()
        assert shown == [percent(row["biting"]) for row in last.values()]
        assert page.locator("#belief svg.bars").count() == len(last)
        page.locator("#belief b").first.click()
        page.wait_for_selector("#why h2")
        assert shown[0] in page.locator("#why h2").inner_text()
        assert "Hazards of such measures" in page.locator("#why").inner_text()
        page.keyboard.press("Escape")
        page.locator("#control-board a", has_text="CHN-18-2025").first.click()
        page.wait_for_selector("#trail")
        row = next(item for item in now["controls"] if item["control"] == "CHN-18-2025")
        assert row["in_force"] in page.locator("#dates").inner_text()
        assert percent(last["CHN-18-2025@USA"]["biting"]) in page.locator("#belief").inner_text()

        # Talks: a text is pasted and read
        page.get_by_role("navigation", name="Pages").get_by_text("Talks").click()
        page.get_by_label("Statement, fact sheet, notice or article").fill(FACT_SHEET)
        page.get_by_label("Day it is dated").fill("2025-10-30")
        page.get_by_role("button", name="Read", exact=True).click()
        visit.answered()
        data = visit.document()["data"]
        cells = page.locator("#commitments tbody tr td:nth-child(3)").all_inner_texts()
        assert cells == [amount_words(item) for item in data["commitments"]]
        assert len(cells) == 5
        kept = page.locator("#kept-before tbody td:nth-child(3)").all_inner_texts()
        assert kept == [f"{item['kept']} of {item['settled']}" for item in data["kept_before"]]

        # Leverage: the address keeps the question
        visit.go("/talks/leverage")
        page.get_by_label("Whom it is aimed at").fill("JPN")
        page.get_by_label("Longest duration, months").fill("4")
        page.get_by_label("Goods to that side alone").check()
        assert "on=JPN" in page.url
        page.reload()
        assert page.get_by_label("Whom it is aimed at").input_value() == "JPN"
        assert page.get_by_label("Longest duration, months").input_value() == "4"
        assert page.get_by_label("Goods to that side alone").is_checked()
        assert page.get_by_label("Switch off stocks").is_checked()

        # Trust: a fact is looked up, and its source opened
        visit.go("/trust/facts")
        page.get_by_label("Words").fill("dysprosium europe price")
        page.get_by_role("button", name="Look").click()
        page.wait_for_selector("tr[id]")
        found = visit.json("/api/facts.json?q=dysprosium+europe+price")
        assert f"{found['rows']:,} rows" in page.locator("#count").inner_text()
        first = found["facts"][0]
        assert page.locator("tbody tr").first.get_attribute("id") == first["anchor"]
        assert page.locator("tbody tr td.figure").first.inner_text() == f"{first['value']:,.6g}"
        page.locator("tbody tr").first.locator("td:nth-child(8) a").click()
        page.wait_for_selector("#rests-on-it")
        assert page.locator("h1").inner_text() == first["title"]
        assert first["source"] in page.url
        assert visit.fits()

        assert visit.said == []
        assert visit.outside() == []


def test_on_a_phone_nothing_scrolls_sideways(chromium: str, tmp_path: Path) -> None:
    with served(tmp_path / "store") as server, visiting(chromium, server, "phone") as visit:
        for path, sign in (
            ("/", "#control-board"),
            ("/controls/CHN-18-2025", "#trail"),
            ("/talks", "#ask"),
            ("/talks/leverage", "#ask"),
            ("/talks/bargain?game=busan-2025", "#ask"),
            ("/trust", "#what-not"),
            ("/trust/facts?q=dysprosium", "tr[id]"),
            ("/trust/unknown", "#recalled"),
            ("/trust/scoreboard", "#fit-checks"),
        ):
            visit.go(path)
            visit.page.wait_for_selector(sign)
            assert visit.fits(), path
        assert visit.said == []
        assert visit.outside() == []
