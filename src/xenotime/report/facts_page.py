"""Rows of facts as a page shows them: what, how much, how well known, from whom; what rests on a source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from xenotime.facts.browse import Line
from xenotime.facts.column import GRADES
from xenotime.facts.grading import DEFAULT_RANGE, MEANING
from xenotime.facts.source import Missing, Source
from xenotime.facts.table import TABLES
from xenotime.report.markup import Html, joined, link, table, tag

Data = dict[str, Any]
HEADER = ("table", "what", "value", "low to high", "unit", "about", "grade", "source", "known from", "more")
SHORT = 90  # characters of a remark that are shown before it is opened


def line_record(line: Line) -> Data:
    """A row as JSON."""
    entry = line.entry
    return {
        "table": line.table,
        "about": entry.about,
        "value": entry.value,
        "low": entry.low,
        "high": entry.high,
        "unit": entry.unit,
        "refers_to": entry.refers_to,
        "grade": entry.grade,
        "source": entry.source,
        "title": entry.title,
        "known_from": line.known_from,
        "recalled": line.recalled,
        "scoring": line.scoring,
        "note": entry.note,
        "anchor": line.anchor,
        "details": dict(entry.details),
    }


def lines_table(lines: Sequence[Line], sought: str = "") -> Html:
    """Rows, each with a name of its own that can be linked to; `sought` is the one that was asked for."""
    head = tag("tr", *(tag("th", name, scope="col") for name in HEADER))
    body = joined(
        tag(
            "tr",
            *_cells(line),
            id=line.anchor,
            **({"class_": "sought"} if line.anchor == sought else {}),
        )
        for line in lines
    )
    return tag("div", tag("table", tag("thead", head), tag("tbody", body)), class_="scroll facts")


def _cells(line: Line) -> list[Html]:
    entry = line.entry
    ranged = "" if entry.low is None or entry.high is None else f"{entry.low:,.6g} to {entry.high:,.6g}"
    figure = {"class_": "figure"} if entry.value is not None else {}
    return [
        tag("td", tag("a", line.table.replace("_", " "), href=f"/trust/facts?table={line.table}")),
        tag("td", tag("a", entry.about, href=row_address(line), title="address of this row")),
        tag("td", "" if entry.value is None else f"{entry.value:,.6g}", **figure, data_anchor=line.anchor),
        tag("td", ranged, class_="range"),
        tag("td", entry.unit),
        tag("td", entry.refers_to),
        tag("td", _grade(line)),
        tag("td", _source(entry.source, entry.title)),
        tag("td", line.known_from),
        tag("td", _more(line)),
    ]


def row_address(line: Line) -> str:
    """Where a row is found again, whatever page it is on."""
    return f"/trust/facts?table={line.table}&at={line.anchor}#{line.anchor}"


def _grade(line: Line) -> Html:
    parts = [tag("span", line.entry.grade, class_="badge")] if line.entry.grade else [Html("not graded")]
    if line.recalled:
        parts.append(tag("span", "recalled", class_="small"))
    if line.scoring:
        parts.append(tag("span", "for scoring, no input", class_="small"))
    return joined(parts)


def _source(source: str, title: str) -> Html:
    if not source:
        return Html("")
    if not title:  # a word that stands for no document, as "assumed"
        return tag("span", source)
    return tag("a", title, href=f"/trust/sources/{source}", title=source)


def _more(line: Line) -> Html:
    said = [f"{name}: {value}" for name, value in line.entry.details.items()]
    text = "; ".join([*([line.entry.note] if line.entry.note else []), *said])
    if len(text) <= SHORT:
        return joined([text])
    cut = text[:SHORT].rsplit(" ", 1)[0]
    return tag("details", tag("summary", f"{cut} …"), tag("p", text))


def grades_table(counts: dict[str, dict[str, int]]) -> Html:
    """How many rows of each table carry which grade."""
    rows = [
        (
            tag("a", name.replace("_", " "), href=f"/trust/facts?table={name}"),
            TABLES[name].meaning,
            str(sum(own.values())),
            *(str(own[grade] or "") for grade in (*GRADES, "")),
        )
        for name, own in counts.items()
    ]
    header = ("table", "one row is", "rows", *GRADES, "not graded")
    return table(header, rows, numbers=range(2, len(header)))


def grade_meanings() -> Html:
    """What a grade says, and how wide a figure is whose source states no range."""
    rows = [(grade, MEANING[grade], f"±{100 * DEFAULT_RANGE[grade]:.0f} %") for grade in GRADES]
    return table(("grade", "stands on", "range where the source states none"), rows)


def missing_table(rows: Iterable[Missing]) -> Html:
    """What was looked for and not found."""
    cells = [
        (row.topic.replace("_", " "), row.what, row.where_looked or "-", row.note or "-") for row in rows
    ]
    return table(("about", "what is missing", "looked for in", "what is done without it"), cells)


def source_head(row: Source) -> Html:
    """A source: who published what, where, and how it was reached."""
    said = (
        ("title", row.title),
        ("publisher", row.publisher or "not stated"),
        ("date", row.date or "not stated"),
        ("address", link(row.url) if row.url else "none: a method of ours, or no address is held"),
        ("best grade a figure of it may carry", f"{row.grade}: {MEANING[row.grade]}"),
        ("how it was reached", row.retrieval),
        ("remark", row.note or "none"),
    )
    items = [joined([tag("dt", name), tag("dd", text)]) for name, text in said]
    return tag("dl", *items, class_="said")


def rests_on(lines: Sequence[Line]) -> Html:
    """How many rows of which tables rest on a source."""
    counts = Counter(line.table for line in lines)
    rows = [
        (
            tag(
                "a", name.replace("_", " "), href=f"/trust/facts?table={name}&source={lines[0].entry.source}"
            ),
            TABLES[name].meaning,
            str(count),
        )
        for name, count in counts.most_common()
    ]
    return table(("table", "one row is", "rows"), rows, numbers=(2,))


def sources_table(rows: Iterable[tuple[Source, int]]) -> Html:
    """Sources with how many rows rest on each."""
    cells = [
        (
            tag("a", row.title, href=f"/trust/sources/{row.source}"),
            row.publisher,
            row.date,
            row.grade,
            row.retrieval,
            str(count),
        )
        for row, count in rows
    ]
    return table(("title", "publisher", "date", "best grade", "reached", "rows"), cells, numbers=(5,))
