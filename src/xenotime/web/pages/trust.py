"""Trust: scores against rivals, what matters most, what is not known, assumed or recalled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Response
from starlette.responses import HTMLResponse

from xenotime.facts.browse import Asked, found, graded
from xenotime.facts.column import GRADES
from xenotime.facts.load import load_facts
from xenotime.report.facts_page import grade_meanings, grades_table, lines_table, missing_table
from xenotime.report.markup import Html, joined, tag
from xenotime.report.page import Content
from xenotime.report.scoreboard_page import scores_content, summary
from xenotime.report.sure import draws_sentence, drivers, next_rows
from xenotime.report.trust_page import (
    checks_section,
    counted,
    drivers_table,
    fitted_section,
    ledger_section,
    limits_section,
    reader_section,
)
from xenotime.web import answers
from xenotime.web.desk import Desk, Owner, TheDesk
from xenotime.web.frame import show
from xenotime.web.jobs import Job, read_json
from xenotime.web.kept import being_made
from xenotime.web.subpages import TRUST, ways

router = APIRouter(include_in_schema=False)
AT = "/trust"
LISTED = 40  # recalled rows listed on the page of what is not known
JOBS = 5  # jobs with draws whose drivers are read


@router.get(AT, response_class=HTMLResponse)
def trust_page() -> Response:
    """The overview."""
    scores = answers.scores()
    reading = answers.reading_scores() if scores is not None else None
    ledger = answers.ledger() if reading is not None else None
    if scores is None or reading is None or ledger is None:
        return being_made("how far to trust it", AT)
    lines = answers.lines()
    facts = load_facts()
    grades = Counter(line.entry.grade for line in lines if line.entry.grade)
    recalled = sum(line.recalled for line in lines)
    tiles = [
        (f"{len(lines):,}", "rows of facts, each with its source"),
        (f"{len(facts.sources()):,}", "sources: documents and stated methods"),
        (f"{grades[GRADES[-1]]:,}", f"of {sum(grades.values()):,} graded rows are estimates (grade D)"),
        (f"{recalled:,}", "rows hold something recalled from memory and not read again"),
        (f"{len(facts.missing())}", "things were looked for and not found"),
    ]
    body = joined(
        [
            ways(TRUST, AT, "Trust"),
            tag("h1", "How far to trust it"),
            tag(
                "p",
                "Every number leads to a fact, every fact to a source, a grade and a range. Scores are "
                "published whether they please or not.",
            ),
            counted(tiles),
            _search(),
            summary(scores["data"]),
            tag("p", tag("a", "The whole scoreboard: every rival, every miss", href="/trust/scoreboard")),
            reader_section(reading),
            ledger_section(ledger[0]["data"]),
            checks_section(),
            limits_section(),
        ]
    )
    return show(Content("Trust", body, ()), at=AT)


def _search() -> Html:
    return tag(
        "form",
        tag(
            "label",
            "Look a fact up ",
            tag("input", name="q", type="search", placeholder="dysprosium europe price"),
        ),
        tag("button", "Look", type="submit"),
        method="get",
        action="/trust/facts",
        class_="line near",
    )


@router.get(AT + "/scoreboard", response_class=HTMLResponse)
def scoreboard_page() -> Response:
    """Every episode, rival and target."""
    scores = answers.scores()
    if scores is None:
        return being_made("scoreboard", AT)
    content = scores_content(scores)
    head = ways(TRUST, AT + "/scoreboard", "Trust")
    data = tag("p", tag("a", "As data (JSON)", href="/api/scores.json"), class_="note")
    return show(Content(content.title, joined([head, content.body, data]), ()), at=AT)


@router.get("/api/scores.json")
def scores_json() -> dict[str, Any]:
    """The document of the scoreboard."""
    found_scores = answers.scores(None)
    assert found_scores is not None  # noqa: S101 - who waits gets it
    return found_scores


@router.get(AT + "/unknown", response_class=HTMLResponse)
def unknown_page() -> Response:
    """What is missing, assumed and recalled, counted and listed."""
    lines, facts = answers.lines(), load_facts()
    recalled = found(lines, Asked(recalled=True))
    missing = facts.missing()
    assumed = [line for line in lines if line.entry.source in ("assumed", "xenotime-2026-estimate")]
    parts = [
        ways(TRUST, AT + "/unknown", "Trust"),
        tag("h1", "Not known, assumed, recalled"),
        tag(
            "section",
            tag("h2", f"Looked for and not found ({len(missing)})"),
            tag("p", "No row stands for it anywhere: silence is not zero.", class_="note"),
            missing_table(missing),
            id="missing",
        ),
        tag(
            "section",
            tag("h2", "How well each table is known"),
            grade_meanings(),
            tag(
                "p",
                f"{len(assumed):,} rows are assumptions or estimates of ours; their notes say how.",
                class_="note",
            ),
            grades_table(graded(lines)),
            id="grades",
        ),
        tag(
            "section",
            tag("h2", f"Recalled from memory ({len(recalled)})"),
            tag(
                "p",
                "Set down from a named document and not read again. Such a figure carries D; a better "
                "grade means that only a detail is recalled, and the note says which. Verify before "
                "relying on it.",
                class_="note",
            ),
            lines_table(recalled[:LISTED]),
            tag("p", tag("a", f"All {len(recalled):,}", href="/trust/facts?recalled=true")),
            id="recalled",
            data_why="fact-row",
        ),
    ]
    return show(Content("Not known, assumed, recalled", joined(parts), ()), at=AT)


@router.get(AT + "/sensitivity", response_class=HTMLResponse)
def sensitivity_page(desk: TheDesk, owner: Owner) -> Response:
    """What matters most: in the visitor's own jobs with draws, and what the frozen fit taught."""
    from xenotime.ensembles.frozen import load_frozen

    frozen = load_frozen()
    shown = list(_of_jobs(desk, owner))
    none_yet = tag(
        "p",
        "No job of yours has draws yet. ",
        tag("a", "Run a scenario with 50 draws or more", href="/scenario?case=april-2025&draws=50"),
        ", or ",
        tag("a", "leverage with draws", href="/talks/leverage?draws=40"),
        ": what makes its bands wide is then ranked here.",
    )
    parts = [
        ways(TRUST, AT + "/sensitivity", "Trust"),
        tag("h1", "What matters most"),
        tag(
            "section",
            tag("h2", "In your own jobs"),
            *(shown or [none_yet]),
            id="own-drivers",
        ),
        fitted_section(frozen.record, frozen.sha256),
        tag(
            "p",
            tag("a", "The assumed numbers, row by row", href="/trust/facts?table=assumptions"),
            class_="note",
        ),
    ]
    return show(Content("What matters most", joined(parts), ()), at=AT)


