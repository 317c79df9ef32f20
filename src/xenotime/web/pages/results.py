"""What a job found: shown, sent as one file, as JSON, as tables; and why a price is what it is."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import lru_cache
from typing import Any

from fastapi import APIRouter, HTTPException, Response
from starlette.responses import FileResponse, HTMLResponse

from xenotime.report.markup import Html, joined, tag
from xenotime.report.page import Content, whole_page
from xenotime.web.desk import Desk, Owner, TheDesk
from xenotime.web.frame import show
from xenotime.web.jobs import OPEN, Job, read_json
from xenotime.web.kinds import KINDS
from xenotime.web.pages.jobs import JobName, ended_badly, progress_bar, state_of

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
    content = content_of(desk, job)
    body = joined([*parts, _tools(job, _tables(document_of(desk, job))), content.body])
    return show(Content(content.title, body, content.pictures), at=at, scripts=scripts)


def _tools(job: Job, tables: tuple[str, ...]) -> Html:
    """What can be taken away."""
    base = f"/api/jobs/{job.job}"
    sheets = [tag("option", name, value=f"{base}/tables/{name}.csv") for name in tables]
    return tag(
        "nav",
        tag("a", "Brief to send (one file)", href=f"{base}/brief.html", download=""),
        tag("button", "Print or PDF", type="button", id="print", class_="quiet"),
        tag("a", "All data (JSON)", href=f"{base}/document.json", download=""),
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
    path = desk.shelf.folder(desk.job(owner, name)) / "document.json"
    if not path.is_file():
        raise HTTPException(404, "this job has no document yet")
    return FileResponse(path, media_type="application/json")


@router.get("/api/jobs/{name}/brief.html", responses=NONE_YET)
def brief(name: JobName, desk: TheDesk, owner: Owner) -> Response:
    """The one-file page a person can send."""
    job = desk.job(owner, name)
    text = whole_page(content_of(desk, job))
    headers = {
        "content-disposition": f'attachment; filename="xenotime-{job.kind}-{job.job[:8]}.html"',
        "content-security-policy": "sandbox allow-scripts",
    }
    return Response(text, media_type="text/html; charset=utf-8", headers=headers)


@router.get("/api/jobs/{name}/tables/{table}.csv", responses=NONE_YET)
def table_csv(name: JobName, table: str, desk: TheDesk, owner: Owner) -> Response:
    """One table of the document for a spreadsheet; no cell of it can be taken for a formula."""
    data = document_of(desk, desk.job(owner, name))["data"]
    rows = data.get(table) if isinstance(data, dict) else None
    if rows is None or not _is_table(rows):
        raise HTTPException(404, "the document has no such table")
    headers = {"content-disposition": f'attachment; filename="{re.sub(r"[^a-z_]", "", table)}.csv"'}
    return Response(to_csv(rows), media_type="text/csv; charset=utf-8", headers=headers)


def to_csv(rows: list[dict[str, Any]]) -> str:
    """Rows as CSV; the header has every key that any row has."""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
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


def document_of(desk: Desk, job: Job) -> dict[str, Any]:
    """A job's document; raises HTTPException 404 where there is none yet."""
    found = read_json(desk.shelf.folder(job) / "document.json")
    if found is None:
        raise HTTPException(404, "this job has no document yet")
    return dict(found)


def content_of(desk: Desk, job: Job) -> Content:
    """The document as it is shown; kept, because drawing takes a second or two."""
    path = desk.shelf.folder(job) / "document.json"
    try:
        stamp = path.stat().st_mtime_ns
    except FileNotFoundError as error:
        raise HTTPException(404, "this job has no document yet") from error
    return _content(job.kind, str(path), stamp)


@lru_cache(maxsize=12)
def _content(kind: str, path: str, stamp: int) -> Content:
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 - a path of ours as text, so that it can be a key
        return KINDS[kind].show(json.load(file))


def _tables(document: dict[str, Any]) -> tuple[str, ...]:
    data = document["data"]
    return tuple(name for name, rows in data.items() if _is_table(rows))


def _is_table(rows: Any) -> bool:
    return isinstance(rows, list) and bool(rows) and all(isinstance(row, dict) for row in rows)
