"""The form of the scenario page: a case's controls and levers, each with its dates and strengths."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import QueryParams

from xenotime.policy.case import Case, case_names, load_case
from xenotime.report.markup import Html, joined, tag
from xenotime.report.page import Content

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


def scenario_form(case: Case, asked: dict[str, Any], said: QueryParams) -> Content:
    """The page; `said` is what its address says otherwise than the case."""
    body = joined(
        [
            tag("h1", "Scenario"),
            tag("p", "If this control, deal or policy happens, what happens to price and availability?"),
            _chooser(asked),
            tag("p", case.data.question, class_="question"),
            tag("p", "; ".join(case.data.citation), class_="note"),
            tag(
                "form",
                tag("input", type="hidden", name="case", value=asked["case"]),
                *(tag("input", type="hidden", name="add", value=name) for name in asked["add"]),
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
                _own(asked["own"]),
                tag(
                    "p",
                    tag("button", "Run", type="submit", id="run"),
                    " ",
                    tag("a", "Address of this scenario", href="/scenario", id="deep"),
                    " ",
                    tag("a", "As a file (TOML)", href=f"/scenario/case.toml?case={case.name}", id="file"),
                ),
                method="post",
                action="/scenario",
                id="scenario",
            ),
        ]
    )
    return Content("Scenario", body, ())


def _chooser(asked: dict[str, Any]) -> Html:
    """Which case, and whose entries beside its own."""
    titles = {name: f"{name}: {load_case(name).data.title}" for name in case_names()}

    options = [
        tag("option", said, value=name, **_if(name == asked["case"], "selected"))
        for name, said in titles.items()
    ]
    first = tag("select", *options, name="case", id="case", autocomplete="off")
    more = [
        tag(
            "label",
            tag("input", type="checkbox", name="add", value=name, **_if(name in asked["add"], "checked")),
            f" {said}",
        )
        for name, said in titles.items()
        if name != asked["case"]
    ]
    return tag(
        "form",
        tag("label", "Case ", first),
        tag("button", "Show", type="submit", class_="quiet"),
        tag(
            "details",
            tag("summary", "Add the controls and levers of other cases"),
            tag("div", *more, class_="two"),
            **_if(bool(asked["add"]), "open"),
        ),
        method="get",
        action="/scenario",
        class_="line",
        id="choose",
    )


def _own(text: str) -> Html:
    """A place for a case of one's own."""
    said = (
        "A case of your own in place of the one above, as TOML: take the file of this one, change it, paste "
        "it here. Its world must be a shipped one."
    )
    return tag(
        "details",
        tag("summary", "A case of your own"),
        tag("label", said, tag("textarea", text, name="own", spellcheck="false")),
        **_if(bool(text), "open"),
    )


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
        _field(f"{place}.{key}", _said(row, key), said.get(f"{place}.{key}", shown(getattr(row, key))))
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


def _said(row: Any, key: str) -> str:
    """What a field is, with the unit where the entry states one."""
    unit = getattr(row, "price_unit", "") if key == "price" else ""
    return f"{SAID[key]} ({unit})" if unit else SAID[key]


def _field(name: str, label: str, value: str) -> Html:
    hint = {"placeholder": "YYYY-MM-DD"} if name.rpartition(".")[2] in (*DATES, "start") else {}
    return tag("label", f"{label} ", tag("input", name=name, value=value, **hint))


def _number(name: str, label: str, value: str, low: int, high: int) -> Html:
    limits = {"min": str(low), "max": str(high)}
    return tag("label", f"{label} ", tag("input", name=name, value=value, type="number", **limits))


def _if(holds: bool, name: str) -> dict[str, str]:
    return {name: ""} if holds else {}


def shown(value: Any) -> str:
    """A value as a field holds it."""
    if value is None or value == "":
        return ""
    return f"{value:.12g}" if isinstance(value, float) else str(value)