def _of_jobs(desk: Desk, owner: str) -> Iterator[Html]:
    """The numbers that make the bands of each job wide, newest job first."""
    told = 0
    for job in desk.shelf.of(owner):
        if told >= JOBS:
            return
        if not _has_draws(job):
            continue
        document = read_json(desk.shelf.folder(job) / "document.json")
        if document is None:
            continue
        told += 1
        yield _drivers(job, document["data"])


def _has_draws(job: Job) -> bool:
    return job.kind in ("scenario", "leverage") and int(job.request.get("draws", 0)) > 0


def _drivers(job: Job, data: dict[str, Any]) -> Html:
    address = f"/jobs/{job.job}"
    if job.kind == "leverage":
        rows = [
            (
                row["number"],
                f"{row['low']:.4g} to {row['high']:.4g} {row['unit']}",
                f"{100 * row['share']:.0f} %",
                row["grade"],
                row.get("source", ""),
            )
            for row in data["facts"]
        ]
        return drivers_table(job.title, address, rows, f"Of {data['facts_of']}.")
    if "scatter" not in data:
        return drivers_table(job.title, address, [], "Its draws are not made yet.")
    following = [f"{what} ({gain} of the variance)" for what, gain, *_ in next_rows(data)]
    said = draws_sentence(data) + (f" Next fact to check: {following[0]}." if following else "")
    return drivers_table(job.title, address, drivers(data), said)
