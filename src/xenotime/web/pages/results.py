"""What a job found: shown, sent as one file, as JSON, as tables; and why a price is what it is."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

from fastapi import APIRouter, HTTPException, Response
from starlette.responses import FileResponse, HTMLResponse

from xenotime.report.markup import Html, joined, tag
from xenotime.report.page import Content, whole_page
from xenotime.report.short import has_brief, render_brief
from xenotime.web.desk import Desk, Owner, TheDesk
from xenotime.web.documents import DOCUMENT, document_of, is_table, shown_of
from xenotime.web.frame import show
from xenotime.web.jobs import OPEN, Job
from xenotime.web.kinds import KINDS
from xenotime.web.pages.compare import compare_form
from xenotime.web.pages.jobs import JobName, again_link, ended_badly, progress_bar, state_of
from xenotime.web.pages.price import price_form

router = APIRouter()
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # what makes a spreadsheet take a cell for a formula
NONE_YET: dict[int | str, dict[str, Any]] = {
    404: {"description": "no such job of this visitor, or no document yet"}
}


@router.get("/jobs/{name}", response_class=HTMLResponse, include_in_schema=False)
def job_page(name: JobName, desk: TheDesk, owner: Owner) -> Response:
    """A job: its progress, its answer, or why there is none."""
    job = desk.job(owner, name)
    state = state_of(desk, job)
    at = KINDS[job.kind].page
    parts: list[str] = []
    scripts: list[str] = []
    if job.state in OPEN:
        parts.append(progress_bar(job, state))
        scripts += ["plotly.js", "live.js"]
    if not state["has_document"]:
        parts += [] if job.state in OPEN else [ended_badly(job)]
        return show(Content(job.title, joined(parts), ()), at=at, scripts=scripts)
    if job.state not in (*OPEN, "done"):
        parts.append(ended_badly(job))
    shown = shown_of(desk, job)
    content = shown.content
    parts.append(_tools(job, shown.tables))
    if shown.choices:
        asked = tag("summary", "Why is a price what it is? How does another scenario differ?")
        forms = (price_form(job, shown.choices), compare_form(desk, job))
        parts.append(tag("details", asked, *forms, class_="more"))
    body = joined([*parts, content.body])
    return show(Content(content.title, body, content.pictures), at=at, scripts=scripts)


def _tools(job: Job, tables: tuple[str, ...]) -> Html:
    """What can be taken away."""
    base = f"/api/jobs/{job.job}"
    sheets = [tag("option", name, value=f"{base}/tables/{name}.csv") for name in tables]
    return tag(
        "nav",
        again_link(job),
        tag("a", "Brief to send (one file)", href=f"{base}/brief.html", download=""),
        tag("a", "Whole report (one file)", href=f"{base}/report.html", download=""),
        tag("button", "Print or PDF", type="button", id="print", class_="quiet"),
        tag("a", "All data (JSON)", href=f"{base}/document.json", download=""),
        tag("a", "Everything (zip)", href=f"{base}/all.zip", download=""),
        tag(
            "label",
            "Table (CSV) ",
            tag("select", tag("option", "choose", value=""), *sheets, id="tables", autocomplete="off"),
        ),
        class_="tools",
        aria_label="Take away",
        data_job=job.job,
        data_kind=job.kind,
    )


@router.get("/api/jobs/{name}/document.json", responses=NONE_YET)
def document(name: JobName, desk: TheDesk, owner: Owner) -> Response:
    """The JSON document."""
    path = desk.shelf.folder(desk.job(owner, name)) / DOCUMENT
    if not path.is_file():
        raise HTTPException(404, "this job has no document yet")
    return FileResponse(path, media_type="application/json")


@router.get("/api/jobs/{name}/brief.html", responses=NONE_YET)
def brief(name: JobName, desk: TheDesk, owner: Owner) -> Response:
    """Two or three pages to send or print; the whole report where a kind has no brief."""
    job = desk.job(owner, name)
    return _one_file(job, "brief", brief_text(desk, job))


@router.get("/api/jobs/{name}/report.html", responses=NONE_YET)
def report(name: JobName, desk: TheDesk, owner: Owner) -> Response:
    """The whole report as one file."""
    job = desk.job(owner, name)
    return _one_file(job, "report", whole_page(shown_of(desk, job).content))


def brief_text(desk: Desk, job: Job) -> str:
    """The brief of a job's document; raises HTTPException 404 where there is none yet."""
    document = document_of(desk, job)
    if has_brief(str(document["kind"])):
        return render_brief(document)
    return whole_page(shown_of(desk, job).content)


def _one_file(job: Job, what: str, text: str) -> Response:
    headers = {
        "content-disposition": f'attachment; filename="xenotime-{job.kind}-{what}-{job.job[:8]}.html"',
        "content-security-policy": "sandbox allow-scripts",
    }
    return Response(text, media_type="text/html; charset=utf-8", headers=headers)


@router.get("/api/jobs/{name}/tables/{table}.csv", responses=NONE_YET)
def table_csv(name: JobName, table: str, desk: TheDesk, owner: Owner) -> Response:
    """One table of the document for a spreadsheet; no cell of it can be taken for a formula."""
    data = document_of(desk, desk.job(owner, name))["data"]
    rows = data.get(table) if isinstance(data, dict) else None
    if rows is None or not is_table(rows):
        raise HTTPException(404, "the document has no such table")
    headers = {"content-disposition": f'attachment; filename="{re.sub(r"[^a-z_]", "", table)}.csv"'}
    return Response(to_csv(rows), media_type="text/csv; charset=utf-8", headers=headers)


def to_csv(rows: list[dict[str, Any]]) -> str:
    """Rows as CSV; the header has every key that any row has."""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")  # so that a cell with either is quoted
    writer.writerow([harmless(key) for key in keys])
    writer.writerows([harmless(row.get(key)) for key in keys] for row in rows)
    return out.getvalue()


def harmless(value: Any) -> Any:
    """A cell a spreadsheet shows and does not run: text that begins like a formula is quoted."""
    if isinstance(value, (dict, list)):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value
