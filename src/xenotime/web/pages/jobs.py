"""A visitor's jobs: how far they are, cancelled, deleted, kept over a reload and a restart."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Response
from starlette.responses import HTMLResponse, RedirectResponse

from xenotime.report.markup import Html, joined, table, tag
from xenotime.report.page import Content
from xenotime.web.desk import Desk, Owner, TheDesk
from xenotime.web.frame import problem_table, show
from xenotime.web.jobs import DONE, OPEN, Job, Json, read_json
from xenotime.web.kinds import KINDS

router = APIRouter()
JobName = Annotated[str, Path(max_length=64)]


@router.get("/api/jobs")
def list_jobs(desk: TheDesk, owner: Owner) -> list[dict[str, Any]]:
    """The visitor's jobs, newest first."""
    return [state_of(desk, job) for job in desk.shelf.of(owner)]


@router.get("/api/jobs/{name}", responses={404: {"description": "no such job of this visitor"}})
def read_job(name: JobName, desk: TheDesk, owner: Owner) -> dict[str, Any]:
    """How far a job is, and what is known so far."""
    job = desk.job(owner, name)
    folder = desk.shelf.folder(job)
    return {**state_of(desk, job), "partial": read_json(folder / "partial.json")}


@router.post("/api/jobs/{name}/cancel", responses={404: {"description": "no such job of this visitor"}})
def cancel_job(name: JobName, desk: TheDesk, owner: Owner) -> dict[str, Any]:
    """End a job; what it has published stays."""
    return state_of(desk, desk.scheduler.cancel(desk.job(owner, name)))


@router.delete("/api/jobs/{name}", responses={404: {"description": "no such job of this visitor"}})
def delete_job(name: JobName, desk: TheDesk, owner: Owner) -> dict[str, str]:
    """End a job and delete it with all it brought and made."""
    job = desk.scheduler.cancel(desk.job(owner, name))
    desk.shelf.forget(job)
    return {"deleted": job.job}


@router.get("/jobs", response_class=HTMLResponse, include_in_schema=False)
def jobs_page(desk: TheDesk, owner: Owner) -> Response:
    """All jobs of the visitor."""
    rows = [
        (
            tag("a", job.title, href=f"/jobs/{job.job}"),
            KINDS[job.kind].says,
            job.state,
            _when(job.created),
            _took(job),
            _button(f"/jobs/{job.job}/cancel", "Cancel") if job.state in OPEN else Html(""),
            _button(f"/jobs/{job.job}/delete", "Delete"),
        )
        for job in desk.shelf.of(owner)
    ]
    header = ("job", "kind", "state", "begun", "took", "", "")
    body = joined(
        [
            tag("h1", "Jobs"),
            tag("p", "They go on when this page is closed, and are taken up again when the server stops."),
            table(header, rows) if rows else tag("p", "There is none yet. Begin with a scenario."),
        ]
    )
    return show(Content("Jobs", body, ()), at="/jobs")


@router.post("/jobs/{name}/cancel", include_in_schema=False)
def cancel_here(name: JobName, desk: TheDesk, owner: Owner) -> Response:
    """The button of the page."""
    job = desk.scheduler.cancel(desk.job(owner, name))
    return RedirectResponse(f"/jobs/{job.job}", 303)


@router.post("/jobs/{name}/delete", include_in_schema=False)
def delete_here(name: JobName, desk: TheDesk, owner: Owner) -> Response:
    """The button of the page."""
    desk.shelf.forget(desk.scheduler.cancel(desk.job(owner, name)))
    return RedirectResponse("/jobs", 303)


def state_of(desk: Desk, job: Job) -> dict[str, Any]:
    """A job as JSON."""
    folder = desk.shelf.folder(job)
    progress = read_json(folder / "progress.json") or {"done": 0, "total": 0, "label": ""}
    return {
        "job": job.job,
        "kind": job.kind,
        "title": job.title,
        "state": job.state,
        "created": job.created,
        "started": job.started,
        "ended": job.ended,
        **progress,
        "has_document": (folder / "document.json").is_file(),
        "document_size": _size(folder / "document.json"),
        "problems": list(job.problems),
        "message": job.message,
        "request": job.request,
        "files": job.files,
    }


def _size(path: Any) -> int:
    try:
        return int(path.stat().st_size)
    except FileNotFoundError:
        return 0


def progress_bar(job: Job, state: Json) -> Html:
    """How far it is, for a page that asks again by itself."""
    label = str(state["label"] or ("waits for its turn" if job.state == "queued" else "begins"))
    return tag(
        "section",
        tag("h1", job.title, id="job-title"),
        tag(
            "p",
            tag("progress", value=str(state["done"]), max=str(max(state["total"], 1)), id="job-progress"),
            " ",
            tag("span", label, id="job-label", role="status"),
        ),
        _button(f"/jobs/{job.job}/cancel", "Cancel"),
        tag("div", id="live", class_="plot live"),
        tag("noscript", tag("p", "Without JavaScript, load this page again to see how far it is.")),
        id="running",
        data_job=job.job,
        data_size=str(state["document_size"]),
    )


def ended_badly(job: Job) -> Html:
    """Why there is no answer."""
    if job.problems:
        said = problem_table(job.problems)
    else:
        said = tag("p", job.message or f"It was {job.state}.", class_="warning", role="alert")
    return joined([tag("h1", job.title), said, tag("p", again_link(job))])


def again_link(job: Job) -> Html:
    """A link to the page with what a job was asked."""
    return tag("a", KINDS[job.kind].again, href=again_at(job), id="again-link")


def again_at(job: Job) -> str:
    """The page a job was begun on, which may put what was asked back into its form."""
    return f"{KINDS[job.kind].page}?again={job.job}"


def _button(action: str, text: str) -> Html:
    return tag(
        "form",
        tag("button", text, type="submit", class_="quiet"),
        method="post",
        action=action,
        class_="inline",
    )


def _when(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d %H:%M UTC") if moment else ""


def _took(job: Job) -> str:
    return f"{job.ended - job.started:.0f} s" if job.state == DONE and job.started else ""
