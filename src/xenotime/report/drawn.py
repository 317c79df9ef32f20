"""The pictures of a document as Plotly figures, the same as on its page."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import plotly.graph_objects as go

from xenotime.errors import one_problem
from xenotime.figures.style import TITLE_LINE, wrapped
from xenotime.report import (
    bargain_page,
    brief,
    exposed_page,
    ledger_page,
    leverage_page,
    planned_page,
    projected_page,
    sure_page,
)
from xenotime.report.envelope import Row
from xenotime.report.pictures import Picture

PICTURES: Mapping[str, Callable[[dict[str, Any]], list[Picture]]] = MappingProxyType(
    {
        "run": brief.pictures,
        "ensemble": sure_page.pictures,
        "exposure": exposed_page.pictures,
        "project": projected_page.pictures,
        "plan": planned_page.pictures,
        "leverage": leverage_page.pictures,
        "bargain": bargain_page.pictures,
        "ledger": ledger_page.pictures,
    }
)


def figures_of(document: Row) -> dict[str, go.Figure]:
    """Figures by their name on the page, with the finding as title.

    Raises InputProblems for a document of which there are no pictures.
    """
    kind = document.get("kind", "")
    if kind not in PICTURES:
        raise one_problem(
            "no-pictures",
            f"{kind} document",
            f"kind {kind!r}",
            "one of " + ", ".join(PICTURES),
            "draw its tables yourself, see xenotime.figures",
        )
    return {made.name: _figure(made) for made in PICTURES[kind](document["data"])}


def _figure(made: Picture) -> go.Figure:
    """The figure with its finding back above it; the page had it beside the figure."""
    content = json.loads(made.payload)
    layout, lines = content["layout"], wrapped(made.caption)
    room = TITLE_LINE * len(lines)
    layout["title"] = {"text": "<br>".join(lines)}
    layout["margin"] = {**layout["margin"], "t": layout["margin"]["t"] + room}
    layout["height"] = made.height + room
    return go.Figure(content)
