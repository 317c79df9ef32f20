"""Packages: a sponsor's levers under a budget, from a shipped menu or one of the visitor's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.responses import HTMLResponse, RedirectResponse

from xenotime.choice.menu_file import menu_names, parse_menu, shipped_menu
from xenotime.choice.menu_file import template as menu_template
from xenotime.choice.search import MOST
from xenotime.errors import InputProblems, Problem
from xenotime.policy.case import case_names
from xenotime.report.page import Content
from xenotime.web.desk import Desk, Owner, TheDesk
from xenotime.web.frame import show
from xenotime.web.jobs import Job
from xenotime.web.pages import asking
from xenotime.web.pages.packages_form import (
    FILE,
    MOST_DRAWS,
    MOST_MONTHS,
    MOST_PACKAGES,
    SHIPPED,
    Asked,
    packages_form,
)
from xenotime.web.places import place_problems

router = APIRouter(include_in_schema=False)
KIND, OURS = "plan", "menu.toml"
BUDGET = "30000000"  # USD shown on a new page: what the example of the documentation asks
BEFORE = 5  # earlier questions that are listed


@router.get("/choice/packages", response_class=HTMLResponse)
def packages_page(request: Request, desk: TheDesk, owner: Owner) -> Response:
    """The form; its address holds every choice, the text of a menu too."""
    query = request.query_params
    said, chosen = asking.texts(query), asking.many(query, "case")
    job = desk.job(owner, said["again"]) if said.get("again") else None
    if job is not None and "from" not in said:
        said, chosen = _again(desk, job, said), list(job.request.get("cases", ()))
    defaults = {"from": SHIPPED, "sponsor": menu_names()[0], "budget": BUDGET, "packages": str(MOST)}
    return _shown(desk, owner, {**defaults, "text": menu_template(), **said}, chosen)


@router.get("/choice/packages/template.toml")
def menu_to_fill() -> Response:
    """A menu to start from."""
    headers = {"content-disposition": 'attachment; filename="menu.toml"'}
    return Response(menu_template(), media_type="application/toml; charset=utf-8", headers=headers)


@router.post("/choice/packages")
async def ask(request: Request, desk: TheDesk, owner: Owner) -> Response:
    """Begin the job, or show the form again with all that was given and what is wrong with it."""
    sent = await asking.sent(request)
    chosen, problems = sent.cases, list[Problem]()
    said, name = asking.with_file(sent, OURS, desk.settings.limits.file, problems)
    sponsor, title = menu_of(said, name, problems)
    asked: dict[str, Any] = {
        "sponsor": sponsor,
        "from": said.get("from", ""),
        "budget": budget_of(said, problems),
        "cases": asking.known(chosen, case_names(), "case", problems, "tick one of the cases"),
        "draws": asking.whole_of(said, "draws", 0, MOST_DRAWS, 0, problems),
        "months": asking.whole_of(said, "months", 0, MOST_MONTHS, 0, problems),
        "packages": asking.whole_of(said, "packages", 1, MOST_PACKAGES, MOST, problems),
    }
    if problems:
        return _shown(desk, owner, said, chosen, tuple(problems))
    uploads = {OURS: (name, said["text"].encode())} if said["from"] == FILE else None
    job = desk.begin(owner, KIND, title[:120], asked, uploads)
    return RedirectResponse(f"/jobs/{job.job}", 303)


def menu_of(said: Mapping[str, str], name: str, problems: list[Problem]) -> tuple[str, str]:
    """The sponsor of a shipped menu, or none where the text is one, which is read strictly; and its title."""
    if said.get("from") == SHIPPED:
        sponsor = said.get("sponsor", "")
        if asking.known([sponsor], menu_names(), "sponsor", problems, "take one of the list"):
            return sponsor, shipped_menu(sponsor).title
        return "", ""
    if said.get("from") != FILE:
        expected = "a shipped menu or one of your own"
        problems.append(asking.told("bad-value", "from", repr(said.get("from", "")[:40]), expected))
        return "", ""
    try:
        data = parse_menu(said["text"], name)
    except InputProblems as error:
        problems += error.problems
        return "", ""
    if data.world:  # a path would be one of the machine this runs on
        problems += place_problems(data.world, name)
    for entry in data.case:  # a name that is no shipped case would be a file of this machine
        asking.known([entry.case], case_names(), "case", problems, "name a shipped case")
    return "", data.title


def budget_of(said: Mapping[str, str], problems: list[Problem]) -> float:
    """USD that may be laid out."""
    text = said.get("budget", "").replace("_", "").replace(",", "").strip()
    try:
        found = float(text)
    except ValueError:
        found = 0.0
    if not 0 < found < float("inf"):
        problems.append(asking.told("bad-value", "budget", repr(text[:40]), "USD above zero"))
        return 0.0
    return found


def _again(desk: Desk, job: Job, said: dict[str, str]) -> dict[str, str]:
    """Fields of the question of a job."""
    if job.kind != KIND:
        raise HTTPException(404, "no question of this page")
    asked = job.request
    found = {name: str(asked[name]) for name in ("from", "draws", "months", "packages")}
    found |= {"budget": f"{asked['budget']:.15g}", "again": said["again"]}
    if asked["from"] == SHIPPED:
        return {**found, "sponsor": str(asked["sponsor"])}
    return {**found, "text": (desk.shelf.folder(job) / OURS).read_text("utf-8")}


def _shown(
    desk: Desk,
    owner: str,
    said: Mapping[str, str],
    chosen: list[str],
    problems: tuple[Problem, ...] = (),
) -> Response:
    before = [one for one in desk.shelf.of(owner) if one.kind == KIND][:BEFORE]
    asked = Asked(said, chosen, desk.settings.limits.file, asking.as_json(problems), before)
    content = Content("Packages", packages_form(asked), ())
    return show(content, at="/choice", scripts=("ways.js",), status=422 if problems else 200)
