"""A short brief of any document: question, five sentences, pictures, what would change it, sources.

One file of two or three printed pages that can be sent to somebody who has nothing of ours.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from plotly.offline import get_plotlyjs

from xenotime.errors import InputProblems, one_problem
from xenotime.report.files import write_text
from xenotime.report.markup import Html, joined, link, table, tag
from xenotime.report.page import Content, asset, page
from xenotime.report.pictures import Picture
from xenotime.report.short_sources import Cited

Document = Mapping[str, Any]
Said = tuple[str, str]  # a topic, blank where it needs none, and a sentence
SENTENCES, PICTURES, LISTED, WARNED = 5, 3, 6, 4  # at most, so that it stays two or three pages
TALLEST = 310  # pixels of a picture: three of them stand on one printed page
LETTER, AROUND = 11, 130  # pixels: of its letters, and of a picture's height that is no plot
LONGEST = 320  # characters of a warning or an assumption
MAKERS = {
    "run": "xenotime.report.short_run:run_brief",
    "ensemble": "xenotime.report.short_run:ensemble_brief",
    "exposure": "xenotime.report.short_company:exposure_brief",
    "project": "xenotime.report.short_project:project_brief",
    "plan": "xenotime.report.short_plan:plan_brief",
    "leverage": "xenotime.report.short_talks:leverage_brief",
    "bargain": "xenotime.report.short_talks:bargain_brief",
}
NOT_THIS = (
    "It says what follows from the facts, the model and the case, all else equal. It is no forecast and no "
    "advice to trade; exposure is not loss; announced, in force and enforced are three dates."
)


@dataclass(frozen=True, slots=True)
class Rows:
    """A small table: its heading, header, rows, and the columns that hold numbers."""

    heading: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """What a brief says; every number in it is one of its document.

    answer : topics, each with its sentence
    changes : what would change the answer;  sources : those that matter most
    command : that writes the document again
    """

    title: str
    question: str
    answer: tuple[Said, ...]
    pictures: tuple[Picture, ...]
    rows: Rows | None
    changes: tuple[str, ...]
    sources: tuple[Cited, ...]
    command: str


def has_brief(kind: str) -> bool:
    """Whether a kind of document has a short brief."""
    return kind in MAKERS


def make_brief(document: Document) -> Brief:
    """The brief of a document; raises InputProblems for one of a kind that has none."""
    kind = document.get("kind")
    if not isinstance(kind, str) or not has_brief(kind):
        raise one_problem(
            "no-brief",
            "brief",
            f"a document of kind {kind!r}",
            "one of " + ", ".join(MAKERS),
            "give a file that --json of one of these commands has written",
            column="kind",
        )
    module, _, function = MAKERS[kind].partition(":")
    made = getattr(import_module(module), function)(document)
    assert isinstance(made, Brief)  # noqa: S101 - a promise of the table above
    return replace(made, pictures=tuple(map(lower, made.pictures)))


def lower(made: Picture) -> Picture:
    """The picture no higher than a third of a printed page."""
    if made.height <= TALLEST:
        return made
    figure = json.loads(made.payload)
    layout = figure["layout"]
    layout["height"], layout["font"] = TALLEST, {"size": LETTER}
    legend = layout.get("legend", {})
    if legend.get("y", 0) < 0:  # a share of what is left of the height: keep it as far below in pixels
        legend["y"] *= (made.height - AROUND) / (TALLEST - AROUND)
    payload = json.dumps(figure, separators=(",", ":"), ensure_ascii=False)
    return replace(made, payload=payload, height=TALLEST)


def read_document(path: str | Path) -> dict[str, Any]:
    """A document that --json has written; raises InputProblems for a file that holds none."""
    place = Path(path)
    expected, remedy = "a document as --json writes it", "give a file that --json has written"
    try:
        found = json.loads(place.read_bytes().decode("utf-8"))
    except OSError as error:
        raise one_problem("not-a-file", str(path), str(error.strerror), expected, remedy) from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise one_problem("not-json", place.name, str(error), expected, remedy) from error
    needed = ("kind", "data", "fingerprint", "warnings", "xenotime")
    if not isinstance(found, dict) or not all(name in found for name in needed):
        raise one_problem(
            "not-a-document", place.name, "no kind, data and fingerprint in it", expected, remedy
        )
    return found


def render_brief(document: Document) -> str:
    """The brief as one HTML text, which asks for no address; raises as `make_brief`.

    Raises InputProblems, too, for a document whose tables are not those of its kind.
    """
    try:
        brief = make_brief(document)
    except InputProblems:
        raise
    except (KeyError, TypeError, IndexError, StopIteration) as error:
        raise one_problem(
            "not-a-document",
            f"{document['kind']} document",
            f"tables that do not fit ({type(error).__name__}: {error})",
            "tables as this version writes them",
            "write it anew with --json; one of another version may differ",
        ) from error
    content = brief_content(document, brief)
    library = (get_plotlyjs(),) if content.pictures else ()
    return page(
        title=content.title,
        body=content.body,
        payloads=content.payloads(),
        style=asset("page.css") + asset("short.css"),
        scripts=(*library, asset("page.js")),
    )


def write_brief(document: Document, path: str | os.PathLike[str]) -> Path:
    """Write the brief to `path`, whole or not at all; returns the path.  Raises as `render_brief`."""
    return write_text(Path(path), render_brief(document))


def brief_content(document: Document, brief: Brief) -> Content:
    """What the page of a brief holds."""
    body = joined(
        [
            tag(
                "header",
                tag("p", f"xenotime {document['xenotime']} · brief", class_="kicker"),
                tag("h1", brief.title),
                tag("p", brief.question, class_="question"),
                tag("div", *map(_sentence, brief.answer), class_="answer", id="answer"),
            ),
            *_care(document["warnings"]),
            *([_rows(brief.rows)] if brief.rows is not None and brief.rows.rows else []),
            tag("section", *map(_framed, brief.pictures), class_="pictures", id="pictures"),
            _listed("changes", "What would change it", [tag("li", _cut(text)) for text in brief.changes]),
            _listed("sources", "Sources that matter most", [_source(item) for item in brief.sources]),
            _foot(document, brief),
        ]
    )
    return Content(brief.title, body, brief.pictures)


def _sentence(said: Said) -> Html:
    topic, text = said
    return tag("p", tag("strong", f"{topic}: "), text) if topic else tag("p", text)


def _care(warnings: Sequence[str]) -> list[Html]:
    """The warnings of the document: the first few, and how many more the report has."""
    if not warnings:
        return []
    more = len(warnings) - WARNED
    shown = [tag("li", _cut(text)) for text in warnings[:WARNED]]
    rest = [tag("p", f"{more} more stand in the report.", class_="note")] if more > 0 else []
    return [tag("section", tag("h2", "Read it with care"), tag("ul", *shown), *rest, id="care")]


def _rows(rows: Rows) -> Html:
    shown = table(rows.header, rows.rows[:LISTED], numbers=rows.numbers)
    more = len(rows.rows) - LISTED
    rest = [tag("p", f"{more} more rows stand in the report.", class_="note")] if more > 0 else []
    return tag("section", tag("h2", rows.heading), shown, *rest, id="rows")


def _framed(made: Picture) -> Html:
    plot = tag(
        "div", class_="plot", id=made.name, data_figure=f"figure-{made.name}", style=f"height:{made.height}px"
    )
    return tag(
        "figure", tag("figcaption", made.caption), tag("div", plot, class_="pan wide" if made.wide else "pan")
    )


def _listed(name: str, heading: str, items: Sequence[Html]) -> Html:
    shown = tag("ul", *items[:LISTED]) if items else tag("p", "The document names none.", class_="note")
    return tag("section", tag("h2", heading), shown, id=name)


def _source(item: Cited) -> Html:
    grade = f" (grade {item.grade})" if item.grade else ""
    address = [Html(" "), link(item.address)] if item.address else []
    return tag("li", _cut(item.what) + grade, *address)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def _foot(document: Document, brief: Brief) -> Html:
    return tag(
        "footer",
        tag("h2", "The same again"),
        tag("p", tag("code", brief.command)),
        tag(
            "p",
            "Fingerprint ",
            tag("code", str(document["fingerprint"]), id="fingerprint"),
            ". The same inputs give the same fingerprint and the same numbers. Grades: A official statistics "
            "or law, B filings and papers, C press quoting data, D estimate.",
        ),
        tag("p", NOT_THIS, class_="note"),
        id="again",
    )
