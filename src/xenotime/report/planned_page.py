"""The one-file page of packages: frontier, regret, months, levers, who pays and gains, what was assumed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from xenotime.figures.plans import frontier_plot, months_plot, regret_bars
from xenotime.report import planned_words as words
from xenotime.report.envelope import data_of
from xenotime.report.files import write_text
from xenotime.report.markup import Html, joined, table, tag
from xenotime.report.page import Content, whole_page
from xenotime.report.pictures import Picture, picture
from xenotime.report.sections import gallery

Data = dict[str, Any]
UNBROKEN = "\u2011"  # a hyphen at which no line is broken
FRONTIER_NOTE = (
    "Every mark is a package that was run in every case under every variant, with the same draws. "
    "Expected is by the "
    "odds of the cases, every variant alike; bars are nine in ten draws. Outlay is the most that is "
    "out at any month's "
    "end in any scene; what has been spent for good is the cost, and is in the loss."
)
REGRET_NOTE = (
    "What it costs not to have known: loss of the package less the least loss of any package within "
    "the budget, case by "
    "case and variant by variant. Variants are other answers to how the market works, and nobody "
    "knows which is right."
)
MONTH_NOTE = (
    "Thick: mean over scenes by their odds. Thin: the least and the most of any. Served is what "
    "users take as a share of "
    "normal use, goods weighed at base prices; what is given up because of the price is not served."
)


def write_plan(document: Data, path: str | os.PathLike[str]) -> Path:
    """Write the page to `path`, whole or not at all; returns the path."""
    return write_text(Path(path), render_plan(document))


def render_plan(document: Data) -> str:
    """The page of a plan document; raises InputProblems for a document of another kind."""
    return whole_page(plan_content(document))


def plan_content(document: Data) -> Content:
    """What the page holds; raises as `render_plan`."""
    data = data_of(document, "plan")
    shown = pictures(data)
    front, regret, months = shown[:1], shown[1:2], shown[2:]
    sections = [
        _opening(document),
        gallery("frontier-section", "The frontier", FRONTIER_NOTE, front),
        tag(
            "section",
            _packages(data["frontier"]),
            id="frontier-table",
        ),
        gallery("regret-section", "Regret across cases and variants", REGRET_NOTE, regret),
        tag(
            "section", table(words.REGRET_HEADER, words.regret_rows(data), numbers=(3, 4)), id="regret-table"
        ),
        gallery("months-section", "Month by month", MONTH_NOTE, months),
        _levers(data),
        _who(data),
        _depends(data),
        _ground(data),
        tag("footer", tag("p", "Plan ", tag("code", document["fingerprint"]), f", seed {data['seed']}.")),
    ]
    return Content(f"Plan: {data['title']}", joined(sections), tuple(shown))


def pictures(data: Data) -> list[Picture]:
    """The frontier, regret, and the best package beside nothing month by month."""
    front = [
        picture(
            "frontier",
            frontier_plot(data["packages"], data["budget"], "What money buys: loss left against outlay."),
            wide=True,
        )
    ]
    regret = [picture("regret", regret_bars(data["regret"], "What it costs not to have known."), wide=True)]
    months = [
        picture(
            "loss", months_plot(data["series"], "loss so far", "Loss so far, with and without."), wide=True
        ),
        picture("served", months_plot(data["series"], "served", "What users take of normal use."), wide=True),
        picture("cover", months_plot(data["series"], "cover", "How long stores last."), wide=True),
    ]
    return [*front, *regret, *months]


def _opening(document: Data) -> Html:
    data = document["data"]
    return tag(
        "header",
        tag("p", f"xenotime {document['xenotime']}", class_="kicker"),
        tag("h1", data["title"]),
        tag(
            "p",
            data["question"] or "Which package holds the loss down best for the money?",
            class_="question",
        ),
        *(tag("p", sentence) for sentence in words.opening_words(data)),
        *(tag("p", tag("strong", "Warning: "), text, class_="warning") for text in document["warnings"]),
    )


def _packages(rows: list[Data]) -> Html:
    """The table of packages, their names broken between levers and not within."""
    named = [(row[0].replace("-", UNBROKEN), *row[1:]) for row in words.package_rows(rows)]
    return table(words.FRONTIER_HEADER, named, numbers=range(1, 9))


def _levers(data: Data) -> Html:
    note = (
        "Under the first variant, in every case. A lever that changes nothing within the run is never bought."
    )
    return tag(
        "section",
        tag("h2", "Every lever alone"),
        tag("p", note),
        table(words.LEVER_HEADER, words.lever_rows(data), numbers=range(1, 4)),
        tag("h3", "Every package that was run"),
        _packages(data["packages"]),
        id="levers",
    )


def _who(data: Data) -> Html:
    parts: list[Html] = [
        tag("h2", f"Who gains, who loses, who pays: {data['best']}"),
        tag(
            "p",
            "Loss of doing nothing less loss with the package, after all bills, what stopped "
            "lines are worth as stated; range over scenes.",
        ),
        table(words.PARTY_HEADER, words.party_rows(data), numbers=(1, 2, 3)),
    ]
    if data["bills"]:
        parts.append(table(words.BILL_HEADER, words.bill_rows(data, 30), numbers=(4,)))
    parts += [tag("p", words.partner_words(row, data)) for row in data["partners"]]
    return tag("section", *parts, id="who")


def _depends(data: Data) -> Html:
    note = "Share of what is used, by stage, that was made where the control comes from, by any route."
    return tag(
        "section",
        tag("h2", "Dependence"),
        tag("p", note + " It is exposure and no loss."),
        table(words.DEPENDENCE_HEADER, words.dependence_rows(data), numbers=(3, 4, 5)),
        id="dependence",
    )


def _ground(data: Data) -> Html:
    return tag(
        "section",
        tag("h2", "What was on offer, and on whose word"),
        table(words.MENU_HEADER, words.menu_rows(data)),
        *(tag("p", text) for text in (*data["assumed"], *data["citation"])),
        id="menu",
    )
