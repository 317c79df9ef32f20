"""The one-file report of a run: a page that opens from disk and asks no network for anything."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from xenotime.report import sections
from xenotime.report.envelope import data_of
from xenotime.report.files import write_text
from xenotime.report.findings import find
from xenotime.report.markup import joined
from xenotime.report.page import Content, whole_page
from xenotime.report.pictures import (
    Picture,
    availability_pictures,
    chain_pictures,
    map_picture,
    price_pictures,
    rent_pictures,
    shortage_pictures,
)
from xenotime.report.sure_page import driver_pictures, fan_pictures, how_sure


def render_report(document: dict[str, Any]) -> str:
    """The report of a run document as HTML text.

    Raises
    ------
    InputProblems
        The document is not of kind ``run``.
    """
    return whole_page(report_content(document))


def report_content(document: dict[str, Any]) -> Content:
    """What the page holds; raises as `render_report`."""
    data = data_of(document, "run")
    found = find(data)
    prices, any_price = price_pictures(data, found)
    availability, any_element = availability_pictures(data, found)
    chain, shortage, rents = (
        chain_pictures(data, found),
        shortage_pictures(data, found),
        rent_pictures(data, found),
    )
    world = map_picture(data, found)
    with_draws = "draws" in data
    fans = fan_pictures(data) if with_draws else []
    scatters = driver_pictures(data) if with_draws else []
    body = joined(
        [
            sections.opening(document, found),
            sections.gallery("prices", "Prices", sections.PRICES_NOTE, prices, any_price),
            sections.gallery(
                "availability", "Availability", sections.AVAILABILITY_NOTE, availability, any_element
            ),
            sections.gallery("map", "Where", sections.MAP_NOTE, [world]),
            sections.gallery("chain", "The chain before and after", sections.CHAIN_NOTE, chain),
            sections.gallery("shortage", "Shortage by sector", sections.SHORTAGE_NOTE, shortage),
            sections.gallery("rents", "Who is paid for scarcity", sections.RENTS_NOTE, rents),
            sections.effects(data, found),
            sections.controls(data, found),
            sections.behaviour(data),
            sections.checks(data),
            sections.sources(data),
            *([how_sure(data, fans, scatters)] if with_draws else []),
            sections.limits(document),
        ]
    )
    shown = [*prices, *availability, world, *chain, *shortage, *rents, *fans, *scatters]
    chosen = [made for choice in (any_price, any_element) for _, made in choice.pictures]
    return Content(data["case"]["title"], body, (*shown, *chosen))


def pictures(data: dict[str, Any]) -> list[Picture]:
    """The pictures of a run that its page shows without being asked."""
    found = find(data)
    with_draws = "draws" in data
    return [
        *price_pictures(data, found)[0],
        *availability_pictures(data, found)[0],
        map_picture(data, found),
        *chain_pictures(data, found),
        *shortage_pictures(data, found),
        *rent_pictures(data, found),
        *(fan_pictures(data) if with_draws else ()),
        *(driver_pictures(data) if with_draws else ()),
    ]


def write_report(document: dict[str, Any], path: str | os.PathLike[str]) -> Path:
    """Write the report of a run document to `path`, whole or not at all; returns the path.

    The folder is made if it is missing.  See `render_report` for what is raised.
    """
    return write_text(Path(path), render_report(document))
