"""The one-file page of a project: value with and without supports, its prices, killers, effects."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from xenotime.figures.projects import effect_bars, price_bands, value_bars
from xenotime.report import projected_words as words
from xenotime.report.envelope import data_of
from xenotime.report.files import write_text
from xenotime.report.markup import Html, joined, table, tag
from xenotime.report.page import Content, whole_page
from xenotime.report.pictures import Picture, picture
from xenotime.report.sections import gallery

Data = dict[str, Any]
VALUE_NOTE = (
    "Mean over draws with nine in ten of them: with all supports, with none, and with each one taken away. "
    "The same luck serves all, so what differs is the support."
)
PRICE_NOTE = (
    "Months of the run, then the rule of the model's lenders: half of the gap to what the cheapest unbuilt "
    "plant needs is gone every three years; a scarcity lasts with some odds, and the controller may sell "
    "below cost."
)
EFFECT_NOTE = (
    "Two runs of the case, one with the plant opened and one without it; others' plants react in both."
)
PRICED = "Prices it was valued at: mean, and nine in ten draws (dotted)."
ROWS = 60
PICTURES = ("values", "prices", "effects")


def write_project(document: Data, path: str | os.PathLike[str]) -> Path:
    """Write the page to `path`, whole or not at all; returns the path."""
    return write_text(Path(path), render_project(document))


def render_project(document: Data) -> str:
    """The page of a project document; raises InputProblems for a document of another kind."""
    return whole_page(project_content(document))


def project_content(document: Data) -> Content:
    """What the page holds; raises as `render_project`."""
    data = data_of(document, "project")
    shown = pictures(data)
    values, prices, effects = ([item for item in shown if item.name == name] for name in PICTURES)
    sections = [
        _opening(document),
        gallery("values", "What it is worth", VALUE_NOTE, values),
        tag("section", table(words.VALUE_HEADER, words.value_rows(data), numbers=range(2, 9)), id="worth"),
        tag(
            "section",
            tag("h2", "What kills it"),
            table(words.KILLER_HEADER, words.killer_rows(data), numbers=(3, 6)),
            id="killers",
        ),
        tag(
            "section",
            tag("h2", "Cash and debt"),
            tag("p", "Means over draws, by year."),
            table(words.YEAR_HEADER, words.year_rows(data), numbers=range(2, 6)),
            id="years",
        ),
        gallery("prices", "At what prices", PRICE_NOTE, prices),
    ]
    if effects:
        sections += [
            gallery("effects", "What it does to others", EFFECT_NOTE, effects),
            tag(
                "section",
                table(words.EFFECT_HEADER, words.effect_rows(data, ROWS), numbers=(4, 5, 7)),
                id="others",
            ),
        ]
    sections += [
        _promised(data),
        tag("footer", tag("p", "Project ", tag("code", document["fingerprint"]), ".")),
    ]
    return Content(f"Project: {data['title']}", joined(sections), tuple(shown))


def pictures(data: Data) -> list[Picture]:
    """What it is worth and at what prices; what its opening does to others, where that was asked."""
    found = [
        picture("values", value_bars(data["values"], "What it is worth."), wide=True),
        picture("prices", price_bands(data["prices"], PRICED), wide=True),
    ]
    if data["effects"]:
        effects = effect_bars(data["effects"], "What its opening does to prices.")
        found.append(picture("effects", effects, wide=True))
    return found


def _opening(document: Data) -> Html:
    data = document["data"]
    asked = data["question"] or "What is it worth, does it cover its debt, and what would kill it?"
    return tag(
        "header",
        tag("p", f"xenotime {document['xenotime']}", class_="kicker"),
        tag("h1", f"Project: {data['title']}"),
        tag("p", asked, class_="question"),
        *(tag("p", sentence) for sentence in words.opening_words(data)),
        *(tag("p", tag("strong", "Warning: "), text, class_="warning") for text in document["warnings"]),
    )


def _promised(data: Data) -> Html:
    parts: list[Html] = [tag("h2", "Who promises what, and what was assumed")]
    if data["supports"]:
        parts.append(table(words.SUPPORT_HEADER, words.support_rows(data), numbers=(4,)))
    if data["payments"]:
        parts += [
            tag("h3", "Payments under the floor, as published and by its terms"),
            table(words.PAYMENT_HEADER, words.payment_rows(data), numbers=range(1, 7)),
        ]
    parts.append(table(words.NUMBER_HEADER, words.number_rows(data), numbers=(1, 2)))
    parts += [tag("p", text) for text in (*data["assumed"], *data["citation"])]
    return tag("section", *parts, id="numbers", data_why="project-numbers")
