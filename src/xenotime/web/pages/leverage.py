"""Leverage: one side holds goods back from another; who loses more, from when, for how long."""

from __future__ import annotations

import re
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import HTMLResponse, RedirectResponse

from xenotime.errors import InputProblems
from xenotime.facts.load import load_facts
from xenotime.policy.case import case_names, load_case
from xenotime.report.markup import Html, joined, tag
from xenotime.report.page import Content
from xenotime.web.desk import Owner, TheDesk, told
from xenotime.web.fields import Checked, Said, chooser, field, number, said_in, tick, ticked
from xenotime.web.frame import problem_table, show
from xenotime.web.jobs import Json
from xenotime.web.pages.talks import names_in
from xenotime.web.subpages import TALKS, ways
from xenotime.world.problems import suggestion

router = APIRouter(include_in_schema=False)
AT, FORM = "/talks/leverage", "the form"
FIRST: Json = {
    "by": "CHN",
    "on": "USA",
    "case": "",
    "start": "2025-01",
    "starts": "0,12,24,36",
    "months": "12",
    "draws": "0",
    "lifted": "",
}
MOST_MONTHS, MOST_DRAWS, MOST_STARTS, LATEST = 36, 200, 6, 60
MONTH = re.compile(r"20[0-9]{2}-(?:0[1-9]|1[0-2])")


@router.get(AT, response_class=HTMLResponse)
def leverage_page(request: Request, desk: TheDesk, owner: Owner, again: str = "") -> Response:
    """The form; its address holds every choice."""
    said: dict[str, Any] = dict(request.query_params)
    if again:
        said |= _asked_before(desk.job(owner, again).request)
    return show(_form(said), at="/talks", scripts=("ask.js",))


@router.post(AT)
async def begin(request: Request, desk: TheDesk, owner: Owner) -> Response:
    """Begin the job; what cannot be is told beside the form."""
    async with request.form() as form:
        said = {name: value for name, value in form.items() if isinstance(value, str)}
    try:
        asked = asked_of(said)
    except InputProblems as error:
        return show(_form(said, told(error)), at="/talks", scripts=("ask.js",), status=422)
    how = asked["case"] or "a full ban"
    title = f"Leverage of {', '.join(asked['by'])} over {', '.join(asked['on'])}: {how}"
    job = desk.begin(owner, "leverage", title, asked)
    return RedirectResponse(f"/jobs/{job.job}", 303)


def asked_of(said: Said) -> Json:
    """What the job is asked; raises InputProblems with every fault of the form."""
    form = Checked(said, FORM)
    regions = [row.region for row in load_facts().rows("regions")]
    asked: Json = {}
    for side, label in (("by", "who controls"), ("on", "whom it is aimed at")):
        asked[side] = names_in(said_in(said, side, FIRST[side]))
        if not asked[side]:
            form.fault("missing-value", label, "nothing", "a region", "name one, such as CHN")
        for name in asked[side]:
            if name not in regions:
                remedy = suggestion(name, regions, "take one of the list")
                form.fault("unknown-name", label, repr(name[:40]), "regions as ISO3, with commas", remedy)
    if both := sorted(set(asked["by"]) & set(asked["on"])):
        remedy = "leave it on one side"
        form.fault("same-side", "both sides", ", ".join(both), "two different sides", remedy)
    asked["case"] = said_in(said, "case")
    if asked["case"] and asked["case"] not in case_names():
        form.fault("unknown-case", "case", repr(asked["case"][:40]), "a case of the list", "choose one")
    asked["start"] = said_in(said, "start", FIRST["start"])
    if not MONTH.fullmatch(asked["start"]):
        form.fault("bad-month", "first month", repr(asked["start"][:40]), "YYYY-MM", "write the month")
    asked["starts"] = _months(form, "starts", "starts", LATEST, FIRST["starts"])
    asked["lifted"] = _months(form, "lifted", "ends", MOST_MONTHS, "")
    if not asked["starts"]:
        form.fault("missing-value", "starts", "none", "months such as 0,12,24", "name one")
    asked["months"] = form.whole("months", "longest duration", 1, MOST_MONTHS, int(FIRST["months"]))
    asked["draws"] = form.whole("draws", "draws", 0, MOST_DRAWS, 0)
    asked["only"] = ticked(said, "only")
    asked["drivers"] = ticked(said, "drivers", True)
    asked["published"] = ticked(said, "published")
    form.end()
    return asked


