"""Scenario: choose a case or change its levers, dates and strengths, and run it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.datastructures import FormData, QueryParams
from starlette.responses import HTMLResponse, RedirectResponse

from xenotime.policy.case import Case, case_names
from xenotime.policy.case_edits import edited
from xenotime.web.asked_case import base_of
from xenotime.web.desk import Owner, TheDesk
from xenotime.web.frame import show
from xenotime.web.pages.scenario_form import (
    CONTROL_KEYS,
    LEVER_KEYS,
    MOST_DRAWS,
    MOST_MONTHS,
    scenario_form,
    shown,
)

router = APIRouter(include_in_schema=False)
FIRST = "april-2025"


@router.get("/scenario", response_class=HTMLResponse)
def scenario_page(request: Request, desk: TheDesk, owner: Owner, again: str = "") -> Response:
    """The form; its address holds every choice, so that it can be sent; `again` is a job's question."""
    said = request.query_params
    if again:
        job = desk.job(owner, again)
        if job.kind != "scenario":
            raise HTTPException(404, "no question of this page")
        said = QueryParams(said_before(job.request))
    asked = asked_of(said)
    return show(scenario_form(base_of(asked), asked, said), at="/scenario", scripts=("scenario.js",))


@router.get("/scenario/case.toml")
def case_file(request: Request) -> Response:
    """The case as the form says it, for the command line or to be changed at will."""
    said = request.query_params
    asked = asked_of(said)
    base = base_of(asked)
    made = edited(base, edits_of(base, said))
    headers = {"content-disposition": 'attachment; filename="case.toml"'}
    return Response(made.text, media_type="application/toml; charset=utf-8", headers=headers)


@router.post("/scenario")
async def run_scenario(request: Request, desk: TheDesk, owner: Owner) -> Response:
    """Begin the job; what cannot be is told at once."""
    form = await request.form()
    asked = asked_of(form)
    base = base_of(asked)
    asked["edits"] = {} if asked["own"] else edits_of(base, form)  # the fields are of the case above
    asked["months"] = _whole(form, "months", 1, MOST_MONTHS, base.data.months)
    asked["draws"] = _whole(form, "draws", 0, MOST_DRAWS, 0)
    made = edited(base, asked["edits"])
    changed = f", changed at {len(asked['edits'])} places" if asked["edits"] else ""
    with_others = "".join(f", with {name}" for name in asked["add"])
    job = desk.begin(owner, "scenario", made.data.title + with_others + changed, asked)
    return RedirectResponse(f"/jobs/{job.job}", 303)


def said_before(request: dict[str, Any]) -> list[tuple[str, str]]:
    """Fields of the form that say what a job was asked."""
    edits = request["edits"]
    found = [("case", request["case"]), *(("add", name) for name in request["add"])]
    found += [(name, str(request[name])) for name in ("own", "months", "draws")]
    for place in dict.fromkeys(place.rpartition(".")[0] for place in edits):
        off = edits.get(f"{place}.off", False)
        found += [(f"{place}.shown", "1"), *([] if off else [(f"{place}.on", "1")])]
    return found + [
        (place, shown(value)) for place, value in edits.items() if place.rpartition(".")[2] != "off"
    ]


def asked_of(said: FormData | QueryParams) -> dict[str, Any]:
    """Which case is asked for: a shipped one or the visitor's own text, with the entries of others."""
    name = str(said.get("case", "")) or FIRST
    add = [str(other) for other in dict.fromkeys(said.getlist("add")) if other and other != name]
    if unknown := {name, *add} - set(case_names()):
        raise HTTPException(404, f"no case of the name {min(unknown)[:40]}")
    return {"case": name, "add": add, "own": str(said.get("own", "")).strip()}


def edits_of(case: Case, form: FormData | QueryParams) -> dict[str, Any]:
    """What the form says otherwise than the case; numbers are numbers, and an empty field takes away."""
    edits: dict[str, Any] = {}
    for kind, rows, keys in (
        ("control", case.data.control, CONTROL_KEYS),
        ("lever", case.data.lever, LEVER_KEYS),
    ):
        for at, row in enumerate(rows):
            place = f"{kind}.{at}"
            if form.get(f"{place}.shown") and not form.get(f"{place}.on"):
                edits[f"{place}.off"] = True
                continue
            for key in keys:
                said = form.get(f"{place}.{key}")
                if isinstance(said, str) and said.strip() != shown(getattr(row, key)):
                    edits[f"{place}.{key}"] = _value(said.strip())
    return edits


def _value(said: str) -> Any:
    """A field's value: nothing, a number, or text, which the case's own rules then check."""
    if not said:
        return None
    try:
        return float(said)
    except ValueError:
        return said


def _whole(form: FormData, key: str, low: int, high: int, default: int) -> int:
    said = str(form.get(key, "")).strip()
    if not said:
        return default
    if not said.isdecimal() or not low <= int(said) <= high:
        raise HTTPException(422, f"{key}: {said[:20]} is no whole number from {low} to {high}")
    return int(said)
