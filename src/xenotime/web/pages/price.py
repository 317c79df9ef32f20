"""Why this price: one price of a scenario's run as an exact sum, on a page of its own or in a dialog."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Response
from starlette.responses import HTMLResponse

from xenotime.dynamics.trajectory import Trajectory
from xenotime.market.explain import Explanation
from xenotime.report.explained_page import explanation_content, price_sum
from xenotime.report.markup import Html, tag
from xenotime.web.desk import Desk, Owner, TheDesk
from xenotime.web.documents import Choices
from xenotime.web.frame import show
from xenotime.web.jobs import Job
from xenotime.web.pages.jobs import JobName

router = APIRouter(include_in_schema=False)
KEPT = 2  # runs held in memory, some hundred megabytes each


@dataclass(frozen=True, slots=True)
class Place:
    """One price of a run."""

    material: str
    region: str
    month: str
    market: str = "spot"


@router.get("/jobs/{name}/price", response_class=HTMLResponse)
def price_page(
    name: JobName, desk: TheDesk, owner: Owner, material: str, region: str, month: str, market: str = "spot"
) -> Response:
    """The whole explanation; raises InputProblems for a place the run does not have."""
    job = desk.job(owner, name)
    told = explained(desk, job, Place(material, region, month, market))
    return show(explanation_content(told, month, "USD/unit"), at="/scenario")


def explained(desk: Desk, job: Job, place: Place) -> Explanation:
    """A price of a scenario's saved run; raises HTTPException 404 where there is no run yet."""
    from xenotime.runs import explain_cell, position_of

    folder = desk.shelf.folder(job) / "run"
    if not (folder / "run.meta.json").is_file():
        raise HTTPException(404, "this job has no run to explain yet")
    run = _run(folder, (folder / "run.meta.json").stat().st_mtime_ns)
    clearing = run.clearing(position_of(run, place.month))
    return explain_cell(clearing, place.material, place.region, place.market)


@lru_cache(maxsize=KEPT)
def _run(folder: Path, stamp: int) -> Trajectory:
    from xenotime.api import load_world
    from xenotime.runs import load_run

    return load_run(folder, load_world)[1]


def explained_here(told: Explanation, job: Job, place: Place) -> Html:
    """The sum alone, and the way to the whole."""
    query = urlencode({"material": place.material, "region": place.region, "month": place.month})
    way = tag("a", "Every step of this price", href=f"/jobs/{job.job}/price?{query}")
    return tag("div", price_sum(told, "USD/unit"), tag("p", way))


def price_form(job: Job, choices: Choices) -> Html:
    """Choose a price to explain; the names are those of the run."""
    selects = [
        tag(
            "label",
            f"{name} ",
            tag(
                "select",
                *(tag("option", said, value=code) for code, said in rows),
                name=name,
                autocomplete="off",
            ),
        )
        for name, rows in choices.items()
    ]
    return tag(
        "form",
        tag("strong", "Why this price? "),
        *selects,
        tag("button", "Explain", type="submit", class_="quiet"),
        method="get",
        action=f"/jobs/{job.job}/price",
        class_="tools",
    )
