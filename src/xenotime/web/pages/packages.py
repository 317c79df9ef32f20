"""Packages: which levers of a menu a budget should buy, judged under cases."""

from __future__ import annotations

from importlib import resources
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.responses import HTMLResponse, RedirectResponse

from xenotime.choice.menu_file import menu_names, parse_menu
from xenotime.choice.menu_file import template as menu_template
from xenotime.choice.search import MOST
from xenotime.errors import InputProblems, Problem
from xenotime.policy.case import case_names
from xenotime.policy.toml_file import line_of
from xenotime.report.page import Content
from xenotime.web.desk import Desk, Owner, TheDesk, shown_name
from xenotime.web.frame import show
from xenotime.web.jobs import Job
from xenotime.web.pages import fields
from xenotime.web.pages.packages_form import (
    FILE,
    MOST_DRAWS,
    MOST_MONTHS,
    MOST_PACKAGES,
    SHIPPED,
    Asked,
    packages_form,
)
from xenotime.web.places import only_shipped

router = APIRouter(include_in_schema=False)
KIND, OURS = "plan", "menu.toml"
AT = "/choice/packages"
FIRST = {"from": SHIPPED, "sponsor": "USA", "budget": "30e6", "packages": str(MOST)}
BEFORE = 5  # earlier questions that are listed
MOST_MONEY = 1e13  # USD: more than any government's budget


@router.get(AT, response_class=HTMLResponse)
def packages_page(request: Request, desk: TheDesk, owner: Owner) -> Response:
    """The form; its address holds every choice, the text of a menu too."""
    said, chosen = fields.texts(request.query_params), fields.many(request.query_params, "case")
    job = desk.job(owner, said["again"]) if said.get("again") else None
    if job is not None and "from" not in said:
        said, chosen = _again(desk, job, said), list(job.request["cases"])
    said = {**FIRST, **said}
    said.setdefault("text", menu_template())
    return _shown(desk, owner, said, chosen)


@router.get("/choice/menus/{name}.toml")
def menu_to_read(name: str) -> Response:
    """A shipped menu as it is."""
    if name not in menu_names():
        raise HTTPException(404, f"no menu of this name; there are {', '.join(menu_names())}")
    text = (resources.files("xenotime") / "data" / "menus" / f"{name}.toml").read_text("utf-8")
    headers = {"content-disposition": f'attachment; filename="{name}.toml"'}
    return Response(text, media_type="application/toml; charset=utf-8", headers=headers)


@router.post(AT)
async def ask(request: Request, desk: TheDesk, owner: Owner) -> Response:
    """Begin the job, or show the form again with all that was given and what is wrong with it."""
    sent = await fields.sent(request)
    said, problems = sent.said, list[Problem]()
    said["text"] = said.get("text", "").replace("\r\n", "\n")  # browsers send text with both signs
    name = OURS
    if "file" in sent.files:
        name, data = shown_name(sent.files["file"][0]), sent.files["file"][1]
        problems += fields.too_large(name, data, desk.settings.limits.file)
        text = fields.utf8(name, data, problems) if not problems else None
        if text is not None:
            said |= {"from": FILE, "text": text}
    asked: dict[str, Any] = {
        "from": said.get("from", ""),
        "sponsor": sponsor_of(said, name, problems),
        "budget": budget_of(said, problems),
        "cases": fields.known(sent.cases, case_names(), "case", problems, "tick one of the cases"),
        "months": fields.whole_of(said, "months", 0, MOST_MONTHS, 0, problems),
        "draws": fields.whole_of(said, "draws", 0, MOST_DRAWS, 0, problems),
        "packages": fields.whole_of(said, "packages", 1, MOST_PACKAGES, MOST, problems),
    }
    if problems:
        return _shown(desk, owner, said, sent.cases, tuple(problems))
    uploads = {OURS: (name, said["text"].encode())} if said["from"] == FILE else None
    title = f"{asked['budget'] / 1e6:,.4g} million USD of {asked['sponsor']}"
    job = desk.begin(owner, KIND, title, asked, uploads)
    return RedirectResponse(f"/jobs/{job.job}", 303)


def budget_of(said: dict[str, str], problems: list[Problem]) -> float:
    """The money; what is none is a problem."""
    text = said.get("budget", "").replace(",", "").strip()
    try:
        money = float(text)
    except ValueError:
        money = 0.0
    if not 0 < money <= MOST_MONEY:
        problems.append(fields.told("bad-value", "budget", repr(text[:40]), "USD above zero, such as 30e6"))
    return money


def sponsor_of(said: dict[str, str], name: str, problems: list[Problem]) -> str:
    """Who pays: of a shipped menu, or of the text, which is read strictly and names no path."""
    if said.get("from") == SHIPPED:
        found = said.get("sponsor", "")
        fields.known([found], menu_names(), "sponsor", problems, "take one of the list")
        return found
    if said.get("from") != FILE:
        found = repr(said.get("from", "")[:40])
        problems.append(fields.told("bad-value", "from", found, "a shipped menu or one of your own"))
        return ""
    try:
        data = parse_menu(said["text"], name)
        if data.world:
            only_shipped(data.world, name)
    except InputProblems as error:
        problems += error.problems
        return ""
    problems += [
        Problem(
            "unknown-case",
            name,
            line_of(said["text"], "case", entry.case),
            "case",
            repr(entry.case[:60]),
            "a shipped case",
            "take one of the list below; cases of your own are for the command line",
        )
        for entry in data.case
        if entry.case not in case_names()
    ]
    return data.sponsor


def _again(desk: Desk, job: Job, said: dict[str, str]) -> dict[str, str]:
    """Fields of the question of a job."""
    if job.kind != KIND:
        raise HTTPException(404, "no question of this page")
    names = ("from", "sponsor", "months", "draws", "packages")
    found = {name: str(job.request[name]) for name in names}
    found |= {"budget": f"{job.request['budget']:.12g}", "again": said["again"]}
    if found["from"] == FILE:
        found["text"] = (desk.shelf.folder(job) / OURS).read_text("utf-8")
    return found


def _shown(
    desk: Desk, owner: str, said: dict[str, str], chosen: list[str], problems: tuple[Problem, ...] = ()
) -> Response:
    before = [one for one in desk.shelf.of(owner) if one.kind == KIND][:BEFORE]
    asked = Asked(said, chosen, desk.settings.limits.file, fields.as_json(problems), before)
    content = Content("Packages", packages_form(asked), ())
    return show(content, at="/choice", scripts=("choice.js",), status=422 if problems else 200)
