"""Every fact, to be looked through: by words, table, grade and source; and what rests on each source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query, Response
from starlette.responses import HTMLResponse

from xenotime.errors import InputProblems
from xenotime.facts.browse import Asked, Line, found
from xenotime.facts.column import GRADES
from xenotime.facts.load import load_facts
from xenotime.facts.table import TABLES
from xenotime.report.facts_page import (
    line_record,
    lines_table,
    rests_on,
    source_head,
    sources_table,
)
from xenotime.report.markup import Html, joined, tag
from xenotime.report.page import Content
from xenotime.web import answers
from xenotime.web.fields import chooser, field
from xenotime.web.frame import show
from xenotime.web.subpages import TRUST, ways
from xenotime.world.problems import unknown_name

router = APIRouter()
AT, SOURCES = "/trust/facts", "/trust/sources"
PAGE, PAGE_OF_JSON = 50, 500  # rows of a page
BROWSED = tuple(
    name for name in TABLES if name not in ("sources", "missing")
)  # these have pages of their own
Words = Annotated[str, Query(max_length=200)]
Number = Annotated[int, Query(ge=1, le=10_000)]


@router.get(AT, response_class=HTMLResponse, include_in_schema=False)
def facts_page(
    q: Words = "",
    table: Words = "",
    grade: Words = "",
    source: Words = "",
    recalled: bool = False,
    page: Number = 1,
    at: Words = "",
) -> Response:
    """Rows that are asked for, a page of them; `at` is the row whose page is wanted."""
    asked = _asked(q, table, grade, source, recalled)
    rows = found(answers.lines(), asked)
    if at:
        place = next((number for number, line in enumerate(rows) if line.anchor == at), None)
        if place is None:
            raise HTTPException(404, "no row of this name: its key may have changed")
        page = place // PAGE + 1
    shown = rows[(page - 1) * PAGE : page * PAGE]
    parts = [
        ways(TRUST, AT, "Trust"),
        tag("h1", "Every fact"),
        _form(asked),
        _count(asked, rows),
        lines_table(shown, at) if shown else tag("p", _nothing(asked), class_="warning"),
        _pager(asked, page, len(rows)),
    ]
    return show(Content("Facts", tag("div", *parts, id="facts", data_why="fact-row"), ()), at="/trust")


@router.get("/api/facts.json")
def facts_json(
    q: Words = "",
    table: Words = "",
    grade: Words = "",
    source: Words = "",
    recalled: bool = False,
    page: Number = 1,
) -> dict[str, Any]:
    """The same rows as records, 500 a page."""
    rows = found(answers.lines(), _asked(q, table, grade, source, recalled))
    shown = rows[(page - 1) * PAGE_OF_JSON : page * PAGE_OF_JSON]
    return {"rows": len(rows), "page": page, "facts": [line_record(line) for line in shown]}


@router.get(SOURCES, response_class=HTMLResponse, include_in_schema=False)
def sources_page(q: Words = "", page: Number = 1) -> Response:
    """All sources, those that most rests on first."""
    counts = Counter(line.entry.source for line in answers.lines())
    wanted = q.lower().split()
    rows = [
        row
        for row in load_facts().sources().values()
        if all(word in f"{row.source} {row.title} {row.publisher} {row.date}".lower() for word in wanted)
    ]
    rows.sort(key=lambda row: (-counts[row.source], row.source))
    shown = [(row, counts[row.source]) for row in rows[(page - 1) * PAGE : page * PAGE]]
    form = tag(
        "form",
        field("q", "Words in title, publisher or name", q, type="search"),
        tag("button", "Look", type="submit"),
        method="get",
        action=SOURCES,
        class_="line near",
    )
    parts = [
        ways(TRUST, SOURCES, "Trust"),
        tag("h1", "Sources"),
        form,
        tag("p", f"{len(rows):,} documents and stated methods of ours.", role="status"),
        sources_table(shown) if shown else tag("p", "No source has all these words; take fewer."),
        _pages(page, len(rows), lambda number: f"{SOURCES}?{urlencode({'q': q, 'page': number})}"),
    ]
    return show(Content("Sources", tag("div", *parts, id="sources-list"), ()), at="/trust")


@router.get(SOURCES + "/{name}", response_class=HTMLResponse, include_in_schema=False)
def source_page(name: str) -> Response:
    """One source, and what rests on it."""
    row = load_facts().sources().get(name)
    if row is None:
        raise HTTPException(404, "no source of this name")
    lines = found(answers.lines(), Asked(source=name))
    parts = [
        ways(TRUST, SOURCES, "Trust"),
        tag("p", name, class_="kicker"),
        tag("h1", row.title),
        tag("section", source_head(row), id="source"),
        tag(
            "section",
            tag("h2", f"What rests on it: {len(lines):,} rows"),
            *(
                [rests_on(lines), tag("h3", f"The first {min(len(lines), PAGE)}"), lines_table(lines[:PAGE])]
                if lines
                else [tag("p", "No row of the facts names it; it is kept because a text of ours cites it.")]
            ),
            *(
                [tag("p", tag("a", f"All {len(lines):,}", href=f"{AT}?{urlencode({'source': name})}"))]
                if len(lines) > PAGE
                else []
            ),
            id="rests-on-it",
            data_why="fact-row",
        ),
    ]
    return show(Content(row.title, joined(parts), ()), at="/trust")


def _asked(q: str, table: str, grade: str, source: str, recalled: bool) -> Asked:
    """What is looked for; raises InputProblems for a table or grade that is none."""
    problems = [
        unknown_name("facts", name, said, known, f"a {name} of the facts", "take one of the list")
        for name, said, known in (("table", table, BROWSED), ("grade", grade, GRADES))
        if said and said not in known
    ]
    if problems:
        raise InputProblems(problems)
    return Asked(q.strip(), table, grade, source, recalled)


def _form(asked: Asked) -> Html:
    tables = [
        ("", "all tables"),
        *((name, name.replace("_", " ")) for name in BROWSED),
    ]
    grades = [("", "any"), *((grade, grade) for grade in GRADES)]
    only = {"checked": ""} if asked.recalled else {}
    return tag(
        "form",
        tag(
            "div",
            field("q", "Words (an element, a place, a plant, a publisher)", asked.query, type="search"),
            chooser("table", "Table", tables, asked.table),
            chooser("grade", "Grade", grades, asked.grade),
            field("source", "Source", asked.source),
            class_="fields",
        ),
        tag(
            "label",
            tag("input", type="checkbox", name="recalled", value="true", **only),
            tag("span", "only what was set down from memory"),
            class_="check",
        ),
        tag("button", "Look", type="submit", id="look"),
        method="get",
        action=AT,
        id="search",
    )


def _count(asked: Asked, rows: Sequence[Line]) -> Html:
    grades = Counter(line.entry.grade or "none" for line in rows)
    said = ", ".join(f"{grades[grade]:,} of grade {grade}" for grade in (*GRADES, "none") if grades[grade])
    about = (
        f" {TABLES[asked.table].meaning[:1].upper()}{TABLES[asked.table].meaning[1:]}." if asked.table else ""
    )
    address = f"/api/facts.json?{urlencode(_said(asked))}"
    return tag(
        "p",
        f"{len(rows):,} rows{': ' + said if said else ''}.{about} ",
        tag("a", "As data (JSON)", href=address),
        role="status",
        id="count",
    )


def _nothing(asked: Asked) -> str:
    if asked.query:
        return f"No row has all the words “{asked.query}”. Take fewer, or look under what is not known."
    return "No row is like that. Choose another table, grade or source."


def _said(asked: Asked) -> dict[str, str]:
    said = {"q": asked.query, "table": asked.table, "grade": asked.grade, "source": asked.source}
    return {name: value for name, value in said.items() if value} | (
        {"recalled": "true"} if asked.recalled else {}
    )


def _pager(asked: Asked, page: int, rows: int) -> Html:
    said = _said(asked)
    return _pages(page, rows, lambda number: f"{AT}?{urlencode({**said, 'page': number})}")


def _pages(page: int, rows: int, address: Any) -> Html:
    """Ways to the pages before and after."""
    last = max((rows + PAGE - 1) // PAGE, 1)
    if last == 1:
        return Html("")
    before = [tag("a", "Before", href=address(page - 1), rel="prev")] if page > 1 else []
    after = [tag("a", "Next", href=address(page + 1), rel="next")] if page < last else []
    return tag(
        "nav",
        *before,
        tag("span", f"page {page} of {last}"),
        *after,
        class_="pager",
        aria_label="Pages of rows",
    )
