"""The one-file page of leverage: the stronger hand, surfaces, months, parts, drivers, published estimates."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from xenotime.figures.leverage import beside_published, gap_by_month, loss_parts, loss_surface, unit_of
from xenotime.figures.style import money_text
from xenotime.report.envelope import data_of
from xenotime.report.files import write_text
from xenotime.report.leverage_causes import part_rows, rise_words
from xenotime.report.leverage_terminal import MEASURE_WORDS
from xenotime.report.leverage_words import (
    DRIVER_HEADER,
    NOT_IN_IT,
    PUBLISHED_HEADER,
    band_words,
    control_words,
    driver_rows,
    driver_words,
    end_words,
    fact_words,
    half_life_words,
    names,
    published_rows,
    shown_durations,
    stronger_words,
    surface_rows,
)
from xenotime.report.markup import Html, joined, table, tag
from xenotime.report.page import Content, whole_page
from xenotime.report.pictures import Picture, picture
from xenotime.report.sections import gallery

Data = dict[str, Any]
SURFACE_NOTE = (
    "Each row is one start, from the state the run without the control had reached by then; each column "
    "one duration. The end is not foreseen; what is caught up and restocked after it is booked at the end."
)
MONTH_NOTE = (
    "Loss of each month by itself. It grows while stocks are run down, and falls as users learn to do "
    "without and as plants open. A line below zero is a gain."
)
PARTS_NOTE = (
    "Every rent and tax has a recipient, and purchases and sales cancel: what is left over all regions is "
    "value in use less real costs. A tonne enters as surplus or as lost output, never as both. Tonnes served "
    "are users, cargoes and stocks together, as users mostly pay holders at home."
)
PUBLISHED_NOTE = (
    "Ours are worked out under the dials each study states: share of exports cut, goods, months. "
    "Losses stand beside losses, exposure beside exposure; exposure is turnover that depends on the goods, "
    "none of it lost. Where a study cuts an oxide alone, magnets made of it still come, and ours may be none."
)


def write_leverage(document: Data, path: str | os.PathLike[str]) -> Path:
    """Write the page to `path`, whole or not at all; returns the path."""
    return write_text(Path(path), render_leverage(document))


def render_leverage(document: Data) -> str:
    """The page of a leverage document; raises InputProblems for a document of another kind."""
    return whole_page(leverage_content(document))


def leverage_content(document: Data) -> Content:
    """What the page holds; raises as `render_leverage`."""
    data = data_of(document, "leverage")
    surfaces, months, parts, others = _surfaces(data), [_months(data)], [_parts(data)], _published(data)
    sections = [
        _opening(document),
        gallery("surface", "Loss by start and duration", SURFACE_NOTE, surfaces),
        _tables(data),
        gallery("months", "Month by month", MONTH_NOTE, months),
        gallery("parts", "What the losses are made of", PARTS_NOTE, parts),
        _rises(data),
        _drivers(data),
        _facts(data),
    ]
    if data["published"]:
        sections += [gallery("published", "Beside published estimates", PUBLISHED_NOTE, others)]
        sections += [_published_tables(data)]
    sections.append(_figures(data))
    sections.append(tag("footer", tag("p", "Leverage ", tag("code", document["fingerprint"]), ".")))
    return Content(
        f"Leverage of {names(data, 'by')} over {names(data, 'on')}",
        joined(sections),
        (*surfaces, *months, *parts, *others),
    )


def pictures(data: Data) -> list[Picture]:
    """Loss by start and duration, month by month, its parts, and published estimates where asked for."""
    others = _published(data) if data["published"] else []
    return [*_surfaces(data), _months(data), _parts(data), *others]


def _opening(document: Data) -> Html:
    data = document["data"]
    return tag(
        "header",
        tag(
            "p",
            f"xenotime {document['xenotime']} · {control_words(data)}",
            class_="kicker",
        ),
        tag("h1", f"Leverage of {names(data, 'by')} over {names(data, 'on')}"),
        tag("p", "Who loses what, from when and for how long, and who can wait?", class_="question"),
        tag("p", stronger_words(data)),
        *(tag("p", sentence) for sentence in half_life_words(data)),
        *(tag("p", sentence) for sentence in (driver_words(data), band_words(data)) if sentence),
        tag("p", NOT_IN_IT, class_="note"),
        *(tag("p", tag("strong", "Warning: "), text, class_="warning") for text in document["warnings"]),
    )


def _surfaces(data: Data) -> list[Picture]:
    rows = [row for row in data["surface"] if row["measure"] == "loss"]
    made = []
    for side, word in (("on", "loses"), ("by", "loses by its own control")):
        unit = unit_of([row for row in rows if row["side"] == side])[1]
        title = f"What {names(data, side)} {word}, in {unit}."
        made.append(picture(f"surface-{side}", loss_surface(rows, side, title), wide=True))
    return made


def _months(data: Data) -> Picture:
    return picture(
        "gap", gap_by_month(data["monthly"], _sides(data), "What each month costs both sides."), wide=True
    )


def _parts(data: Data) -> Picture:
    months = data["control"]["months"]
    title = f"Over {months} months from now."
    return picture("made-of", loss_parts(part_rows(data), _sides(data), title), wide=True)


def _sides(data: Data) -> tuple[str, str]:
    return names(data, "on"), names(data, "by")


def _rises(data: Data) -> Html:
    if not data["rises"]:
        return Html("")
    return tag(
        "section",
        tag("h2", "Where leverage rises, and why"),
        tag(
            "p",
            "Leverage that is larger later than earlier, by more than one in a hundred of the largest on the "
            "surface, with what adds to it and what takes from it.",
            class_="note",
        ),
        tag("ul", *(tag("li", rise_words(data, row)) for row in data["rises"])),
        id="rises",
    )


def _figures(data: Data) -> Html:
    """What a stopped line is worth, sector by sector, and where that is from."""
    rows = [
        (
            row["sector"].replace("_", " "),
            row["kind"],
            money_text(row["low"]),
            money_text(row["value"]),
            money_text(row["high"]),
            row["grade"],
            row["source"],
        )
        for row in data["stakes"]["figures"]
    ]
    if not rows:
        return Html("")
    header = ("sector", "input", "low, USD/t", "value, USD/t", "high, USD/t", "grade", "source")
    return tag(
        "section",
        tag(
            "details", tag("summary", "what a stopped line is worth"), table(header, rows, numbers=(2, 3, 4))
        ),
        id="stakes",
    )


def _tables(data: Data) -> Html:
    durations = shown_durations(data)
    header = ("control begins", *(f"{d} months" for d in durations))
    blocks = [
        tag(
            "details",
            tag("summary", f"{names(data, side)}: {words}"),
            table(header, surface_rows(data, side, measure, durations), numbers=range(1, len(header))),
        )
        for side in ("on", "by")
        for measure, words in MEASURE_WORDS.items()
    ]
    return tag("section", tag("h3", "In numbers, USD"), *blocks, id="numbers")


def _drivers(data: Data) -> Html:
    if not data["drivers"]:
        return Html("")
    return tag(
        "section",
        tag("h2", "What makes it shrink"),
        tag(
            "p",
            "The same rolls with one mechanism switched off at a time; half-lives in months.",
            class_="note",
        ),
        table(DRIVER_HEADER, driver_rows(data), numbers=(2, 3, 4, 5)),
        *(tag("p", end_words(data, row), class_="note") for row in data["ends"]),
        id="drivers",
    )


def _facts(data: Data) -> Html:
    told = list(fact_words(data))
    if not told:
        return Html("")
    rest = data["unexplained"]
    return tag(
        "section",
        tag("h2", "Facts that would change the answer"),
        tag("p", f"Of {data['facts_of']}.", class_="note"),
        tag("ol", *(tag("li", sentence) for sentence in told)),
        tag("p", f"{max(rest or 0.0, 0.0):.0%} of the variance is explained by no number.", class_="note"),
        id="facts",
    )


def _published(data: Data) -> list[Picture]:
    made = []
    for kind, title in (
        ("loss", "Losses: published with their range, and ours under the same dials."),
        ("exposure", "Exposure: turnover that depends on the goods, none of it lost."),
    ):
        rows = [row for row in data["published"] if row["kind"] == kind]
        if any(row["ours"] for row in rows):
            made.append(picture(f"published-{kind}", beside_published(rows, title), wide=True))
    return made


def _published_tables(data: Data) -> Html:
    blocks = [
        tag(
            "details",
            tag("summary", title),
            table(PUBLISHED_HEADER, published_rows(data, kind), numbers=(3, 4, 5)),
        )
        for kind, title in (("loss", "losses in numbers"), ("exposure", "exposure in numbers"))
    ]
    return tag("section", *blocks, id="published-numbers")
