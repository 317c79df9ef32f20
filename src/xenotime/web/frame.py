"""The frame of every page: head, ways to the other pages, what is shown, and pages for what went wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib import metadata, resources

from starlette.responses import HTMLResponse

from xenotime.report.markup import Html, joined, table, tag
from xenotime.report.page import Content, asset
from xenotime.web.jobs import Json

PAGES = (
    ("/", "Now"),
    ("/scenario", "Scenario"),
    ("/company", "My company"),
    ("/talks", "Talks"),
    ("/choice", "Projects and packages"),
    ("/trust", "Trust"),
    ("/jobs", "Jobs"),
)
OWN_STYLE, OWN_SCRIPTS = "workbench.css", ("theme.js", "workbench.js")
PLOTLY, DRAWING, REPORT_STYLE = "plotly.js", "page.js", "page.css"
PROBLEM_HEADER = ("file", "row", "column", "found", "expected", "what to do")


@cache
def static_text(name: str) -> str:
    """Text of a style or script of ours, or of the library that draws."""
    if name == PLOTLY:
        from plotly.offline import get_plotlyjs

        return str(get_plotlyjs())
    if name in (DRAWING, REPORT_STYLE):
        return asset(name)
    return (resources.files("xenotime.web") / "static" / name).read_text("utf-8")


@cache
def address_of(name: str) -> str:
    """Where a browser gets it; the address changes with the text, so it may be kept for ever."""
    return f"/static/{hashlib.sha256(static_text(name).encode()).hexdigest()[:16]}/{name}"


def show(content: Content, *, at: str = "", scripts: Iterable[str] = (), status: int = 200) -> HTMLResponse:
    """A content in the frame; `at` is the address of the page it belongs to."""
    names = [*OWN_SCRIPTS, *((PLOTLY, DRAWING) if content.pictures else ()), *scripts]
    loads = joined(
        tag("script", src=address_of(name), **({} if name == "theme.js" else {"defer": ""})) for name in names
    )
    head = joined(
        [
            Html('<meta charset="utf-8">'),
            Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
            Html('<meta name="color-scheme" content="light dark">'),
            Html('<link rel="icon" href="data:,">'),
            tag("title", f"{content.title} - xenotime"),
            *(Html(f'<link rel="stylesheet" href="{address_of(n)}">') for n in (REPORT_STYLE, OWN_STYLE)),
            loads,
        ]
    )
    body = joined(
        [
            tag("a", "Skip to the content", href="#content", class_="skip"),
            _top(at),
            tag("main", content.body, id="content", tabindex="-1"),
            _foot(),
            content.payloads(),
        ]
    )
    text = f'<!DOCTYPE html>\n<html lang="en">\n<head>{head}</head>\n<body>{body}</body>\n</html>\n'
    return HTMLResponse(text, status)


def _top(at: str) -> Html:
    ways = [
        tag("a", name, href=href, **({"aria_current": "page"} if href == at else {})) for href, name in PAGES
    ]
    return tag(
        "header",
        tag("a", "xenotime", href="/", class_="brand"),
        tag("nav", *ways, aria_label="Pages"),
        tag("button", "Light or dark", type="button", id="theme", class_="quiet"),
        class_="top",
    )


def _foot() -> Html:
    said = "Not a forecast and not advice to trade. Every number has its source; what is assumed says so."
    return tag(
        "footer",
        tag("p", f"xenotime {metadata.version('xenotime')} · {said} ", tag("a", "Trust", href="/trust")),
        tag("dialog", id="why", aria_label="Why this number"),
        class_="foot",
    )


def problem_table(problems: Iterable[Json]) -> Html:
    """All faults of an input, each with its place and its remedy."""
    rows = [
        (
            str(row["file"]),
            "" if row["row"] is None else str(row["row"]),
            str(row["column"]),
            str(row["found"]),
            str(row["expected"]),
            str(row["remedy"]),
        )
        for row in problems
    ]
    count = "One fault" if len(rows) == 1 else f"{len(rows)} faults"
    return tag(
        "section",
        tag("h2", f"{count} in what you gave"),
        tag("p", "Nothing was worked out and nothing is lost: mend it and send it again."),
        table(PROBLEM_HEADER, rows, numbers=(1,)),
        id="problems",
        role="alert",
    )


def oops(status: int, what: str, remedy: str, at: str = "") -> HTMLResponse:
    """A page for a request that cannot be served."""
    body = joined(
        [
            tag("h1", what[:1].upper() + what[1:]),
            tag("p", remedy[:1].upper() + remedy[1:] + "."),
            tag("p", tag("a", "Back to the start", href="/")),
        ]
    )
    return show(Content(f"{status}", body, ()), at=at, status=status)
