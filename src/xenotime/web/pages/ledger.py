"""The ledger as a page: promises against deliveries, belief and its scores, as known on any day."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response
from starlette.responses import HTMLResponse

from xenotime.errors import InputProblems
from xenotime.report.markup import Html, joined, tag
from xenotime.report.page import Content
from xenotime.talks.ledger.days import day_text
from xenotime.web import answers
from xenotime.web.desk import told
from xenotime.web.fields import field
from xenotime.web.frame import problem_table, show
from xenotime.web.kept import being_made
from xenotime.web.subpages import TALKS, ways

router = APIRouter()
AT = "/talks/ledger"


@router.get(AT, response_class=HTMLResponse, include_in_schema=False)
def ledger_page(at: str = "") -> Response:
    """The ledger on a day; at the end of the facts where none is said."""
    try:
        found = answers.ledger(at)
    except InputProblems as error:
        head = _head(at, "")
        return show(
            Content("Ledger", joined([*head, problem_table(told(error))]), ()), at="/talks", status=422
        )
    if found is None:
        return being_made(f"the ledger{' of ' + at if at else ''}", "/talks")
    document, content = found
    body = joined([*_head(at, document["data"]["at"]), content.body])
    return show(Content(content.title, body, content.pictures), at="/talks")


@router.get("/api/ledger.json")
def ledger_json(at: str = "") -> dict[str, Any]:
    """The document the page is made of."""
    found = answers.ledger(at, None)
    assert found is not None  # noqa: S101 - who waits gets it
    return dict(found[0])


def _head(at: str, known: str) -> list[Html]:
    """Ways, the day asked for, and the data."""
    last = day_text(answers.day_of(""))
    form = tag(
        "form",
        field("at", f"As known on (a day, month or year up to {last})", at, placeholder=last),
        tag("button", "Show", type="submit", class_="quiet"),
        *([tag("a", "Data (JSON)", href=f"/api/ledger.json?at={known}")] if known else []),
        method="get",
        action=AT,
        class_="line near",
    )
    return [ways(TALKS, AT, "Talks"), form]
