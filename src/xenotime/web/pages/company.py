"""My company: a bill and plants are brought, or taken from an example, and asked under cases."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.responses import HTMLResponse, RedirectResponse

from xenotime.errors import InputProblems, Problem
from xenotime.exposure.columns import template as bill_template
from xenotime.exposure.plant_file import PlantFile, example, example_names, load_plants, parse_plants
from xenotime.exposure.plant_file import template as plants_template
from xenotime.exposure.sheet import EXCEL
from xenotime.months import month_number
from xenotime.policy.case import Case, case_names, load_case
from xenotime.report.page import Content
from xenotime.web.desk import Desk, Owner, TheDesk, shown_name
from xenotime.web.drafts import Drafts, Files
from xenotime.web.example_cases import beside_examples
from xenotime.web.frame import show
from xenotime.web.jobs import Job
from xenotime.web.pages import asking
from xenotime.web.pages.company_form import DRAFT, EXAMPLE, JOB, MOST_DRAWS, Asked, company_form
from xenotime.web.pages.plant_rows import CELL, FORM, has_plants, plants_text, said_of

router = APIRouter(include_in_schema=False)
KIND = "exposure"
DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?")
BEFORE = 5  # earlier questions that are listed


@router.get("/company", response_class=HTMLResponse)
def company_page(request: Request, desk: TheDesk, owner: Owner) -> Response:
    """The form; its address holds every choice but files, which stay with the job they were brought for."""
    said = asking.texts(request.query_params)
    chosen = asking.many(request.query_params, "case")
    job = desk.job(owner, said["again"]) if said.get("again") else None
    filled = any(CELL.fullmatch(name) for name in said)
    if job is not None and not filled:
        said, chosen = _again(desk, job, said), list(job.request.get("cases", ()))
    elif said.get("example") and not filled:
        said, chosen = _from_example(said["example"], chosen)
    return _shown(desk, owner, said, chosen, job=job)


@router.get("/company/template.csv")
def bill_to_fill() -> Response:
    """A small bill to start from."""
    return _file("bill.csv", bill_template(), "text/csv")


@router.get("/company/plants.toml")
def plants_to_fill() -> Response:
    """A file of plants to start from."""
    return _file("plants.toml", plants_template(), "application/toml")


def _file(name: str, text: str, kind: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type=f"{kind}; charset=utf-8", headers=headers)


@router.post("/company")
async def ask(request: Request, desk: TheDesk, owner: Owner) -> Response:
    """Begin the job, or show the form again with all that was given and what is wrong with it."""
    sent = await asking.sent(request)
    said, chosen, problems = sent.said, sent.cases, list[Problem]()
    job = desk.job(owner, said["again"]) if said.get("again") else None
    drafts, more = Drafts(desk.settings.store / "drafts"), said.pop("more", "")
    brought = _bill(sent)
    said = _with_file(sent, desk.settings.limits.file, said, problems)
    kept = drafts.take(owner, said.get("draft", ""))
    bill = brought or _taken(desk, job, said.get("bill_from", ""), kept)
    plants = _plants(said, problems)
    asked = _asked(said, chosen, plants is not None, problems)
    if bill is None and not more:
        remedy = "choose a file, or take an example"
        problems.append(asking.told("no-bill", "bill", "no bill", "a CSV or Excel file", remedy))
    if more or problems:
        said["draft"] = drafts.keep(owner, brought) if brought else said.get("draft", "") if kept else ""
        if brought:
            said["bill_from"] = DRAFT
        told = () if more and more != "file" else tuple(problems)
        return _shown(desk, owner, said, chosen, more=more, problems=told, job=job, kept=brought or kept)
    assert bill is not None  # noqa: S101 - a problem otherwise
    uploads = {**bill, **({"plants.toml": plants} if plants is not None else {})}
    begun = desk.begin(owner, KIND, _title(said, bill), asked, uploads)
    drafts.drop(owner, said.get("draft", ""))
    return RedirectResponse(f"/jobs/{begun.job}", 303)


def _bill(sent: asking.Sent) -> Files:
    """A bill that was sent, by our name of it."""
    if "bill" not in sent.files:
        return {}
    name, data = sent.files["bill"]
    ending = Path(name).suffix.casefold()
    return {f"bill{ending if ending in EXCEL else '.csv'}": (shown_name(name), data)}


def _with_file(sent: asking.Sent, most: int, said: dict[str, str], problems: list[Problem]) -> dict[str, str]:
    """The fields, with the rows of a file of plants in place of their own where one was sent."""
    if "plants" not in sent.files:
        return said
    name, data = shown_name(sent.files["plants"][0]), sent.files["plants"][1]
    problems += asking.too_large(name, data, most)
    text = asking.utf8(name, data, problems) if not problems else None
    if text is None:
        return said
    try:
        rows = said_of(parse_plants(text, name))
    except InputProblems as error:
        problems += error.problems
        return said
    return {**{key: value for key, value in said.items() if not CELL.fullmatch(key)}, **rows}


def _taken(desk: Desk, job: Job | None, chosen: str, kept: Files) -> Files | None:
    """The bill that is taken where none was sent: of a draft, of the question before, of an example."""
    if chosen == DRAFT:
        return kept or None
    if chosen == JOB and job is not None:
        found = sorted(desk.shelf.folder(job).glob("bill.*"))
        return {found[0].name: (job.files["bill"], found[0].read_bytes())} if found else None
    folder = example(chosen.removeprefix(EXAMPLE)) if chosen.startswith(EXAMPLE) else None
    if folder is None:
        return None
    return {"bill.csv": (f"{folder.name}.csv", (folder / "bill.csv").read_bytes())}


def _plants(said: Mapping[str, str], problems: list[Problem]) -> tuple[str, bytes] | None:
    """The rows as a file of plants; None where no row is filled in."""
    if not has_plants(said):
        return None
    try:
        return FORM, plants_text(said).encode()
    except InputProblems as error:
        problems += error.problems
    return FORM, b""


def _asked(
    said: Mapping[str, str], chosen: list[str], plants: bool, problems: list[Problem]
) -> dict[str, Any]:
    """What the job is asked."""
    offered = (*case_names(), *beside_examples())
    named = asking.known(chosen, offered, "case", problems, "tick one of the cases")
    draws = asking.whole_of(said, "draws", 0, MOST_DRAWS, 0, problems)
    at = said.get("at", "").strip()
    if at and not DAY.fullmatch(at):
        problems.append(asking.told("bad-day", "at", repr(at[:40]), "YYYY-MM-DD or YYYY-MM", "write the day"))
    if plants and not named:
        problems.append(
            asking.told("no-case", "case", "plants and no case", "a case to run the lines under", "tick one")
        )
    return {"cases": named, "draws": draws, "at": at}


def _title(said: Mapping[str, str], bill: Files) -> str:
    named = next(iter(bill.values()))[0]
    return (said.get("title", "").strip() or named)[:120]


def _again(desk: Desk, job: Job, said: dict[str, str]) -> dict[str, str]:
    """Fields of the question of a job."""
    if job.kind != KIND:
        raise HTTPException(404, "no question of this page")
    file = desk.shelf.folder(job) / "plants.toml"
    rows = said_of(load_plants(file)) if file.is_file() else {}
    asked = {"draws": str(job.request.get("draws", 0)), "at": str(job.request.get("at", ""))}
    return {**rows, **asked, "bill_from": JOB, "again": said["again"]}


def _from_example(name: str, chosen: list[str]) -> tuple[dict[str, str], list[str]]:
    """Fields of a shipped example, and the case that came true next for it."""
    folder = example(name)
    if folder is None:
        raise HTTPException(404, f"no example of this name; there are {', '.join(example_names())}")
    plants = load_plants(folder / "plants.toml")
    said = {**said_of(plants), "bill_from": f"{EXAMPLE}{name}"}
    return said, chosen or next_case(plants)


def next_case(plants: PlantFile) -> list[str]:
    """The shipped case of controls alone, begun by today of the plants, whose next control comes soonest."""
    today = month_number(plants.today[:7])
    named = [load_case(name) for name in case_names()]
    found = [
        (coming, case.name)
        for case in named
        if not case.data.lever and month_number(case.data.start) <= today and (coming := _next(case, today))
    ]
    return [min(found)[1]] if found else []


def _next(case: Case, today: int) -> int:
    """Month of the first control in force after `today`; none of them is 0."""
    months = (month_number(row.in_force[:7]) for row in case.data.control if row.in_force)
    return min((month for month in months if month > today), default=0)


def _shown(
    desk: Desk,
    owner: str,
    said: Mapping[str, str],
    chosen: list[str],
    *,
    more: str = "",
    problems: tuple[Problem, ...] = (),
    job: Job | None = None,
    kept: Files | None = None,
) -> Response:
    bill = next((name for name, _ in (kept or {}).values()), "") or (job.files.get("bill", "") if job else "")
    asked = Asked(
        said,
        chosen,
        desk.settings.limits.bill,
        more,
        bill,
        job.job if job is not None else "",
        said.get("draft", "") if kept else "",
        asking.as_json(problems),
        [one for one in desk.shelf.of(owner) if one.kind == KIND][:BEFORE],
    )
    content = Content("My company", company_form(asked), ())
    return show(content, at="/company", scripts=("company.js",), status=422 if problems else 200)
