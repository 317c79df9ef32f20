"""Projects: a plant of the world, an example or a file of the visitor's, valued under cases."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.responses import HTMLResponse, RedirectResponse

from xenotime.choice.project_file import example, example_names, parse_project
from xenotime.choice.project_file import template as project_template
from xenotime.errors import InputProblems, Problem
from xenotime.policy.case import case_names
from xenotime.report.page import Content
from xenotime.web.desk import Desk, Owner, TheDesk
from xenotime.web.example_cases import beside_examples
from xenotime.web.frame import show
from xenotime.web.jobs import Job
from xenotime.web.pages import asking
from xenotime.web.pages.choice_form import (
    EXAMPLE,
    FILE,
    MOST_DRAWS,
    MOST_MONTHS,
    PLANT,
    Asked,
    Plants,
    choice_form,
)
from xenotime.web.places import place_problems
from xenotime.world.problems import suggestion

router = APIRouter(include_in_schema=False)
PACKAGES = "plan"  # kind of job the other page of this place begins
KIND, OURS = "project", "project.toml"
FIRST = "baseline-2025"  # the case prices are taken from where none is ticked on a new page
FIRST_EXAMPLE = "eneabba"
BEFORE = 5  # earlier questions that are listed


@router.get("/choice", response_class=HTMLResponse)
def choice_page(request: Request, desk: TheDesk, owner: Owner) -> Response:
    """The form; its address holds every choice, the text of a project too."""
    query = request.query_params
    said, chosen = asking.texts(query), asking.many(query, "case")
    job = desk.job(owner, said["again"]) if said.get("again") else None
    if job is not None and job.kind == PACKAGES:
        return RedirectResponse(f"/choice/packages?again={job.job}", 303)
    if job is not None and "from" not in said:
        said, chosen = _again(desk, job, said), list(job.request.get("cases", ()))
    if "draws" not in said:  # a new page, or a link to one of its ways; an address of a question says all
        said = {"from": EXAMPLE, "example": FIRST_EXAMPLE, "effect": "yes", **said}
        chosen = chosen or [FIRST]
    said.setdefault("text", project_template())
    return _shown(desk, owner, said, chosen)


@router.get("/choice/template.toml")
def project_to_fill() -> Response:
    """A project to start from."""
    headers = {"content-disposition": 'attachment; filename="project.toml"'}
    return Response(project_template(), media_type="application/toml; charset=utf-8", headers=headers)


@router.get("/choice/examples/{name}.toml")
def example_to_read(name: str) -> Response:
    """A shipped example as it is."""
    found = example(name)
    if found is None:
        raise HTTPException(404, f"no example of this name; there are {', '.join(example_names())}")
    headers = {"content-disposition": f'attachment; filename="{found.parent.name}.toml"'}
    text = found.read_text("utf-8")
    return Response(text, media_type="application/toml; charset=utf-8", headers=headers)


@router.post("/choice")
async def ask(request: Request, desk: TheDesk, owner: Owner) -> Response:
    """Begin the job, or show the form again with all that was given and what is wrong with it."""
    sent = await asking.sent(request)
    chosen, problems = sent.cases, list[Problem]()
    said, name = asking.with_file(sent, OURS, desk.settings.limits.file, problems)
    source, title = source_of(said, name, problems)
    offered = (*case_names(), *beside_examples())
    asked: dict[str, Any] = {
        "source": source,
        "from": said.get("from", ""),
        "cases": asking.known(chosen, offered, "case", problems, "tick one of the cases"),
        "draws": asking.whole_of(said, "draws", 0, MOST_DRAWS, 0, problems),
        "months": asking.whole_of(said, "months", 0, MOST_MONTHS, 0, problems),
        "effect": said.get("effect") == "yes",
    }
    if not asked["cases"] and not problems:
        expected = "a case to take prices from"
        problems.append(asking.told("no-case", "case", "no case", expected, "tick one of the cases"))
    if problems:
        return _shown(desk, owner, said, chosen, tuple(problems))
    uploads = {OURS: (name, said["text"].encode())} if said["from"] == FILE else None
    job = desk.begin(owner, KIND, title[:120], asked, uploads)
    return RedirectResponse(f"/jobs/{job.job}", 303)


def source_of(said: Mapping[str, str], name: str, problems: list[Problem]) -> tuple[str, str]:
    """What is valued, and its title: a plant, an example, or the text, which is read strictly."""
    chosen = said.get("from", "")
    if chosen == PLANT:
        plant = said.get("plant", "").strip()
        if plant not in plants():
            near = suggestion(plant, plants(), "take one of the list")
            problems.append(
                asking.told("unknown-name", "plant", repr(plant[:60]), "a plant of the world", near)
            )
            return "", ""
        return plant, plants()[plant]
    if chosen == EXAMPLE:
        found = said.get("example", "")
        asking.known([found], example_names(), "example", problems, "take one of the list")
        return found, found
    if chosen != FILE:
        expected = "a plant, an example or a file"
        problems.append(asking.told("bad-value", "from", repr(chosen[:40]), expected, "choose one"))
        return "", ""
    try:
        data = parse_project(said["text"], name)
    except InputProblems as error:
        problems += error.problems
        return "", ""
    if data.world:  # a path would be one of the machine this runs on
        problems += place_problems(data.world, name)
    return "", data.title or Path(name).stem


def _again(desk: Desk, job: Job, said: dict[str, str]) -> dict[str, str]:
    """Fields of the question of a job."""
    if job.kind != KIND:
        raise HTTPException(404, "no question of this page")
    asked = job.request
    found = {
        "from": str(asked["from"]),
        "draws": str(asked["draws"]),
        "months": str(asked["months"]),
        "effect": "yes" if asked["effect"] else "",
        "again": said["again"],
    }
    if asked["from"] in (PLANT, EXAMPLE):
        return {**found, str(asked["from"]): str(asked["source"])}
    return {**found, "text": (desk.shelf.folder(job) / OURS).read_text("utf-8")}


@cache
def plants() -> Plants:
    """Plants of the shipped world by name, told with what they are and where."""
    from xenotime.api import load_world

    rows = load_world().facilities
    found: dict[str, str] = {}
    for row in sorted(rows, key=lambda one: (one.region, one.facility)):
        found.setdefault(row.facility, f"{row.name or row.facility}, {row.region}, {row.kind}".rstrip(", "))
    return found


def _shown(
    desk: Desk,
    owner: str,
    said: Mapping[str, str],
    chosen: list[str],
    problems: tuple[Problem, ...] = (),
) -> Response:
    before = [one for one in desk.shelf.of(owner) if one.kind == KIND][:BEFORE]
    asked = Asked(said, chosen, plants(), desk.settings.limits.file, asking.as_json(problems), before)
    content = Content("Projects", choice_form(asked), ())
    return show(content, at="/choice", scripts=("ways.js",), status=422 if problems else 200)
