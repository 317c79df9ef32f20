"""Two scenarios of one visitor side by side."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Response
from starlette.responses import HTMLResponse

from xenotime.report.compared_page import comparison_content
from xenotime.report.markup import Html, tag
from xenotime.web.desk import Desk, Owner, TheDesk
from xenotime.web.documents import document_of
from xenotime.web.frame import show
from xenotime.web.jobs import Job
from xenotime.web.pages.jobs import JobName

router = APIRouter(include_in_schema=False)


@router.get("/jobs/{name}/compare", response_class=HTMLResponse)
def compare_page(name: JobName, desk: TheDesk, owner: Owner, beside: str) -> Response:
    """The differences, the first scenario being the ruler."""
    from xenotime.report.compared import SavedRun, compare_runs

    jobs = (desk.job(owner, name), desk.job(owner, beside))
    if any(job.kind != "scenario" for job in jobs):
        raise HTTPException(422, "only scenarios are compared")
    runs = [SavedRun(title(job), document_of(desk, job)) for job in jobs]
    return show(comparison_content(compare_runs(runs)), at="/scenario")


def title(job: Job) -> str:
    """A scenario's title, told apart from others of the same case."""
    return f"{job.title} ({job.job[:4]})"


def compare_form(desk: Desk, job: Job) -> Html:
    """Choose another scenario of the visitor to set beside this one; nothing where there is none."""
    others = [
        other
        for other in desk.shelf.of(job.owner)
        if other.kind == "scenario" and other.job != job.job and (desk.shelf.folder(other) / "run").is_dir()
    ]
    if not others:
        return Html("")
    options = [tag("option", title(other), value=other.job) for other in others]
    return tag(
        "form",
        tag("label", "Set beside ", tag("select", *options, name="beside", autocomplete="off")),
        tag("button", "Compare", type="submit", class_="quiet"),
        method="get",
        action=f"/jobs/{job.job}/compare",
        class_="tools",
    )
