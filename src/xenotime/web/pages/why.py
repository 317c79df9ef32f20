"""Any number asked why: what it is, its equation, the facts behind it, and a price as an exact sum."""

from __future__ import annotations

import inspect
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import import_module, resources
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.responses import HTMLResponse

from xenotime.errors import XenotimeError
from xenotime.figures.rows import Labels
from xenotime.report.answer import leading
from xenotime.report.findings import Findings, find
from xenotime.report.markup import Html, joined, tag
from xenotime.web.desk import Owner, TheDesk
from xenotime.web.documents import document_of
from xenotime.web.pages.price import Place, explained, explained_here

router = APIRouter(include_in_schema=False)
LONGEST = 400  # characters of a number or cell that is said again


@router.get("/why", response_class=HTMLResponse)
def why(request: Request, desk: TheDesk, owner: Owner) -> Response:
    """A piece of a page: the script puts it into a dialog."""
    asked = request.query_params
    topic = topics().get(asked.get("topic", ""))
    parts = [tag("h2", (asked.get("number") or "This number")[:LONGEST])]
    if asked.get("column"):
        row = {k[5:]: v for k, v in asked.items() if k.startswith("cell.") and v}
        parts.append(
            tag("p", f"{asked['column']}: ", "; ".join(f"{k} {v}" for k, v in row.items())[:LONGEST])
        )
    if topic is None:
        parts.append(tag("p", "What this is stands in the text above it; its rows are in the data (JSON)."))
    else:
        parts += [tag("p", tag("strong", f"{topic['title']}. "), topic["says"])]
    if name := asked.get("job"):
        parts += _of_job(desk, owner, name, asked)
    if topic is not None:
        parts += _equations(topic) + _facts(topic)
    return HTMLResponse(joined(parts))


@cache
def topics() -> Mapping[str, dict[str, Any]]:
    """Topics by the id of their section."""
    text = (resources.files("xenotime.web") / "why.toml").read_text("utf-8")
    return {row["id"]: row for row in tomllib.loads(text)["topic"]}


def docstring_of(name: str) -> str:
    """What a function of ours says of itself; `name` is ``module:function`` or ``module:Class.method``."""
    module, _, path = name.partition(":")
    found: Any = import_module(module)
    for part in path.split("."):
        found = getattr(found, part)
    return inspect.getdoc(found) or ""


def _equations(topic: Mapping[str, Any]) -> list[Html]:
    told = [
        tag(
            "details",
            tag("summary", tag("code", name.replace(":", "."))),
            tag("pre", docstring_of(name)),
        )
        for name in topic.get("functions", ())
    ]
    return [tag("h3", "How it is worked out"), *told] if told else []


def _facts(topic: Mapping[str, Any]) -> list[Html]:
    links = [
        tag("li", tag("a", name.replace("_", " "), href=f"/trust/facts?table={name}"))
        for name in topic.get("tables", ())
    ]
    return [tag("h3", "The facts behind it"), tag("ul", *links)] if links else []


def _of_job(desk: TheDesk, owner: str, name: str, asked: Mapping[str, str]) -> list[Html]:
    """The price as a sum where the number is a price of a run; nothing where it is not."""
    job = desk.job(owner, name)
    if job.kind != "scenario" or asked.get("topic") not in ("prices", "key-numbers", "effects"):
        return []
    data = document_of(desk, job)["data"]
    place = place_of(asked, data)
    if place is None:
        return []
    try:
        return [explained_here(explained(desk, job, place), job, place)]
    except (XenotimeError, HTTPException) as error:
        said = error.detail if isinstance(error, HTTPException) else error
        return [tag("p", f"No sum for it: {said}", class_="note")]


def place_of(asked: Mapping[str, str], data: dict[str, Any]) -> Place | None:
    """Material, region and month of a price: of a tile by its key, of a row of a table by its cells."""
    key = asked.get("key", "")
    if key in ("price-outside", "price-inside"):
        found: Findings = find(data)
        peak = leading(found)[0 if key == "price-outside" else 1] if found.moved else None
        return Place(peak.material, peak.region, peak.month) if peak is not None else None
    labels = Labels.of(data["materials"], data["regions"])
    materials = {shown: code for code, shown in labels.materials.items()}
    regions = {shown: code for code, shown in labels.regions.items()}
    side = "inside" if asked.get("side") == "inside" else "outside"
    where = asked.get("cell.where, when") or asked.get(f"cell.{side}: where, when") or ""
    material = materials.get(asked.get("cell.material", ""), "")
    region, _, month = where.rpartition(", ")
    code = regions.get(region, "")
    return Place(material, code, month) if material and code and month in data["months"] else None
