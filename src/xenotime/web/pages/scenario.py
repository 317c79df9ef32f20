"""Scenario: choose a case or change its levers, dates and strengths, and run it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.datastructures import FormData, QueryParams
from starlette.responses import HTMLResponse, RedirectResponse

from xenotime.policy.case import Case, case_names, load_case
from xenotime.policy.case_edits import edited
from xenotime.report.markup import Html, joined, tag
from xenotime.report.page import Content
from xenotime.web.desk import Owner, TheDesk
from xenotime.web.frame import show

router = APIRouter(include_in_schema=False)
FIRST = "april-2025"
DATES = ("announced", "in_force", "until")
CONTROL_KEYS = (*DATES, "value", "approval_odds", "service_rate", "processing_months", "leak_share")
LEVER_KEYS = ("announced", "start", "until", "amount", "price", "quantity", "share", "permit_factor", "rate")
SAID = {
    "announced": "announced",
    "in_force": "in force",
    "until": "until",
    "value": "value (share, rate or USD/unit, by instrument)",
    "approval_odds": "odds of approval (0 to 1)",
    "service_rate": "decided a month (share of normal trade)",
    "processing_months": "processing (months)",
    "leak_share": "going round (share of normal trade)",
    "start": "from",
    "amount": "amount (USD)",
    "price": "price",
    "quantity": "quantity a month",
    "share": "share (0 to 1)",
    "permit_factor": "permit time (multiple)",
    "rate": "interest a year",
}
MOST_MONTHS, MOST_DRAWS = 120, 200


@router.get("/scenario", response_class=HTMLResponse)
def scenario_page(request: Request) -> Response:
    """The form; its address holds every choice, so that it can be sent to somebody."""
    name = request.query_params.get("case", FIRST)
    if name not in case_names():
        raise HTTPException(404, "no case of this name")
    return show(_form(load_case(name), request.query_params), at="/scenario", scripts=("scenario.js",))


@router.post("/scenario")
async def run_scenario(request: Request, desk: TheDesk, owner: Owner) -> Response:
    """Begin the job; what cannot be is told at once."""
    form = await request.form()
    name = str(form.get("case", ""))
    if name not in case_names():
        raise HTTPException(404, "no case of this name")
    case = load_case(name)
    asked: dict[str, Any] = {"case": name, "edits": edits_of(case, form), "title": ""}
    asked["months"] = _whole(form, "months", 1, MOST_MONTHS, case.data.months)
    asked["draws"] = _whole(form, "draws", 0, MOST_DRAWS, 0)
    made = edited(case, asked["edits"])
    changed = f", changed at {len(asked['edits'])} places" if asked["edits"] else ""
    job = desk.begin(owner, "scenario", made.data.title + changed, asked)
    return RedirectResponse(f"/jobs/{job.job}", 303)


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
                if isinstance(said, str) and said.strip() != _text(getattr(row, key)):
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


def _text(value: Any) -> str:
    if value is None or value == "":
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _form(case: Case, said: QueryParams) -> Content:
    options = [
        tag(
            "option",
            f"{name}: {load_case(name).data.title}",
            value=name,
            **_if(name == case.name, "selected"),
        )
        for name in case_names()
    ]
    body = joined(
        [
            tag("h1", "Scenario"),
            tag("p", "If this control, deal or policy happens, what happens to price and availability?"),
            tag(
                "form",
                tag("label", "Case ", tag("select", *options, name="case", id="case", autocomplete="off")),
                tag("button", "Show", type="submit", class_="quiet"),
                method="get",
                action="/scenario",
                class_="line",
            ),
            tag("p", case.data.question, class_="question"),
            tag("p", "; ".join(case.data.citation), class_="note"),
            tag(
                "form",
                tag("input", type="hidden", name="case", value=case.name),
                *_entries("Controls", "control", case.data.control, CONTROL_KEYS, said),
                *_entries("Levers", "lever", case.data.lever, LEVER_KEYS, said),
                tag("h2", "How far and how sure"),
                tag(
                    "div",
                    _number("months", "Months", said.get("months", str(case.data.months)), 1, MOST_MONTHS),
                    _number("draws", "Draws for bands, 0 is none", said.get("draws", "0"), 0, MOST_DRAWS),
                    class_="fields",
                ),
                tag("p", "Prices appear as months are made; a draw takes some seconds.", class_="note"),
                tag("button", "Run", type="submit", id="run"),
                tag("a", "Address of this scenario", href="/scenario", id="deep", class_="quiet"),
                method="post",
                action="/scenario",
                id="scenario",
            ),
        ]
    )
    return Content("Scenario", body, ())


def _entries(heading: str, kind: str, rows: Any, keys: tuple[str, ...], said: QueryParams) -> list[Html]:
    """A fieldset for each control or lever: on or off, its dates, its numbers."""
    if not rows:
        return []
    return [tag("h2", heading), *(_entry(kind, at, row, keys, said) for at, row in enumerate(rows))]


def _entry(kind: str, at: int, row: Any, keys: tuple[str, ...], said: QueryParams) -> Html:
    place = f"{kind}.{at}"
    what = row.instrument if kind == "control" else row.kind
    about = ", ".join(row.materials) if kind == "control" else (row.material or row.facility or row.region)
    on = f"{place}.shown" not in said or f"{place}.on" in said
    fields = [
        _field(f"{place}.{key}", SAID[key], said.get(f"{place}.{key}", _text(getattr(row, key))))
        for key in keys
        if key in DATES or getattr(row, key) not in (None, "", 0.0)
    ]
    return tag(
        "fieldset",
        tag(
            "legend",
            tag(
                "label",
                tag("input", type="checkbox", name=f"{place}.on", value="1", **_if(on, "checked")),
                f" {getattr(row, kind)}: {what.replace('_', ' ')}",
            ),
        ),
        tag("input", type="hidden", name=f"{place}.shown", value="1"),
        tag("p", about, class_="note"),
        tag("div", *fields, class_="fields"),
        *([tag("details", tag("summary", "What is assumed"), tag("p", row.assumed))] if row.assumed else []),
    )


def _field(name: str, label: str, value: str) -> Html:
    hint = {"placeholder": "YYYY-MM-DD"} if name.rpartition(".")[2] in (*DATES, "start") else {}
    return tag("label", f"{label} ", tag("input", name=name, value=value, **hint))


def _number(name: str, label: str, value: str, low: int, high: int) -> Html:
    limits = {"min": str(low), "max": str(high)}
    return tag("label", f"{label} ", tag("input", name=name, value=value, type="number", **limits))


def _if(holds: bool, name: str) -> dict[str, str]:
    return {name: ""} if holds else {}
