"""The one-file page of a company's exposure: the bill, its licences, lines by week, actions, what was
assumed.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from xenotime.figures.plants import action_gains, element_worth, stop_odds
from xenotime.report import exposed_words as words
from xenotime.report.envelope import data_of
from xenotime.report.files import write_text
from xenotime.report.markup import Html, joined, table, tag
from xenotime.report.page import Content, whole_page
from xenotime.report.pictures import Picture, picture
from xenotime.report.sections import gallery

Data = dict[str, Any]
ELEMENTS_NOTE = (
    "Grams and dollars of what is in the goods, by where each element was separated: as the bill "
    "states it, else by "
    "the flows of the base year. This is exposure, and no loss. Worth is that of the oxides."
)
LINES_NOTE = (
    "Each line runs week by week on what it holds and what comes. What comes follows the case: "
    "licensed goods come "
    "wholly or not at all for a period, others are rationed; draws differ in dates, decisions and standing."
)
ACTIONS_NOTE = (
    "Each action run with the same luck. A week of security is a week of output kept that would be lost, "
    "mean over draws and cases. Regret is what an action costs and leaves lost above the best one under the "
    "same case, at its worst."
)
PICTURES = ("elements", "stops", "gains")
ROWS = 40


def write_exposure(document: Data, path: str | os.PathLike[str]) -> Path:
    """Write the page to `path`, whole or not at all; returns the path."""
    return write_text(Path(path), render_exposure(document))


def render_exposure(document: Data) -> str:
    """The page of an exposure document; raises InputProblems for a document of another kind."""
    return whole_page(exposure_content(document))


def exposure_content(document: Data) -> Content:
    """What the page holds; raises as `render_exposure`."""
    data = data_of(document, "exposure")
    made = pictures(data)
    elements, lines, gains = ([item for item in made if item.name == name] for name in PICTURES)
    sections = [
        _opening(document),
        gallery("elements", "What is in it", ELEMENTS_NOTE, elements),
        _held(data),
    ]
    if lines:
        sections += [gallery("stops", "When lines stop", LINES_NOTE, lines), _stops(data)]
    if gains:
        sections += [gallery("gains", "What can be done", ACTIONS_NOTE, gains), _actions(data)]
    sections += [
        _assumed(data),
        tag("footer", tag("p", "Exposure ", tag("code", document["fingerprint"]), ".")),
    ]
    return Content(f"Exposure: {data['title']}", joined(sections), tuple(made))


def pictures(data: Data) -> list[Picture]:
    """What the bill holds; when lines stop and what actions save, where lines were run."""
    found = [
        picture("elements", element_worth(data["elements"], "What the bill holds, by worth."), wide=True)
    ]
    if data["lines"]:
        found.append(picture("stops", stop_odds(data["lines"], "When lines stop."), wide=True))
    if data["actions"]:
        gains = action_gains(data["actions"], "What actions save and cost.")
        found.append(picture("gains", gains, wide=True))
    return found


def _opening(document: Data) -> Html:
    data = document["data"]
    return tag(
        "header",
        tag("p", f"xenotime {document['xenotime']} · as of {data['at']}", class_="kicker"),
        tag("h1", f"Exposure: {data['title']}"),
        tag(
            "p",
            "What is in it, what needs a licence, when do lines stop, and what should be done?",
            class_="question",
        ),
        *(tag("p", sentence) for sentence in words.opening_words(data)),
        *(tag("p", tag("strong", "Warning: "), text, class_="warning") for text in document["warnings"]),
    )


def _held(data: Data) -> Html:
    return tag(
        "section",
        _block("elements in numbers", words.ELEMENT_HEADER, words.element_rows(data, ROWS), range(3, 8)),
        _block("what falls under a control", words.LICENCE_HEADER, words.licence_rows(data), (3, 4)),
        _block("why, the dearest first", words.TRACE_HEADER, words.trace_rows(data, ROWS), (4,)),
        _block("texts not read as any material", words.UNREAD_HEADER, words.unread_rows(data), (1, 2)),
        id="held",
    )


def _stops(data: Data) -> Html:
    return tag(
        "section", table(words.STOP_HEADER, words.stop_rows(data), numbers=(2, 6, 7, 8)), id="stops-table"
    )


def _actions(data: Data) -> Html:
    return tag(
        "section",
        tag("h3", "The best set together"),
        *(tag("p", sentence) for sentence in words.plan_words(data)),
        _block("every action", words.ACTION_HEADER, words.action_rows(data, 200), (0, 2, 3, 4, 5, 6, 7, 8)),
        id="actions",
    )


def _assumed(data: Data) -> Html:
    numbers = [
        (
            row["name"],
            f"{row['value']:g}",
            f"{row['low']:g} to {row['high']:g}",
            row["unit"],
            row["grade"],
            row["note"],
        )
        for row in data["numbers"]
    ]
    header = ("number", "value", "range", "unit", "grade", "why")
    return tag(
        "section",
        tag("h2", "What was assumed"),
        table(words.ASSUMED_HEADER, words.assumed_rows(data)),
        _block("numbers of ours", header, numbers, (1, 2)),
        id="assumed",
    )


def _block(title: str, header: tuple[str, ...], rows: Sequence[tuple[str, ...]], numbers: Any) -> Html:
    if not rows:
        return Html("")
    return tag("details", tag("summary", title), table(header, rows, numbers=tuple(numbers)))
