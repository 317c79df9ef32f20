"""Runs side by side as a page: what went in differently, what came out differently."""

from __future__ import annotations

from typing import Any

from xenotime.figures.style import number_text
from xenotime.report.envelope import data_of
from xenotime.report.markup import Html, joined, table, tag
from xenotime.report.page import Content

SHOWN = 25  # rows of an outcome, largest change first
LONGEST = 60  # characters of an input


def comparison_content(document: dict[str, Any]) -> Content:
    """The differences; raises InputProblems for a document of another kind."""
    data = data_of(document, "compare")
    names = tuple(str(run["run"]) for run in data["runs"])
    went_in = [(row["what"], *(_short(value) for value in row["values"])) for row in data["inputs"]]
    parts: list[Html] = [tag("h1", "Side by side"), tag("h2", "What went in")]
    parts.append(table(("what", *names), went_in) if went_in else tag("p", "Nothing differs."))
    parts.append(tag("h2", "What came out, largest change first"))
    outcomes = list(dict.fromkeys(row["outcome"] for row in data["outcomes"]))
    if not outcomes:
        parts.append(tag("p", "Nothing differs."))
    header = ("material or element", "region", "unit", *names, "change")
    figures = range(3, 4 + len(names))
    for outcome in outcomes:
        rows = [row for row in data["outcomes"] if row["outcome"] == outcome]
        told = [
            (
                str(row["material"]),
                str(row["region"]),
                str(row["unit"]),
                *(_short(value) for value in row["values"]),
                f"{row['change']:+.1%}" if row["change"] is not None else "–",
            )
            for row in rows[:SHOWN]
        ]
        left = f" ({len(rows) - SHOWN} with smaller changes are not shown)" if len(rows) > SHOWN else ""
        parts += [tag("h3", f"{outcome}{left}"), table(header, told, numbers=figures)]
    return Content("Side by side", joined([tag("section", *parts, id="compared")]), ())


def _short(value: Any) -> str:
    if isinstance(value, float):
        return number_text(value)
    text = "–" if value is None else str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
