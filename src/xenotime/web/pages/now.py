"""Now: what a person sees first - what binds, what it costs, what changed - and one measure's evidence."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from fastapi import APIRouter, HTTPException, Response
from starlette.responses import HTMLResponse

from xenotime.report.control_page import control_content, control_names
from xenotime.report.control_states import ANNOUNCED, BINDING, SUSPENDED, group_of
from xenotime.report.markup import Html, joined, tag
from xenotime.report.now_page import (
    belief_section,
    controls_section,
    due_section,
    news_section,
    prices_section,
)
from xenotime.report.page import Content
from xenotime.report.price_board import day_words
from xenotime.web import answers
from xenotime.web.frame import show
from xenotime.web.kept import being_made

router = APIRouter()
Data = dict[str, Any]
DOORS = (
    (
        "/company",
        "I buy magnets or metals",
        "A bill of materials, stock and plants: when each line stops in each case, with what odds, and the "
        "cheapest relief.",
    ),
    (
        "/talks",
        "I judge controls, deals and policy",
        "What a text commits anybody to, what came of such promises, who holds the stronger hand, what would "
        "hold at the table.",
    ),
    (
        "/choice",
        "I build or fund a mine or plant",
        "What it is worth with and without floors, offtakes and delays, and what would kill it.",
    ),
)


@router.get("/", response_class=HTMLResponse, include_in_schema=False)
def now_page() -> Response:
    """What is so now."""
    document = answers.now()
    if document is None:
        return being_made("now", "/")
    return show(now_content(document, datetime.now(UTC).date()), at="/")


@router.get("/controls/{control}", response_class=HTMLResponse, include_in_schema=False)
def control_page(control: str) -> Response:
    """The evidence on one measure."""
    document = answers.now()
    if document is None:
        return being_made("evidence", "/")
    if control not in control_names(document):
        raise HTTPException(404, "no measure of this name is on record")
    return show(control_content(document, control), at="/")


@router.get("/api/now.json")
def now_json() -> dict[str, Any]:
    """The document the page of now is made of."""
    document = answers.now(None)
    assert document is not None  # noqa: S101 - who waits gets it
    return document


def now_content(document: Data, today: date) -> Content:
    """What the first page holds; `today` is the day of whoever looks."""
    data = document["data"]
    body = joined(
        [
            tag("h1", "Rare earths now"),
            tag("p", _until(data, today), class_="question"),
            _tiles(data),
            _doors(),
            belief_section(document),
            controls_section(document),
            prices_section(document),
            news_section(document),
            due_section(document, today.isoformat()),
            tag(
                "p",
                "All of this page as ",
                tag("a", "data (JSON)", href="/api/now.json"),
                "; every fact behind it under ",
                tag("a", "Trust", href="/trust/facts"),
                ".",
            ),
        ]
    )
    return Content("Now", body, ())


def _until(data: Data, today: date) -> str:
    """Up to when the facts reach, and how long ago that is."""
    ends = date.fromisoformat(data["at"])
    kinds = ", ".join(f"{row['what']} {day_words(row['date'])}" for row in data["newest"])
    ago = (today - ends).days
    since = f" That is {ago} days ago: what happened since is not in them." if ago > 0 else ""
    return f"As known on {day_words(data['at'])}, where the facts end (newest {kinds}).{since}"


def _tiles(data: Data) -> Html:
    counts = {
        group: sum(group_of(row) == group for row in data["controls"])
        for group in (BINDING, SUSPENDED, ANNOUNCED)
    }
    runs_out = sorted(
        {row["resumes"] for row in data["controls"] if group_of(row) == SUSPENDED and row["resumes"]}
    )
    following = f" until {day_words(runs_out[0])}" if runs_out else ""
    tiles = [
        (str(counts[BINDING]), "measures hold goods back by law"),
        (str(counts[SUSPENDED]), f"are suspended{following}"),
        (str(counts[ANNOUNCED]), "are announced and not in force"),
        (str(len(data["due"])), "dates are set and had not come"),
    ]
    return tag(
        "section",
        tag(
            "div",
            *(tag("div", tag("b", number), tag("span", words), class_="tile") for number, words in tiles),
            class_="tiles",
        ),
        id="now-counts",
    )


def _doors() -> Html:
    cards = [
        tag("a", tag("strong", name), tag("span", said), href=href, class_="door")
        for href, name, said in DOORS
    ]
    example = tag("a", "run the licences of April 2025", href="/scenario?case=april-2025")
    other = tag("a", "read a published text", href="/talks?example=1")
    return tag(
        "section",
        tag("div", *cards, class_="doors"),
        tag("p", "Or try one: ", example, " (half a minute), or ", other, " (a second).", class_="note"),
        id="doors",
    )
