"""Ways between the pages of one part of the workbench."""

from __future__ import annotations

from collections.abc import Iterable

from xenotime.report.markup import Html, tag

Ways = tuple[tuple[str, str], ...]
TALKS: Ways = (
    ("/talks", "Read a text"),
    ("/talks/ledger", "Promises and deliveries"),
    ("/talks/leverage", "Leverage"),
    ("/talks/bargain", "Bargaining"),
)
TRUST: Ways = (
    ("/trust", "Overview"),
    ("/trust/scoreboard", "Scoreboard"),
    ("/trust/facts", "Facts"),
    ("/trust/sources", "Sources"),
    ("/trust/unknown", "Not known, assumed, recalled"),
    ("/trust/sensitivity", "What matters most"),
)


def ways(pages: Iterable[tuple[str, str]], at: str, name: str) -> Html:
    """Links to the pages of a part; `at` is the one that is shown."""
    links = [
        tag("a", said, href=href, **({"aria_current": "page"} if href == at else {})) for href, said in pages
    ]
    return tag("nav", *links, class_="sub", aria_label=name)
