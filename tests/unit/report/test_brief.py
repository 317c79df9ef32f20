"""The one-file report: whole, closed to the network, nothing from data becomes markup."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from invented_run import HOSTILE, large_run, small_run
from xenotime.errors import InputProblems
from xenotime.report.brief import render_report, write_report

LARGEST = 12_000_000  # bytes: what mail and phones still take


class _Page(HTMLParser):
    """Tags with attributes, and the text of data blocks by id."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.blocks: dict[str, str] = {}
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append((tag, values))
        self._open = (values.get("id") or "") if tag == "script" else ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self.blocks[self._open] = self.blocks.get(self._open, "") + data


@pytest.fixture(name="text", scope="module")
def large_text() -> str:
    return render_report(large_run())


def test_nothing_is_loaded_from_anywhere(text: str) -> None:
    page = _Page(text)
    loaded = [
        (tag, key, values[key])
        for tag, values in page.tags
        for key in ("src", "srcset", "href", "action", "data")
        if key in values and tag != "a"
    ]
    assert loaded == [("link", "href", "data:,")]
    policy = next(
        values["content"]
        for tag, values in page.tags
        if values.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy is not None
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "http" not in policy
    assert "@import" not in text.split("</style>")[0]


def test_report_is_small_enough_to_send(text: str) -> None:
    assert len(text.encode("utf-8")) < LARGEST


def test_every_picture_has_its_data_and_every_datum_its_picture(text: str) -> None:
    page = _Page(text)
    wanted = {values["data-figure"] for _, values in page.tags if "data-figure" in values}
    chosen = {values["value"] for tag, values in page.tags if tag == "option"}
    figures = {name for name in page.blocks if name.startswith("figure-")}
    assert wanted | chosen == figures
    assert {
        "figure-map",
        "figure-chain-1",
        "figure-chain-2",
        "figure-availability",
        "figure-price-overview",
    } <= figures
    for name in figures:
        assert {"data", "layout"} <= json.loads(page.blocks[name]).keys()


def test_sections_that_must_be_there(text: str) -> None:
    ids = {values.get("id") for _, values in _Page(text).tags}
    assert {
        "answer",
        "key-numbers",
        "prices",
        "availability",
        "map",
        "chain",
        "shortage",
        "rents",
        "effects",
        "controls",
        "behaviour",
        "checks",
        "sources",
        "limits",
        "fingerprint",
    } <= ids
    assert "Exposure is not loss" in text
    assert "grade D" in text


def test_text_from_data_stays_text() -> None:
    document = small_run(HOSTILE)
    for table, column in (
        ("regions", "name"),
        ("sources", "title"),
        ("controls", "control"),
        ("behaviour", "source"),
        ("rents", "name"),
        ("shortfalls", "sector"),
        ("sectors", "sector"),
    ):
        document["data"][table][0][column] = HOSTILE
    document["data"]["case"]["title"] = document["data"]["case"]["question"] = HOSTILE
    document["warnings"] = [HOSTILE]
    page = _Page(render_report(document))
    assert [tag for tag, _ in page.tags if tag in ("img", "iframe", "object", "embed")] == []
    scripts = [values for tag, values in page.tags if tag == "script"]
    assert [values for values in scripts if values.get("type") != "application/json"] == [{}, {}]
    for name, block in page.blocks.items():
        assert "<" not in block, name


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", ""])
def test_only_web_addresses_become_links(address: str) -> None:
    document = small_run()
    document["data"]["sources"][0]["url"] = address
    assert [values for tag, values in _Page(render_report(document)).tags if tag == "a"] == []


def test_sources_are_listed_with_grade_and_address() -> None:
    text = render_report(small_run())
    assert '<a href="https://example.org/a?b=1&amp;c=2"' in text
    assert re.search(r"<td>nobody-2031</td><td>Nothing</td><td>Nobody</td><td>2031</td><td>D</td>", text)


def test_a_failed_check_is_not_hidden() -> None:
    document = small_run()
    document["data"]["checks"][0]["value"] = 1.0
    assert "<td>NO</td>" in render_report(document)
    assert "<td>NO</td>" not in render_report(small_run())


def test_report_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    place = tmp_path / "new" / "report.html"
    assert write_report(small_run(), place) == place
    before = place.read_bytes()
    with pytest.raises(InputProblems) as caught:
        write_report({**small_run(), "kind": "solve"}, place)
    problem = caught.value.problems[0]
    assert (problem.code, problem.found, problem.expected) == ("report-kind", "kind 'solve'", "kind 'run'")
    assert place.read_bytes() == before
    assert [path.name for path in place.parent.iterdir()] == ["report.html"]


def test_same_document_same_bytes() -> None:
    assert render_report(small_run()) == render_report(small_run())
