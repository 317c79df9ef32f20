"""One measure and its evidence: its dates, what was believed and why, what was said, what shipped."""

from __future__ import annotations

from typing import Any

from xenotime.report.control_states import DATES
from xenotime.report.envelope import data_of
from xenotime.report.ledger_terminal import trail_words
from xenotime.report.markup import Html, joined, table, tag
from xenotime.report.now_page import (
    graded,
    newest_beliefs,
    percent,
    plain,
    scope_words,
)
from xenotime.report.page import Content
from xenotime.report.price_board import day_words
from xenotime.report.small_pictures import belief_bars, chances_words, legend, patterns

Data = dict[str, Any]
DATE_WORDS = {
    "announced": "made public",
    "in_force": "in force as law, or was to be",
    "enforced": "first seen to be enforced",
    "until": "last day as set at the start",
    "ended": "ended otherwise",
    "suspended": "suspended from",
    "resumes": "suspension runs out",
}


def control_names(document: Data) -> tuple[str, ...]:
    """Measures a page can be made of."""
    return tuple(row["control"] for row in data_of(document, "now")["controls"])


def control_content(document: Data, control: str) -> Content:
    """What the page of one measure holds; raises StopIteration for one the document does not have."""
    data = data_of(document, "now")
    row = next(item for item in data["controls"] if item["control"] == control)
    body = joined(
        [
            tag("p", f"as known on {data['at']}", class_="kicker"),
            tag("h1", f"{row['number']} ({control})"),
            _standing(row),
            _dates(row),
            *_beliefs(control, data),
            _trail(control, data),
            _events(control, data),
            _shipments(control, data),
        ]
    )
    return Content(control, body, ())


def _standing(row: Data) -> Html:
    days = row["processing_working_days"]
    said = [
        ("kind", plain(row["instrument"])),
        ("issued by", row["issuer"]),
        ("goods", plain(row["materials"])),
        ("aimed at", plain(row["targets"])),
        ("stands", row["state"] + (f"; the law amounts to {row['regime']}" if row["regime"] else "")),
        ("time for a decision", "none stated" if days is None else f"{days} working days"),
        ("what was seen of its working", row["observed"] or "nothing on record"),
        ("remark", row["note"] or "none"),
    ]
    if row["binds_nothing"]:
        said.append(("in the model", f"imposes nothing by itself: {row['binds_nothing']}"))
    items = [joined([tag("dt", name), tag("dd", text)]) for name, text in said]
    return tag(
        "section",
        tag("dl", *items, class_="said"),
        tag("p", "Source: ", graded(row)),
        id="standing",
    )


def _dates(row: Data) -> Html:
    rows = [(DATE_WORDS[name], row[name] or "not known, or has not come") for name in DATES]
    return tag(
        "section",
        tag("h2", "Its dates, each by itself"),
        table(("what", "date"), rows),
        id="dates",
    )


def _beliefs(control: str, data: Data) -> list[Html]:
    mine = [row for row in newest_beliefs(data).values() if row["control"] == control]
    if not mine:
        said = (
            "Nobody watches it: no flow it came over is counted month by month, so no belief is worked out."
            " What is said above is the law as recorded."
        )
        return [tag("section", tag("h2", "Belief"), tag("p", said), id="belief")]
    found = [patterns(), tag("h2", "Belief"), legend()]
    for row in mine:
        path = [item for item in data["beliefs"] if item["channel"] == row["channel"]]
        found += [
            tag("h3", scope_words(row["scope"])),
            belief_bars(path, row["channel"]),
            tag(
                "p",
                f"At the end of {row['as_of']}, of {row['month']}: held to bite with ",
                tag("b", percent(row["biting"]), data_ask="belief"),
                f" ({chances_words(row)}).",
            ),
            tag("details", tag("summary", "All months in numbers"), _path(path)),
        ]
    return [tag("section", *found, id="belief")]


def _path(path: list[Data]) -> Html:
    names = ("open", "suspended", "licensed", "closed", "biting")
    rows = [
        (row["as_of"], row["month"], row["law"], *(percent(row[name]) for name in names))
        for row in reversed(path)
    ]
    header = ("at the end of", "about", "law", *names)
    return table(header, rows, numbers=range(3, len(header)))


def _trail(control: str, data: Data) -> Html:
    rows = [
        (row["as_of"], row["channel"].rpartition("@")[2], row["kind"], row["entry"], trail_words(row))
        for row in reversed(data["trail"])
        if row["channel"].partition("@")[0] == control
    ]
    if not rows:
        return Html("")
    header = ("at the end of", "goods for", "kind", "event", "what it did and why")
    moved = [row for row in rows if row[2] != "hazard"]
    return tag(
        "section",
        tag("h2", "Why the belief moved"),
        table(header, moved)
        if moved
        else tag("p", "Nothing was said and nothing counted: it moves by hazards alone."),
        tag("details", tag("summary", f"All steps, hazards too ({len(rows)})"), table(header, rows)),
        id="trail",
    )


def _events(control: str, data: Data) -> Html:
    rows = [
        (
            day_words(row["date"]),
            row["party"],
            joined([row["claim"], tag("span", row["terms"], class_="small")]),
            f"{plain(row['act'])}, {row['direction']}",
            "nobody had to" if row["confirmed"] == "none" else row["confirmed"],
            row["delivered"] or "not known",
            graded(row),
        )
        for row in data["events"]
        if control in row["controls"].split(";")
    ]
    header = ("day", "who", "what", "read as", "confirmed", "what came of it", "source")
    shown = table(header, rows) if rows else tag("p", "No dated event on record is read as being about it.")
    return tag("section", tag("h2", f"Acts and statements about it ({len(rows)})"), shown, id="acts")


def _shipments(control: str, data: Data) -> Html:
    rows = [
        (row["channel"].rpartition("@")[2], row["month"], f"{row['value']:.2f}", row["series"])
        for row in reversed(data["shipments"])
        if row["channel"].partition("@")[0] == control
    ]
    if not rows:
        return Html("")
    return tag(
        "section",
        tag("h2", "What shipped"),
        tag("p", "Share of the flow before the measure, months that were counted.", class_="note"),
        table(("goods for", "month", "share of normal", "series"), rows, numbers=(2,)),
        id="shipments",
    )
