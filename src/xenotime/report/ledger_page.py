"""The one-file page of the ledger: promises against deliveries, and what to believe with its evidence."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from xenotime.figures.beliefs import belief_path, tone_lines
from xenotime.figures.promises import promise_path, promises_delivered, promises_when
from xenotime.figures.rows import grouped
from xenotime.report.envelope import data_of
from xenotime.report.files import write_text
from xenotime.report.ledger_read import AGREEMENT_HEADER, agreement_cells, coverage_words, heard
from xenotime.report.ledger_terminal import MODEL, ratio_words, score_row, trail_words
from xenotime.report.markup import Html, joined, link, table, tag
from xenotime.report.page import Content, whole_page
from xenotime.report.pictures import Picture, picture
from xenotime.report.sections import gallery
from xenotime.talks.reader.event_agreement import ALL, CLAIMS

Data = dict[str, Any]
PATHS = 4  # promises whose path is drawn: those with the most days known
PROMISES_NOTE = (
    "Delivered is worked out from series that do not contain the ratio: customs, sales, counts of licences, "
    "acts in force. The bar is the range: of the figures, of days nobody counted, and between statistics "
    "where two are held. Export quotas are permissions, not promises: their mark says how much was used."
)
PATHS_NOTE = (
    "Dotted: what was due by then, spread evenly or as trade fell in the year of reference. "
    "Line: what had been delivered."
)
BELIEF_NOTE = (
    "Each bar is what was believed at the end of the month before. Above it: words that moved it, and what "
    "came: a circle for open or suspended, a square for licensed, a cross for closed. Open is a flow above "
    "{open_above:.0%} of normal or no law in force, closed one below {closed_below:.0%}. The law is observed "
    "and never doubted; how it works, and what comes next, are."
)
TONE_NOTE = (
    "Statements and acts of the last three months, each weighted by how concrete it is and by how often acts "
    "of its kind came true: +1 all ease, −1 all tighten. Larger marks: more was said. No word is counted."
)


def render_ledger(document: Data) -> str:
    """The page of a ledger document as HTML text; raises InputProblems for a document of another kind."""
    return whole_page(ledger_content(document))


def ledger_content(document: Data) -> Content:
    """What the page holds; raises as `render_ledger`."""
    data = data_of(document, "ledger")
    promises, paths = [_promises(data), _timeline(data)], _paths(data)
    beliefs, tones = _beliefs(data), _tones(data)
    body = joined(
        [
            _opening(document),
            gallery("promises", "Promises against deliveries", PROMISES_NOTE, promises),
            _promise_table(data),
            gallery("paths", "On the way", PATHS_NOTE, paths),
            _reliability(data),
            gallery("beliefs", "What to believe, and why", BELIEF_NOTE.format(**data["limits"]), beliefs),
            _trail(data),
            _scores(data),
            _read(data),
            gallery("tone", "Tone and cadence", TONE_NOTE, tones),
            _studies(data),
            _chains(data),
            _sources(document),
        ]
    )
    return Content(f"Ledger of {data['at']}", body, (*promises, *paths, *beliefs, *tones))


def pictures(data: Data) -> list[Picture]:
    """Promises, their paths, beliefs and tone."""
    return [_promises(data), _timeline(data), *_paths(data), *_beliefs(data), *_tones(data)]


def write_ledger(document: Data, path: str | os.PathLike[str]) -> Path:
    """Write the page to `path`, whole or not at all; returns the path."""
    return write_text(Path(path), render_ledger(document))


def counts(data: Data) -> dict[str, int]:
    """How many promises stand how."""
    found: dict[str, int] = {}
    for row in data["commitments"]:
        found[row["status"]] = found.get(row["status"], 0) + 1
    return found


def _opening(document: Data) -> Html:
    data, found = document["data"], counts(document["data"])
    kept = found.get("kept", 0) + found.get("kept_late", 0)
    settled = kept + found.get("partly", 0) + found.get("missed", 0)
    tiles = [
        (
            f"{kept} of {settled}",
            "promises whose time is over and whose fulfilment can be measured were kept",
        ),
        (str(found.get("missed", 0)), f"missed: less than {data['limits']['missed_below']:.0%} delivered"),
        (str(found.get("partly", 0)), "kept in part"),
        (str(found.get("not_computable", 0)), "cannot be worked out, with the reason in the table"),
    ]
    return tag(
        "header",
        tag("p", f"xenotime {document['xenotime']} · as known on {data['at']}", class_="kicker"),
        tag("h1", "Words and deeds"),
        tag("p", "What was promised, what came of it, and what should be believed?", class_="question"),
        tag(
            "div",
            *(tag("div", tag("b", number), tag("span", words), class_="tile") for number, words in tiles),
            class_="tiles",
        ),
        *(tag("p", tag("strong", "Warning: "), text, class_="warning") for text in document["warnings"]),
    )


def _promises(data: Data) -> Picture:
    measured = [row for row in data["commitments"] if row["ratio"] is not None]
    missed = sum(1 for row in measured if row["status"] == "missed")
    title = f"Of {len(measured)} promises and permissions measured {missed} were missed."
    return picture("standing", promises_delivered(measured, title), wide=True)


def _timeline(data: Data) -> Picture:
    title = "From the day of a promise to the day it was due, and how it stood then."
    return picture("timeline", promises_when(data["commitments"], data["at"], title), wide=True)


def _paths(data: Data) -> list[Picture]:
    what = {row["commitment"]: row["what"] for row in data["commitments"]}
    groups = grouped(data["paths"], "commitment", "measure")
    longest = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))[:PATHS]
    return [
        picture(f"path-{number}", promise_path(rows, f"{key[0]}: {what[key[0]]} ({key[1]})."))
        for number, (key, rows) in enumerate(longest, 1)
    ]


def _beliefs(data: Data) -> list[Picture]:
    made = []
    for number, ((channel,), rows) in enumerate(grouped(data["beliefs"], "channel").items(), 1):
        words = [row for row in data["trail"] if row["channel"] == channel and row["kind"] == "word"]
        came = [row for row in data["forecasts"] if row["channel"] == channel and row["model"] == MODEL]
        missed = sum(1 for row in came if row["missed"])
        scored = sum(1 for row in came if row["came"])
        title = f"{channel}: the likeliest regime was not the one that came in {missed} of {scored} months."
        made.append(picture(f"belief-{number}", belief_path(rows, words, came, title)))
    return made


def _tones(data: Data) -> list[Picture]:
    groups = grouped(data["tone"], "pair")
    drawn = {key: rows for key, rows in groups.items() if any(row["tone"] is not None for row in rows)}
    return [
        picture(f"tone-{number}", tone_lines(rows, f"{pair.replace(';', ' and ')}: tone by month."))
        for number, ((pair,), rows) in enumerate(drawn.items(), 1)
    ]


def _promise_table(data: Data) -> Html:
    rows = [
        (
            row["commitment"],
            row["promised_by"],
            row["what"],
            row["date"],
            row["deadline"],
            ratio_words(row) if row["ratio"] is not None else "",
            row["status"].replace("_", " "),
            row["reason"],
            row["grade"],
        )
        for row in data["commitments"]
    ]
    header = ("promise", "of", "what", "made", "due", "delivered", "status", "why not measured", "grade")
    return tag("details", tag("summary", f"all {len(rows)} promises"), table(header, rows), id="all")


def _reliability(data: Data) -> Html:
    rows = [
        (
            row["basis"],
            row["by"],
            row["name"],
            f"{row['count']:.3g}",
            f"{row['mean']:.2f}",
            f"{row['low']:.2f} to {row['high']:.2f}",
        )
        for row in data["reliability"]
    ]
    return tag(
        "section",
        tag("h2", "Who kept their word"),
        tag(
            "p",
            "Posterior share of claims that came true, each shrunk to the mean of all; echoes of one claim "
            "and promises of one deal share one count.",
            class_="note",
        ),
        table(("basis", "by", "who or what", "of", "came true", "nine in ten"), rows, numbers=(3, 4, 5)),
        id="reliability",
    )


def _trail(data: Data) -> Html:
    rows = [
        (row["channel"], row["as_of"], row["month"], row["kind"], trail_words(row)) for row in data["trail"]
    ]
    header = ("channel", "at the end of", "about", "kind", "what it did and why")
    return tag(
        "details", tag("summary", f"why each step moved ({len(rows)})"), table(header, rows), id="trail"
    )


def _scores(data: Data) -> Html:
    missed = [
        (
            row["channel"],
            row["month"],
            row["came"],
            ", ".join(f"{name} {chance:.2f}" for name, chance in row["chances"].items() if chance >= 0.005),
        )
        for row in data["forecasts"]
        if row["missed"] and row["model"] == MODEL
    ]
    header = ("channel", "model", "months", "log score", "Brier", "CRPS", "error of share", "missed")
    return tag(
        "section",
        tag("h3", "How good were such forecasts?"),
        table(header, [score_row(row) for row in data["scores"]], numbers=range(2, 8)),
        tag("p", f"Misses of the belief ({len(missed)}):", class_="note"),
        table(("channel", "month", "came", "was believed"), missed),
        id="scores",
    )


def _read(data: Data) -> Html:
    steps = [
        (row["model"], row["channel"], row["as_of"], row["month"], trail_words(row))
        for row in heard(data["read_trail"])
    ]
    tables = [
        (tag("p", f"Agreement with the hand, {of}:", class_="note"), _agreement(data, of))
        for of in (ALL, CLAIMS)
    ]
    return tag(
        "section",
        tag("h3", "And through the reader?"),
        tag("p", coverage_words(data), class_="note"),
        *(part for pair in tables for part in pair),
        tag(
            "details",
            tag("summary", f"words it heard ({len(steps)})"),
            table(("model", "channel", "at the end of", "about", "what it did and why"), steps),
        ),
        id="read",
    )


def _agreement(data: Data, of: str) -> Html:
    return table(AGREEMENT_HEADER, agreement_cells(data, of), numbers=range(1, len(AGREEMENT_HEADER)))


def _studies(data: Data) -> Html:
    return tag(
        "section",
        tag("h3", "Did prices move with words or with deeds?"),
        *(tag("p", row["sentence"]) for row in data["event_study"]),
        id="event-study",
    )


def _chains(data: Data) -> Html:
    chains = sorted({chain for row in data["entries"] for chain in row["chains"]})
    what = {row["commitment"]: row["what"] for row in data["commitments"]}
    parts = []
    for chain in chains:
        mine = [row for row in data["entries"] if chain in row["chains"]]
        if len(mine) < 2:
            continue
        rows = [
            (row["date"], row["kind"].replace("_", " "), row["who"], _what(row), row["outcome"])
            for row in mine
        ]
        summary = tag("summary", f"{chain}: {what.get(chain, '')} ({len(mine)} entries)")
        parts.append(tag("details", summary, table(("date", "kind", "who", "what", "came of it"), rows)))
    return tag("section", tag("h2", "From promise to arrival"), *parts, id="chains")


def _what(row: Data) -> str:
    amount = "" if row["amount"] is None else f": {row['amount']:g} {row['unit']}"
    return f"{row['what']}{amount}"


def _sources(document: Data) -> Html:
    rows = [
        (row["source"], row["title"], row["publisher"], row["date"], row["grade"], link(row["url"]))
        for row in document["data"]["sources"]
    ]
    return tag(
        "footer",
        tag("h2", "Sources"),
        tag(
            "details",
            tag("summary", f"{len(rows)} documents"),
            table(("key", "title", "publisher", "date", "grade", "address"), rows),
        ),
        tag("p", "Ledger ", tag("code", document["fingerprint"]), "."),
        id="sources",
    )