def _months(form: Checked, name: str, label: str, most: int, otherwise: str) -> list[int]:
    """Whole months with commas, sorted."""
    parts = names_in(said_in(form.said, name, otherwise))
    whole = [part for part in parts if part.isascii() and part.isdecimal() and len(part) < 4]
    if len(whole) < len(parts) or len(parts) > MOST_STARTS or any(int(part) > most for part in whole):
        found = repr(", ".join(parts)[:60])
        form.fault("bad-value", label, found, f"up to {MOST_STARTS} months from 0 to {most}", "correct it")
    return sorted({int(part) for part in whole})


def rolled(asked: Json) -> int:
    """Months that have to be rolled for the surface, drivers and draws."""
    starts, months = asked["starts"], asked["months"]
    whole = max(starts) + months + len(starts) * months
    ends = max(starts) + months + 2 * months  # first and last start
    return int(whole + (3 * ends if asked["drivers"] else 0) + asked["draws"] * whole)


def _asked_before(asked: Json) -> dict[str, Any]:
    """The form as a job was asked."""
    said: dict[str, Any] = {name: asked.get(name, "") for name in ("case", "start")}
    said |= {
        name: ",".join(str(part) for part in asked.get(name, ())) for name in ("by", "on", "starts", "lifted")
    }
    said |= {name: str(asked.get(name, "")) for name in ("months", "draws")}
    for name in ("only", "drivers", "published"):
        said |= {f"{name}.shown": "1", **({name: "1"} if asked.get(name) else {})}
    return said


def _form(said: Said, problems: list[Json] | None = None) -> Content:
    facts = load_facts()
    names = [(row.region, row.name) for row in facts.rows("regions")]
    cases = [
        ("", "a full ban of all that is sent"),
        *((n, f"{n}: {load_case(n).data.title}") for n in case_names()),
    ]

    def value(name: str) -> str:
        return said_in(said, name, FIRST[name])

    parts: list[Html] = [
        ways(TALKS, AT, "Talks"),
        tag("h1", "Who holds the stronger hand?"),
        tag(
            "p",
            "One side holds goods back from the other: what both lose by when it begins and how long it "
            "lasts, how fast the gap halves, what makes it fall, and which facts would change the answer.",
        ),
        *([problem_table(problems)] if problems else []),
        tag("datalist", *(tag("option", name, value=code) for code, name in names), id="regions"),
        tag(
            "form",
            tag(
                "div",
                field("by", "Who controls (regions, with commas)", value("by"), list="regions"),
                field("on", "Whom it is aimed at", value("on"), list="regions"),
                chooser("case", "How", cases, value("case")),
                field("start", "First month (of a full ban)", value("start"), placeholder="YYYY-MM"),
                field("starts", "Begins, months after it", value("starts"), inputmode="numeric"),
                number("months", "Longest duration, months", value("months"), 1, MOST_MONTHS),
                number(
                    "draws",
                    "Draws over all that is not known; 0: over stakes alone",
                    value("draws"),
                    0,
                    MOST_DRAWS,
                ),
                field(
                    "lifted", "Durations whose end is rolled too", value("lifted"), placeholder="such as 3,6"
                ),
                class_="fields",
            ),
            tick("only", "Goods to that side alone, which may buy from third parties", ticked(said, "only")),
            tick(
                "drivers",
                "Switch off stocks, substitution and projects in turn",
                ticked(said, "drivers", True),
            ),
            tick("published", "Hold published estimates beside ours", ticked(said, "published")),
            tag("p", _effort(said), class_="note"),
            tag("button", "Work it out", type="submit", id="run"),
            " ",
            tag(
                "button", "Keep these choices in the address", type="submit", formmethod="get", class_="quiet"
            ),
            method="post",
            action=AT,
            id="ask",
        ),
        tag(
            "p",
            "Loss is against the same months without the control, after stocks, substitution and rerouting; "
            "what is imported is exposure and not loss. What a stopped line is worth is assumed (grade D): "
            "read orders of magnitude.",
            class_="note",
        ),
    ]
    return Content("Leverage", joined(parts), ())


def _effort(said: Said) -> str:
    """How much work these choices are."""
    try:
        months = rolled(asked_of(said))
    except InputProblems:
        return "Minutes; it goes on when this page is closed."
    return (
        f"These choices are {months:,} months to roll, at a second or two each on one core, shared by all. "
        "It goes on when this page is closed, and is taken up again when the server stops."
    )
