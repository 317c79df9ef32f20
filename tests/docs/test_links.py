"""Links between the pages work where the pages lie, as a code host follows them, anchors too."""

from __future__ import annotations

from pathlib import Path

import pytest

from maker.links import anchors_of, broken_links, links_of, place_of, rewritten
from maker.staging import pages_of

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / path for path in pages_of()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    assert broken_links(ROOT, [page]) == []


def test_broken_links_would_be_noticed(tmp_path: Path) -> None:
    page = tmp_path / "docs" / "page.md"
    page.parent.mkdir()
    page.write_text(
        "# A page\n\n[a](#a-page) [b](#b-page) [c](gone.md) [d](../../x.md) [e](https://e.example/x) "
        "[`f`](<https://e.example/y>) `[g](gone.md)`\n\n```text\n[h](gone.md)\n```\n\n[i](page.md#no)\n",
        encoding="utf-8",
    )
    assert broken_links(tmp_path, [page]) == [
        "docs/page.md:3: #b-page: no such heading",
        "docs/page.md:3: gone.md is not there",
        "docs/page.md:3: ../../x.md is not there",
        "docs/page.md:9: page.md#no: no such heading",
    ]


def test_anchors_are_those_of_a_code_host() -> None:
    text = "# `xenotime run`: a, b\n\n## M2\n\n## Do bands hold what they claim\n\n## M2\n"
    text += "\n```sh\n# no heading\n```\n"
    assert anchors_of(text) == {"xenotime-run-a-b", "m2", "do-bands-hold-what-they-claim", "m2-1"}


def test_links_are_turned_outside_code_only() -> None:
    text = "see [a](b.md), `[c](d.md)` and\n```text\n[e](f.md)\n```\n[`name`](g.py)\n"
    turned = rewritten(text, lambda link: f"{link.target}@{link.label}")
    assert turned == "see [a](b.md@a), `[c](d.md)` and\n```text\n[e](f.md)\n```\n[`name`](g.py@`name`)\n"
    assert [(link.line, link.target) for link in links_of(text)] == [(1, "b.md"), (5, "g.py")]


def test_a_place_is_seen_from_its_page() -> None:
    assert place_of("docs/design/0001-house.md", "../ledger.md#x") == ("docs/ledger.md", "x")
    assert place_of("README.md", "#two-commands") == ("README.md", "two-commands")
