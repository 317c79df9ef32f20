"""The one-file page of an ensemble: bands as fans, and one picture for each number that matters most."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from xenotime.figures.drivers import driver
from xenotime.figures.fans import fan
from xenotime.figures.rows import Labels, Rows, control_marks, inside_regions, material_marks, sector_words
from xenotime.figures.style import percent_text
from xenotime.report.envelope import data_of
from xenotime.report.files import write_text
from xenotime.report.markup import Html, joined, table, tag
from xenotime.report.numbers import band_words, headline_words, number_words, value_words
from xenotime.report.page import Content, whole_page
from xenotime.report.pictures import Picture, picture
from xenotime.report.sections import gallery
from xenotime.report.sure import (
    NOT_DRAWN,
    answer_sentences,
    coverage_sentence,
    draws_sentence,
    drivers,
    headline_table,
    labels_of,
    next_rows,
)

OF_HEADLINE = {  # which rows of the bands show a headline number month by month, on which axis
    "peak price": ("price multiple", "material", "times the price without the control", 1.0),
    "least availability": ("availability", "element", "share of use without the control", 1.0),
    "output lost": ("output lost", "sector", "share of output lost in the month", 0.0),
}
FANS_NOTE = (
    "Light: nine draws in ten. Dark: half of them. Line: the middle draw; it is left out where more than "
    "half of the spread is assumed or nobody can say where it comes from. Each draw is held against its own "
    "run without the control, on the same facts and the same luck. Prices count in draws in which they are "
    "determined and somebody pays them."
)
DRIVERS_NOTE = (
    "Each dot is a draw. The line is what a formula fitted to all draws says when everything else is at its "
    "stated value. Dots far from the line: other numbers matter too."
)


def render_ensemble(document: dict[str, Any]) -> str:
    """The page of an ensemble document as HTML text; raises InputProblems for a document of another kind."""
    return whole_page(ensemble_content(document))


def ensemble_content(document: dict[str, Any]) -> Content:
    """What the page holds; raises as `render_ensemble`."""
    data = data_of(document, "ensemble")
    fans, scatters = fan_pictures(data), driver_pictures(data)
    body = joined(
        [
            _opening(document),
            gallery("bands", "Over the months", FANS_NOTE, fans),
            gallery("drivers", "What makes it unsure", DRIVERS_NOTE, scatters),
            _tables(data),
            _limits(document),
        ]
    )
    return Content(f"{data['case']['title']} - how sure", body, (*fans, *scatters))


def how_sure(data: dict[str, Any], fans: list[Picture], scatters: list[Picture]) -> Html:
    """The sections of an ensemble as they stand in the page of a run."""
    return joined(
        [
            tag(
                "section",
                tag("h2", "How sure"),
                *_sentences(data),
                tag("p", draws_sentence(data)),
                id="draws",
            ),
            gallery("bands", "Over the months, draw by draw", FANS_NOTE, fans),
            gallery("drivers", "What makes it unsure", DRIVERS_NOTE, scatters),
            _tables(data),
        ]
    )


def _sentences(data: dict[str, Any]) -> list[Html]:
    return [
        tag("p", tag("strong", f"{topic}: "), rest)
        for topic, _, rest in (text.partition(": ") for text in answer_sentences(data))
    ]


def write_ensemble(document: dict[str, Any], path: str | os.PathLike[str]) -> Path:
    """Write the page to `path`, whole or not at all; returns the path."""
    return write_text(Path(path), render_ensemble(document))


def pictures(data: dict[str, Any]) -> list[Picture]:
    """The pictures of an ensemble."""
    return [*fan_pictures(data), *driver_pictures(data)]


def fan_pictures(data: dict[str, Any]) -> list[Picture]:
    """One fan per headline number that has months: in the place outside where it goes furthest."""
    labels, inside = labels_of(data), inside_regions(data["controls"])
    made: list[Picture] = []
    for row in data["headline"]:
        if row["outcome"] not in OF_HEADLINE:
            continue
        outcome, column, axis, base = OF_HEADLINE[row["outcome"]]
        rows = [
            band
            for band in data["bands"]
            if band["outcome"] == outcome and band[column] == row["about"] and band["region"] not in inside
        ]
        here = furthest(rows, base)
        if not here:
            continue
        marks = (
            material_marks(data["controls"], row["about"], data["months"])
            if column == "material"
            else control_marks(data["controls"], data["months"])
        )
        title = (
            f"{_thing(row, labels)} in {labels.region(here[0]['region'])}: {band_words(row, data['months'])}."
        )
        figure = fan(here, title, axis, marks=marks, middle=row["shown"] == "median", base=base)
        made.append(picture(f"fan-{len(made) + 1}", figure))
    return made


def furthest(rows: Rows, base: float) -> list[Any]:
    """Rows of the region whose middle draw is furthest from `base` in some month."""
    by: dict[str, list[Any]] = {}
    for row in rows:
        by.setdefault(row["region"], []).append(row)
    return max(by.values(), key=lambda group: max(abs(r["median"] - base) for r in group), default=[])


def _thing(row: dict[str, Any], labels: Labels) -> str:
    about = row["about"]
    return {
        "peak price": f"Price of {labels.material(about)}",
        "least availability": f"{about} used",
        "output lost": f"Output lost by {sector_words(about)}",
    }[row["outcome"]]


def driver_pictures(data: dict[str, Any]) -> list[Picture]:
    """One scatter for each number that matters most."""
    labels, headlines = labels_of(data), {row["headline"]: row for row in data["headline"]}
    made: list[Picture] = []
    for row in data["scatter"]:
        headline = headlines[row["headline"]]
        words, up = number_words(row["number"], labels), headline_words(headline, labels)
        title = f"{words[:1].upper()}{words[1:]}: {percent_text(row['share'])} of the spread of the {up}."
        unit = f" ({row['unit']})" if row["unit"] else ""
        made.append(
            picture(
                f"driver-{len(made) + 1}",
                driver(row, title, f"{words}{unit}", f"{_short(headline, labels)}"),
            )
        )
    return made


def _short(row: dict[str, Any], labels: Labels) -> str:
    """A headline number that fits an axis."""
    return {
        "peak price": f"highest price of {labels.material(row['about'])}, multiple",
        "least availability": f"least of {row['about']} left, share",
        "output lost": f"output lost, {sector_words(row['about'])}, months",
        "months late": f"months late, {sector_words(row['about'])}",
        "first month of shortage": "months until the first shortage",
        "shortage over": "months until shortages are over",
    }[row["outcome"]]


def _opening(document: dict[str, Any]) -> Html:
    data = document["data"]
    case = data["case"]
    tiles = [
        tag(
            "div",
            tag("b", _tile(row, data["months"])),
            tag("span", headline_words(row, labels_of(data))),
            class_="tile",
        )
        for row in data["headline"][:4]
    ]
    return tag(
        "header",
        tag(
            "p",
            f"xenotime {document['xenotime']} · case {case['name']} · {case['months']} months from "
            f"{case['start']} · how sure, and why",
            class_="kicker",
        ),
        tag("h1", case["title"]),
        tag("p", case["question"], class_="question"),
        tag("div", *_sentences(data), class_="answer", id="answer"),
        tag("p", draws_sentence(data)),
        tag("div", *tiles, class_="tiles"),
        *(tag("p", tag("strong", "Warning: "), text, class_="warning") for text in document["warnings"]),
    )


def _tile(row: dict[str, Any], months: list[str]) -> str:
    low, high = (value_words(row, row[name], months) for name in ("low", "high"))
    if row["shown"] == "assumed":
        return f"assumed {low} – {high}"
    if row["shown"] == "range":
        return f"{low} – {high}"
    return value_words(row, row["median"], months)


def _tables(data: dict[str, Any]) -> Html:
    coverage = [
        (
            f"{row['episode']} ({row['sample']})",
            row["facts"],
            row["outcome"],
            str(row["targets"]),
            percent_text(row["inside"]),
        )
        for row in data["coverage"]
    ]
    return tag(
        "section",
        tag("h2", "How sure, number by number"),
        tag(
            "p",
            "Explained: how much of the spread a fitted formula predicts of draws it has not seen. "
            "Assumed: how much of the spread comes from prices at which users stop, how they answer to "
            "price and what they hold, where these are estimates (grade D).",
            class_="note",
        ),
        table(("what", "over the draws", "explained", "assumed"), headline_table(data), numbers=(2, 3)),
        tag("h3", "The numbers that matter most"),
        table(("number", "range", "share of the spread", "grade", "source"), drivers(data)),
        tag("h3", "The next fact to check"),
        tag(
            "p",
            "What knowing it would take off the spread, on the mean of the headline numbers.",
            class_="note",
        ),
        table(("fact", "share", "range", "grade", "source"), next_rows(data, 15), numbers=(1,)),
        tag("h3", "How often the past fell inside"),
        tag("p", coverage_sentence(data)),
        tag(
            "details",
            tag("summary", "by episode and kind of outcome"),
            table(
                ("episode", "facts", "outcome", "outcomes", "inside the 80 % band"), coverage, numbers=(3, 4)
            ),
        ),
        id="sure",
    )


def _limits(document: dict[str, Any]) -> Html:
    failures = document["data"]["failures"]
    listed = (
        [
            tag(
                "details",
                tag("summary", f"{len(failures)} draws without an answer"),
                table(("draw", "why"), [(str(row["draw"]), row["reason"]) for row in failures]),
            )
        ]
        if failures
        else []
    )
    return tag(
        "footer",
        tag("h2", "What is not in the bands"),
        tag("ul", *(tag("li", text) for text in NOT_DRAWN)),
        *listed,
        tag("p", "Study ", tag("code", document["fingerprint"]), ". The same study gives the same numbers."),
        id="limits",
    )
