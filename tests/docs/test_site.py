"""The site builds without a warning, every link in it leads somewhere, and nothing comes from outside."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from maker.equations import equations
from maker.listings import address_of
from maker.staging import REST, navigation, pages_of, stage

ROOT = Path(__file__).parents[2]
LOADS = {
    ("script", "src"),
    ("link", "href"),
    ("img", "src"),
    ("iframe", "src"),
    ("source", "src"),
    ("object", "data"),
}
OUTSIDE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//)")
IN_SHEETS = re.compile(r"url\(\s*[\"']?(?:https?:)?//|@import\s+[\"'](?:https?:)?//")


@dataclass
class Page(HTMLParser):
    """What one page of the site links to, loads, and can be linked at."""

    places: set[str] = field(default_factory=set)
    links: list[tuple[str, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("id", "name") and value:
                self.places.add(value)
            if name in ("href", "src", "data") and value:
                self.links.append((tag, name, value))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("site") / "docs"
    command = [sys.executable, str(ROOT / "docs" / "build_site.py"), str(place)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return place


@cache
def parsed(path: Path) -> Page:
    page = Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def faults_of(site: Path) -> list[str]:
    """Links that lead nowhere, and what a page would load from another machine."""
    found = []
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        for tag, attribute, address in parsed(path).links:
            if OUTSIDE.match(address):
                if (tag, attribute) in LOADS and not address.startswith("data:"):
                    found.append(f"{name} loads {address}")
                continue
            place, _, fragment = unquote(address).partition("#")
            target = (path.parent / place.partition("?")[0]).resolve() if place else path
            if not target.is_file():
                found.append(f"{name}: {address} is not there")
            elif fragment and target.suffix == ".html" and fragment not in parsed(target).places:
                found.append(f"{name}: {address}: no such place")
    for path in sorted([*site.rglob("*.css"), *site.rglob("*.svg")]):
        if IN_SHEETS.search(path.read_text(encoding="utf-8")):
            found.append(f"{path.relative_to(site)} loads from another machine")
    return found


def test_every_link_and_anchor_leads_somewhere_and_nothing_comes_from_outside(site: Path) -> None:
    assert faults_of(site) == []


def test_a_fault_would_be_noticed(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<p id="x"><a href="#x"></a><a href="#y"></a><a href="b.html"></a><a href="https://e.example/"></a>'
        '<script src="https://e.example/x.js"></script></p>',
        encoding="utf-8",
    )
    (tmp_path / "a.css").write_text("@import 'https://e.example/x.css';", encoding="utf-8")
    assert faults_of(tmp_path) == [
        "a.html: #y: no such place",
        "a.html: b.html is not there",
        "a.html loads https://e.example/x.js",
        "a.css loads from another machine",
    ]


def test_every_page_is_on_the_site_and_in_the_left_column(site: Path) -> None:
    front = {address for _, _, address in parsed(site / "index.html").links}
    for name in pages_of().values():
        assert (site / f"{name}.html").is_file()
        assert name == "index" or f"{name}.html" in front


def test_the_search_knows_the_words_of_the_pages(site: Path) -> None:
    index = (site / "searchindex.js").read_text(encoding="utf-8")
    for word in ("dysprosium", "licenc", "didymium"):  # words are kept without their endings
        assert f'"{word}' in index or f"{word}:" in index
    assert "searchtools.js" in (site / "search.html").read_text(encoding="utf-8")


def test_equations_open_the_line_of_their_function(site: Path) -> None:
    links = {address for _, _, address in parsed(site / "equations.html").links}
    for equation in equations():
        assert any(link.startswith(address_of(equation.path) + "#L-") for link in links), equation.name


def test_equations_are_found_by_number_and_name_tests(site: Path) -> None:
    page = parsed(site / "equations.html")
    assert {f"m{equation.number}" for equation in equations()} <= page.places
    assert any("tests/unit/market/test_rows.py" in address for _, _, address in page.links)


def test_pages_to_come_have_their_place_and_a_page_nobody_named_is_not_lost() -> None:
    pages = pages_of()
    more = pages | {
        "docs/packages.md": "packages",
        "docs/workbench.md": "workbench",
        "docs/stray.md": "stray",
    }
    groups = dict(navigation(more))
    assert {"packages", "workbench"} <= set(groups["Topics"])
    assert groups[REST] == ["stray"]
    assert REST not in dict(navigation(pages))


def test_a_link_that_leads_nowhere_stops_the_build(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "docs").mkdir(parents=True)
    (root / "docs" / "index.md").write_text("# A\n\n[b](gone.md)\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"docs/index\.md:3: gone\.md"):
        stage(tmp_path / "staged", root)
